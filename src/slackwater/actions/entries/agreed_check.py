"""A no or a wish that was said in a room is kept in the patient's agreements, together with its entry."""

from slackwater.actions.agreements import lines
from slackwater.actions.entries.case import Case
from slackwater.rules.agreements.log import AskedInSession, Narrowed, Said, Sign
from slackwater.rules.agreements.permits import NOTHING, Item, Permit, Permits
from slackwater.rules.room.agreed import AskedMore, SaidNo, YesTo
from slackwater.terms.refusal import Problem, RefusedError


def check(case: Case, said: SaidNo | AskedMore) -> None:
    """What the patient said, in the log of their agreements too."""
    if isinstance(said, SaidNo):
        say_no(case, said)
    else:
        keep_wish(case, said)


def say_no(case: Case, said: SaidNo) -> None:
    """Take the yeses away. Raises RefusedError only for what is no such thing at all."""
    gone = NOTHING if said.everything else _permits(said.gone, "payload.gone")
    _keep(case, Narrowed(gone=gone, sign=Sign(said.sign.value), is_everything=said.everything))


def keep_wish(case: Case, asked: AskedMore) -> None:
    """Keep what was asked for. It permits nothing."""
    _keep(case, AskedInSession(wishes=_permits(asked.wishes, "payload.wishes")))


def _keep(case: Case, said: Said) -> None:
    patient = lines.locked(case.room.session.patient)
    # A demonstration's room runs faster than the wall's clock, by which agreements are kept.
    lag = (case.now - case.at) / case.room.pace()
    lines.add(
        patient,
        said,
        by=case.user,
        happened_at=case.wall - lag,
        wall=case.wall,
        key=case.command.key,
    )


def _permits(things: tuple[YesTo, ...], field: str) -> Permits:
    found, problems = set(), []
    for place, thing in enumerate(things):
        try:
            found.add(Permit(item=Item(thing.item), of=thing.of, person=thing.person))
        except ValueError:
            problems.append(_cannot(f"{field}[{place}]"))
    if problems:
        raise RefusedError(*problems)
    return frozenset(found)


def _cannot(field: str) -> Problem:
    return Problem(
        field=field,
        code="cannot-be-agreed",
        message="There is no such thing to agree to.",
        mend="Choose it on the screen again, or say no to everything.",
    )
