"""Whether a patient may leave, asked while the session is locked."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from slackwater.actions import leaving
from slackwater.actions.entries.case import Case
from slackwater.actions.forecasts.version import version_of
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Finding, Override, barring
from slackwater.rules.recovery.barriers import barriers
from slackwater.rules.room.departure import AgainstAdvice, unfit
from slackwater.rules.room.log import Left
from slackwater.terms.refusal import Problem, RefusedError


def checked(case: Case, left: Left) -> Left:
    """The leaving as it is kept. Raises RefusedError with every barrier that still stands.

    A barrier that a prescriber may set aside needs a reason of its own from a prescriber; one that nobody may
    set aside stays, whatever is written. Whoever goes against advice goes: then it is only asked that it be
    told how, and what stood in the way is kept with it.
    """
    if case.room.outline.left is not None:
        raise RefusedError(_HAS_LEFT)
    if left.against is not None:
        return _gone(case, left, left.against)
    require(case.user, Permission.CONFIRM_LEAVING, case.room.session)
    if left.overrides:
        require(case.user, Permission.SET_ASIDE_BARRIER, case.room.session)
    set_aside = {override.barrier for override in left.overrides}
    if problems := list(_standing(barring(_barriers(case)), set_aside)):
        raise RefusedError(*problems)
    return left


def _gone(case: Case, left: Left, against: AgainstAdvice) -> Left:
    """Nothing may keep a person who goes, so that a crowd that was asked too early is no reason either."""
    standing = barring(_known_barriers(case))
    if problems := [*unfit(against, standing), *_nothing_aside(left)]:
        raise RefusedError(*problems)
    ids = tuple(dict.fromkeys(finding.id for finding in standing))
    return Left(against=replace(against, standing=ids))


def _nothing_aside(left: Left) -> Iterator[Problem]:
    if left.overrides:
        yield Problem(
            field="overrides",
            code="against-advice",
            message="A barrier is set aside, or the patient goes against advice; not both.",
            mend="Leave the reasons out: what stands in the way is kept by itself.",
        )


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
    asked = case.command.recovery
    if asked is not None and asked.version != version_of(case.room.session):
        raise RefusedError(_CHANGED)
    return _known_barriers(case)


def _known_barriers(case: Case) -> tuple[Finding, ...]:
    state, asked = case.room.state, case.command.recovery
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
