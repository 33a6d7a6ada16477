"""The one path: what is kept, what is refused, and that nothing is kept of what is refused."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import log
from slackwater.actions.entries.command import Status
from slackwater.actions.entries.record import record, record_one
from slackwater.records.models import Entry
from slackwater.rules.room.log import Alertness, Note, Rating, Stop, Struck


def test_an_entry_is_kept_with_its_leaf_and_both_times(clinic: Clinic):
    happened = timezone.now() - timedelta(minutes=5)
    outcome = record_one(clinic.command(Rating(depth=4), happened_at=happened), wall=timezone.now())
    row = Entry.objects.get(kind="rating")
    assert outcome.status is Status.SAVED
    assert outcome.entry == log.wire(row, session_id=clinic.session.public_id)
    assert (row.sequence, row.by_name, row.by_role) == (2, "Monitor Test", "monitor")
    assert row.recorded_at - row.happened_at > timedelta(minutes=4)
    assert log.check(clinic.session).holds


def test_the_same_key_and_body_is_kept_once_and_answered_alike(clinic: Clinic):
    command = clinic.command(Note(text="Warm hands."))
    first = record_one(command, wall=timezone.now())
    again = record_one(command, wall=timezone.now())
    assert (first.status, again.status) == (Status.SAVED, Status.ALREADY)
    assert again.entry == first.entry
    assert Entry.objects.filter(kind="note").count() == 1


def test_the_same_key_twice_in_one_batch_is_kept_once(clinic: Clinic):
    command = clinic.command(Note(text="Once."))
    outcomes = record([command, command], wall=timezone.now())
    assert [outcome.status for outcome in outcomes] == [Status.SAVED, Status.ALREADY]


@pytest.mark.parametrize("other", [{"payload": Note(text="Something else.")}, {"happened_at": None}])
def test_the_same_key_with_another_body_is_refused_and_shows_nothing(clinic: Clinic, other: dict):
    command = clinic.command(Note(text="First."))
    record_one(command, wall=timezone.now())
    if "happened_at" in other:
        other = {"happened_at": command.happened_at - timedelta(seconds=1)}
    outcome = record_one(replace(command, **other), wall=timezone.now())
    assert outcome.status is Status.REFUSED
    assert [problem.code for problem in outcome.problems] == ["key-reused"]
    assert outcome.entry is None


def test_the_same_key_from_somebody_else_is_refused_and_shows_nothing(clinic: Clinic):
    command = clinic.command(Note(text="Mine."))
    record_one(command, wall=timezone.now())
    theirs = clinic.command(
        Note(text="Mine."), by=clinic.guide, key=command.key, happened_at=command.happened_at
    )
    outcome = record_one(theirs, wall=timezone.now())
    assert [problem.code for problem in outcome.problems] == ["key-reused"]


def test_one_refusal_in_a_batch_leaves_the_others_standing(clinic: Clinic):
    commands = [
        clinic.command(Rating(depth=3)),
        clinic.command(Struck(sequence=1, reason="No reason.")),
        clinic.command(Alertness(moaas=5)),
    ]
    outcomes = record(commands, wall=timezone.now())
    assert [outcome.status for outcome in outcomes] == [Status.SAVED, Status.REFUSED, Status.SAVED]
    assert list(Entry.objects.order_by("sequence").values_list("sequence", "kind")) == [
        (1, "opened"), (2, "rating"), (3, "alertness"),
    ]  # fmt: skip
    assert log.check(clinic.session).holds


def test_an_unknown_session_is_refused_without_a_word_about_it(clinic: Clinic):
    outcome = record_one(clinic.command(Rating(depth=3), session_id=uuid4()), wall=timezone.now())
    assert [problem.code for problem in outcome.problems] == ["unknown"]


def test_a_struck_entry_stays_and_counts_no_more(clinic: Clinic):
    record_one(clinic.command(Rating(depth=9)), wall=timezone.now())
    struck = record_one(clinic.command(Struck(sequence=2, reason="Other room.")), wall=timezone.now())
    state = log.state(log.rows(clinic.session))
    assert struck.status is Status.SAVED
    assert state.ratings == ()
    assert Entry.objects.filter(sequence=2, kind="rating").exists()


@pytest.mark.parametrize(("sequence", "code"), [(1, "cannot-be-struck"), (77, "unknown")])
def test_what_cannot_be_struck_is_refused(clinic: Clinic, sequence: int, code: str):
    outcome = record_one(clinic.command(Struck(sequence=sequence, reason="Slip.")), wall=timezone.now())
    assert [problem.code for problem in outcome.problems] == [code]


def test_an_entry_is_struck_once(clinic: Clinic):
    record_one(clinic.command(Rating(depth=9)), wall=timezone.now())
    record_one(clinic.command(Struck(sequence=2, reason="Slip.")), wall=timezone.now())
    again = record_one(clinic.command(Struck(sequence=2, reason="Slip.")), wall=timezone.now())
    assert [problem.code for problem in again.problems] == ["already-struck"]


def test_a_stop_is_taken_from_anyone_in_the_room(clinic: Clinic):
    for person in (clinic.guide, clinic.monitor, clinic.prescriber, clinic.patient_user):
        outcome = record_one(clinic.command(Stop(reason=""), by=person), wall=timezone.now())
        assert outcome.status is Status.SAVED, person.role
