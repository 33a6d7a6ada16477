"""What is looked at on every page: the accessibility scan, its width on every screen, its title."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

SIZES = ((390, 844), (820, 1180), (1180, 820), (1280, 800))
TELLS = re.compile(r"ketamin|dose|dosing|drug|therap|treat|session|sex|trauma|psych|patient", re.IGNORECASE)
_SHOTS = Path(__file__).parent / "shots"


def shot(of: Page | Locator, name: str, *, whole: bool = False) -> None:
    """A picture to look at, where SHOTS is set: three hundred of them take two minutes."""
    if os.environ.get("SHOTS"):
        _SHOTS.mkdir(exist_ok=True)
        more = {"full_page": True} if whole else {}
        of.screenshot(path=_SHOTS / f"{name}.png", **more)


def too_wide(page: Page, name: str) -> dict[int, int]:
    """The screens on which the page scrolls sideways, and how wide it would have to be."""
    wide = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        # Charts follow the new size with the next painting, or the one after.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        needs = page.evaluate("() => document.documentElement.scrollWidth")
        if needs > width:
            wide[width] = needs
        shot(page, f"{name}-{width}", whole=name != "room")
    return wide


def serious(page: Page, only: list[str] | None = None) -> list[str]:
    """What the scan finds that keeps somebody from using the page, with where."""
    options = {"runOnly": {"type": "rule", "values": only}} if only else {}
    result = Axe().run(page, options=options)
    return [
        f"{finding['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for finding in result.response["violations"]
        if finding["impact"] in {"serious", "critical"}
        for node in finding["nodes"]
    ]
