"""Going anyway, calls afterwards and the card for the way home, as pages."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import stock
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import sessions
from slackwater.actions.stock import moves
from slackwater.records.models import CallLine, Entry, LedgerLine, User
from slackwater.rules.room.departure import AgainstAdvice, Offered, WithWhom
from slackwater.rules.room.log import Stop
from slackwater.rules.stock.counts import Purpose
from slackwater.rules.stock.log import NotGiven

SignedIn = Callable[[User | None], Client]
HOW = {
    "told": "You could fall.",
    "offered": ["stay", "card"],
    "with_whom": "alone",
    "informed": "Dr Invented",
}


@pytest.fixture
def dosed(clinic: Clinic) -> Clinic:
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    return clinic


@pytest.fixture
def gone(dosed: Clinic) -> Clinic:
    how = AgainstAdvice(
        told="You could fall.", offered=(Offered.STAY,), with_whom=WithWhom.ALONE, informed="Dr Invented"
    )
    sessions.went_against_advice(
        dosed.session.public_id, how, by=dosed.monitor, at=timezone.now(), key=uuid4()
    )
    return dosed


def page(name: str, clinic: Clinic, *more: str) -> str:
    return reverse(f"room:{name}", args=[clinic.session.public_id, *more])


def test_leaving_leads_to_going_anyway_and_the_page_is_whole(dosed: Clinic, signed_in: SignedIn):
    browser = signed_in(dosed.guide)
    assert page("gone", dosed) in browser.get(page("leave", dosed)).content.decode()
    response = browser.get(page("gone", dosed))
    pages.check(response)
    assert "Nobody is held" in pages.text(response)
    assert not pages.soup(response).select("input[checked]")


def test_it_is_kept_how_they_went_and_told_on_the_page_of_leaving(dosed: Clinic, signed_in: SignedIn):
    browser = signed_in(dosed.guide)
    response = browser.post(page("gone", dosed), HOW)
    assert response.status_code == 302
    told = pages.text(browser.get(page("leave", dosed)))
    assert "against advice" in told
    assert "You could fall." in told
    assert "Call now: they went early" in told


def test_what_the_visit_drew_adds_up_on_the_page_of_leaving(dosed: Clinic, signed_in: SignedIn):
    told = pages.text(signed_in(dosed.monitor).get(page("leave", dosed)))
    assert "Out of the cabinet" not in told  # The day is not counted open: nobody is told what to expect.
    stock.count(Purpose.OPENING, dosed.monitor, dosed.prescriber)
    response = signed_in(dosed.monitor).get(page("leave", dosed))
    pages.check(response)
    assert "35 mg drawn = 35 mg given." in pages.text(response)
    assert "65 mg left in no. 1, which is open" in pages.text(response)
    assert "An infusion was stopped." not in pages.text(response)
    assert "Out of the cabinet" not in pages.text(signed_in(dosed.guide).get(page("leave", dosed)))
    stop = Stop(reason="Asked to stop.")
    sessions.perform(dosed.session.public_id, stop, by=dosed.monitor, at=timezone.now(), key=uuid4())
    assert "An infusion was stopped." in pages.text(signed_in(dosed.monitor).get(page("leave", dosed)))
    line = LedgerLine.objects.get(session=dosed.session, kind="drawn")
    by_two = stock.act(dosed.monitor, second=dosed.prescriber)
    moves.move(line.container.public_id, NotGiven(draw=line.number, amount_ug=20_000), act=by_two)
    told = pages.text(signed_in(dosed.monitor).get(page("leave", dosed)))
    assert "35 mg drawn = 15 mg given + 20 mg still in a syringe." in told
    assert "An infusion was stopped." not in told


@pytest.mark.parametrize("missing", ["told", "offered", "with_whom", "informed"])
def test_what_is_missing_is_named_and_what_was_typed_stays(dosed: Clinic, signed_in: SignedIn, missing: str):
    typed = {name: value for name, value in HOW.items() if name != missing}
    response = signed_in(dosed.monitor).post(page("gone", dosed), typed | {"said": "Home."})
    assert response.status_code == 422
    assert missing in pages.faults(response)
    assert "Home." in response.content.decode()
    assert not Entry.objects.filter(kind="left").exists()


@pytest.mark.parametrize("name", ["gone", "call", "card", "card-pdf"])
def test_a_stranger_and_an_owner_see_none_of_it(gone: Clinic, signed_in: SignedIn, name: str):
    more = ("at_once",) if name == "call" else ()
    for who in (gone.stranger, gone.owner):
        assert signed_in(who).get(page(name, gone, *more)).status_code == 404
    assert signed_in(None).get(page(name, gone, *more)).status_code == 302


def test_a_patient_sees_the_card_and_neither_calls_nor_says_gone(gone: Clinic, signed_in: SignedIn):
    browser = signed_in(gone.patient_user)
    assert browser.get(page("card", gone)).status_code == 200
    assert browser.get(page("call", gone, "at_once")).status_code == 403
    assert browser.post(page("gone", gone), HOW).status_code == 403


def test_a_call_is_on_today_until_it_is_made(gone: Clinic, signed_in: SignedIn):
    browser = signed_in(gone.monitor)
    address = page("call", gone, "at_once")
    assert address in browser.get(reverse("people:home")).content.decode()
    asked = browser.get(address)
    pages.check(asked)
    typed = {"outcome": "reached", "safe": "yes", "clear": "no", "dark": "no", "sick": "no"}
    key = pages.value(asked, "key")
    response = browser.post(address, typed | {"key": key}, follow=True)
    assert "somebody stays with them" in pages.text(response)
    assert address not in response.content.decode()
    line = CallLine.objects.get()
    assert str(line.key) == key
    assert line.answers == {"safe": 1, "clear": 0, "dark": 0, "sick": 0}


def test_recovered_is_refused_without_the_question_and_the_answers_stay(gone: Clinic, signed_in: SignedIn):
    typed = {"outcome": "reached", "dark": "no", "is_recovered": "on", "note": "Sounded tired."}
    response = signed_in(gone.monitor).post(page("call", gone, "at_once"), typed)
    assert response.status_code == 422
    assert "is_recovered" in pages.faults(response)
    assert pages.value(response, "note") == "Sounded tired."
    assert pages.value(response, "dark") == "no"
    assert not CallLine.objects.exists()


@pytest.mark.parametrize("kind", ["tomorrow", "AT_ONCE", "week%00"])
def test_a_call_that_does_not_exist_is_not_there(gone: Clinic, signed_in: SignedIn, kind: str):
    assert signed_in(gone.monitor).get(page("call", gone, "week").replace("week", kind)).status_code == 404


def test_the_card_says_until_when_and_names_neither_drug_nor_reason(gone: Clinic, signed_in: SignedIn):
    response = signed_in(gone.patient_user).get(page("card", gone))
    pages.check(response)
    told = pages.text(response)
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    assert f"{tomorrow.day} {tomorrow:%B %Y}" in told or "until we have spoken" in told
    assert "ketamine" not in told.lower()


def test_the_card_on_paper_has_a_neutral_name(gone: Clinic, signed_in: SignedIn):
    response = signed_in(gone.monitor).get(page("card-pdf", gone))
    assert response.content.startswith(b"%PDF")
    assert "after-your-visit-" in response.headers["Content-Disposition"]
