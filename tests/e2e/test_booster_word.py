"""What the room says of an ordered booster: a range beside the rules, and its age when the line is dead."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import LATE_MS, SOON_MS, Room
from tests.e2e.scan import shot


def test_the_crowds_word_stands_beside_the_rules_and_grows_old_without_a_connection(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    context = signed_in("monitor")
    page = context.new_page()
    sheet = Room(page, made["rooms"]["boosted"]["session"]).enter().open("dose")
    says = sheet.locator("[data-part=booster-says]")
    expect(says).to_contain_text("not an instruction", timeout=SOON_MS)
    # The window opens 10 min after the first dose, which was given as the tests began.
    expect(says).to_contain_text("Not now: a rule bars it.")
    # Three limits, and the depth that the order was planned to reach.
    expect(says.locator("table tbody tr")).to_have_count(4)
    expect(says.locator("table tbody tr").first).to_contain_text("at least 40 %, as wished")
    expect(says.locator("table")).to_contain_text("as ordered")
    planned = sheet.locator(".label")
    expect(planned).to_contain_text("Planned for: depth 5 of 10")
    expect(planned).to_contain_text("not fit to leave 5 h after the first dose began in at most 10 %")
    expect(says.locator("[data-part=booster-stale]")).to_be_hidden()
    shot(page, "sheet-booster-1180")
    complaints.expect("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK", "Failed to load resource")
    context.set_offline(True)
    expect(says.locator("[data-part=booster-stale]")).to_be_visible(timeout=LATE_MS)
    expect(says.locator("[data-part=booster-stale]")).to_contain_text("may no longer hold")
    context.set_offline(False)


def test_no_word_of_a_booster_stands_where_none_was_ordered(signed_in: SignedIn, made: dict[str, Any]):
    page = signed_in("monitor").new_page()
    sheet = Room(page, made["rooms"]["shown"]["session"]).enter().open("dose")
    expect(sheet.locator("[data-part=booster-says]")).to_be_hidden()
