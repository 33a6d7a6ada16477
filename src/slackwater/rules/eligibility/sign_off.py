"""A clinic's lead accepts a row as it stands; what nobody has accepted yet is marked so, and still stops."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TypeVar

from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.eligibility.dates import elapsed
from slackwater.rules.eligibility.limits import EligibilityLimits, threshold_rows, with_rows
from slackwater.terms.days import day_text
from slackwater.terms.refusal import RefusedError

_Row = TypeVar("_Row", Criterion, Threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One row that a clinic's lead has read and accepted.

    text: the row as `text_of` told it then; once the row or one of its numbers changes, this counts no more
    at:   when it was signed, with a time zone
    """

    rule: str
    text: str
    lead: str
    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a signature needs its time zone")
        if not self.lead.strip():
            raise RefusedError.of(
                field="lead",
                code="missing",
                message="Nobody is named who signed this.",
                mend="Name the clinic's lead.",
            )


def signed(limits: EligibilityLimits, signatures: Iterable[SignOff], *, at: datetime) -> EligibilityLimits:
    """The limits with what was signed by `at` marked as accepted.

    It changes how rows are told and nothing else.
    """
    counting = {
        one.rule: one
        for one in signatures
        if elapsed(one.at, at).total_seconds() >= 0 and one.text == text_of(one.rule, limits)
    }
    criteria = {field.name: _criterion(limits, field.name) for field in fields(limits.criteria)}
    own = with_rows(limits, _accepted(threshold_rows(limits), counting))
    return replace(own, criteria=replace(limits.criteria, **_accepted(criteria, counting)))


def unsigned(limits: EligibilityLimits) -> tuple[Criterion, ...]:
    """The criteria with anything chosen here, judged or remembered that nobody has accepted yet."""
    rows = (_criterion(limits, field.name) for field in fields(limits.criteria))
    return tuple(row for row in rows if any(_is_doubtful(one) for one in (row, *_numbers(row, limits))))


def text_of(rule: str, limits: EligibilityLimits) -> str:
    """A row and its numbers as a lead reads them before signing; KeyError where there is no such row."""
    found = {row.rule: row for row in (_criterion(limits, field.name) for field in fields(limits.criteria))}
    row = found[rule]
    numbers = [f"{one.what}: {one.value} {one.unit}" for one in _numbers(row, limits)]
    asked = [*sorted(row.stages), *sorted(row.routes), *sorted(row.strict)]
    return "\n".join([rule, row.what, row.action, row.override, row.control, *asked, *numbers])


def _accepted(rows: Mapping[str, _Row], counting: Mapping[str, SignOff]) -> dict[str, _Row]:
    """The rows of every signed rule, numbers included, marked as accepted."""
    return {
        name: replace(row, verified=_told(counting[row.rule]))
        for name, row in rows.items()
        if row.rule in counting
    }


def _told(signature: SignOff) -> str:
    return f"accepted for this clinic by {signature.lead} on {day_text(signature.at.date())}"


def _numbers(row: Criterion, limits: EligibilityLimits) -> tuple[Threshold, ...]:
    return tuple(one for one in threshold_rows(limits).values() if one.rule == row.rule)


def _criterion(limits: EligibilityLimits, name: str) -> Criterion:
    row: Criterion = getattr(limits.criteria, name)
    return row


def _is_doubtful(row: Basis) -> bool:
    return any(word in row.verified for word in ("design", "memory", "judgement", "none located"))
