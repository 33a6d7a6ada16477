"""Many at once: one dose, no fork, nothing lost, and nothing half-done."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import log
from slackwater.actions.entries.command import Outcome, Status
from slackwater.actions.entries.record import record, record_one
from slackwater.actions.entries.writer import Writer
from slackwater.records.models import Entry
from slackwater.rules.room.log import Note, Rating


def at_once(count: int, job) -> list:
    """Run the job so many times in as many threads, each with a connection of its own."""

    def run(number: int):
        try:
            return job(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_twenty_who_give_the_same_dose_at_once_one_does(live_clinic: Clinic):
    live_clinic.baseline()
    commands = [live_clinic.command(live_clinic.dose()) for _ in range(20)]
    outcomes: list[Outcome] = at_once(20, lambda number: record_one(commands[number], wall=timezone.now()))
    assert Counter(outcome.status for outcome in outcomes) == {Status.SAVED: 1, Status.REFUSED: 19}
    assert {problem.code for outcome in outcomes for problem in outcome.problems} == {"ROOM-07", "ROOM-12"}
    assert Entry.objects.filter(kind="dose").count() == 1
    assert log.check(live_clinic.session).holds


def test_twenty_retries_of_one_dose_give_it_once_and_all_hear_so(live_clinic: Clinic):
    live_clinic.baseline()
    command = live_clinic.command(live_clinic.dose())
    outcomes = at_once(20, lambda _: record_one(command, wall=timezone.now()))
    assert Counter(outcome.status for outcome in outcomes) == {Status.SAVED: 1, Status.ALREADY: 19}
    assert len({outcome.entry["sequence"] for outcome in outcomes if outcome.entry}) == 1


def test_a_log_written_by_many_has_no_gap_and_no_fork(live_clinic: Clinic):
    def some(number: int) -> list[Outcome]:
        commands = [live_clinic.command(Note(text=f"{number}-{each}")) for each in range(5)]
        return record(commands, wall=timezone.now())

    outcomes = [outcome for batch in at_once(12, some) for outcome in batch]
    assert all(outcome.status is Status.SAVED for outcome in outcomes)
    sequences = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert sequences == list(range(1, 62))
    assert log.check(live_clinic.session).holds


def test_the_writer_answers_each_after_one_commit(live_clinic: Clinic):
    writer = Writer()
    writer.start()
    try:
        answers = [writer.write([live_clinic.command(Rating(depth=number % 11))]) for number in range(40)]
        outcomes = [answer.result(10)[0] for answer in answers]
    finally:
        writer.stop()
    assert all(outcome.status is Status.SAVED for outcome in outcomes)
    assert Entry.objects.filter(kind="rating").count() == 40
    assert log.check(live_clinic.session).holds


def test_one_request_that_breaks_a_batch_fails_alone(live_clinic: Clinic, monkeypatch):
    from slackwater.actions.entries import record as recording

    right = recording.moments.check

    def broken(case):
        if case.command.key == poisoned.key:
            raise ZeroDivisionError
        right(case)

    poisoned = live_clinic.command(Note(text="poison"))
    monkeypatch.setattr(recording.moments, "check", broken)
    writer = Writer()
    good = live_clinic.command(Note(text="good"))
    writer._asked.put(asked_good := _asked(good))
    writer._asked.put(asked_bad := _asked(poisoned))
    writer.start()
    try:
        assert asked_good.answer.result(10)[0].status is Status.SAVED
        assert isinstance(asked_bad.answer.exception(10), ZeroDivisionError)
    finally:
        writer.stop()
    assert list(Entry.objects.filter(kind="note").values_list("payload__text", flat=True)) == ["good"]


def test_nothing_of_a_batch_is_kept_when_its_transaction_fails(live_clinic: Clinic, monkeypatch):
    from slackwater.actions.entries import record as recording

    def fail(_written):
        raise ZeroDivisionError

    monkeypatch.setattr(recording.broadcast, "after_commit", fail)
    before = Entry.objects.count()
    commands = [live_clinic.command(Note(text=text)) for text in "ab"]
    with pytest.raises(ZeroDivisionError):
        record(commands, wall=timezone.now())
    assert Entry.objects.count() == before


def test_an_order_opens_one_session_however_many_try(committed):
    from tests import clinic as made

    from slackwater.actions import sessions
    from slackwater.records.models import Role, Session
    from slackwater.terms.refusal import RefusedError

    monitor = made.person(Role.MONITOR)
    order = made.order(made.patient(), prescriber=made.person(Role.PRESCRIBER))

    def open_it(_number: int) -> str:
        try:
            sessions.open_session(order.public_id, room="Room", by=monitor, wall=timezone.now())
        except RefusedError as refusal:
            return refusal.problems[0].code
        return "opened"

    assert Counter(at_once(8, open_it)) == {"opened": 1, "session-open": 7}
    assert Session.objects.count() == 1


def _asked(command):
    from slackwater.actions.entries.writer import _Asked

    return _Asked([command])
