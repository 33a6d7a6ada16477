"""Every page there is, for whom it is and how one comes to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect
from tests.e2e.room import SOON_MS, Room

Made = dict[str, Any]
# The crowd is asked while an order is typed, and what is half written is refused with what it still needs.
HALF_WRITTEN = ("422 (Unprocessable Entity)",)
_ORDER = "/patients/{planned}/orders/new/"


def _nothing(_page: Page) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page. `address` is filled in from what the seed made; `then` is what a person does once there."""

    name: str
    who: str | None
    address: str
    then: Callable[[Page], None] = _nothing
    expected: tuple[str, ...] = ()

    def visit(self, page: Page, made: Made) -> None:
        """Go there, do what is done there, and wait until it stands."""
        page.goto(self.address_in(made))
        expect(page.locator("h1").first).to_be_attached()
        self.then(page)

    def address_in(self, made: Made) -> str:
        """The address, in the clinic that was made for these tests."""
        rooms = {name: room["session"] for name, room in made["rooms"].items()}
        return self.address.format(**{**made, **rooms})

    def __str__(self) -> str:
        return self.name


def write_order(page: Page) -> None:
    """Fill the form for 35 mg into a muscle, with a booster, and wait for the crowd's answer."""
    page.get_by_label("Racemic ketamine").check()
    page.locator("input[name=route][value=im]").check()
    page.locator("input[name=dose]").fill("35")
    page.locator("input[name=booster][value=one]").check()
    for name, value in {"booster_amount": "10", "booster_earliest": "15", "booster_latest": "45"}.items():
        page.locator(f"input[name={name}]").fill(value)
    # The answer to the last keystroke: a page that is left with a question open complains of it.
    with page.expect_response(lambda answer: "hard_max=45" in (answer.request.post_data or "")):
        page.locator("input[name=hard_max]").fill("45")
    expect(page.locator("#preview .with-booster").first).to_be_visible(timeout=SOON_MS)
    expect(page.locator("#preview #chart-depth canvas")).to_be_visible(timeout=SOON_MS)
    expect(page.locator(".htmx-request")).to_have_count(0, timeout=SOON_MS)


def _marked(page: Page) -> None:
    """Wait until the demonstration's finished visit has scored its forecasts."""
    for _attempt in range(60):
        if page.locator("svg.plot").count():
            return
        page.wait_for_timeout(500)
        page.reload()


def _read_over(page: Page) -> None:
    write_order(page)
    page.get_by_role("button", name="Read it over, then sign").click()
    expect(page.get_by_role("button", name="Sign as")).to_be_visible(timeout=SOON_MS)


def _unfold(page: Page) -> None:
    """Unfold everything, so that what is folded is looked at too."""
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    expect(page.locator("main details:not([open])")).to_have_count(0)


def _refused(page: Page) -> None:
    page.get_by_role("button", name="Save patient").click()
    expect(page.locator("#faults")).to_be_visible()


def _stands(page: Page) -> None:
    Room(page, "").ready()
    expect(page.locator("[data-part=chart-depth] canvas").first).to_be_visible(timeout=SOON_MS)
    expect(page.locator("[data-part=number-depth] [data-part=value]")).not_to_have_text("–", timeout=SOON_MS)


def _demo_room(page: Page) -> None:
    page.get_by_role("link", name="Enter the room of Ada Sample").click()
    _stands(page)


def _dose_checked(page: Page) -> None:
    """The dose's sheet, a wrong vial scanned, everything unfolded."""
    room = Room(page, "").ready()
    sheet = room.open("dose")
    room.scan(sheet, "KETOROLAC 30 mg/mL")
    expect(sheet.locator(".verdict.wrong")).to_be_visible()
    sheet.locator("summary").click()


def _over(page: Page) -> None:
    page.get_by_role("link", name="Look back").first.click()
    Room(page, "").ready()
    expect(page.locator("[data-part=chart-depth] canvas").first).to_be_visible(timeout=SOON_MS)
    expect(page.locator("[data-part=ended]")).to_contain_text("Left the room")


def _left(page: Page) -> None:
    _over(page)
    page.get_by_role("link", name="Leaving").click()
    expect(page.get_by_role("heading", name="Has left")).to_be_visible(timeout=SOON_MS)


def _report(page: Page) -> None:
    page.locator("main .rows a.row").first.click()
    expect(page.get_by_role("heading", name="What was kept")).to_be_visible()


def _container(page: Page) -> None:
    page.locator("main a.row[href*='/containers/']").first.click()
    expect(page.get_by_role("heading", name="Ledger", exact=True)).to_be_visible()


def _waste(page: Page) -> None:
    _container(page)
    page.get_by_role("link", name="Waste").click()
    expect(page.get_by_role("group", name="Somebody else has seen it")).to_be_visible()


def _own_agreement(page: Page) -> None:
    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_role("heading", name="What I said yes to")).to_be_visible()


PLACES = (
    Place(name="sign-in", who=None, address="/sign-in/"),
    Place(name="home-prescriber", who="prescriber", address="/"),
    Place(name="home-monitor", who="monitor", address="/"),
    Place(name="home-guide", who="guide", address="/"),
    Place(name="home-owner", who="owner", address="/"),
    Place(name="home-patient", who="patient", address="/"),
    Place(name="insight", who="prescriber", address="/insight/", then=_marked),
    Place(name="new-person", who="owner", address="/people/new/"),
    Place(name="signs", who="owner", address="/people/signs/"),
    Place(name="patients", who="monitor", address="/patients/"),
    Place(name="patient", who="prescriber", address="/patients/{ready[patient]}/"),
    Place(
        name="medicines",
        who="prescriber",
        address="/patients/{medicated}/reconciliation/",
        then=_unfold,
    ),
    Place(name="new-patient", who="monitor", address="/patients/new/"),
    Place(
        name="new-patient-refused", who="monitor", address="/patients/new/", then=_refused, expected=("422",)
    ),
    Place(name="order", who="prescriber", address=_ORDER, then=write_order, expected=HALF_WRITTEN),
    Place(name="order-read-over", who="prescriber", address=_ORDER, then=_read_over, expected=HALF_WRITTEN),
    Place(name="order-signed", who="prescriber", address="/orders/{ready[order]}/"),
    Place(name="open-room", who="monitor", address="/room/open/{ready[order]}/"),
    Place(name="room", who="monitor", address="/room/{shown}/", then=_stands),
    Place(name="room-dose", who="monitor", address="/room/{undosed}/", then=_dose_checked),
    Place(name="room-in-progress", who="monitor", address="/", then=_demo_room),
    Place(name="room-over", who="monitor", address="/", then=_over),
    Place(name="left", who="monitor", address="/", then=_left),
    Place(name="room-watched", who="guide", address="/room/{shown}/watch/", then=_stands),
    Place(name="visit", who="patient", address="/room/{visit}/"),
    Place(name="leaving", who="monitor", address="/room/{shown}/leave/"),
    Place(name="devices", who="monitor", address="/room/{shown}/devices/"),
    Place(name="no-connection", who="monitor", address="/room/offline/"),
    Place(name="nothing-here", who="monitor", address="/nothing/here/", expected=("404",)),
    Place(name="agreement", who="guide", address="/patients/{ready[patient]}/agreement/"),
    Place(name="agreement-drawn-up", who="guide", address="/patients/{ready[patient]}/agreement/draw-up/"),
    Place(name="agreement-log", who="guide", address="/patients/{ready[patient]}/agreement/log/"),
    Place(name="agreement-own", who="patient", address="/", then=_own_agreement),
    Place(name="card", who="monitor", address="/room/{shown}/card/"),
    Place(name="gone", who="monitor", address="/room/{shown}/leave/anyway/"),
    Place(name="screening", who="prescriber", address="/patients/{ready[patient]}/screening/"),
    Place(
        name="screening-of-today", who="monitor", address="/patients/{ready[patient]}/screening/?stage=day"
    ),
    Place(name="questions", who="guide", address="/patients/{ready[patient]}/screening/questions/heart/"),
    Place(
        name="questions-before", who="guide", address="/patients/{ready[patient]}/screening/questions/mind/"
    ),
    Place(
        name="questions-today", who="monitor", address="/patients/{ready[patient]}/screening/questions/day/"
    ),
    Place(name="answers", who="guide", address="/patients/{ready[patient]}/screening/answers/"),
    Place(name="ready", who="monitor", address="/room/{shown}/ready/"),
    Place(name="ready-before", who="monitor", address="/room/open/{ready[order]}/ready/"),
    Place(name="long-view", who="prescriber", address="/patients/{ready[patient]}/screening/long-view/"),
    Place(name="tell", who=None, address="/tell/"),
    Place(name="told-before", who="patient", address="/mine/"),
    Place(name="own-account", who="patient", address="/mine/account/"),
    Place(name="reports", who="reviewer", address="/reports/"),
    Place(name="report", who="reviewer", address="/reports/", then=_report),
    Place(name="rescue-kit", who="monitor", address="/rescue/kit/"),
    Place(name="rules", who="owner", address="/rules/"),
    Place(name="rules-to-sign", who="owner", address="/rules/chapter/room/"),
    Place(name="rule", who="prescriber", address="/rules/rule/E13/"),
    Place(name="cabinet", who="owner", address="/cabinet/"),
    Place(name="new-product", who="owner", address="/cabinet/products/new/"),
    Place(name="receive", who="owner", address="/cabinet/receive/"),
    Place(name="container", who="owner", address="/cabinet/", then=_container),
    Place(name="waste", who="monitor", address="/cabinet/", then=_waste),
    Place(name="count", who="monitor", address="/cabinet/count/weekly/"),
    Place(name="stock-cases", who="owner", address="/cabinet/cases/"),
    Place(name="ledger", who="owner", address="/cabinet/ledger/"),
    Place(name="not-yours", who="owner", address="/patients/", expected=("403",)),
)
