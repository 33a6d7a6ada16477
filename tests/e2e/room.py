"""The room as the tests use it: what a person taps, reads and waits for."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.e2e.people import PASSWORD, VIAL

# A second screen shows an entry without being asked; on a busy machine that takes a while.
AT_ONCE_MS = 8_000
# The crowd answers, and a lost connection is found again, within this.
SOON_MS = 15_000
# A page that has tried in vain waits longer from one try to the next.
LATE_MS = 45_000

_POST = """async ({ session, kind, payload }) => {
  const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken=")).split("=")[1];
  const state = await (await fetch(`/room/${session}/state.json`)).json();
  const answer = await fetch("/ingest", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({
      session,
      sent_at: state.server_time,
      entries: [{ key: crypto.randomUUID(), kind, payload, happened_at: state.room_time }],
    }),
  });
  return (await answer.json()).results[0];
}"""
_UNTIL = """async ([session, moment]) => {
  for (let tries = 0; tries < 300; tries += 1) {
    const state = await (await fetch(`/room/${session}/state.json`)).json();
    if (Date.parse(state.room_time) >= Date.parse(moment)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the room's clock did not come to ${moment}`);
}"""


class Room:
    """One screen in one room."""

    def __init__(self, page: Page, session: str) -> None:
        self.page = page
        self.session = session

    def enter(self, *, watch: bool = False) -> "Room":
        """Open the screen and wait until it is alive."""
        self.page.goto(f"/room/{self.session}/{'watch/' if watch else ''}")
        return self.ready()

    def ready(self) -> "Room":
        """Wait until the screen is alive."""
        expect(self.page.locator("html")).to_have_attribute("data-ready", "yes", timeout=SOON_MS)
        return self

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-part={name}]").first

    def lines(self, words: str) -> Locator:
        """Lines of the log that say this."""
        return self.page.locator("[data-part=log] li").filter(has_text=words)

    def open(self, name: str, *, at: str = "nav.dock") -> Locator:
        """Tap a button of the dock, or elsewhere; the sheet that it opens."""
        self.page.locator(f"{at} [data-opens={name}]").click()
        sheet = self.page.locator(f"#sheet-{name}")
        expect(sheet).to_be_visible()
        return sheet

    def rate(self, depth: int) -> None:
        self.open("rating").get_by_role("button", name=str(depth), exact=True).click()

    def alertness(self, score: int) -> None:
        self.open("alertness").locator(f"button[data-score='{score}']").click()

    def note(self, words: str) -> None:
        sheet = self.open("note")
        sheet.locator("textarea").fill(words)
        sheet.get_by_role("button", name="Record").click()

    def vitals(self, **values: int) -> None:
        sheet = self.open("vitals")
        for code, value in values.items():
            sheet.locator(f"input[data-code={code}]").fill(str(value))
        sheet.get_by_role("button", name="Record").click()

    def give_dose(self) -> Locator:
        """Two people check it, and one asks; the sheet with its answer."""
        sheet = self.check_dose()
        sheet.get_by_role("button", name="Ask, and record").click()
        return sheet

    def check_dose(self, *, second: str = "prescriber") -> Locator:
        """Scan a vial, read everything as it should be, and let a second person confirm."""
        sheet = self.open("dose")
        self.scan(sheet, VIAL)
        expect(sheet.locator(".verdict")).to_contain_text("It matches the order")
        sheet.locator("[data-part=check-volume]").fill("0.7")
        for box in sheet.locator("[data-step=patient] input").all():
            box.check()
        sheet.locator("[data-part=check-second]").fill(second)
        sheet.locator("[data-part=check-password]").fill(PASSWORD)
        sheet.get_by_role("button", name="Both have checked it").click()
        expect(sheet.locator("[data-part=check-done]")).to_contain_text("Checked by", timeout=SOON_MS)
        return sheet

    def scan(self, sheet: Locator, code: str) -> None:
        """As a scanner does it: the code, then Enter."""
        sheet.locator("[data-part=check-code]").fill(code)
        sheet.locator("[data-part=check-code]").press("Enter")
        self.choose(sheet)

    def choose(self, sheet: Locator) -> None:
        """Wait for what was made of a code; of several alike say that it is the first that is sealed."""
        expect(sheet.locator("[data-part=check-seen] *, [data-part=check-problems] li").first).to_be_visible()
        choice = sheet.locator("[data-part=check-choices] button").filter(has_not_text="opened").first
        if choice.is_visible():
            choice.click()

    def pace(self, factor: int) -> None:
        """How fast the demonstration's clock runs."""
        self.write("speed", factor=factor)

    def write(self, kind: str, **payload: Any) -> dict[str, Any]:
        """An entry sent past the screen, with the page's own cookie and token."""
        asked = {"session": self.session, "kind": kind, "payload": payload}
        result: dict[str, Any] = self.page.evaluate(_POST, asked)
        assert result["status"] == "saved", result
        return result

    def json(self, name: str) -> dict[str, Any]:
        """What the server tells screens: `state` or `forecast`."""
        answer = self.page.request.get(f"/room/{self.session}/{name}.json")
        assert answer.ok, answer.status
        found: dict[str, Any] = answer.json()
        return found

    def wait_until(self, moment: str) -> None:
        """Wait until the room's clock shows this moment."""
        self.page.evaluate(_UNTIL, [self.session, moment])
