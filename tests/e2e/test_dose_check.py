"""Two people check a dose at the sheet: a wrong vial stops it, so does a slipped point, and then it goes."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.people import PASSWORD, VIAL
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room

REFUSED = "422 (Unprocessable Entity)"


def test_nothing_wrong_goes_on_and_what_is_right_is_given(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect(REFUSED)
    room = Room(signed_in("monitor").new_page(), made["rooms"]["checked"]["session"]).enter()
    guide = Room(signed_in("guide").new_page(), room.session).enter(watch=True)
    sheet = room.open("dose")
    give = sheet.locator("[data-part=give]")
    for code, words in (
        ("KETOROLAC 30 mg/mL", "This says ketOROLAC"),
        ("(01)02000000000039(10)TEST-1", "no product of this cabinet"),
        ("(01)02000000000015(10)OTHER", "no container with this lot"),
    ):
        room.scan(sheet, code)
        expect(sheet.locator(".verdict.wrong")).to_contain_text("Stop. Do not draw from this.")
        expect(sheet.locator("[data-part=check-seen]")).to_contain_text(words)
        expect(give).to_be_disabled()
    room.scan(sheet, VIAL)
    expect(sheet.locator(".verdict")).to_contain_text("It matches the order", timeout=SOON_MS)
    expect(sheet.locator("[data-part=check-sum]")).to_have_text("35 mg ÷ 50 mg/mL = 0.7 mL")
    for box in sheet.locator("[data-step=patient] input").all():
        box.check()
    problems = sheet.locator("[data-part=check-problems]")
    for volume, second, words in (
        ("7", "prescriber", "7 mL is ten times what it should be"),
        ("0.07", "prescriber", "0.07 mL is a tenth of what it should be"),
        ("0.71", "prescriber", "0.71 mL was read off the syringe"),
        (".7", "prescriber", "Write 0.7"),
        ("0.7", "monitor", "The second person is the first"),
        ("0.7", "guide", "may not check a dose"),
    ):
        _confirm(sheet, volume, second)
        expect(problems).to_contain_text(words, timeout=SOON_MS)
        expect(give).to_be_disabled()
        expect(sheet.locator("[data-part=check-password]")).to_have_value("")
    _confirm(sheet, "0.7", "prescriber")
    expect(sheet.locator("[data-part=check-done]")).to_contain_text("Checked by", timeout=SOON_MS)
    expect(problems.locator("li")).to_have_count(0)
    # What is changed after both have confirmed has not been confirmed.
    sheet.locator("[data-part=check-volume]").fill("0.8")
    expect(give).to_be_disabled()
    _confirm(sheet, "0.7", "prescriber")
    expect(give).to_be_enabled(timeout=SOON_MS)
    give.click()
    expect(sheet.locator("[data-part=dose-answer]")).to_contain_text(
        "Yes. 35 mg is recorded", timeout=SOON_MS
    )
    expect(guide.lines("checked by two")).to_have_count(1, timeout=AT_ONCE_MS)


def test_a_dose_that_went_in_is_written_down_without_a_network_and_said_to_be_unchecked(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    room = Room(signed_in("monitor").new_page(), made["rooms"]["told"]["session"]).enter()
    room.page.context.set_offline(True)
    sheet = room.open("dose")
    sheet.get_by_text("It went in already, without this check").click()
    told = sheet.locator("[data-part=told]")
    write = told.get_by_role("button", name="Write down that it went in")
    told.locator("[data-part=told-amount]").fill("35")
    told.locator("[data-part=told-again]").fill("3.5")
    told.locator("[data-part=told-reason]").fill("The power was off.")
    write.click()
    expect(told.locator("[data-part=told-fault]")).to_contain_text("The two amounts differ")
    told.locator("[data-part=told-again]").fill("35")
    write.click()
    expect(sheet).to_be_hidden()
    expect(room.lines("without the check: The power was off.")).to_contain_text("waiting to be sent")
    room.page.context.set_offline(False)
    expect(room.part("connection")).to_have_text("Live, all saved", timeout=SOON_MS)
    expect(room.part("alerts")).to_contain_text("without the check by two people", timeout=SOON_MS)
    prescriber = signed_in("prescriber").new_page()
    prescriber.goto("/")
    prescriber.get_by_role("link", name="Told Roomed").filter(has_text="Look into it").click()
    prescriber.get_by_label("What you looked at, and what it showed").fill("35 mg left the vial.")
    prescriber.get_by_label("Name the second person signs in with").fill("monitor")
    prescriber.get_by_label("Their password").fill(PASSWORD)
    prescriber.get_by_role("button", name="Keep what we found").click()
    expect(prescriber.get_by_text("Kept, with both your names.")).to_be_visible(timeout=SOON_MS)
    expect(prescriber.get_by_role("heading", name="Doses that nobody checked")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1180])
def test_the_sheet_fits_every_screen(signed_in: SignedIn, made: dict[str, Any], width: int):
    context = signed_in("monitor", viewport={"width": width, "height": 820})
    room = Room(context.new_page(), made["rooms"]["undosed"]["session"]).enter()
    sheet = room.open("dose")
    room.scan(sheet, VIAL)
    expect(sheet.locator(".verdict")).to_be_visible()
    assert sheet.evaluate("one => one.scrollWidth <= one.clientWidth")
    for target in sheet.locator("[data-part=check] button:visible, [data-part=check] .tick").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def _confirm(sheet: Locator, volume: str, second: str) -> None:
    sheet.locator("[data-part=check-volume]").fill(volume)
    sheet.locator("[data-part=check-second]").fill(second)
    sheet.locator("[data-part=check-password]").fill(PASSWORD)
    sheet.get_by_role("button", name="Both have checked it").click()
