"""Setting an interaction aside: who did and why, and whether it still counts for what is found now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.findings import Override
from slackwater.rules.interactions.findings import Found
from slackwater.terms.refusal import Problem, RefusedError

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One finding that somebody set aside, as it read then."""

    rule: str
    medicine: str
    sentence: str
    reason: str
    by: str
    at: datetime
    second: str = ""


def standing(
    found: Iterable[Found], asides: Sequence[Aside], *, at: datetime, within: timedelta
) -> tuple[Found, ...]:
    """What still stands: neither settled by the list nor set aside in the very words it has now.

    within: how old a word may be; a longer silence asks anew
    """
    return tuple(
        one
        for one in found
        if not one.is_settled and not any(counts(aside, one, at=at, within=within) for aside in asides)
    )


def counts(aside: Aside, found: Found, *, at: datetime, within: timedelta) -> bool:
    """Whether this was written for this finding, and not too long ago nor later than now."""
    is_same = (aside.rule, aside.medicine, aside.sentence) == (
        found.rule,
        found.medicine.name,
        found.sentence,
    )
    return is_same and timedelta(0) <= at - aside.at <= within and found.override is not Override.NONE


def check_aside(found: Found, *, reason: str, by: str, second: str) -> None:
    """Raise RefusedError with everything that keeps this from being set aside.

    by, second: identifiers of the prescriber and of the second clinician, empty where there is none
    """
    if problems := list(_problems(found, reason=reason, by=by, second=second)):
        raise RefusedError(*problems)


def _problems(found: Found, *, reason: str, by: str, second: str) -> Iterable[Problem]:
    if not found.grade.is_weighty:
        yield _problem("finding", "nothing", "Nothing here needs setting aside.", "Leave it as it is.")
        return
    if found.override is Override.NONE:
        yield _problem(
            "finding",
            "no-override",
            f"{found.medicine.label}: nobody may set {found.rule} aside.",
            "Nothing is given with it. Hold or stop it, and write when it was last taken.",
        )
    if not reason.strip():
        yield _problem("reason", "missing", "No reason was given.", "Write the reason.")
    if len(reason.strip()) > LONGEST_REASON:
        yield _problem(
            "reason",
            "too-long",
            f"This has {len(reason.strip())} characters.",
            f"Write at most {LONGEST_REASON}.",
        )
    if found.override is Override.PRESCRIBER_AND_SECOND and not second:
        yield _problem(
            "second_username",
            "missing",
            f"{found.rule} takes a second clinician, and none has confirmed it.",
            "Ask a second clinician to write their own name and password.",
        )
    if second and second == by:
        yield _problem(
            "second_username", "same-person", "The second person is the first.", "Ask somebody else."
        )


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
