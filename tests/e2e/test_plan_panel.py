"""The panel that plans: it answers, it is read at a dose, and it fills nothing in by itself."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import SOON_MS
from tests.e2e.scan import shot


def _plan(page: Page, made: dict[str, Any], *, want: str = "3", chance: str = "40") -> None:
    page.goto(f"/patients/{made['planned']}/orders/new/")
    page.get_by_label("Racemic ketamine").check()
    page.locator("input[name=route][value=iv]").check()
    for name, value in {"want": want, "want_chance": chance, "baseline": "120"}.items():
        page.locator(f"input[name=plan-{name}]").fill(value)
    with page.expect_response(lambda answer: "/orders/plan/" in answer.url and answer.ok):
        page.get_by_role("button", name="Ask the crowd").click()
    expect(page.locator("#plan-answer table").first).to_be_visible(timeout=SOON_MS)


def test_a_range_is_shown_and_a_dose_goes_into_the_order_by_a_press_alone(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("422 (Unprocessable Entity)")
    page = signed_in("prescriber").new_page()
    _plan(page, made)
    dose = page.locator("#id_dose")
    expect(page.locator("#chart-plan canvas")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_text("not an instruction")).to_be_visible()
    expect(dose).to_have_value("")
    expect(page.locator("#plan-copy")).to_be_hidden()
    page.locator("#plan-dose").fill("20")
    expect(page.locator("#plan-dose-words")).to_contain_text("mg. depth 3 reached")
    expect(dose).to_have_value("")
    button = page.locator("#plan-copy")
    named = (button.text_content() or "").removeprefix("Write ").removesuffix(" mg into the order")
    with page.expect_response(lambda answer: "/orders/preview/" in answer.url):
        button.click()
    expect(dose).to_have_value(named)
    page.wait_for_load_state("networkidle")


def test_what_was_asked_is_kept_with_the_order_by_a_press_alone(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("422 (Unprocessable Entity)")
    page = signed_in("prescriber").new_page()
    _plan(page, made, want="4", chance="35")
    wish = page.locator("#id_for_wish")
    expect(wish).to_have_value("")
    expect(page.locator("#planned-part")).not_to_have_attribute("open", "")
    with page.expect_response(lambda answer: "/orders/preview/" in answer.url):
        page.get_by_role("button", name="Keep this wish and these limits with the order").click()
    kept = {"for_wish": "4", "for_wish_chance": "35", "for_closing": "4", "for_ceiling": "160"}
    for name, value in kept.items():
        expect(page.locator(f"#id_{name}")).to_have_value(value)
    expect(wish).to_be_focused()
    # The answer beside it stands: keeping what was asked asks nothing anew.
    expect(page.locator("#plan-answer[data-stale]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1180, 820)])
def test_the_panel_fits_every_screen_in_light_and_dark(
    width: int, height: int, signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("422 (Unprocessable Entity)")
    scheme = "dark" if width == 1180 else "light"
    page = signed_in(
        "prescriber", viewport={"width": width, "height": height}, color_scheme=scheme
    ).new_page()
    _plan(page, made)
    page.locator("#plan-dose").fill("20")
    page.wait_for_load_state("networkidle")
    shot(page.locator(".plan-side"), f"plan-{width}-{scheme}")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
