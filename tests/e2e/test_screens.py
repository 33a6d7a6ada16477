"""Every page fits every screen, and says nothing to whoever only glances at it."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import HERE, SignedIn
from tests.e2e.places import PLACES, Place
from tests.e2e.room import Room

_SIZES = ((390, 844), (820, 1180), (1180, 820), (1280, 800))
_SHOTS = HERE / "shots"
# Words wider than their button, or a button beyond the edge of the panel that holds it.
_SPILT = """() => [...document.querySelectorAll(".dock button, .dock .button, .panel-head .quiet, .axis")]
  .filter((one) => one.offsetParent)
  .filter((one) => {
    const panel = one.closest(".dock, .panel, .charts-side");
    const beyond = panel && one.getBoundingClientRect().right > panel.getBoundingClientRect().right;
    return one.scrollWidth > one.clientWidth + 1 || beyond;
  })
  .map((one) => one.textContent.trim())"""
_TELLS = re.compile(r"ketamin|dose|dosing|drug|therap|treat|session|sex|trauma|psych|patient", re.IGNORECASE)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_no_page_scrolls_sideways_on_any_screen(
    place: Place, signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect(*place.expected)
    page = signed_in(place.who).new_page()
    place.visit(page, made)
    _SHOTS.mkdir(exist_ok=True)
    wide = {}
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        # Charts follow the new size with the next painting, or the one after.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        needs = page.evaluate("() => document.documentElement.scrollWidth")
        if needs > width:
            wide[width] = needs
        page.screenshot(path=_SHOTS / f"{place.name}-{width}.png", full_page=place.name != "room")
    assert wide == {}
    assert not _TELLS.search(page.title())


def test_no_button_of_the_room_spills_out_of_its_place_on_any_screen(
    signed_in: SignedIn, made: dict[str, Any]
):
    page = signed_in("monitor").new_page()
    Room(page, made["rooms"]["shown"]["session"]).enter()
    spilt = {}
    for width, height in (*_SIZES, (768, 1024), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        spilt[width] = page.evaluate(_SPILT)
    assert {width: found for width, found in spilt.items() if found} == {}


def test_no_sheet_of_the_room_is_wider_than_a_phone(signed_in: SignedIn, made: dict[str, Any]):
    page = signed_in("monitor", viewport={"width": 390, "height": 844}).new_page()
    room = Room(page, made["rooms"]["shown"]["session"]).enter()
    wide = {}
    for name in ("rating", "vitals", "alertness", "name", "note", "dose", "checks", "stop", "listening"):
        sheet = room.open(name, at="" if name == "listening" else "nav.dock")
        page.screenshot(path=_SHOTS / f"sheet-{name}-390.png")
        if sheet.evaluate("sheet => sheet.scrollWidth > sheet.clientWidth"):
            wide[name] = sheet.evaluate("sheet => [sheet.scrollWidth, sheet.clientWidth]")
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
    assert wide == {}


def test_no_title_reveals_what_this_is_for(signed_in: SignedIn, made: dict[str, Any]):
    people = {who: signed_in(who).request for who in {place.who for place in PLACES}}
    titles = {}
    for place in PLACES:
        page = people[place.who].get(place.address_in(made)).text()
        titles[place.name] = page.partition("<title>")[2].partition("</title>")[0]
    assert {name: title for name, title in titles.items() if _TELLS.search(title) or not title} == {}


def test_a_report_reveals_nothing_by_its_name_or_title(
    signed_in: SignedIn, made: dict[str, Any], tmp_path: Path
):
    page = signed_in("monitor").new_page()
    page.goto("/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Report (PDF)").first.click()
    assert not _TELLS.search(waiting.value.suggested_filename)
    reader = PdfReader(BytesIO(waiting.value.path().read_bytes()))
    assert reader.metadata is not None
    assert reader.metadata.title
    for said in reader.metadata.values():
        assert not _TELLS.search(str(said)), said


def test_a_breach_of_the_content_policy_would_be_heard(signed_in: SignedIn, complaints: Complaints):
    page = signed_in(None).new_page()
    page.goto("/sign-in/")
    with page.expect_console_message(lambda message: "content policy: img-src" in message.text):
        page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/elsewhere.png'; }")
    assert complaints.unexpected()
    complaints.expect("content policy", "Content Security Policy")
