"""What pages complain of: errors on the console, exceptions nobody caught, breaches of the content policy."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

_SAYS_POLICY = """
globalThis.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} in ${event.sourceFile}`));
"""


# Each keystroke on the order page takes back the question before it (hx-sync), which htmx tells as a fault
# where a slow machine is still at that question. One that failed is told as sendError or responseError too.
_TAKEN_BACK = ("htmx:afterRequest", "htmx:sendAbort")


# No slots: Playwright keeps its wrapper of each listener on the object that the listener belongs to.
@dataclass
class Complaints:
    """Everything heard, and what the test said it would hear."""

    heard: list[str] = field(default_factory=list)
    _expected: list[str] = field(default_factory=lambda: list(_TAKEN_BACK))

    def listen(self, context: BrowserContext) -> None:
        """Hear every page of this browser, from its first line on."""
        context.add_init_script(_SAYS_POLICY)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("page", lambda page: page.on("crash", self._crash))

    def expect(self, *parts: str) -> None:
        """The test itself causes complaints with these words, as by going offline."""
        self._expected.extend(parts)

    def unexpected(self) -> list[str]:
        """What was heard and not expected."""
        return [line for line in self.heard if not any(part in line for part in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = message.location.get("url", "")
            self.heard.append(f"{message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self.heard.append(f"not caught: {error.error}")

    def _crash(self, page: Page) -> None:
        self.heard.append(f"crashed: {page.url}")
