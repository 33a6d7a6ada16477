"""What the crowd listens to, and answers to the name: tapped on one screen, seen on another."""

from typing import Any

from playwright.sync_api import Page, expect
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room
from tests.e2e.scan import shot


def _sign(page: Page, name: str):
    return page.locator(f"#sheet-listening [data-sign={name}]")


def test_an_answer_to_the_name_is_one_tap_and_no_score(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["heard"]["session"]).enter()
    room.page.keyboard.press("w")
    sheet = room.page.locator("#sheet-name")
    expect(sheet).to_contain_text("is no alertness score")
    expect(sheet).to_contain_text("The crowd listens to it.")
    sheet.get_by_role("button", name="Slowly").click()
    expect(sheet).to_be_hidden()
    expect(room.lines("Answers to name: slowly")).to_have_count(1, timeout=AT_ONCE_MS)
    # Who reads tables finds it beside the scores.
    room.page.get_by_role("button", name="Table").click()
    seen = room.page.get_by_role("region", name="Alertness and answers to the name, newest first")
    expect(seen.locator("tbody tr").first).to_contain_text("Answers to name: slowly")
    expect(seen).to_contain_text("Alertness 5 of 5, awake")
    room.page.get_by_role("button", name="Charts").click()
    # It can be struck out, as every mistake can, once the server has it.
    expect(room.page.locator("[data-part=log] li.is-waiting")).to_have_count(0, timeout=SOON_MS)
    room.lines("Answers to name: slowly").get_by_role("button").click()
    entry = room.page.locator("#sheet-entry")
    entry.get_by_label("Struck out because").fill("another room")
    entry.get_by_role("button", name="Strike it out").click()
    expect(room.lines("another room")).to_have_count(1, timeout=AT_ONCE_MS)


def test_a_sign_is_switched_off_with_a_reason_and_on_without(signed_in: SignedIn, made: dict[str, Any]):
    session = made["rooms"]["heard"]["session"]
    room = Room(signed_in("monitor").new_page(), session).enter()
    other = Room(signed_in("prescriber").new_page(), session).enter(watch=True)
    room.page.keyboard.press("l")
    rate = _sign(room.page, "heart_rate")
    expect(rate).to_contain_text("On since the room was opened.")
    rate.get_by_role("button", name="Switch off: Heart rate").click()
    # Nothing is switched yet: the reason has the focus, and Enter without one says what is missing.
    expect(rate.locator("input")).to_be_focused()
    room.page.keyboard.press("Enter")
    expect(rate.get_by_role("alert")).to_contain_text("Write why")
    expect(rate.locator("[data-part=heard-state]")).to_have_text("on")
    room.page.keyboard.type("frightened by the cuff")
    room.page.keyboard.press("Enter")
    expect(rate.locator("[data-part=heard-state]")).to_have_text("off", timeout=AT_ONCE_MS)
    expect(rate).to_contain_text("by Mona Monitoring: frightened by the cuff.")
    expect(other.lines("Crowd no longer listens to: Heart rate")).to_have_count(1, timeout=SOON_MS)
    expect(other.part("crowd-basis")).to_contain_text("does not listen to heart rates", timeout=SOON_MS)
    shot(room.page, "sheet-listening-1180")
    rate.get_by_role("button", name="Switch on: Heart rate").click()
    expect(rate.locator("[data-part=heard-state]")).to_have_text("on", timeout=AT_ONCE_MS)
    expect(other.part("crowd-basis")).not_to_contain_text("does not listen", timeout=SOON_MS)


def test_who_only_watches_sees_what_it_listens_to_and_switches_nothing(
    signed_in: SignedIn, made: dict[str, Any]
):
    session = made["rooms"]["heard"]["session"]
    page = Room(signed_in("prescriber").new_page(), session).enter(watch=True).page
    page.get_by_role("button", name="What the crowd listens to").click()
    expect(_sign(page, "rating")).to_contain_text("On since the room was opened.")
    expect(page.locator("#sheet-listening [data-switch]")).to_have_count(0)
    guide = Room(signed_in("guide").new_page(), session).enter().page
    guide.keyboard.press("l")
    expect(guide.locator("#sheet-listening")).to_be_visible()
    expect(guide.locator("#sheet-listening [data-switch]")).to_have_count(0)
