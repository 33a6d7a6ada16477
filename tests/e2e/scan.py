"""The accessibility scan."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


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
