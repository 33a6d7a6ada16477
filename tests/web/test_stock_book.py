"""One container's page, what is done with it, counts and cases: by whom, and what a refusal keeps."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import stock
from tests.clinic import Clinic
from tests.web.pages import check, faults, text, value

from slackwater.actions import sessions
from slackwater.actions.stock import doses, ledger
from slackwater.records.models import CaseLine, Container, LedgerLine, Role, StockCount, User
from slackwater.rules.room.log import Payload, Stop
from slackwater.rules.stock.counts import Purpose

SignedIn = Callable[[User | None], Client]
CABINET = "/cabinet/"


@pytest.fixture
def vial(clinic: Clinic) -> Container:
    """A sealed vial of 100 mg, on a day that two people have opened."""
    (made,) = stock.vials(clinic.owner)
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber)
    return made


def moved(vial: Container, movement: str) -> str:
    return reverse("stock:move", args=[vial.public_id, movement])


def seen_by(second: User | None, **typed: str) -> dict[str, str]:
    name = second.username if second else ""
    return typed | {"second_username": name, "second_password": "a-long-passphrase", "key": str(uuid4())}


def counted(number: int, **typed: str) -> dict[str, str]:
    return {f"seen_{number}": "2", "note": "", "key": str(uuid4())} | typed


def places(vial: Container) -> list[str]:
    return [
        CABINET,
        reverse("stock:container", args=[vial.public_id]),
        reverse("stock:cases"),
        reverse("stock:ledger"),
    ]


@pytest.mark.parametrize(
    ("who", "sees", "handles"),
    [
        ("owner", 200, 403),
        ("prescriber", 200, 200),
        ("monitor", 200, 200),
        ("guide", 403, 403),
        ("patient_user", 403, 403),
        ("stranger", 403, 403),
    ],
)
def test_who_reads_the_ledger_and_who_writes_in_it(
    clinic: Clinic, signed_in: SignedIn, vial: Container, who: str, sees: int, handles: int
):
    client = signed_in(getattr(clinic, who))
    for address in places(vial):
        response = client.get(address)
        check(response)
        assert response.status_code == sees, address
        assert sees == 200 or "TEST-1" not in text(response)
    forms = [moved(vial, name) for name in _MOVEMENTS] + [reverse("stock:count", args=["weekly"])]
    for address in forms:
        response = client.get(address)
        check(response)
        assert response.status_code == handles, address
        assert client.post(address, {}).status_code in ((302, 422) if handles == 200 else (403,)), address


_MOVEMENTS = ("waste", "send-back", "hand-over", "loss", "set-aside", "take-back", "open", "stopped")


def test_nobody_gets_in_without_signing_in(clinic: Clinic, signed_in: SignedIn, vial: Container):
    for address in (*places(vial), moved(vial, "waste"), reverse("stock:count", args=["weekly"])):
        assert signed_in(None).get(address).status_code == 302


def test_a_container_and_a_movement_that_are_not_there(clinic: Clinic, signed_in: SignedIn, vial: Container):
    client = signed_in(clinic.monitor)
    for address in (
        reverse("stock:container", args=[uuid4()]),
        moved(vial, "swallow"),
        reverse("stock:count", args=["yearly"]),
        reverse("stock:case", args=[uuid4()]),
    ):
        assert client.get(address).status_code == 404


def test_a_rest_is_wasted_in_front_of_a_witness_and_the_line_stands(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    client = signed_in(clinic.monitor)
    assert client.post(moved(vial, "open")).status_code == 302
    sent = seen_by(clinic.owner, draw="0", amount="40", reason="Cloudy")
    for _ in range(2):
        assert client.post(moved(vial, "waste"), sent).status_code == 302
    assert ledger.state(vial).held_ug == 60_000
    page = text(client.get(reverse("stock:container", args=[vial.public_id])))
    assert "Wasted out of the container: 40 mg. Cloudy" in page
    assert clinic.owner.shown_name in page
    assert "100 mg came in = 40 mg wasted + 60 mg held" in page


def test_what_a_stopped_infusion_left_is_read_by_two_and_only_where_one_was_stopped(
    clinic: Clinic, signed_in: SignedIn
):
    client = signed_in(clinic.monitor)
    clinic.baseline()
    perform(clinic, clinic.dose())
    line = LedgerLine.objects.get(session=clinic.session, kind="drawn")
    address = reverse("stock:container", args=[line.container.public_id])
    assert "An infusion was stopped" not in text(client.get(address))
    perform(clinic, Stop(reason="Asked to stop."))
    assert "An infusion was stopped" in text(client.get(address))
    page = client.get(moved(line.container, "stopped"))
    check(page)
    assert f"The syringe of line {line.number} about 35 mg by the time it was stopped" in text(page)
    alone = client.post(moved(line.container, "stopped"), seen_by(None, draw=str(line.number), amount="15"))
    assert alone.status_code == 422
    assert value(alone, "amount") == "15"
    sent = seen_by(clinic.prescriber, draw=str(line.number), amount="15")
    for _ in range(2):
        assert client.post(moved(line.container, "stopped"), sent).status_code == 302
    assert doses.session_balance(clinic.session).open_ug == 15_000


def test_the_syringe_of_a_stopped_infusion_may_be_empty(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    clinic.baseline()
    perform(clinic, clinic.dose())
    line = LedgerLine.objects.get(session=clinic.session, kind="drawn")
    perform(clinic, Stop(reason="Asked to stop."))
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber)
    sent = seen_by(clinic.prescriber, draw=str(line.number), amount="0")
    assert client.post(moved(line.container, "stopped"), sent).status_code == 302
    assert doses.session_balance(clinic.session).given_ug == 35_000
    page = text(client.get(reverse("stock:container", args=[line.container.public_id])))
    assert f"The syringe of line {line.number} was read: nothing was left in it." in page


def perform(clinic: Clinic, payload: Payload) -> None:
    sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4())


@pytest.mark.parametrize(
    ("second", "typed", "field"),
    [
        ("monitor", {}, "second_username"),
        ("guide", {}, "second_username"),
        (None, {}, "second_username"),
        ("owner", {"second_password": "wrong"}, "second_username"),
        ("owner", {"amount": "100.001"}, "amount"),
        ("owner", {"amount": "0"}, "amount"),
        ("owner", {"amount": "40,5"}, "amount"),
        ("owner", {"amount": ""}, "amount"),
        ("owner", {"draw": "99"}, "draw"),
    ],
)
def test_waste_that_cannot_be_is_refused_and_keeps_what_was_typed(
    clinic: Clinic,
    signed_in: SignedIn,
    vial: Container,
    second: str | None,
    typed: dict[str, str],
    field: str,
):
    who = getattr(clinic, second) if second else None
    sent = seen_by(who, draw="0", amount="40", reason="Cloudy") | typed
    response = signed_in(clinic.monitor).post(moved(vial, "waste"), sent)
    assert response.status_code == 422
    check(response)
    assert any(name.startswith((field, "second")) for name in faults(response))
    assert (value(response, "amount"), value(response, "reason")) == (sent["amount"], "Cloudy")
    assert value(response, "key") == sent["key"]
    assert value(response, "second_password") == ""
    assert ledger.state(vial).held_ug == 100_000


def test_an_opened_vial_is_not_sent_back_and_a_sealed_one_is(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    client = signed_in(clinic.prescriber)
    sealed = Container.objects.get(pk=stock.vials(clinic.owner)[0].pk)
    client.post(moved(vial, "open"))
    response = client.post(moved(vial, "send-back"), seen_by(clinic.monitor, to="The supplier"))
    assert response.status_code == 422
    assert "It is open." in text(response)
    assert value(response, "to") == "The supplier"
    assert (
        client.post(moved(sealed, "send-back"), seen_by(clinic.monitor, to="The supplier")).status_code == 302
    )
    assert not ledger.state(sealed).is_here
    assert "Used up or gone: the last 1" in text(client.get(CABINET))


def test_what_is_set_aside_is_handed_over(clinic: Clinic, signed_in: SignedIn, vial: Container):
    client = signed_in(clinic.monitor)
    assert client.post(moved(vial, "set-aside"), {"reason": "Recalled"}).status_code == 302
    sent = seen_by(clinic.prescriber, to="The destroyer", reason="Recalled")
    assert client.post(moved(vial, "hand-over"), sent).status_code == 302
    page = text(client.get(reverse("stock:container", args=[vial.public_id])))
    assert "Handed over for destruction to The destroyer. Recalled" in page
    assert "It is empty." in text(client.get(CABINET))


def test_a_line_written_by_mistake_stays_and_is_taken_back(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    client = signed_in(clinic.monitor)
    client.post(moved(vial, "waste"), seen_by(clinic.owner, draw="0", amount="4", reason="A slip"))
    number = LedgerLine.objects.filter(container=vial).latest("number").number
    sent = seen_by(clinic.owner, number=str(number), reason="Another vial was meant")
    assert client.post(moved(vial, "take-back"), sent).status_code == 302
    assert ledger.state(vial).held_ug == 100_000
    page = text(client.get(reverse("stock:container", args=[vial.public_id])))
    assert "A slip Taken back." in page
    assert f"Line {number} was written by mistake and no longer counts." in page


def test_a_loss_opens_a_case_that_the_owner_closes_with_another(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    sent = seen_by(clinic.prescriber, how="spilled", amount="10", reason="It tipped over")
    monitor, owner = signed_in(clinic.monitor), signed_in(clinic.owner)
    assert monitor.post(moved(vial, "loss"), sent).status_code == 302
    case = CaseLine.objects.get().case
    page, close = reverse("stock:case", args=[case]), reverse("stock:close", args=[case])
    assert "It tipped over" in text(owner.get(CABINET))
    assert "By the ledger 100 mg; afterwards 90 mg." in text(owner.get(page))
    added = monitor.post(reverse("stock:note", args=[case]), {"note_words": "The tray was wet."})
    assert added.status_code == 302
    assert monitor.post(reverse("stock:note", args=[case]), {"note_words": " "}).status_code == 422
    typed = seen_by(clinic.owner, delta_ug="0", words="A wet tray")
    assert monitor.post(close, typed).status_code == 403
    alone = owner.post(close, typed)
    assert alone.status_code == 422
    check(alone)
    assert "the second person is the first" in text(alone).casefold()
    assert value(alone, "words") == "A wet tray"
    assert owner.post(close, seen_by(clinic.monitor, delta_ug="0", words="A wet tray")).status_code == 302
    done = owner.get(page)
    check(done)
    assert f"By {clinic.owner.shown_name} and {clinic.monitor.shown_name}" in text(done)
    assert owner.post(close, seen_by(clinic.monitor, delta_ug="0", words="Again")).status_code == 422


def test_what_is_missing_says_that_it_may_have_to_be_reported_and_what_broke_does_not(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    for how, says in (("broken", False), ("missing", True)):
        sent = seen_by(clinic.prescriber, how=how, amount="10", reason="On the round")
        assert signed_in(clinic.monitor).post(moved(vial, "loss"), sent).status_code == 302
        page = reverse("stock:case", args=[CaseLine.objects.latest("pk").case])
        assert ("Report it in writing" in text(signed_in(clinic.owner).get(page))) is says


def test_two_count_blind_and_a_difference_opens_a_case(clinic: Clinic, signed_in: SignedIn):
    (vial,) = stock.vials(clinic.owner)
    count = reverse("stock:count", args=["opening"])
    number = vial.own_number
    monitor, prescriber = signed_in(clinic.monitor), signed_in(clinic.prescriber)
    shown = monitor.get(count)
    check(shown)
    assert "100 mg" not in text(monitor.get(CABINET))
    assert "100 mg" not in text(monitor.get(reverse("stock:container", args=[vial.public_id])))
    for movement in ("waste", "take-back"):
        assert "100 mg" not in text(monitor.get(moved(vial, movement)))
    assert "100 mg" in text(signed_in(clinic.owner).get(CABINET))
    assert value(shown, f"seen_{number}") == ""
    assert monitor.post(count, counted(number)).status_code == 302
    again = monitor.post(count, counted(number, note="Twice"))
    assert again.status_code == 422
    assert "Somebody else counts now" in text(again)
    assert value(again, "note") == "Twice"
    assert prescriber.post(count, counted(number, **{f"seen_{number}": "1.9"})).status_code == 302
    assert StockCount.objects.count() == 2
    case = CaseLine.objects.get()
    assert (case.kind, case.expected_ug, case.seen_ug) == ("opened", 100_000, 95_000)
    owner = signed_in(clinic.owner)
    typed = seen_by(clinic.monitor, delta_ug="-5000", words="A leak")
    assert owner.post(reverse("stock:close", args=[case.case]), typed).status_code == 302
    assert ledger.state(vial).held_ug == 95_000


@pytest.mark.parametrize("seen", ["", "2,0", "-1", "three", "2.0001", "2.1"])
def test_a_count_that_cannot_be_read_is_refused_whole(
    clinic: Clinic, signed_in: SignedIn, vial: Container, seen: str
):
    sent = counted(vial.own_number, note="By the window", **{f"seen_{vial.own_number}": seen})
    response = signed_in(clinic.monitor).post(reverse("stock:count", args=["weekly"]), sent)
    assert response.status_code == 422
    check(response)
    assert f"seen_{vial.own_number}" in faults(response)
    assert value(response, f"seen_{vial.own_number}") == seen
    assert value(response, "note") == "By the window"
    assert StockCount.objects.count() == 2


def test_the_day_does_not_close_before_it_is_opened(clinic: Clinic, signed_in: SignedIn):
    (vial,) = stock.vials(clinic.owner)
    client, close = signed_in(clinic.monitor), reverse("stock:count", args=["closing"])
    assert "The day was not opened" in text(client.get(close))
    assert client.post(close, counted(vial.own_number)).status_code == 422
    stock.count(Purpose.OPENING, clinic.monitor, clinic.prescriber)
    assert client.post(close, counted(vial.own_number)).status_code == 302


def test_no_more_of_a_product_comes_in_once_none_is_left(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    owner = signed_in(clinic.owner)
    retire = reverse("stock:retire", args=[vial.product.public_id])
    assert "Some of it is still in the cabinet." in text(owner.post(retire, follow=True))
    assert signed_in(clinic.monitor).post(retire).status_code == 403
    signed_in(clinic.monitor).post(moved(vial, "send-back"), seen_by(clinic.owner, to="The supplier"))
    assert "Another strength may be stocked now." in text(owner.post(retire, follow=True))


def test_today_leads_to_the_cabinet_for_whoever_may_see_it(
    clinic: Clinic, signed_in: SignedIn, vial: Container
):
    for who, sees in ((clinic.monitor, True), (clinic.guide, False), (clinic.owner, True)):
        assert (b'href="/cabinet/"' in signed_in(who).get("/").content) is sees, Role(who.role)
