"""Counting by two, blind; a difference opens a case; a day closes when all is accounted for."""

import pytest
from django.db import connection
from django.utils import timezone
from tests import stock
from tests.actions.test_stock_doses import drawn, refused
from tests.clinic import Clinic

from slackwater.actions.policy import DeniedError
from slackwater.actions.stock import cases, counts, doses, ledger, moves, products
from slackwater.actions.stock.counts import Handed
from slackwater.actions.stock.products import Delivery
from slackwater.records.models import Container, LedgerLine, StockCount
from slackwater.rules.stock.counts import Purpose
from slackwater.rules.stock.log import Opened
from slackwater.terms.refusal import RefusedError


@pytest.fixture
def vial(clinic: Clinic) -> Container:
    return stock.vials(clinic.owner)[0]


def opened(clinic: Clinic) -> None:
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber)


def test_two_people_open_the_day_and_neither_is_shown_what_to_expect(clinic: Clinic, vial: Container):
    now = timezone.now()
    assert counts.is_blind_for(clinic.monitor, at=now)
    stock.count(Purpose.OPENING, clinic.monitor)
    assert counts.is_blind_for(clinic.prescriber, at=now)
    assert not counts.is_blind_for(clinic.owner, at=now)
    stock.count(Purpose.OPENING, clinic.prescriber)
    assert not counts.is_blind_for(clinic.monitor, at=now)
    stock.count(Purpose.WEEKLY, clinic.monitor)
    assert counts.is_blind_for(clinic.prescriber, at=now)
    assert not cases.every()


def test_the_same_person_cannot_count_twice(clinic: Clinic, vial: Container):
    stock.count(Purpose.OPENING, clinic.monitor)
    assert refused(lambda: stock.count(Purpose.OPENING, clinic.monitor)) == ["STK-08"]
    stock.count(Purpose.OPENING, clinic.prescriber)
    assert refused(lambda: stock.count(Purpose.OPENING, clinic.prescriber)) == ["STK-08"]


def test_a_microgram_less_opens_a_case_and_the_second_count_adds_to_it(clinic: Clinic, vial: Container):
    stock.count(Purpose.OPENING, clinic.monitor, no_1=99_999)
    stock.count(Purpose.OPENING, clinic.prescriber, no_1=99_998)
    (case,) = cases.every()
    assert [line.kind for line in case.lines] == ["opened", "seen"]
    assert case.deltas == (0, -2, -1)
    assert ledger.state(vial).held_ug == 100_000


def test_the_owner_and_another_close_a_case_and_the_ledger_then_says_what_is_there(
    clinic: Clinic, vial: Container
):
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber, no_1=98_000)
    (case,) = cases.every()
    alone = stock.act(clinic.owner)
    assert refused(lambda: cases.close(case.id, "Bubble", delta_ug=-2_000, act=alone)) == ["STK-14"]
    twice = stock.act(clinic.owner, second=clinic.owner)
    assert refused(lambda: cases.close(case.id, "Bubble", delta_ug=-2_000, act=twice)) == ["STK-14"]
    by_two = stock.act(clinic.owner, second=clinic.monitor)
    assert refused(lambda: cases.close(case.id, "Bubble", delta_ug=-5_000, act=by_two)) == ["delta"]
    with pytest.raises(DeniedError):
        cases.close(case.id, "Bubble", delta_ug=0, act=stock.act(clinic.monitor, second=clinic.owner))
    cases.close(case.id, "Overfilled at the factory", delta_ug=-2_000, act=by_two)
    assert not cases.one(case.id).is_open
    assert ledger.state(vial).held_ug == 98_000
    assert ledger.state(vial).unaccounted_ug == 0
    assert refused(
        lambda: cases.close(case.id, "Again", delta_ug=0, act=stock.act(clinic.owner, second=clinic.monitor))
    ) == ["STK-14"]
    assert refused(lambda: cases.note(case.id, "More", act=stock.act(clinic.monitor))) == ["STK-14"]


def test_each_count_is_compared_with_the_ledger_at_its_own_moment(clinic: Clinic, vial: Container):
    stock.count(Purpose.OPENING, clinic.monitor)
    drawn(clinic, vial, 35_000)
    stock.count(Purpose.OPENING, clinic.prescriber)
    seen = LedgerLine.objects.filter(kind="counted").order_by("number")
    assert [row.payload["seen_ug"] for row in seen] == [100_000, 65_000]
    assert not cases.every()


def test_the_day_closes_only_when_all_that_was_drawn_is_accounted_for(clinic: Clinic, vial: Container):
    opened(clinic)
    line = drawn(clinic, vial, 35_000)
    assert refused(lambda: stock.count(Purpose.CLOSING, clinic.monitor)) == ["STK-13", "STK-13"]
    doses.given(clinic.session, dose=1, amount_ug=30_000, act=stock.act(clinic.monitor))
    for draw, ug in ((line.number, 5_000), (0, 65_000)):
        assert "STK-13" in refused(lambda: stock.count(Purpose.CLOSING, clinic.monitor))
        two = stock.act(clinic.monitor, second=clinic.prescriber)
        doses.waste(clinic.session, vial.public_id, draw=draw, amount_ug=ug, reason="Rest", act=two)
    stock.count(Purpose.CLOSING, clinic.monitor, clinic.prescriber)


def test_a_day_that_was_not_opened_does_not_close(clinic: Clinic, vial: Container):
    assert refused(lambda: stock.count(Purpose.CLOSING, clinic.monitor)) == ["STK-13"]


def test_what_is_not_counted_or_not_here_is_named_and_nothing_is_kept(clinic: Clinic):
    stock.vials(clinic.owner, 2)
    act = stock.act(clinic.monitor)

    def hand_in(**seen: int) -> list[str]:
        found = {Container.objects.get(own_number=int(no[3:])).public_id: ug for no, ug in seen.items()}
        return refused(lambda: counts.hand_in(Handed(purpose=Purpose.OPENING, seen=found), act=act))

    assert hand_in(no_1=100_000) == ["not-counted"]
    assert hand_in(no_1=100_000, no_2=100_001) == ["too-much"]
    assert not StockCount.objects.exists()
    assert not LedgerLine.objects.filter(kind="counted").exists()


def test_the_same_count_sent_again_is_kept_once(clinic: Clinic, vial: Container):
    act = stock.act(clinic.monitor)
    handed = Handed(purpose=Purpose.OPENING, seen={vial.public_id: 100_000})
    assert counts.hand_in(handed, act=act) == counts.hand_in(handed, act=act)
    assert LedgerLine.objects.filter(kind="counted").count() == 1


def test_nothing_is_backdated_past_a_count(clinic: Clinic, vial: Container):
    opened(clinic)
    act = stock.act(clinic.monitor, ago=5)
    assert refused(lambda: moves.move(vial.public_id, Opened(), act=act)) == ["STK-07"]


def test_only_the_owner_receives_and_a_guide_counts_nothing(clinic: Clinic, vial: Container):
    delivery = Delivery(product=vial.product, lot="X", expiry=timezone.localdate().replace(year=2099))
    for by in (clinic.monitor, clinic.prescriber, clinic.guide, clinic.patient_user):
        with pytest.raises(DeniedError):
            products.receive(delivery, act=stock.act(by))
    for by in (clinic.guide, clinic.owner, clinic.patient_user):
        with pytest.raises(DeniedError):
            stock.count(Purpose.OPENING, by)


def test_a_delivery_is_numbered_on_and_taken_in_once(clinic: Clinic, vial: Container):
    act = stock.act(clinic.owner)
    delivery = Delivery(
        product=vial.product, lot="L2", expiry=timezone.localdate().replace(year=2099), count=3
    )
    first, again = products.receive(delivery, act=act), products.receive(delivery, act=act)
    assert [one.own_number for one in first] == [2, 3, 4]
    assert first == again


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lot": " "}, "unreadable"),
        ({"lot": "A\nB"}, "unreadable"),
        ({"lot": "x" * 41}, "unreadable"),
        ({"count": 0}, "count"),
        ({"count": 51}, "count"),
        ({"count": 2, "serial": "S"}, "count"),
        ({"expiry": timezone.now().date()}, "STK-03"),
        ({"serial": "HERE"}, "STK-05"),
    ],
)
def test_what_cannot_come_in(clinic: Clinic, vial: Container, changes, code):
    far = timezone.localdate().replace(year=2099)
    products.receive(
        Delivery(product=vial.product, lot="L", expiry=far, serial="HERE"), act=stock.act(clinic.owner)
    )
    before = Container.objects.count()
    facts = {"product": vial.product, "lot": "L", "expiry": far} | changes
    assert refused(lambda: products.receive(Delivery(**facts), act=stock.act(clinic.owner))) == [code]
    assert Container.objects.count() == before


def test_another_strength_comes_in_only_when_none_of_the_first_is_left(clinic: Clinic, vial: Container):
    weak = stock.vial_product(name="Synthetic 10 mg/mL", content_ug=20_000, strength_ug_ml=10_000)
    now = timezone.now()
    assert refused(lambda: products.add_product(weak, gtin="", by=clinic.owner, at=now)) == ["S01"]
    assert refused(lambda: products.retire_product(vial.product, by=clinic.owner, at=now)) == ["still-here"]
    from slackwater.rules.stock.log import Disposed

    act = stock.act(clinic.monitor, second=clinic.prescriber)
    moves.move(vial.public_id, Disposed(to="Distributor", reason="Change of strength"), act=act)
    products.retire_product(vial.product, by=clinic.owner, at=now)
    assert products.add_product(weak, gtin="", by=clinic.owner, at=now).name == "Synthetic 10 mg/mL"


def test_ledgers_are_checked_with_the_other_logs(clinic: Clinic, vial: Container, capsys):
    from slackwater.cli.check_logs import check_logs

    check_logs()
    assert f"ledger of {vial.public_id}" in capsys.readouterr().out
    with connection.cursor() as cursor:
        on = " ON records_ledgerline" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER records_ledgerline_stays{on}")
    LedgerLine.objects.filter(number=1).update(by_name="Somebody Else")
    with pytest.raises(BaseException, match="1"):
        check_logs()


def test_a_count_is_refused_whole_when_the_day_cannot_close(clinic: Clinic, vial: Container):
    opened(clinic)
    drawn(clinic, vial)
    before = LedgerLine.objects.count()
    with pytest.raises(RefusedError):
        stock.count(Purpose.CLOSING, clinic.prescriber)
    assert LedgerLine.objects.count() == before
