"""Going out of a room where somebody is under the drug."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, Room


def test_leaving_somebody_alone_is_asked_about_and_a_fact_is_told_to_the_others(
    signed_in: SignedIn, made: dict[str, Any]
):
    session = made["rooms"]["attended"]["session"]
    nurse = Room(signed_in("monitor").new_page(), session).enter()
    guide = Room(signed_in("guide").new_page(), session).enter()
    expect(nurse.part("here").locator("li")).to_have_count(2)

    out = guide.page.get_by_role("button", name="I go out")
    out.click()
    sheet = guide.page.locator("#sheet-alone")
    expect(sheet).to_contain_text("Nobody is signed in as being in the room")
    sheet.get_by_role("button", name="I stay").click()
    expect(guide.lines("Went out")).to_have_count(0)

    out.click()
    sheet.get_by_role("button", name="I am out already").click()
    expect(nurse.lines("Went out")).to_have_count(1, timeout=AT_ONCE_MS)
    expect(nurse.part("here-missing")).to_contain_text("Nobody is signed in as being in the room")
