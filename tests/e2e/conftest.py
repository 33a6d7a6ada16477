"""A server, browsers signed in as each person, and an ear for everything a page complains of."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.e2e import server as servers
from tests.e2e.cable import Cable
from tests.e2e.complaints import Complaints
from tests.e2e.people import PASSWORD
from tests.e2e.server import Server

HERE = Path(__file__).parent
TABLET = {"width": 1180, "height": 820}
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that shows a moving test picture, allowed where a test grants it.
    "--use-fake-device-for-media-stream",
)

# A browser, a server and the crowds of its rooms share two cores.
expect.set_options(timeout=10_000)

SignedIn = Callable[..., BrowserContext]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: their event loop stays, and neither ORM nor asyncio may run under it."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": "/usr/bin/chromium", "args": list(_FLAGS)}


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("clinic")
    variables = servers.environment(folder)
    made = json.loads(servers.seed(folder, variables))
    running = servers.start(folder, variables)
    yield running, made
    running.stop()


@pytest.fixture(scope="session")
def made(clinic: tuple[Server, dict[str, Any]]) -> dict[str, Any]:
    """What the seed made: identifiers of patients, orders and rooms."""
    return clinic[1]


@pytest.fixture(scope="session")
def base_url(clinic: tuple[Server, dict[str, Any]]) -> str:
    return clinic[0].address


@pytest.fixture
def cable(clinic: tuple[Server, dict[str, Any]]) -> Iterator[Cable]:
    """A way to the server that can go dead."""
    port = urlsplit(clinic[0].address).port
    assert port is not None
    laid = Cable(port)
    laid.start()
    yield laid
    laid.stop()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fails the test if any of its pages complained of anything that the test did not expect."""
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture(scope="session")
def cookies() -> dict[str, Any]:
    """Each person signs in once; other browsers of theirs start with the same cookies."""
    return {}


@pytest.fixture
def signed_in(
    browser: Browser, base_url: str, cookies: dict[str, Any], complaints: Complaints
) -> Iterator[SignedIn]:
    """A browser of its own, signed in as somebody through the form."""
    opened: list[BrowserContext] = []

    def context_of(username: str | None, **options: Any) -> BrowserContext:
        options = {"base_url": base_url, "viewport": TABLET, "accept_downloads": True} | options
        if username in cookies:
            options["storage_state"] = cookies[username]
        context = browser.new_context(**options)
        opened.append(context)
        complaints.listen(context)
        if username is not None and username not in cookies:
            sign_in(context, username)
            cookies[username] = context.storage_state()
        return context

    yield context_of
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, username: str) -> None:
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_text("Sign in with a name and password").click()
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Shows the server's own words below a test that failed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("clinic")
    if report.failed and running:
        report.sections.append(("the server's log", running[0].said()))
    return report
