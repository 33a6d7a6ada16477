"""What must hold before an entry is written, kind by kind, and what the server adds to it."""

from dataclasses import replace

from django.conf import settings

from slackwater.actions import listening
from slackwater.actions.entries import agreed_check, dose_check, leaving_check, presence_check, reading_check
from slackwater.actions.entries.case import Case
from slackwater.actions.incidents import evidence
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_checklists
from slackwater.rules.incidents.evidence import Change
from slackwater.rules.room.agreed import AskedMore, SaidNo
from slackwater.rules.room.alarms import Standing, alarms
from slackwater.rules.room.log import (
    DoseGiven,
    EntryKind,
    Left,
    Listening,
    Note,
    Opened,
    Payload,
    Speed,
    Struck,
    Vitals,
)
from slackwater.rules.room.presence import CameIn, WentOut
from slackwater.rules.room.rescue import BEGUN, ENDED, RescueStep
from slackwater.rules.room.signals import AlarmScored
from slackwater.terms.refusal import Problem, RefusedError


def checked(case: Case) -> Payload:
    """The payload as it is to be kept. Raises RefusedError with every reason why it may not stand."""
    payload = case.command.payload
    if (case.room.outline.opened is None) is not isinstance(payload, Opened):
        raise RefusedError(_OPENED_ONCE)
    _check(case, payload)
    return _completed(case, payload)


def _check(case: Case, payload: Payload) -> None:
    match payload:
        case DoseGiven():
            dose_check.check(case, payload)
        case Struck():
            _check_strike(case, payload)
        case Note():
            _check_open(case, Change.NOTE)
        case SaidNo() | AskedMore():
            agreed_check.check(case, payload)
        case Listening():
            _check_switch(case, payload)
        case AlarmScored():
            _check_score(case, payload)
        case RescueStep():
            _check_step(payload)


def _completed(case: Case, payload: Payload) -> Payload:
    """With what only the server knows."""
    match payload:
        case Left():
            return leaving_check.checked(case, payload)
        case CameIn() | WentOut():
            return presence_check.named(case, payload)
        case Vitals():
            return reading_check.marked(case, payload)
        case Speed():
            return _paced(case, payload)
    return payload


def _check_open(case: Case, change: Change) -> None:
    """A visit's log closes some time after it, and at once for whoever is named in a report about it."""
    found = evidence.refusals(case.user, case.room.session, change, at=case.wall)
    if found:
        raise RefusedError(
            *(
                Problem(field="kind", code=one.id, message=one.sentence, mend="Tell it there.")
                for one in found
            )
        )


def _check_strike(case: Case, strike: Struck) -> None:
    _check_open(case, Change.STRIKE)
    row = case.room.entry(strike.sequence)
    if row is None:
        raise _no_strike("unknown", "There is no such entry in this session.", "Choose the entry again.")
    if not EntryKind(row.kind).can_be_struck:
        raise _no_strike(
            "cannot-be-struck", "This entry cannot be struck out.", "Write a note that explains it."
        )
    if strike.sequence in case.room.state.struck:
        raise _no_strike("already-struck", "This entry is struck out already.", "Nothing more is needed.")


def _check_switch(case: Case, switch: Listening) -> None:
    usual = switch.sign in listening.at_opening(case.room.outline)
    if switch.on is not usual and not switch.reason:
        raise RefusedError.of(
            field="payload.reason",
            code="missing",
            message=f"{switch.sign.label}: no reason was given for switching it.",
            mend="Write the reason in a few words; it is kept with your name.",
        )


def _check_score(case: Case, score: AlarmScored) -> None:
    found = alarms(case.room.state, at=case.at, limits=load_limits().room)
    of = [one for one in found if (one.condition, one.raised_at) == (score.condition, score.raised_at)]
    if not any(one.stands is Standing.OVER for one in of):
        raise RefusedError.of(
            field="payload.raised_at",
            code="not-over",
            message="No alarm that is over and was seen was raised at that moment.",
            mend="Look at the list again; an alarm is scored once it is over.",
        )


def _check_step(step: RescueStep) -> None:
    known = {one.key: {BEGUN, ENDED, *(each.key for each in one.steps)} for one in load_checklists()}
    if step.step not in known.get(step.checklist, set()):
        raise RefusedError.of(
            field="payload.step",
            code="unknown",
            message="There is no such step in the checklists.",
            mend="Write it down as a note.",
        )


def _paced(case: Case, speed: Speed) -> Speed:
    """The server adds the wall's time, so that the room's clock can be folded from the log alone."""
    if not (settings.DEMO and case.room.session.is_demo):
        raise RefusedError.of(
            field="kind",
            code="not-a-demonstration",
            message="A clinic's clock has one pace.",
            mend="Nothing is needed.",
        )
    return replace(speed, anchor_wall=case.wall)


def _no_strike(code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field="payload.sequence", code=code, message=message, mend=mend)


_OPENED_ONCE = Problem(
    field="kind",
    code="not-open",
    message="A session is opened once, before anything else.",
    mend="Open it from its signed order.",
)
