"""Who else looks at a room: a second screen, the patient on a phone, a stranger."""

import re
from typing import Any

from playwright.sync_api import expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, Room

_PHONE = {"width": 390, "height": 844}
_JARGON = re.compile(
    r"MOAA|RK1|crowd|percentile|artefact|systolic|diastolic|posterior|barrier|virtual patient",
    re.IGNORECASE,
)
# What the bedside is asked or told, never whoever lies there.
_FOR_STAFF = re.compile(r"\b(infusion|pump|the patient|why\?|reason|when it happened)\b", re.IGNORECASE)


def test_a_second_screen_gets_entries_live_and_has_nothing_to_write_with(
    signed_in: SignedIn, made: dict[str, Any]
):
    session = made["rooms"]["watched"]["session"]
    bedside = Room(signed_in("monitor").new_page(), session).enter()
    second = Room(signed_in("guide").new_page(), session).enter(watch=True)
    for words in ("Rating", "Vitals", "Alertness", "Note", "Dose", "Checks", "Stop", "Leaving"):
        expect(second.page.get_by_role("button", name=words, exact=True)).to_have_count(0)
    expect(second.page.locator("nav.dock")).to_have_count(0)
    fields = "form:visible, input:visible:not([name=axis]), textarea:visible"
    expect(second.page.locator(fields)).to_have_count(0)
    second.page.keyboard.press("r")
    expect(second.page.locator("dialog[open]")).to_have_count(0)

    bedside.rate(6)
    expect(second.lines("Rating 6")).to_have_count(1, timeout=AT_ONCE_MS)
    bedside.note("Turned to the left side.")
    expect(second.lines("Turned to the left side.")).to_have_count(1, timeout=AT_ONCE_MS)
    bedside.vitals(sbp=131, dbp=84, hr=77, spo2=97)
    expect(second.part("number-pressure")).to_contain_text("131/84", timeout=AT_ONCE_MS)


def test_a_slip_struck_out_on_one_screen_is_struck_on_the_other_and_stays(
    signed_in: SignedIn, made: dict[str, Any]
):
    session = made["rooms"]["watched"]["session"]
    bedside = Room(signed_in("monitor").new_page(), session).enter()
    second = Room(signed_in("guide").new_page(), session).enter(watch=True)
    bedside.rate(10)
    expect(bedside.lines("Rating 10")).not_to_have_class("is-waiting")
    bedside.lines("Rating 10").get_by_role("button").click()
    bedside.page.locator("#sheet-entry input[name=reason]").fill("Meant another patient.")
    bedside.page.get_by_role("button", name="Strike it out").click()
    struck = second.lines("Rating 10")
    expect(struck.locator("s")).to_have_text("Rating 10", timeout=AT_ONCE_MS)
    expect(struck).to_contain_text("Meant another patient.")


def test_a_patients_phone_shows_their_own_visit_in_plain_words(signed_in: SignedIn, made: dict[str, Any]):
    page = signed_in("patient", viewport=_PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/")
    assert not _JARGON.search(page.locator("body").inner_text())
    page.get_by_role("link", name="Open your visit").click()
    expect(page.locator("html")).to_have_attribute("data-ready", "yes")
    said = page.locator("body").inner_text()
    assert not _JARGON.search(said), _JARGON.findall(said)
    room = Room(page, "")
    for name in ("rating", "agreed", "stop"):
        asked = room.open(name).inner_text()
        assert not _JARGON.search(asked), (name, _JARGON.findall(asked))
        assert not _FOR_STAFF.search(asked), (name, _FOR_STAFF.findall(asked))
        page.keyboard.press("Escape")


def test_a_patient_can_rate_and_stop_their_own_visit_and_nothing_else(
    signed_in: SignedIn, made: dict[str, Any]
):
    session = made["rooms"]["visit"]["session"]
    phone = Room(signed_in("patient", viewport=_PHONE).new_page(), session).enter()
    bedside = Room(signed_in("guide").new_page(), session).enter(watch=True)
    expect(phone.page.locator("[data-opens=vitals], [data-opens=dose], [data-opens=note]")).to_have_count(0)
    phone.rate(2)
    expect(bedside.lines("Rating 2")).to_have_count(1, timeout=AT_ONCE_MS)
    phone.open("stop").get_by_role("button", name="■ Stop").click()
    expect(bedside.part("ended")).to_contain_text("Stopped", timeout=AT_ONCE_MS)


def test_a_strangers_visit_is_as_none(signed_in: SignedIn, made: dict[str, Any], complaints: Complaints):
    complaints.expect("404", "403")
    room = made["rooms"]["visit"]
    page = signed_in("stranger").new_page()
    for address in ("", "watch/", "state.json", "forecast.json", "leave/", "report/"):
        answer = page.request.get(f"/room/{room['session']}/{address}")
        assert answer.status == 404, address
        assert "Visit" not in answer.text(), address
    assert page.request.get(f"/stream?session={room['session']}").status == 404
    for address in (f"/patients/{room['patient']}/", f"/orders/{room['order']}/"):
        assert page.request.get(address).status in {403, 404}, address
    page.goto(f"/room/{room['session']}/")
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
