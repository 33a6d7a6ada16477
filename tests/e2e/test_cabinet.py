"""The cabinet in a browser: a vial comes in by its code, and a rest is wasted in front of a witness."""

import re

from playwright.sync_api import expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.people import PASSWORD
from tests.e2e.room import SOON_MS

REFUSED = "422 (Unprocessable Entity)"
CODE = "(01)02000000000015(17)991231(10)FLOW-1"


def test_a_vial_comes_in_and_a_rest_is_wasted_by_two(signed_in: SignedIn, complaints: Complaints):
    complaints.expect(REFUSED)
    owner = signed_in("owner").new_page()
    owner.goto("/cabinet/receive/")
    owner.get_by_label("Code on one of them").fill(CODE)
    owner.get_by_role("button", name="Receive").click()
    expect(owner.locator(".says")).to_contain_text("Write on each its own number", timeout=SOON_MS)
    page = signed_in("monitor").new_page()
    page.goto("/cabinet/")
    page.locator("main a.row", has_text="FLOW-1").click()
    page.get_by_role("link", name="Waste").click()
    page.get_by_label("The container itself").check()
    page.get_by_label("Why").fill("The rest")
    for amount, second, words in (
        ("35", "monitor", "The second person is the first"),
        ("35", "guide", "may not witness"),
        ("9999", "owner", "were to leave it"),
        ("35,0", "owner", "has a comma"),
    ):
        page.get_by_label("How much, in mg").fill(amount)
        page.get_by_label("Name the second person signs in with").fill(second)
        page.get_by_label("Their password").fill(PASSWORD)
        page.get_by_role("button", name="It is wasted").click()
        expect(page.locator("#faults")).to_contain_text(words, timeout=SOON_MS)
        expect(page.get_by_label("Why")).to_have_value("The rest")
        expect(page.get_by_label("How much, in mg")).to_have_value(amount)
        expect(page.get_by_label("Their password")).to_have_value("")
    page.get_by_label("How much, in mg").fill("35")
    page.get_by_label("Their password").fill(PASSWORD)
    page.get_by_role("button", name="It is wasted").click()
    expect(page.locator(".says")).to_contain_text("It stands in the ledger.", timeout=SOON_MS)
    owner.goto("/cabinet/")
    owner.locator("main a.row", has_text="FLOW-1").click()
    expect(owner.locator(".stock-ledger")).to_contain_text(re.compile("35 mg. The rest"))
