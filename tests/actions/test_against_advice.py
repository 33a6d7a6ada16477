"""Going against advice: nobody is held, and it is kept how they went."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.actions.test_leaving import Afternoon, codes
from tests.clinic import Clinic

from slackwater.actions import boards, calls, windows
from slackwater.actions.calls import Said
from slackwater.actions.entries.command import RecoveryAsked, Status
from slackwater.actions.policy import DeniedError
from slackwater.records.models import CallLine, Entry, User
from slackwater.rules.recovery.calls import CallKind, Outcome, Question
from slackwater.rules.room.departure import AgainstAdvice, Offered, WithWhom
from slackwater.rules.room.log import Left, SetAside
from slackwater.terms.refusal import RefusedError

HOW = AgainstAdvice(
    told="That you could fall, or be sick alone.",
    offered=(Offered.STAY, Offered.ESCORT),
    with_whom=WithWhom.ALONE,
    informed="Dr Invented",
    said="I want to be home.",
)
WELL = {Question.SAFE: True, Question.CLEAR: True, Question.DARK: False, Question.SICK: False}


@pytest.fixture
def afternoon(clinic: Clinic) -> Afternoon:
    return Afternoon(clinic)


def goes(afternoon: Afternoon, minute: float = 50, *, by: User | None = None, **changes: object):
    return afternoon.tries(minute, Left(against=replace(HOW, **changes)), by=by)


def test_anybody_at_the_bedside_may_say_that_they_went(afternoon: Afternoon):
    assert goes(afternoon, by=afternoon.clinic.guide).status is Status.SAVED
    kept = Entry.objects.get(kind="left").payload
    assert kept["overrides"] == []
    assert kept["against"]["told"] == HOW.told
    assert {"M11", "P06"} <= set(kept["against"]["standing"])


def test_what_stood_in_the_way_is_the_servers_word_not_the_senders(afternoon: Afternoon):
    assert goes(afternoon, standing=("NOTHING-01",)).status is Status.SAVED
    assert "NOTHING-01" not in Entry.objects.get(kind="left").payload["against"]["standing"]


def test_a_crowd_that_moved_on_is_no_reason_to_hold_anybody(afternoon: Afternoon):
    asked = RecoveryAsked(chance=0.1, is_outside=False, version=1)
    outcome = afternoon.tries(50, Left(against=HOW), recovery=asked)
    assert outcome.status is Status.SAVED


def test_what_was_offered_must_be_said_and_then_nothing_is_kept(afternoon: Afternoon):
    assert codes(goes(afternoon, offered=())) == {"missing"}
    assert not Entry.objects.filter(kind="left").exists()


def test_barriers_are_not_set_aside_in_the_same_breath(afternoon: Afternoon):
    left = Left(overrides=(SetAside(barrier="R05", reason="Wants to go."),), against=HOW)
    assert codes(afternoon.tries(50, left, by=afternoon.clinic.prescriber)) == {"against-advice"}


def test_where_nothing_bars_the_way_it_is_not_against_advice(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    recovered = RecoveryAsked(
        chance=0.97, is_outside=False, version=Entry.objects.order_by("-sequence").first().sequence
    )
    outcome = afternoon.tries(166, Left(against=HOW), recovery=recovered)
    assert codes(outcome) == {"nothing-bars"}


def test_a_guide_still_confirms_no_leaving(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    assert codes(afternoon.leaves(166, by=afternoon.clinic.guide)) == {"not-allowed"}


def left_at(afternoon: Afternoon):
    return boards.room(afternoon.clinic.session, at=afternoon.at(60)).state.left.at


def test_they_are_called_at_once_and_it_stays_due_until_somebody_spoke_with_them(afternoon: Afternoon):
    goes(afternoon)
    clinic, now = afternoon.clinic, afternoon.at(55)
    assert [one.call.kind for one in calls.due(clinic.guide, at=now)] == [CallKind.AT_ONCE]
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.NOT_REACHED, answers={})
    calls.keep(clinic.session.public_id, said, by=clinic.guide, at=now, key=uuid4())
    assert [one.call.tries for one in calls.due(clinic.guide, at=now)] == [1]
    reached = Said(kind=CallKind.AT_ONCE, outcome=Outcome.REACHED, answers=WELL)
    calls.keep(clinic.session.public_id, reached, by=clinic.guide, at=now, key=uuid4())
    assert calls.due(clinic.guide, at=now) == []
    tomorrow = left_at(afternoon) + timedelta(days=1)
    assert [one.call.kind for one in calls.due(clinic.guide, at=tomorrow)] == [CallKind.NEXT_DAY]


def test_the_same_key_is_the_same_try(afternoon: Afternoon):
    goes(afternoon)
    clinic, key = afternoon.clinic, uuid4()
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.NOT_REACHED, answers={})
    for _ in range(2):
        calls.keep(clinic.session.public_id, said, by=clinic.guide, at=afternoon.at(55), key=key)
    assert CallLine.objects.count() == 1


def test_an_answer_that_worries_comes_back_as_something_to_do(afternoon: Afternoon):
    goes(afternoon)
    clinic = afternoon.clinic
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.REACHED, answers=WELL | {Question.DARK: True})
    found = calls.keep(clinic.session.public_id, said, by=clinic.guide, at=afternoon.at(55), key=uuid4())
    assert [one.id for one in found] == ["CALL-04"]
    assert "prescriber in now" in found[0].sentence


@pytest.mark.parametrize(
    ("answers", "outcome", "code"),
    [
        ({}, Outcome.REACHED, "not-clear"),
        ({Question.CLEAR: False}, Outcome.REACHED, "not-clear"),
        ({Question.CLEAR: True}, Outcome.NOT_REACHED, "not-reached"),
    ],
)
def test_nobody_is_said_to_have_recovered_who_was_not_asked(
    afternoon: Afternoon, answers: dict[Question, bool], outcome: Outcome, code: str
):
    goes(afternoon)
    said = Said(kind=CallKind.AT_ONCE, outcome=outcome, answers=answers, is_recovered=True)
    with pytest.raises(RefusedError) as refused:
        calls.keep(
            afternoon.clinic.session.public_id,
            said,
            by=afternoon.clinic.monitor,
            at=afternoon.at(55),
            key=uuid4(),
        )
    assert [one.code for one in refused.value.problems] == [code]
    assert not CallLine.objects.exists()


def test_a_guide_may_call_and_may_not_say_that_they_have_recovered(afternoon: Afternoon):
    goes(afternoon)
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.REACHED, answers=WELL, is_recovered=True)
    with pytest.raises(DeniedError):
        calls.keep(
            afternoon.clinic.session.public_id,
            said,
            by=afternoon.clinic.guide,
            at=afternoon.at(55),
            key=uuid4(),
        )


def staff_holds(afternoon: Afternoon, minute: float) -> bool:
    """Whether it still keeps the window open that staff have not confirmed."""
    session, at = afternoon.clinic.session, afternoon.at(minute)
    found = windows.window(session, boards.room(session, at=at).state, at=at)
    return "R07.staff" in {finding.id for finding in found.holding}


def test_going_confirms_nothing_and_a_call_that_found_them_clear_does(afternoon: Afternoon):
    goes(afternoon)
    assert staff_holds(afternoon, 60)
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.REACHED, answers=WELL, is_recovered=True)
    clinic = afternoon.clinic
    calls.keep(clinic.session.public_id, said, by=clinic.monitor, at=afternoon.at(70), key=uuid4())
    assert not staff_holds(afternoon, 71)


def test_no_call_is_due_for_whoever_was_given_nothing_and_none_to_a_stranger(afternoon: Afternoon):
    goes(afternoon)
    for who in (afternoon.clinic.owner, afternoon.clinic.patient_user, afternoon.clinic.stranger):
        assert calls.due(who, at=afternoon.at(55)) == []


def test_a_call_that_the_visit_does_not_ask_for_is_refused(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    afternoon.leaves(166)
    said = Said(kind=CallKind.AT_ONCE, outcome=Outcome.REACHED, answers=WELL)
    with pytest.raises(RefusedError) as refused:
        calls.keep(
            afternoon.clinic.session.public_id,
            said,
            by=afternoon.clinic.monitor,
            at=afternoon.at(170),
            key=uuid4(),
        )
    assert refused.value.problems[0].code == "no-call"
