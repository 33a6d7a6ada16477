"""What is typed wrongly in the room is said beside its field and stays, as does what the server refuses."""

from typing import Any

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import SignedIn
from tests.e2e.room import SOON_MS, Room

_SLIPS = (
    ("12O", "write digits only"),
    ("12,5", "without point or comma"),
    ("120.5", "without point or comma"),
    ("-120", "write digits only"),
    ("1e9", "write digits only"),
    ("NaN", "write digits only"),
    ("401", "401 is outside 1 to 400"),
    ("١٢٠", "write digits only"),
    ("0120", "leading zero"),
)
_UNCAP = "fields => fields.forEach((field) => field.removeAttribute('maxlength'))"


@pytest.fixture
def room(signed_in: SignedIn, made: dict[str, Any]) -> Room:
    return Room(signed_in("monitor").new_page(), made["rooms"]["undosed"]["session"]).enter()


def test_a_slip_in_a_vital_sign_is_named_and_what_was_typed_stays(room: Room):
    sheet = room.open("vitals")
    before = len(room.json("state")["entries"])
    # The keyboard of a tablet offers digits only, and three of them; a pasted slip comes all the same.
    sheet.locator("input[data-code]").evaluate_all(_UNCAP)
    sheet.locator("input[data-code=dbp]").fill("78")
    sheet.locator("input[data-code=hr]").fill("70")
    for typed, words in _SLIPS:
        sheet.locator("input[data-code=sbp]").fill(typed)
        sheet.get_by_role("button", name="Record").click()
        expect(sheet.locator("[data-part=fault]")).to_contain_text(words)
        expect(sheet.locator("[data-part=fault]")).to_contain_text("Systolic:")
        expect(sheet.locator("input[data-code=sbp]")).to_have_value(typed)
        expect(sheet.locator("input[data-code=sbp]")).to_be_focused()
        expect(sheet.locator("input[data-code=dbp]")).to_have_value("78")
    assert len(room.json("state")["entries"]) == before


def test_what_was_typed_is_there_again_after_a_reload(room: Room):
    sheet = room.open("vitals")
    sheet.locator("input[data-code=spo2]").fill("97")
    sheet.get_by_role("button", name="Later: keep what is typed").click()
    note = room.open("note")
    note.locator("textarea").fill("Half a sentence")
    note.get_by_role("button", name="Later: keep what is typed").click()
    # The note is put away a quarter of a second after the last key, sealed, so nothing shows when it is done.
    room.page.wait_for_timeout(500)
    room.page.reload()
    room.ready()
    expect(room.page.locator("#vital-spo2")).to_have_value("97")
    expect(room.page.locator("#note-text")).to_have_value("Half a sentence")


def test_a_refused_reading_waits_with_its_reason_until_somebody_has_seen_it(room: Room):
    room.vitals(hr=390)
    tray = room.part("tray")
    expect(tray).to_contain_text("Heart rate 390 is not a reading.", timeout=SOON_MS)
    expect(tray).to_contain_text("act on the patient first")
    expect(room.part("number-hr").locator("[data-part=value]")).to_have_text("68")
    room.page.reload()
    room.ready()
    expect(tray).to_contain_text("Heart rate 390 is not a reading.")
    tray.get_by_role("button", name="I have dealt with it").click()
    expect(tray).to_be_hidden()


def test_a_dose_without_a_fresh_baseline_says_why_and_has_no_button_to_press(room: Room):
    room.alertness(3)
    expect(room.lines("Alertness 3")).to_have_count(1)
    sheet = room.open("dose")
    expect(sheet.locator("[data-part=dose-findings]")).to_contain_text("Alertness is 3 of 5", timeout=SOON_MS)
    for box in sheet.locator("form input[type=checkbox]").all():
        box.check()
    expect(sheet.locator("[data-part=give]")).to_be_disabled()
