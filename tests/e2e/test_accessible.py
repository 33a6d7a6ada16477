"""Everybody can use every page: nothing serious in a scan, on any screen, and no need of a mouse."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.places import PLACES, Place
from tests.e2e.room import Room
from tests.e2e.scan import TELLS, serious, too_wide

_SHEETS = ("rating", "vitals", "alertness", "name", "note", "dose", "checks", "stop", "keys")
_MOST_TABS = 60


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_no_page_has_a_serious_finding_or_is_wider_than_a_screen_or_tells_by_its_title(
    place: Place, signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect(*place.expected)
    page = signed_in(place.who, color_scheme="dark").new_page()
    place.visit(page, made)
    assert serious(page) == []
    page.emulate_media(color_scheme="light")
    assert serious(page, only=["color-contrast"]) == []
    assert too_wide(page, place.name) == {}
    assert not TELLS.search(page.title())


def test_no_sheet_of_the_room_has_a_serious_accessibility_finding(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["shown"]["session"]).enter()
    found = {}
    for name in _SHEETS:
        sheet = room.open(name)
        found[name] = serious(room.page)
        room.page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
    room.page.locator("[data-part=log] button").first.click()
    found["entry"] = serious(room.page)
    room.page.keyboard.press("Escape")
    room.page.get_by_role("button", name="Where from?").click()
    found["basis"] = serious(room.page)
    room.page.keyboard.press("Escape")
    room.page.get_by_role("button", name="What the crowd listens to").click()
    # With the reason asked for and the account of one sign open, so that all of it is scanned.
    room.page.get_by_role("button", name="Switch off: Systolic pressure").click()
    room.page.locator("#sheet-listening summary").first.click()
    found["listening"] = serious(room.page)
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_the_charts_can_be_read_as_tables(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["shown"]["session"]).enter()
    room.page.get_by_role("button", name="Table").click()
    expect(room.page.get_by_role("cell", name="118/76 mmHg")).to_be_visible()
    assert serious(room.page) == []


def test_focus_goes_into_each_sheet_and_comes_back(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["shown"]["session"]).enter()
    for name in _SHEETS:
        opener = room.page.locator(f"nav.dock [data-opens={name}]")
        opener.focus()
        room.page.keyboard.press("Enter")
        sheet = room.page.locator(f"#sheet-{name}")
        expect(sheet).to_be_visible()
        assert sheet.evaluate("sheet => sheet.contains(document.activeElement)"), name
        room.page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(opener).to_be_focused()


def test_focus_stays_on_a_line_of_the_log_while_new_ones_arrive(signed_in: SignedIn, made: dict[str, Any]):
    session = made["rooms"]["watched"]["session"]
    reader = Room(signed_in("guide").new_page(), session).enter(watch=True)
    line = reader.lines("Dose 35 mg").get_by_role("button")
    line.focus()
    Room(signed_in("monitor").new_page(), session).enter().note("Music changed.")
    expect(reader.lines("Music changed.")).to_have_count(1)
    expect(line).to_be_focused()


def test_rating_and_stopping_need_no_mouse(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["typed"]["session"]).enter()
    page = room.page
    _tab_to(page, page.locator("nav.dock [data-opens=rating]"))
    page.keyboard.press("Enter")
    _tab_to(page, page.locator("#sheet-rating").get_by_role("button", name="7", exact=True))
    page.keyboard.press("Enter")
    expect(room.lines("Rating 7")).to_have_count(1)
    expect(page.locator("nav.dock [data-opens=rating]")).to_be_focused()

    page.keyboard.press("s")
    expect(page.locator("#sheet-stop")).to_be_visible()
    _tab_to(page, page.get_by_role("button", name="Stop now"))
    page.keyboard.press("Enter")
    expect(room.lines("Session stopped")).to_have_count(1)
    expect(room.part("ended")).to_contain_text("nothing more may be given")


def _tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(_MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{_MOST_TABS} times Tab did not lead to {wanted}")
