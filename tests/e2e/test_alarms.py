"""An alarm is quiet in its room and loud elsewhere, until somebody has seen it."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.conftest import SignedIn
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room
from tests.e2e.scan import serious


def test_an_alarm_is_on_the_other_screen_until_it_is_seen_in_the_room(
    signed_in: SignedIn, made: dict[str, Any]
):
    today = signed_in("prescriber").new_page()
    today.goto("/")
    nurse = Room(signed_in("monitor").new_page(), made["rooms"]["alarmed"]["session"]).enter()
    nurse.vitals(spo2=88)
    expect(nurse.part("signal-list")).to_contain_text("Oxygen saturation 88", timeout=SOON_MS)
    there = today.locator("#elsewhere li").filter(has_text="Alarmed room, A. R.")
    expect(there).to_contain_text("High. Alarmed room, A. R.: Oxygen saturation 88", timeout=SOON_MS)
    assert serious(today) == []

    nurse.part("signal-list").get_by_role("button", name="Seen").click()
    expect(nurse.part("signal-list")).to_contain_text("by Mona Monitoring", timeout=AT_ONCE_MS)
    expect(there).to_have_count(0, timeout=SOON_MS)
    nurse.vitals(spo2=97)
    nurse.part("signal-list").get_by_role("button", name="Of use").click(timeout=SOON_MS)
    expect(nurse.lines("of use")).to_have_count(1, timeout=AT_ONCE_MS)
