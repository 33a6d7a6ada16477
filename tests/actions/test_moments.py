"""When a thing can have happened."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions.entries.command import Command, Crossing, Outcome, Status
from slackwater.actions.entries.record import record_one
from slackwater.records.models import Entry
from slackwater.rules.room.log import Left, Note, Payload, Rating

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def tried(clinic: Clinic, payload: Payload, *, wall: datetime | None = None, **changes: object) -> Outcome:
    command: Command = clinic.command(payload, **changes)
    return record_one(command, wall=wall or timezone.now())


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (datetime(1989, 1, 1, tzinfo=UTC), "before-birth"),
        (timedelta(hours=-2), "before-session"),
        (timedelta(days=7), "in-the-future"),
        (timedelta(minutes=2), "in-the-future"),
        (datetime(9999, 12, 31, tzinfo=UTC), "in-the-future"),
    ],
)
def test_a_moment_that_cannot_be_true_is_refused(clinic: Clinic, when: datetime | timedelta, code: str):
    happened = when if isinstance(when, datetime) else timezone.now() + when
    for payload in (Rating(depth=3), clinic.dose()):
        outcome = tried(clinic, payload, happened_at=happened)
        assert [(problem.field, problem.code) for problem in outcome.problems] == [("happened_at", code)]
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("seconds", [-3599, 0, 29])
def test_a_little_early_or_ahead_is_taken(clinic: Clinic, seconds: int):
    at = clinic.session.opened_at + timedelta(seconds=seconds)
    assert tried(clinic, Rating(depth=3), happened_at=at).status is Status.SAVED


def test_a_session_of_thirty_hours_is_refused_and_may_still_be_explained(clinic: Clinic):
    late = clinic.session.opened_at + timedelta(hours=30)
    for payload in (Rating(depth=1), Left()):
        outcome = tried(clinic, payload, happened_at=late, wall=late)
        assert [problem.code for problem in outcome.problems] == ["session-too-long"]
    assert tried(clinic, Note(text="Forgotten open."), happened_at=late, wall=late).status is Status.SAVED


def test_at_twenty_four_hours_and_not_after(clinic: Clinic):
    line = clinic.session.opened_at + timedelta(hours=24)
    assert tried(clinic, Rating(depth=1), happened_at=line, wall=line).status is Status.SAVED
    past = line + timedelta(milliseconds=1)
    assert tried(clinic, Rating(depth=1), happened_at=past, wall=past).status is Status.REFUSED


def test_a_dose_that_waited_is_refused_and_one_that_did_not_is_given(clinic: Clinic):
    clinic.baseline()
    wall = timezone.now() + timedelta(minutes=2)
    waited = tried(clinic, clinic.dose(), happened_at=wall - timedelta(seconds=31), wall=wall)
    assert [problem.code for problem in waited.problems] == ["dose-not-live"]
    live = tried(clinic, clinic.dose(), happened_at=wall - timedelta(seconds=29), wall=wall)
    assert live.status is Status.SAVED


def test_a_dose_asked_again_under_its_key_is_answered_however_late(clinic: Clinic):
    clinic.baseline()
    command = clinic.command(clinic.dose())
    assert record_one(command, wall=timezone.now()).status is Status.SAVED
    later = timezone.now() + timedelta(minutes=20)
    assert record_one(command, wall=later).status is Status.ALREADY


@pytest.mark.parametrize("off", [timedelta(minutes=10), timedelta(minutes=-10), timedelta(hours=-23)])
def test_a_wrong_device_clock_is_corrected_and_the_correction_kept(clinic: Clinic, off: timedelta):
    wall = clinic.session.opened_at + timedelta(minutes=1)
    crossing = Crossing(sent_at=wall + off, received_at=wall)
    happened = wall - timedelta(seconds=20) + off
    outcome = tried(clinic, Rating(depth=2), happened_at=happened, crossing=crossing, wall=wall)
    row = Entry.objects.get(kind="rating")
    assert outcome.status is Status.SAVED
    assert abs(row.happened_at - (wall - timedelta(seconds=20))) < timedelta(milliseconds=2)
    assert row.clock_shift_ms == -off // timedelta(milliseconds=1)
    assert outcome.entry is not None
    assert outcome.entry["clock_shift_ms"] == row.clock_shift_ms


def test_a_clock_within_thirty_seconds_is_believed(clinic: Clinic):
    wall = clinic.session.opened_at + timedelta(minutes=1)
    crossing = Crossing(sent_at=wall - timedelta(seconds=30), received_at=wall)
    tried(clinic, Rating(depth=2), happened_at=wall - timedelta(seconds=30), crossing=crossing, wall=wall)
    assert Entry.objects.get(kind="rating").clock_shift_ms == 0


def test_a_clock_more_than_a_day_off_is_refused(clinic: Clinic):
    wall = clinic.session.opened_at + timedelta(minutes=1)
    sent = wall - timedelta(hours=25)
    outcome = tried(
        clinic,
        Rating(depth=2),
        happened_at=sent,
        crossing=Crossing(sent_at=sent, received_at=wall),
        wall=wall,
    )
    assert [problem.code for problem in outcome.problems] == ["clock-wrong"]
