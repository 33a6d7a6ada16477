"""Signing the clinical rules, and how sure each is said to be because of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from slackwater.actions import audit, own_numbers
from slackwater.actions.policy import Permission, require
from slackwater.catalogue import signable as catalogue
from slackwater.catalogue.signable import Chapter
from slackwater.records.models import RuleSignature, User
from slackwater.records.models.signing import REASON_LENGTH, RULE_LENGTH
from slackwater.rules.sign_off import Signable, Signed, SignOff, accepted, signed, sureness
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRule:
    """A rule as somebody read it. `digest`: of its text, as the page showed it."""

    rule: str
    digest: str


@transaction.atomic
def sign(read: Sequence[ReadRule], *, by: User, at: datetime, key: UUID) -> int:
    """Accept these rules as they were read; how many.

    Sent again with the same key nothing is added. Raises RefusedError, and keeps none, where there is no such
    rule or it has become another since it was read.
    """
    require(by, Permission.SIGN_RULES)
    known = {one.rule: one for one in _rules()}
    if problems := [*_nothing(read), *_unfit(read, known)]:
        raise RefusedError(*problems)
    if RuleSignature.objects.filter(key=key).exists():
        return len(read)
    for one in read:
        _keep(one.rule, known[one.rule].text, by=by, at=at, key=key)
    audit.keep(audit.Act.RULES_SIGNED, by=by, at=at, subject=key)
    return len(read)


@transaction.atomic
def take_back(rule: str, *, reason: str, by: User, at: datetime, key: UUID) -> None:
    """Take the signature of a rule back. Raises RefusedError without a reason, or where nothing is signed."""
    require(by, Permission.SIGN_RULES)
    if RuleSignature.objects.filter(key=key).exists():
        return
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise RefusedError.of(
            field="reason",
            code="missing",
            message="No reason was given, or it is too long.",
            mend=f"Say in at most {REASON_LENGTH} characters why the signature no longer holds.",
        )
    one = find(rule, at=at)
    if one is None or one.last is None or not one.last.accepts:
        raise RefusedError.of(
            field="rule",
            code="not-signed",
            message="This rule is not signed, so there is nothing to take back.",
            mend="Look at the rule's history below.",
        )
    _keep(rule, one.signable.text, by=by, at=at, key=key, reason=reason.strip())
    audit.keep(audit.Act.RULES_SIGNED, by=by, at=at, subject=key)


def standing(chapter: Chapter, *, at: datetime) -> tuple[Signed, ...]:
    """How the rules of a chapter stand."""
    return signed(_in_force(chapter.rules), _said(), at=at)


def overview(*, at: datetime) -> tuple[tuple[Chapter, tuple[Signed, ...]], ...]:
    """Every chapter, with how its rules stand."""
    return tuple((chapter, standing(chapter, at=at)) for chapter in catalogue.chapters())


def find(rule: str, *, at: datetime) -> Signed | None:
    """How one rule stands; None where there is no such rule."""
    known = [one for one in catalogue.rules() if one.rule == rule]
    return next(iter(signed(_in_force(known), _said(), at=at)), None)


def history(rule: str) -> list[RuleSignature]:
    """What was ever said of a rule, the newest first."""
    return list(RuleSignature.objects.filter(rule=rule).order_by("-pk"))


def counting() -> Mapping[str, SignOff]:
    """The signatures that count now, by rule."""
    newest = _newest()
    return _counting(*newest, own_numbers.values()) if newest else {}


def told(rule: str, verified: str) -> str:
    """How sure the source of a rule is, and who has accepted it here."""
    return sureness(rule, verified, counting())


def _newest() -> tuple[int, UUID, str] | None:
    """The newest line, and the zone in which its day is told."""
    found = RuleSignature.objects.order_by("-pk").values_list("pk", "key").first()
    return (*found, timezone.get_current_timezone_name()) if found else None


def _said() -> tuple[SignOff, ...]:
    newest = _newest()
    return _said_until(newest[0]) if newest else ()


# A room asks with every picture. Lines are only ever added, so what was up to one never becomes another.
@lru_cache(maxsize=4)
def _counting(newest: int, _key: UUID, _zone: str, _own: frozenset[tuple[str, int]]) -> Mapping[str, SignOff]:
    return accepted(signed(_rules(), _said_until(newest), at=timezone.now()))


def _said_until(newest: int) -> tuple[SignOff, ...]:
    return tuple(
        SignOff(
            rule=row.rule,
            text=row.text,
            lead=row.by_name,
            at=timezone.localtime(row.at),
            accepts=row.accepts,
        )
        for row in RuleSignature.objects.filter(pk__lte=newest)
    )


def _rules() -> tuple[Signable, ...]:
    return _in_force(catalogue.rules())


def _in_force(each: Sequence[Signable]) -> tuple[Signable, ...]:
    """Each rule with the numbers that this clinic holds people to: another number is another rule to sign."""
    rows = own_numbers.in_force([row for one in each for row in one.rows])
    left = iter(rows)
    return tuple(replace(one, rows=tuple(islice(left, len(one.rows)))) for one in each)


def _keep(rule: str, text: str, *, by: User, at: datetime, key: UUID, reason: str = "") -> None:
    RuleSignature.objects.create(
        key=key, at=at, by=by, by_name=by.shown_name, rule=rule, text=text, accepts=not reason, reason=reason
    )


def _nothing(read: Sequence[ReadRule]) -> list[Problem]:
    if read:
        return []
    return [
        Problem(
            field="rules",
            code="missing",
            message="No rule was ticked.",
            mend="Tick each rule that you have read and accept as it stands.",
        )
    ]


def _unfit(read: Sequence[ReadRule], known: Mapping[str, Signable]) -> Iterator[Problem]:
    for one in read:
        if one.rule not in known:
            yield Problem(
                field="rules",
                code="unknown",
                message=f"There is no rule {one.rule[:RULE_LENGTH]}.",
                mend="Go back to the list and choose again.",
            )
        elif known[one.rule].digest != one.digest:
            yield Problem(
                field="rules",
                code="changed",
                message=f"{one.rule} has changed since this page was shown.",
                mend="Read it as it stands below, and tick it again.",
            )
