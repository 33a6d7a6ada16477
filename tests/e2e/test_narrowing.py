"""A no in the room: one tap, heard on every screen, kept without a network; and no way to more."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room
from tests.e2e.scan import serious

PHONE = {"width": 390, "height": 844}


def test_a_no_on_one_tablet_is_on_the_other_and_on_the_phone(signed_in: SignedIn, made: dict[str, Any]):
    session = made["rooms"]["narrowed"]["session"]
    nurse = Room(signed_in("monitor").new_page(), session).enter()
    guide = Room(signed_in("guide").new_page(), session).enter(watch=True)
    phone = Room(signed_in("narrowed-roomed", viewport=PHONE).new_page(), session).enter()
    sheet = nurse.open("agreed")
    assert serious(nurse.page) == []
    hands = sheet.get_by_role("button", name="Guido Guiding, hands: yes.")
    hands.locator("circle").first.click()
    expect(sheet.get_by_role("button", name="Guido Guiding, hands: no.")).to_be_disabled()
    for other in (guide, phone):
        expect(other.part("nos")).to_contain_text("No to: Guido Guiding: hands.", timeout=AT_ONCE_MS)
        expect(other.part("agreed-says")).to_contain_text("No touch")
    guide.part("nos").get_by_role("button", name="Seen").click()
    expect(guide.part("nos")).to_be_hidden()
    phone.page.reload()
    phone.ready()
    expect(phone.part("agreed-says")).to_contain_text("No touch")
    expect(phone.lines("No to: Guido Guiding: hands")).to_have_count(1)


def test_a_wish_is_kept_and_nothing_on_the_screen_adds_a_yes(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("guide").new_page(), made["rooms"]["wished"]["session"]).enter()
    before = room.part("agreed-says").inner_text()
    sheet = room.open("agreed")
    sheet.get_by_text("They ask for more than was agreed").click()
    expect(sheet.get_by_text("Today we keep to what you chose before.")).to_be_visible()
    sheet.get_by_role("button", name="Guido Guiding: feet", exact=True).click()
    expect(sheet.locator("[data-part=wish-kept]")).to_contain_text("Nothing changes today")
    expect(sheet.get_by_role("button", name="Guido Guiding, feet: no.")).to_be_disabled()
    room.page.keyboard.press("Escape")
    expect(room.lines("Asked for: Guido Guiding: feet")).to_have_count(1, timeout=SOON_MS)
    assert room.part("agreed-says").inner_text() == before


def test_without_a_network_a_no_counts_here_at_once_and_arrives_first(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    session = made["rooms"]["unheard"]["session"]
    nurse = Room(signed_in("monitor").new_page(), session).enter()
    guide = Room(signed_in("guide").new_page(), session).enter(watch=True)
    nurse.page.context.set_offline(True)
    nurse.note("Music lowered.")
    sheet = nurse.open("agreed")
    sheet.get_by_role("button", name="No to everything").click()
    nurse.page.keyboard.press("Escape")
    expect(nurse.part("agreed-says")).to_contain_text("Nothing is a yes")
    expect(guide.part("nos")).to_be_hidden()
    nurse.page.context.set_offline(False)
    expect(guide.part("nos")).to_contain_text("No to everything.", timeout=SOON_MS)
    expect(guide.lines("Music lowered.")).to_have_count(1, timeout=SOON_MS)
    kinds = [one["kind"] for one in nurse.json("state")["entries"]][-2:]
    assert kinds == ["said_no", "note"]


def test_a_figure_works_by_keyboard_alone(signed_in: SignedIn, made: dict[str, Any]):
    room = Room(signed_in("monitor").new_page(), made["rooms"]["wished"]["session"]).enter()
    room.page.keyboard.press("g")
    sheet = room.page.locator("#sheet-agreed")
    expect(sheet).to_be_visible()
    button = sheet.get_by_role("button", name="Guido Guiding, hands: yes.")
    for _ in range(10):
        if button.evaluate("element => element === document.activeElement"):
            break
        room.page.keyboard.press("Tab")
    expect(button).to_be_focused()
    room.page.keyboard.press("Enter")
    expect(sheet.get_by_role("button", name="Guido Guiding, hands: no.")).to_be_disabled()
