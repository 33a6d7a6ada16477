"""Whether a patient may leave, asked while the session is locked."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from slackwater.actions import leaving
from slackwater.actions.entries.case import Case
from slackwater.actions.forecasts.version import version_of
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Finding, Override, barring
from slackwater.rules.recovery.barriers import barriers
from slackwater.rules.room.log import Left
from slackwater.terms.refusal import Problem, RefusedError


def check(case: Case, left: Left) -> None:
    """Raise RefusedError with every barrier that still stands.

    A barrier that a prescriber may set aside needs a reason of its own from a prescriber; one that nobody may
    set aside stays, whatever is written.
    """
    if case.room.outline.left is not None:
        raise RefusedError(_HAS_LEFT)
    if left.overrides:
        require(case.user, Permission.SET_ASIDE_BARRIER, case.room.session)
    set_aside = {override.barrier for override in left.overrides}
    if problems := list(_standing(barring(_barriers(case)), set_aside)):
        raise RefusedError(*problems)


def _standing(found: Sequence[Finding], set_aside: AbstractSet[str]) -> Iterator[Problem]:
    """What no reason of one prescriber answers: here nobody signs beside them."""
    for finding in found:
        if finding.override is not Override.PRESCRIBER or finding.id not in set_aside:
            yield _problem(finding)
    for barrier in sorted(set_aside - {finding.id for finding in found}):
        yield Problem(
            field="overrides",
            code="no-such-barrier",
            message=f"{barrier} bars nothing now.",
            mend="Leave it out, and look at the list again.",
        )


def _barriers(case: Case) -> tuple[Finding, ...]:
    state, asked = case.room.state, case.command.recovery
    if asked is not None and asked.version != version_of(case.room.session):
        raise RefusedError(_CHANGED)
    known = leaving.facts(
        state, chance=asked.chance if asked else None, is_outside=asked.is_outside if asked else False
    )
    return barriers(known, at=min(case.at, case.now), limits=load_limits().recovery)


def _problem(finding: Finding) -> Problem:
    return Problem(
        field="leaving",
        code=finding.id,
        message=finding.sentence,
        mend=f"{finding.override.label.capitalize()}.",
    )


_HAS_LEFT = Problem(
    field="leaving",
    code="has-left",
    message="The patient has left already.",
    mend="Write a note, if there is more to say.",
)
_CHANGED = Problem(
    field="leaving",
    code="changed",
    message="Something was entered since the crowd was asked.",
    mend="Look at the barriers again.",
)
