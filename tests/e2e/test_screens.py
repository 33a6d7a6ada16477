"""Every page fits every screen, and says nothing to whoever only glances at it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from pypdf import PdfReader
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.places import PLACES
from tests.e2e.room import Room
from tests.e2e.scan import SIZES, TELLS, shot

# Words wider than their button, or a button beyond the edge of the panel that holds it.
_SPILT = """() => [...document.querySelectorAll(".dock button, .dock .button, .panel-head .quiet, .axis")]
  .filter((one) => one.offsetParent)
  .filter((one) => {
    const panel = one.closest(".dock, .panel, .charts-side");
    const beyond = panel && one.getBoundingClientRect().right > panel.getBoundingClientRect().right;
    return one.scrollWidth > one.clientWidth + 1 || beyond;
  })
  .map((one) => one.textContent.trim())"""


def test_no_button_of_the_room_spills_out_of_its_place_on_any_screen(
    signed_in: SignedIn, made: dict[str, Any]
):
    page = signed_in("monitor").new_page()
    Room(page, made["rooms"]["shown"]["session"]).enter()
    spilt = {}
    for width, height in (*SIZES, (768, 1024), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        spilt[width] = page.evaluate(_SPILT)
    assert {width: found for width, found in spilt.items() if found} == {}


def test_no_sheet_of_the_room_is_wider_than_a_phone(signed_in: SignedIn, made: dict[str, Any]):
    page = signed_in("monitor", viewport={"width": 390, "height": 844}).new_page()
    room = Room(page, made["rooms"]["shown"]["session"]).enter()
    wide = {}
    for name in ("rating", "vitals", "alertness", "name", "note", "dose", "checks", "stop", "listening"):
        sheet = room.open(name, at="" if name == "listening" else "nav.dock")
        shot(page, f"sheet-{name}-390")
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
    assert {name: title for name, title in titles.items() if TELLS.search(title) or not title} == {}


def test_a_report_reveals_nothing_by_its_name_or_title(
    signed_in: SignedIn, made: dict[str, Any], tmp_path: Path
):
    page = signed_in("monitor").new_page()
    page.goto("/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Report (PDF)").first.click()
    assert not TELLS.search(waiting.value.suggested_filename)
    reader = PdfReader(BytesIO(waiting.value.path().read_bytes()))
    assert reader.metadata is not None
    assert reader.metadata.title
    for said in reader.metadata.values():
        assert not TELLS.search(str(said)), said


def test_a_breach_of_the_content_policy_would_be_heard(signed_in: SignedIn, complaints: Complaints):
    page = signed_in(None).new_page()
    page.goto("/sign-in/")
    with page.expect_console_message(lambda message: "content policy: img-src" in message.text):
        page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/elsewhere.png'; }")
    assert complaints.unexpected()
    complaints.expect("content policy", "Content Security Policy")
