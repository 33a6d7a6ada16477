"""An infusion that was stopped: two people read its syringe, and no day closes before they have."""

from uuid import uuid4

from django.utils import timezone
from tests import stock
from tests.actions.test_stock_doses import refused
from tests.clinic import Clinic

from slackwater.actions import sessions
from slackwater.actions.stock import counts, doses, ledger, moves, stopped
from slackwater.records.models import Container, LedgerLine
from slackwater.rules.room.log import Payload, Stop
from slackwater.rules.stock.counts import Purpose, closed_since
from slackwater.rules.stock.log import NotGiven, Wasted

REST = Wasted(draw=0, amount_ug=65_000, reason="Rest of the vial")


def infused(clinic: Clinic) -> tuple[Container, int]:
    """35 mg over 40 minutes, begun now: the container, and the line that drew it."""
    clinic.baseline()
    perform(clinic, clinic.dose())
    line = LedgerLine.objects.get(session=clinic.session, kind="drawn")
    return line.container, line.number


def perform(clinic: Clinic, payload: Payload) -> None:
    sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4())


def test_an_infusion_that_stops_leaves_a_rest_to_waste(clinic: Clinic):
    container, draw = infused(clinic)
    perform(clinic, Stop(reason="Asked to stop."))
    (told,) = stopped.stopped_draws(ledger.state(container))
    assert told.session == clinic.session
    # A moment after it began nearly all of it is left.
    assert 34_000 < told.left_ug <= 35_000
    by_two = stock.act(clinic.monitor, second=clinic.prescriber)
    row = moves.move(container.public_id, NotGiven(draw=draw, amount_ug=15_000), act=by_two)
    assert row.session == clinic.session
    found = doses.session_balance(clinic.session)
    assert (found.given_ug, found.open_ug) == (20_000, 15_000)
    more = NotGiven(draw=draw, amount_ug=20_001)
    assert refused(lambda: moves.move(container.public_id, more, act=stock.act(clinic.monitor))) == ["STK-12"]


def test_a_day_waits_until_the_syringe_of_a_stopped_infusion_is_read(clinic: Clinic):
    container, draw = infused(clinic)
    both = (clinic.monitor, clinic.prescriber)
    stock.count(Purpose.OPENING, *both)
    moves.move(container.public_id, REST, act=stock.act(clinic.monitor, second=clinic.prescriber))
    perform(clinic, Stop(reason="Asked to stop."))
    # The vial is used up, so nobody who counts comes across it.
    assert [one.own_number for one, _ in counts.here()] == []
    (found,) = counts.against(Purpose.CLOSING, by=clinic.monitor, at=timezone.now())
    assert found.id == "STK-13"
    assert "two people read its syringe" in found.sentence
    assert refused(lambda: stock.count(Purpose.CLOSING, clinic.monitor)) == ["STK-13"]
    empty = NotGiven(draw=draw, amount_ug=0)
    moves.move(container.public_id, empty, act=stock.act(clinic.monitor, second=clinic.prescriber))
    stock.count(Purpose.CLOSING, *both)
    assert doses.session_balance(clinic.session).given_ug == 35_000


def test_an_infusion_stopped_after_the_day_closed_keeps_the_next_one_open(clinic: Clinic):
    container, _ = infused(clinic)
    both = (clinic.monitor, clinic.prescriber)
    stock.count(Purpose.OPENING, *both)
    moves.move(container.public_id, REST, act=stock.act(clinic.monitor, second=clinic.prescriber))
    stock.count(Purpose.CLOSING, *both)
    closed = closed_since(counts.taken())
    assert closed is not None
    assert stopped.unread_since(closed) == []
    perform(clinic, Stop(reason="Asked to stop."))
    (name,) = stopped.unread_since(closed)
    assert name == container.name
    assert stopped.unread_since(timezone.now()) == []


def test_what_was_not_stopped_went_in(clinic: Clinic):
    container, draw = infused(clinic)
    said = NotGiven(draw=draw, amount_ug=15_000)
    assert stopped.stopped_draws(ledger.state(container)) == []
    assert refused(lambda: moves.move(container.public_id, said, act=stock.act(clinic.monitor))) == ["STK-12"]
    assert doses.session_balance(clinic.session).given_ug == 35_000
