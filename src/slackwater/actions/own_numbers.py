"""Numbers of screening that a clinic has made stricter for itself."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.eligibility import load_eligibility
from slackwater.records.models import OwnNumber, User
from slackwater.records.models.signing import REASON_LENGTH
from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.eligibility.limits import (
    SETTABLE,
    EligibilityLimits,
    still_stricter,
    stricter,
    threshold_rows,
)
from slackwater.terms.refusal import Problem, RefusedError


@transaction.atomic
def keep(name: str, value: int, *, reason: str, by: User, at: datetime, key: UUID) -> Threshold:
    """Hold people to this number from now on. Returns the row as it holds then.

    The catalogue's own number takes the clinic's back. Sent again with the same key nothing is added.
    Raises RefusedError for a number that is laxer, that is none, or that stands elsewhere too, and without a
    reason.
    """
    require(by, Permission.SIGN_RULES)
    if not OwnNumber.objects.filter(key=key).exists():
        if problems := [*_unfit(name, value), *_unreasoned(reason)]:
            raise RefusedError(*problems)
        OwnNumber.objects.create(
            key=key, at=at, by=by, by_name=by.shown_name, name=name, value=value, reason=reason.strip()
        )
        audit.keep(audit.Act.NUMBER_SET, by=by, at=at, subject=name)
    return threshold_rows(limits())[name]


def limits() -> EligibilityLimits:
    """What an intake is held to in this clinic."""
    return _limits_with(values())


def in_force(rows: Sequence[Basis]) -> tuple[Basis, ...]:
    """The rows, each of the clinic's own numbers in the place of the catalogue's."""
    ours, here = threshold_rows(load_eligibility()), threshold_rows(limits())
    own = {row: here[name] for name, row in ours.items()}
    return tuple(own.get(row, row) if isinstance(row, Threshold) else row for row in rows)


def settable(rows: Sequence[Basis]) -> tuple[Threshold, ...]:
    """Those of the catalogue's rows that a clinic can make stricter."""
    known = {row for name, row in threshold_rows(load_eligibility()).items() if name in SETTABLE}
    return tuple(row for row in rows if isinstance(row, Threshold) and row in known)


def history(names: Sequence[str]) -> list[OwnNumber]:
    """What was ever set of these, the newest first."""
    return list(OwnNumber.objects.filter(name__in=names).order_by("-pk"))


def values() -> frozenset[tuple[str, int]]:
    """The newest value of every row that was ever set, by the row's name."""
    newest = dict(OwnNumber.objects.order_by("pk").values_list("name", "value"))
    return frozenset((name, value) for name, value in newest.items() if name in SETTABLE)


# Kept by the values themselves: a line that another worker commits late is never missed.
@lru_cache(maxsize=4)
def _limits_with(own: frozenset[tuple[str, int]]) -> EligibilityLimits:
    return stricter(load_eligibility(), still_stricter(load_eligibility(), dict(own)))


def _unfit(name: str, value: int) -> Iterator[Problem]:
    if name not in SETTABLE:
        yield Problem(
            field="name",
            code="not-settable",
            message="This number cannot be set here.",
            mend="Choose one of the numbers that the rule's page offers.",
        )
        return
    try:
        stricter(load_eligibility(), {name: value})
    except RefusedError as refusal:
        yield from (
            Problem(field="value", code=one.code, message=one.message, mend=one.mend)
            for one in refusal.problems
        )


def _unreasoned(reason: str) -> Iterator[Problem]:
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        yield Problem(
            field="reason",
            code="missing",
            message="No reason was given, or it is too long.",
            mend=f"Say in at most {REASON_LENGTH} characters why your clinic wants this number.",
        )
