"""After a night's sleep: told back, what was asked for offered again, and signed by three or not at all."""

from typing import Any

from playwright.sync_api import expect
from tests.e2e.agreeing import draw_up, sign, tell_back
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.places import HALF_WRITTEN
from tests.e2e.room import SOON_MS

PHONE = {"width": 390, "height": 844}


def test_what_was_asked_for_under_the_drug_is_offered_again_once_slept_and_told_back(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect(*HALF_WRITTEN)
    address = f"/patients/{made['slept']}/agreement/"
    phone = signed_in("nell-rested", viewport=PHONE).new_page()
    guide, prescriber = (signed_in(who).new_page() for who in ("guide", "prescriber"))

    guide.goto(f"{address}tell-back/")
    tell_back(guide, has_practised=False)
    expect(guide.locator("#faults")).to_contain_text("slept", timeout=SOON_MS)

    phone.goto(address)
    expect(phone.get_by_role("heading", name="For now it can only get less")).to_be_visible()
    expect(phone.get_by_role("heading", name="What you asked for")).to_be_visible()
    phone.get_by_role("button", name="I have slept a night since my visit").click()
    expect(phone.get_by_role("heading", name="For now it can only get less")).to_be_visible()

    guide.goto(address)
    guide.get_by_role("link", name="The teach-back that closes it").click()
    tell_back(guide, has_practised=False)
    expect(guide.get_by_role("heading", name="Asked for in a session")).to_be_visible(timeout=SOON_MS)
    guide.get_by_role("link", name="Draw one up").click()
    asked_for = guide.get_by_text("Asked for in a session, to be asked again now: Guido Guiding: feet")
    expect(asked_for).to_be_visible()
    draw_up(guide, "Guido Guiding may touch my hands", "Guido Guiding may touch my feet")
    expect(guide.get_by_text("Nothing is agreed yet")).to_be_visible(timeout=SOON_MS)
    guide.get_by_role("link", name="Hear the teach-back").click()
    tell_back(guide, has_practised=True)
    expect(guide.get_by_text("Told back, and understood.")).to_be_visible(timeout=SOON_MS)

    for page in (phone, prescriber, guide):
        page.goto(address)
        assert page.get_by_role("button", name="Guido Guiding, feet: yes.").count() == 0
        page.goto(f"{address}sign/")
        sign(page)
    phone.goto(address)
    expect(phone.get_by_text("Your word: amber")).to_be_visible()
    expect(phone.get_by_role("button", name="Guido Guiding, feet: yes.")).to_be_enabled()
    expect(phone.get_by_role("heading", name="What you asked for")).to_have_count(0)
