"""A dose is charted from a check by two people, and out of the vial's ledger, or not at all."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests import clinic as made
from tests import stock
from tests.actions.test_concurrency import at_once
from tests.checked import dose_of, read
from tests.clinic import Clinic

from slackwater.actions import log, sessions
from slackwater.actions.dose_checks import cases, keeping
from slackwater.actions.entries.command import Outcome, Status
from slackwater.actions.entries.record import record_one
from slackwater.actions.policy import DeniedError
from slackwater.actions.stock import doses, ledger, moves
from slackwater.records.models import Container, DoseCaseLine, DoseCheck, Entry, LedgerLine
from slackwater.rules.room.log import DoseGiven, Stop
from slackwater.rules.stock.log import SetAside
from slackwater.terms.refusal import RefusedError


def tried(clinic: Clinic, dose: DoseGiven, **changes: object) -> Outcome:
    wall = changes.pop("wall", timezone.now())
    return record_one(clinic.command(dose, happened_at=wall, **changes), wall=wall)


def codes(outcome: Outcome) -> list[str]:
    return [problem.code for problem in outcome.problems]


def kept(clinic: Clinic, vial: Container, **changes: object) -> DoseCheck:
    said = read(clinic.session, vial, **changes)
    return keeping.keep(
        clinic.session, said, by=clinic.monitor, second=clinic.prescriber, at=timezone.now(), key=uuid4()
    )


def untold(clinic: Clinic) -> DoseGiven:
    """The ordered dose, that nobody has checked."""
    return replace(clinic.dose(), check="")


@pytest.fixture
def ready(clinic: Clinic) -> Clinic:
    clinic.baseline()
    return clinic


def test_a_dose_and_its_vials_ledger_are_written_together(ready: Clinic):
    vial = stock.vials(ready.owner)[0]
    check = kept(ready, vial)
    assert tried(ready, dose_of(check)).status is Status.SAVED
    lines = ledger.rows(vial)
    assert [line.kind for line in lines] == ["received", "drawn", "given"]
    assert {(line.by_id, line.witness_id) for line in lines[1:]} == {(ready.monitor.pk, ready.prescriber.pk)}
    assert ledger.check(vial).holds
    found = doses.session_balance(ready.session)
    assert (found.drawn_ug, found.given_ug, found.open_ug) == (35_000, 35_000, 0)
    assert Entry.objects.get(kind="dose").payload["check"] == str(check.public_id)


def test_the_same_dose_sent_again_takes_nothing_twice(ready: Clinic):
    command = ready.command(ready.dose())
    outcomes = [record_one(command, wall=timezone.now()) for _ in range(3)]
    assert [outcome.status for outcome in outcomes] == [Status.SAVED, Status.ALREADY, Status.ALREADY]
    assert doses.session_balance(ready.session).given_ug == 35_000


def test_where_the_ledger_refuses_neither_stands(ready: Clinic):
    vial = stock.vials(ready.owner)[0]
    dose = dose_of(kept(ready, vial))
    moves.move(vial.public_id, SetAside(reason="Recalled."), act=stock.act(ready.monitor))
    before = LedgerLine.objects.count()
    outcome = tried(ready, dose)
    assert codes(outcome) == ["STK-05"]
    assert (LedgerLine.objects.count(), Entry.objects.filter(kind="dose").count()) == (before, 0)
    assert log.check(ready.session).holds


def test_without_a_check_no_dose_is_planned(ready: Clinic):
    dose = untold(ready)
    assert codes(tried(ready, dose)) == ["CHK-12"]
    assert codes(tried(ready, replace(dose, check=str(uuid4())))) == ["CHK-12"]


def test_with_an_empty_cabinet_it_says_so(ready: Clinic):
    dose = DoseGiven(
        number=1, drug=ready.dose().drug, route=ready.dose().route, amount_ug=35_000, duration_s=2400
    )
    for vial in Container.objects.all():
        moves.move(vial.public_id, SetAside(reason="Recalled."), act=stock.act(ready.monitor))
    outcome = tried(ready, dose)
    assert "The cabinet holds no racemic ketamine" in outcome.problems[0].message


def test_a_check_holds_for_five_minutes(ready: Clinic):
    dose = ready.dose()
    at = DoseCheck.objects.get().at
    late = tried(ready, dose, wall=at + timedelta(minutes=5, seconds=1))
    assert "CHK-13" in codes(late)
    assert tried(ready, dose, wall=at + timedelta(minutes=5)).status is Status.SAVED


def test_one_of_the_two_gives_it_and_nobody_else(ready: Clinic):
    dose = ready.dose()
    other = made.person(made.Role.MONITOR)
    assert codes(tried(ready, dose, by=other)) == ["CHK-01"]
    assert tried(ready, dose, by=ready.prescriber).status is Status.SAVED


def test_a_check_of_another_visit_or_of_another_amount_allows_nothing(ready: Clinic):
    other = made.clinic()
    foreign = replace(ready.dose(), check=other.dose().check)
    assert set(codes(tried(ready, foreign))) == {"CHK-12", "CHK-01"}
    less = replace(ready.dose(), amount_ug=34_000)
    assert set(codes(tried(ready, less))) == {"ROOM-10", "CHK-12"}


def test_every_reason_is_said_with_the_check_right(clinic: Clinic):
    sessions.perform(
        clinic.session.public_id, Stop(reason=""), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    assert {"ROOM-03"} < set(codes(tried(clinic, clinic.dose())))
    assert not Entry.objects.filter(kind="dose").exists()
    assert doses.session_balance(clinic.session).drawn_ug == 0


def test_a_check_is_kept_once_and_is_never_changed(ready: Clinic):
    vial = stock.vials(ready.owner)[0]
    said, key = read(ready.session, vial), uuid4()
    rows = [
        keeping.keep(
            ready.session, said, by=ready.monitor, second=ready.prescriber, at=timezone.now(), key=key
        )
        for _ in range(2)
    ]
    assert rows[0].pk == rows[1].pk
    for change in (lambda: DoseCheck.objects.update(amount_ug=1), lambda: DoseCheck.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        DoseCheck.objects.create(
            session=ready.session, number=1, drug="racemic", route="iv", amount_ug=1, read={},
            at=timezone.now(), by=ready.monitor, by_name="A", second=ready.monitor, second_name="A",
        )  # fmt: skip


def test_who_may_not_give_may_not_check(ready: Clinic):
    vial = stock.vials(ready.owner)[0]
    said = read(ready.session, vial)
    with pytest.raises(DeniedError):
        keeping.keep(
            ready.session, said, by=ready.guide, second=ready.prescriber, at=timezone.now(), key=uuid4()
        )
    for second in (ready.guide, ready.owner, ready.monitor):
        with pytest.raises(RefusedError) as raised:
            keeping.keep(ready.session, said, by=ready.monitor, second=second, at=timezone.now(), key=uuid4())
        assert [problem.code for problem in raised.value.problems] == ["CHK-01"]
    assert not DoseCheck.objects.exists()


def test_one_vial_drawn_from_in_two_rooms_at_once_serves_one(live_clinic: Clinic):
    other = made.clinic()
    rooms = (live_clinic, other)
    for room in rooms:
        room.baseline()
    vial = stock.vials(live_clinic.owner)[0]
    commands = [room.command(dose_of(kept(room, vial))) for room in rooms]
    outcomes: list[Outcome] = at_once(2, lambda number: record_one(commands[number], wall=timezone.now()))
    assert sorted(outcome.status.value for outcome in outcomes) == ["refused", "saved"]
    refused = next(outcome for outcome in outcomes if outcome.problems)
    assert codes(refused) == ["STK-02"]
    state = ledger.state(vial)
    assert (state.given_ug, state.held_ug, len(state.draws)) == (35_000, 65_000, 1)
    assert Entry.objects.filter(kind="dose").count() == 1
    assert ledger.check(vial).holds
    assert all(log.check(room.session).holds for room in rooms)
    connection.close()


def test_a_dose_that_went_in_without_the_check_is_kept_whatever_stands_against_it(clinic: Clinic):
    told = replace(untold(clinic), amount_ug=40_000, unchecked="The power was off.")
    at = timezone.now()
    outcome = record_one(
        clinic.command(told, happened_at=at, by=clinic.monitor), wall=at + timedelta(minutes=20)
    )
    assert outcome.status is Status.SAVED
    case = cases.still_open().get()
    assert str(case.case) == outcome.key
    assert case.words.startswith("The power was off. What stood against it:")
    assert "40 mg" in case.words
    state = log.state(log.rows(clinic.session))
    assert [(dose.amount_ug, dose.unchecked) for dose in state.doses] == [(40_000, "The power was off.")]


def test_it_is_told_once_and_either_checked_or_not(ready: Clinic):
    told = replace(untold(ready), unchecked="In a hurry.")
    assert codes(tried(ready, replace(ready.dose(), unchecked="In a hurry."))) == ["both"]
    assert tried(ready, told).status is Status.SAVED
    assert codes(tried(ready, told)) == ["ROOM-07"]
    assert DoseCaseLine.objects.count() == 1


def test_its_case_is_closed_by_two_who_may(ready: Clinic):
    tried(ready, replace(untold(ready), unchecked="In a hurry."))
    case = cases.still_open().get().case
    now = timezone.now()
    with pytest.raises(DeniedError):
        cases.close(case, "Counted.", by=ready.monitor, second=ready.prescriber, at=now)
    with pytest.raises(RefusedError):
        cases.close(case, " ", by=ready.prescriber, second=ready.monitor, at=now)
    with pytest.raises(RefusedError):
        cases.close(case, "Counted.", by=ready.prescriber, second=ready.prescriber, at=now)
    with pytest.raises(DeniedError):
        cases.close(case, "Counted.", by=ready.prescriber, second=ready.guide, at=now)
    cases.close(case, "Counted: 35 mg left no. 3.", by=ready.prescriber, second=ready.monitor, at=now)
    assert not cases.still_open().exists()
    with pytest.raises(RefusedError):
        cases.close(case, "Again.", by=ready.prescriber, second=ready.monitor, at=now)
