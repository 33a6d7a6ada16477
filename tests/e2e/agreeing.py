"""Drawing up an agreement, telling it back and signing it, as each does on their own screen."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from tests.e2e.people import PASSWORD
from tests.e2e.room import SOON_MS

_ALWAYS = ("treatment//", "off_label//", "route/im/")


def draw_up(page: Page, *touches: str) -> None:
    """Fill in what a visit needs and these touches, by their labels, and send it."""
    for value in _ALWAYS:
        page.locator(f"input[name=permits][value='{value}']").check()
    for label in touches:
        box = page.get_by_label(label, exact=True)
        box.press("Space")
        expect(box).to_be_checked()
    page.get_by_label("The word that stops everything").fill("amber")
    page.get_by_label("The sign that stops everything").fill("Both hands up")
    ends = datetime.now(UTC).date() + timedelta(days=60)
    page.locator("[name=expires_on_day]").fill(str(ends.day))
    page.locator("[name=expires_on_month]").select_option(str(ends.month))
    page.locator("[name=expires_on_year]").fill(str(ends.year))
    page.get_by_role("button", name="Draw it up").click()


def tell_back(page: Page, *, has_practised: bool) -> None:
    """Every answer whole."""
    for one in page.locator(".points > div").all():
        one.locator("input[type=radio][value='2']").check()
    if has_practised:
        page.locator("input[name=is_rehearsed]").check()
    page.get_by_role("button", name="Keep the teach-back").click()


def sign(page: Page) -> None:
    """With one's own password."""
    page.get_by_label("password").fill(PASSWORD)
    page.get_by_role("button", name="I sign").click()
    expect(page.get_by_text("Signed. You can take any part of it back")).to_be_visible(timeout=SOON_MS)
