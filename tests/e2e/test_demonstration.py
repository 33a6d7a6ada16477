"""A stranger, a minute after `make run`."""

from playwright.sync_api import Page, expect
from tests.e2e.conftest import SignedIn
from tests.e2e.room import LATE_MS, SOON_MS, Room
from tests.e2e.scan import serious


def test_a_button_leads_a_stranger_into_a_room_in_progress(signed_in: SignedIn):
    page = signed_in(None).new_page()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Watch a session in progress").click()
    Room(page, "").ready()
    expect(page.locator("[data-part=chart-depth] canvas").first).to_be_visible(timeout=SOON_MS)


def test_a_session_plays_by_itself_and_runs_faster_when_asked(signed_in: SignedIn):
    room = _enter(signed_in, "Ada Sample")
    assert room.lines("Rating").count() >= 2
    newest = room.page.locator("[data-part=log] li").first.inner_text()
    _run(room.page, 60)
    expect(room.page.locator("[data-part=log] li").first).not_to_have_text(newest, timeout=SOON_MS)
    _run(room.page, 10)


def test_a_patient_whom_nobody_resembles_is_said_to_be_outside_the_crowd(signed_in: SignedIn):
    room = _enter(signed_in, "Ben Specimen")
    _run(room.page, 60)
    expect(room.part("outside")).to_contain_text("Outside my crowd", timeout=LATE_MS)
    _run(room.page, 10)


def test_a_play_can_start_over(signed_in: SignedIn):
    room = _enter(signed_in, "Ada Sample")
    before = room.page.url
    room.page.get_by_role("button", name="Start over").click()
    sheet = room.page.locator("#sheet-start")
    expect(sheet).to_be_visible()
    assert serious(room.page) == []
    sheet.get_by_role("button", name="Start over").click()
    room.page.wait_for_url(lambda url: url != before)
    room.ready()
    expect(room.page.locator(".person")).to_contain_text("Ada S.")


def _enter(signed_in: SignedIn, patient: str) -> Room:
    page = signed_in("monitor").new_page()
    page.goto("/")
    page.get_by_role("link", name=f"Enter the room of {patient}").click()
    return Room(page, "").ready()


def _run(page: Page, factor: int) -> None:
    button = page.locator(f"[data-part=demo] [data-factor='{factor}']")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true", timeout=SOON_MS)


def test_every_page_of_the_demonstration_says_that_nobody_is_real(signed_in: SignedIn):
    page = signed_in("monitor").new_page()
    for address in ("/", "/patients/", "/patients/new/"):
        page.goto(address)
        expect(page.get_by_text("nobody here is real")).to_be_visible()
