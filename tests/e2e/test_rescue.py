"""Rescue steps: begun from an alarm, ticked without a network, seen by everybody."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room
from tests.e2e.scan import serious


def test_steps_are_ticked_without_a_network_and_end_with_an_outcome(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    session = made["rooms"]["rescued"]["session"]
    nurse = Room(signed_in("monitor").new_page(), session).enter()
    guide = Room(signed_in("guide").new_page(), session).enter(watch=True)
    nurse.vitals(spo2=88)
    nurse.part("signal-list").get_by_role("button", name="Rescue steps").click(timeout=SOON_MS)
    sheet = nurse.page.locator("#sheet-rescue")
    expect(sheet).to_contain_text("Breathing, oxygen or waking")
    expect(guide.part("rescue-banner")).to_contain_text("0 of 9 steps", timeout=AT_ONCE_MS)
    assert serious(nurse.page) == []

    nurse.page.context.set_offline(True)
    sheet.get_by_role("button", name="Give oxygen.").click()
    expect(sheet.locator("li").filter(has_text="✓ Give oxygen.")).to_contain_text("Mona Monitoring")
    nurse.page.context.set_offline(False)
    expect(guide.part("rescue-banner")).to_contain_text("1 of 9 steps", timeout=SOON_MS)

    sheet.get_by_role("button", name="It is over, and they are well").click()
    expect(guide.part("rescue-banner")).to_be_hidden(timeout=SOON_MS)
    expect(guide.lines("It is over, and they are well")).to_have_count(1)
