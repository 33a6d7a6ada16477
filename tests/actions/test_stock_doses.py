"""What giving a dose takes out of the cabinet, and that none of it is made or lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests import stock
from tests.actions.test_concurrency import at_once
from tests.clinic import Clinic, person
from tests.clinic import order as signed
from tests.clinic import patient as registered

from slackwater.actions import sessions
from slackwater.actions.policy import DeniedError
from slackwater.actions.stock import doses, ledger, moves
from slackwater.records.models import Container, LedgerLine, Role
from slackwater.rules.stock.fold import fold
from slackwater.rules.stock.log import (
    Disposed,
    Loss,
    Lost,
    Opened,
    Returned,
    Reversed,
    SetAside,
    Wasted,
)
from slackwater.terms.refusal import RefusedError


def refused(call) -> list[str]:
    with pytest.raises(RefusedError) as raised:
        call()
    return [problem.code for problem in raised.value.problems]


def drawn(
    clinic: Clinic, vial: Container, ug: int = 35_000, *, dose: int = 1, act=None, ul: int | None = None
):
    return doses.draw_for_session(
        clinic.session,
        vial.public_id,
        dose=dose,
        amount_ug=ug,
        volume_ul=ug // 50 if ul is None else ul,
        act=act or stock.act(clinic.monitor),
    )


@pytest.fixture
def vial(clinic: Clinic) -> Container:
    return stock.vials(clinic.owner)[0]


def test_a_dose_from_the_cabinet_to_its_last_drop(clinic: Clinic, vial: Container):
    line = drawn(clinic, vial, 40_000)
    assert doses.session_balance(clinic.session).open_ug == 40_000
    doses.given(clinic.session, dose=1, amount_ug=35_000, act=stock.act(clinic.monitor))
    by_two = stock.act(clinic.monitor, second=clinic.prescriber)
    doses.waste(
        clinic.session,
        vial.public_id,
        draw=line.number,
        amount_ug=5_000,
        reason="Rest of the syringe",
        act=by_two,
    )
    left = doses.session_balance(clinic.session).open
    assert [(one.draw, one.amount_ug) for one in left] == [(0, 60_000)]
    by_two = stock.act(clinic.monitor, second=clinic.prescriber)
    doses.waste(
        clinic.session, vial.public_id, draw=0, amount_ug=60_000, reason="Rest of the vial", act=by_two
    )
    found = doses.session_balance(clinic.session)
    assert found.is_closed
    assert (found.drawn_ug, found.given_ug, found.wasted_ug) == (40_000, 35_000, 5_000)
    state = ledger.state(vial)
    assert (state.held_ug, state.given_ug, state.wasted_ug, state.unaccounted_ug) == (0, 35_000, 65_000, 0)
    assert ledger.check(vial).holds


def test_what_can_be_drawn_for_an_order(clinic: Clinic):
    owner = clinic.owner
    sealed, other = stock.vials(owner, 2)
    stock.vials(owner, expiry=timezone.localdate() + timedelta(days=1))
    soon = Container.objects.get(own_number=3)
    set_aside = stock.vials(owner)[0]
    moves.move(set_aside.public_id, SetAside(reason="Recalled."), act=stock.act(clinic.monitor))
    drawn(clinic, other, 10_000)
    found = [container for container, _ in doses.containers_for(clinic.order)]
    assert found == [other, soon, sealed]
    someone = signed(registered(), prescriber=clinic.prescriber)
    assert [container for container, _ in doses.containers_for(someone)] == [soon, sealed]
    someone.drug = "esketamine"
    assert doses.containers_for(someone) == []


def test_a_vial_used_for_another_patient_is_refused(clinic: Clinic, vial: Container):
    drawn(clinic, vial, 10_000)
    other = signed(registered(), prescriber=clinic.prescriber)
    session = sessions.open_session(other.public_id, room="Room 2", by=clinic.monitor, wall=timezone.now())
    assert refused(lambda: drawn(replace(clinic, session=session), vial, 10_000)) == ["STK-02"]


def test_more_than_is_held_is_refused_and_the_last_microgram_is_not(clinic: Clinic, vial: Container):
    assert refused(lambda: drawn(clinic, vial, 100_001, ul=2000)) == ["STK-01"]
    drawn(clinic, vial, 100_000)
    assert ledger.state(vial).held_ug == 0


def test_ten_times_too_much_on_the_syringe_is_refused(clinic: Clinic, vial: Container):
    assert refused(lambda: drawn(clinic, vial, 10_000, ul=2000)) == ["STK-09"]


@pytest.mark.parametrize(("days", "codes"), [(1, []), (0, ["STK-03"]), (-1, ["STK-03"])])
def test_a_container_is_used_before_its_day_and_not_on_it(clinic: Clinic, vial: Container, days, codes):
    expiry = timezone.localdate() + timedelta(days=days)
    # The product's own door lets nothing expired in, so the day is moved behind its back.
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_container_stays" + _on("records_container"))
    Container.objects.filter(pk=vial.pk).update(expiry=expiry)
    if codes:
        assert refused(lambda: drawn(clinic, vial)) == codes
    else:
        drawn(clinic, vial)


def _on(table: str) -> str:
    return f" ON {table}" if connection.vendor == "postgresql" else ""


def test_a_vial_open_for_longer_than_the_clinic_allows_is_refused(clinic: Clinic, vial: Container, settings):
    settings.STOCK_OPEN_HOURS = 1
    moves.move(vial.public_id, Opened(), act=stock.act(clinic.monitor, ago=59))
    drawn(clinic, vial, 10_000)
    moves_at = timezone.now() + timedelta(minutes=2)
    assert refused(lambda: drawn(clinic, vial, 10_000, act=stock.act(clinic.monitor, at=moves_at))) == [
        "STK-04"
    ]


def test_an_unknown_container_is_refused(clinic: Clinic):
    def call():
        doses.draw_for_session(
            clinic.session, uuid4(), dose=1, amount_ug=1000, volume_ul=20, act=stock.act(clinic.monitor)
        )

    assert refused(call) == ["unknown"]


def test_another_drug_than_ordered_is_refused(clinic: Clinic, vial: Container):
    clinic.session.order.drug = "esketamine"
    assert refused(lambda: drawn(clinic, vial)) == ["STK-11"]


def test_one_dose_comes_out_of_one_vial(clinic: Clinic):
    first, second = stock.vials(clinic.owner, 2)
    line = drawn(clinic, first, 10_000)
    assert refused(lambda: drawn(clinic, second, 25_000)) == ["STK-15"]
    drawn(clinic, second, 10_000, dose=2)
    by_two = stock.act(clinic.monitor, second=clinic.prescriber)
    doses.waste(
        clinic.session,
        first.public_id,
        draw=line.number,
        amount_ug=10_000,
        reason="Dropped the syringe",
        act=by_two,
    )
    drawn(clinic, second, 35_000)


def test_giving_without_drawing_keeps_neither(clinic: Clinic, vial: Container):
    def give():
        doses.given(clinic.session, dose=1, amount_ug=35_000, act=stock.act(clinic.monitor))

    assert refused(give) == ["STK-12"]
    drawn(clinic, vial, 30_000)
    assert refused(give) == ["STK-12"]
    assert not LedgerLine.objects.filter(kind="given").exists()


def test_the_same_act_again_writes_nothing_again(clinic: Clinic, vial: Container):
    draw, give = stock.act(clinic.monitor), stock.act(clinic.monitor)
    assert drawn(clinic, vial, act=draw) == drawn(clinic, vial, act=draw)
    for _ in range(2):
        (row,) = doses.given(clinic.session, dose=1, amount_ug=35_000, act=give)
    assert row.kind == "given"
    assert LedgerLine.objects.filter(container=vial).count() == 3
    assert refused(lambda: drawn(clinic, vial, 10_000, act=draw)) == ["key-reused"]


@pytest.mark.parametrize("who", ["nobody", "monitor"])
def test_waste_takes_two(clinic: Clinic, vial: Container, who: str):
    second = None if who == "nobody" else clinic.monitor
    said = Wasted(draw=0, amount_ug=1000, reason="Spilled on opening")
    assert refused(
        lambda: moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=second))
    ) == ["C05"]


def test_the_database_itself_asks_for_a_witness_who_is_another(clinic: Clinic, vial: Container):
    said = Wasted(draw=0, amount_ug=1000, reason="Spilled")
    for second in (None, clinic.monitor):
        with pytest.raises(IntegrityError), transaction.atomic():
            ledger.add(vial, said, stock.act(clinic.monitor, second=second))


def test_a_guide_cannot_witness_and_cannot_take(clinic: Clinic, vial: Container):
    said = Wasted(draw=0, amount_ug=1000, reason="Spilled")
    for by, second in ((clinic.monitor, clinic.guide), (clinic.guide, clinic.monitor), (clinic.owner, None)):
        with pytest.raises(DeniedError):
            moves.move(vial.public_id, said, act=stock.act(by, second=second))


def test_an_opened_container_is_not_sent_back(clinic: Clinic, vial: Container):
    two = {"second": clinic.prescriber}
    moves.move(vial.public_id, Opened(), act=stock.act(clinic.monitor))
    assert refused(
        lambda: moves.move(vial.public_id, Returned(to="Supplier"), act=stock.act(clinic.monitor, **two))
    ) == ["STK-06"]
    moves.move(
        vial.public_id, Disposed(to="Distributor", reason="Opened"), act=stock.act(clinic.monitor, **two)
    )
    assert refused(lambda: drawn(clinic, vial)) == ["STK-05", "STK-01"]


def test_a_loss_opens_a_case_in_the_same_breath(clinic: Clinic, vial: Container):
    from slackwater.actions.stock import cases

    said = Lost(amount_ug=100_000, how=Loss.BROKEN, reason="Fell off the trolley")
    moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=clinic.prescriber))
    (case,) = cases.every()
    assert case.is_open
    assert case.deltas == (0,)
    assert (case.first.expected_ug, case.first.seen_ug) == (100_000, 0)


def test_a_slip_is_taken_back_by_a_line_of_its_own(clinic: Clinic, vial: Container):
    line = drawn(clinic, vial, 10_000)
    said = Reversed(number=line.number, reason="Wrong vial in hand")
    moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=clinic.prescriber))
    assert ledger.state(vial).held_ug == 100_000
    assert LedgerLine.objects.filter(container=vial).count() == 3
    assert refused(
        lambda: moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=clinic.prescriber))
    ) == ["STK-16"]


def test_a_draw_that_was_given_is_not_taken_back(clinic: Clinic, vial: Container):
    line = drawn(clinic, vial)
    doses.given(clinic.session, dose=1, amount_ug=35_000, act=stock.act(clinic.monitor))
    said = Reversed(number=line.number, reason="Changed my mind")
    assert refused(
        lambda: moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=clinic.prescriber))
    ) == ["STK-16"]


def test_an_edited_line_is_found_and_the_witness_is_part_of_it(clinic: Clinic, vial: Container):
    said = Wasted(draw=0, amount_ug=1000, reason="Spilled")
    moves.move(vial.public_id, said, act=stock.act(clinic.monitor, second=clinic.prescriber))
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER records_ledgerline_stays" + _on("records_ledgerline"))
    LedgerLine.objects.filter(kind="wasted").update(witness=clinic.owner)
    assert ledger.check(vial).sequence == 2


@pytest.mark.parametrize("table", ["LedgerLine", "Container", "Product", "StockCount", "CaseLine"])
def test_nothing_of_the_cabinet_is_changed_or_deleted(clinic: Clinic, vial: Container, table: str):
    from slackwater.records import models
    from slackwater.rules.stock.counts import Purpose

    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber, no_1=99_000)
    model = getattr(models, table)
    row = model.objects.first()
    for change in (row.save, row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_of_twenty_who_draw_from_a_vial_with_enough_for_one_one_does(live_clinic: Clinic):
    vial = stock.vials(live_clinic.owner)[0]

    def draw(_number: int) -> str:
        try:
            drawn(live_clinic, vial, 60_000)
        except RefusedError as refusal:
            return refusal.problems[0].code
        return "drawn"

    assert sorted(at_once(20, draw)) == ["STK-01"] * 19 + ["drawn"]
    assert fold(ledger.lines(vial)).held_ug == 40_000
    assert ledger.check(vial).holds


def test_twenty_retries_of_one_draw_draw_once(live_clinic: Clinic):
    vial, act = stock.vials(live_clinic.owner)[0], stock.act(live_clinic.monitor)
    rows = at_once(20, lambda _: drawn(live_clinic, vial, act=act))
    assert len({row.pk for row in rows}) == 1
    assert ledger.state(vial).held_ug == 65_000


def test_whoever_does_not_work_here_takes_nothing(clinic: Clinic, vial: Container):
    for by in (clinic.patient_user, clinic.stranger, person(Role.GUIDE)):
        with pytest.raises(DeniedError):
            drawn(clinic, vial, act=stock.act(by))
    assert LedgerLine.objects.count() == 1
