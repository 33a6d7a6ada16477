"""A no in the room is kept at any time and by any clock, and a dose never follows it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic

from slackwater.actions.agreements import lines, saying
from slackwater.actions.agreements.deeds import person_of
from slackwater.actions.agreements.held import held
from slackwater.actions.entries.command import Crossing, Outcome, Status
from slackwater.actions.entries.record import record_one
from slackwater.records.models import AgreementLine, Entry, User
from slackwater.rules.agreements.log import Sign, everything
from slackwater.rules.room.agreed import AskedMore, NoSign, SaidNo, YesTo
from slackwater.rules.room.log import Left

ALL = SaidNo(gone=(), sign=NoSign.TAP, everything=True)


def hands(clinic: Clinic) -> YesTo:
    return YesTo(item="touch", of="hands", person=person_of(clinic.guide))


def said(
    clinic: Clinic, payload: SaidNo | AskedMore, *, by: User | None = None, **changes: object
) -> Outcome:
    return record_one(clinic.command(payload, by=by, **changes), wall=timezone.now())


def yeses(clinic: Clinic) -> set[str]:
    now = held(clinic.patient, at=timezone.now()).now
    return {permit.of or permit.item.value for permit in now.permits}


@pytest.mark.parametrize("who", ["monitor", "guide", "prescriber", "patient_user"])
def test_anybody_in_the_room_may_say_it_and_both_logs_have_it(clinic: Clinic, who: str):
    outcome = said(clinic, SaidNo(gone=(hands(clinic),), sign=NoSign.WORD), by=getattr(clinic, who))
    assert outcome.status is Status.SAVED
    assert "hands" not in yeses(clinic)
    assert Entry.objects.filter(kind="said_no").count() == 1
    line = AgreementLine.objects.get(kind="narrowed")
    assert line.payload["sign"] == "word"
    assert lines.check(clinic.patient).fault is None


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_outsiders_say_nothing(clinic: Clinic, who: str):
    assert said(clinic, ALL, by=getattr(clinic, who)).status is Status.REFUSED
    assert "treatment" in yeses(clinic)


@pytest.mark.parametrize("days", [-400, -2, -0.5, 0.01, 3, 4000])
def test_whatever_a_clock_says_it_counts_from_now_on(clinic: Clinic, days: float):
    at = timezone.now() + timedelta(days=days)
    crossing = Crossing(sent_at=at, received_at=timezone.now())
    assert said(clinic, ALL, happened_at=at, crossing=crossing).status is Status.SAVED
    assert yeses(clinic) == set()
    row = Entry.objects.get(kind="said_no")
    assert clinic.session.opened_at <= row.happened_at <= row.recorded_at


def test_after_the_patient_has_left_it_still_counts(clinic: Clinic):
    record_one(clinic.command(Left()), wall=timezone.now()).entry_or_refusal()
    assert said(clinic, ALL).status is Status.SAVED
    assert yeses(clinic) == set()


@pytest.mark.parametrize(
    "thing",
    [
        YesTo(item="touch", of="back", person="user:1"),
        YesTo(item="touch", of="hands"),
        YesTo(item="anything"),
        YesTo(item="treatment", of="more"),
    ],
)
def test_what_is_no_such_thing_is_named_and_nothing_is_kept(clinic: Clinic, thing: YesTo):
    outcome = said(clinic, SaidNo(gone=(hands(clinic), thing), sign=NoSign.TAP))
    assert [(one.field, one.code) for one in outcome.problems] == [("payload.gone[1]", "cannot-be-agreed")]
    assert not AgreementLine.objects.filter(kind="narrowed").exists()
    assert not Entry.objects.filter(kind="said_no").exists()


def test_sent_twice_it_is_one_and_with_other_words_its_key_is_refused(clinic: Clinic):
    command = clinic.command(SaidNo(gone=(hands(clinic),), sign=NoSign.WORD))
    assert record_one(command, wall=timezone.now()).status is Status.SAVED
    assert record_one(command, wall=timezone.now()).status is Status.ALREADY
    other = clinic.command(ALL, key=command.key)
    assert [one.code for one in record_one(other, wall=timezone.now()).problems] == ["key-reused"]
    assert AgreementLine.objects.filter(kind="narrowed").count() == 1


def test_a_wish_permits_nothing_and_is_kept(clinic: Clinic):
    feet = YesTo(item="touch", of="feet", person=person_of(clinic.guide))
    before = yeses(clinic)
    assert said(clinic, AskedMore(wishes=(feet,))).status is Status.SAVED
    assert said(clinic, AskedMore(wishes=())).status is Status.SAVED
    assert yeses(clinic) == before
    assert {one.of for one in held(clinic.patient, at=timezone.now()).now.wishes} == {"feet"}


def test_after_a_no_no_dose_is_given(clinic: Clinic):
    clinic.baseline()
    said(clinic, SaidNo(gone=(YesTo(item="treatment"),), sign=NoSign.GESTURE))
    outcome = record_one(clinic.command(clinic.dose()), wall=timezone.now())
    assert {one.code for one in outcome.problems} == {"AGR-08"}


def test_said_on_another_page_it_is_heard_in_the_room(clinic: Clinic):
    saying.say_no(
        clinic.patient, everything(Sign.TAP), by=clinic.patient_user, at=timezone.now(), key=uuid4()
    )
    assert Entry.objects.filter(session=clinic.session, kind="said_no").count() == 1
    assert yeses(clinic) == set()


def test_out_of_a_room_it_goes_into_the_agreement_alone(clinic: Clinic):
    other = made.patient()
    made.agree(other, prescriber=clinic.prescriber, guide=clinic.guide)
    saying.say_no(other, everything(Sign.TAP), by=clinic.guide, at=timezone.now(), key=uuid4())
    assert not Entry.objects.filter(kind="said_no").exists()
    assert held(other, at=timezone.now()).now.permits == frozenset()


@pytest.mark.parametrize("turn", range(12))
def test_a_no_and_a_dose_at_one_moment_never_end_with_the_dose_after_the_no(live_clinic: Clinic, turn: int):
    live_clinic.baseline()
    commands = [live_clinic.command(ALL), live_clinic.command(live_clinic.dose())]

    def write(number: int) -> None:
        try:
            record_one(commands[number], wall=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [0, 1] if turn % 2 else [1, 0]))
    kinds = list(
        Entry.objects.filter(session=live_clinic.session).order_by("sequence").values_list("kind", flat=True)
    )
    assert "said_no" in kinds
    if "dose" in kinds:
        assert kinds.index("dose") < kinds.index("said_no")
