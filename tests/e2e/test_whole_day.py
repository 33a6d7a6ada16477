"""From signing in to the report on paper, and on to the next agreement, as a clinic lives it."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from tests.e2e.agreeing import draw_up
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.places import HALF_WRITTEN
from tests.e2e.room import AT_ONCE_MS, SOON_MS, Room

_CHECKS = ("oriented", "gait", "drinks", "distress", "hallucinations", "safety", "escort", "advice")


PHONE = {"width": 390, "height": 844}


def test_a_day_on_two_tablets_and_a_phone_from_the_order_to_the_report(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect(*HALF_WRITTEN)
    prescriber = signed_in("prescriber").new_page()
    order_url = _order_is_written(prescriber, made["planned"])

    bedside = signed_in("monitor")
    nurse = _room_is_opened(bedside.new_page(), order_url)
    guide = Room(signed_in("guide").new_page(), nurse.session).enter(watch=True)

    _what_is_missing_is_named(nurse)
    _staff_sign_in(nurse, guide)
    _first_dose_is_given(nurse, guide)
    phone = Room(signed_in("ines-planned", viewport=PHONE).new_page(), nurse.session).enter()
    _rating_moves_the_band(nurse, guide)
    _she_says_no_on_her_phone(phone, nurse, guide)
    _a_wish_permits_nothing(nurse, guide, phone)
    _nothing_wider_is_drawn_up(guide, made["planned"])
    _she_tells_that_something_went_wrong(phone, guide, signed_in("reviewer").new_page())
    _network_is_lost_and_found(nurse, guide, complaints)
    _leaving_too_early_lists_every_barrier(nurse)
    _two_hours_pass(nurse)
    _patient_leaves(nurse, guide)
    expect(phone.part("ended")).to_contain_text("Your visit ended", timeout=AT_ONCE_MS)
    _report_is_downloaded(nurse.page)


def _order_is_written(page: Page, patient: str) -> str:
    page.goto("/patients/")
    page.get_by_role("link", name="Planned, Ines").click()
    page.get_by_role("link", name="New order").click()
    page.get_by_label("Racemic ketamine").check()
    page.locator("input[name=route][value=im]").check()
    page.locator("input[name=dose]").fill("35")
    page.locator("input[name=hard_max]").fill("35")
    expect(page.locator("#preview #chart-depth canvas")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("#preview")).to_contain_text("9 in 10")
    page.get_by_role("button", name="Read it over, then sign").click()
    expect(page.get_by_role("heading", name="Read it over, then sign")).to_be_visible(timeout=SOON_MS)
    expect(page.locator(".order-words")).to_contain_text("35 mg")
    page.get_by_role("button", name="Sign as").click()
    page.wait_for_url("**/orders/*/")
    assert patient not in page.url
    return page.url


def _room_is_opened(page: Page, order_url: str) -> Room:
    page.goto("/")
    ready = page.locator("section", has=page.get_by_role("heading", name="Signed and ready to open"))
    ready.locator("li", has_text="Ines Planned").get_by_role("link", name="Open the room").click()
    assert order_url.rstrip("/").rsplit("/", 1)[-1] in page.url
    page.get_by_label("I asked the name and the birth date").check()
    page.get_by_label("The weight on the order is today's").check()
    page.get_by_label("I asked again today, sober").check()
    for name, value in {"sbp": "122", "dbp": "78", "hr": "70", "spo2": "98"}.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("input[name=moaas][value='5']").check()
    page.get_by_label("Room", exact=True).fill("Harbour room")
    page.get_by_role("button", name="Open the room").click()
    page.wait_for_url("**/room/*/")
    room = Room(page, page.url.rstrip("/").rsplit("/", 1)[-1]).ready()
    expect(room.lines("122/78 mmHg")).to_have_count(1)
    expect(room.lines("Alertness 5")).to_have_count(1)
    return room


def _what_is_missing_is_named(nurse: Room) -> None:
    page = nurse.page
    page.get_by_role("link", name="What is ready for the first dose").click()
    expect(page.get_by_role("status").first).to_contain_text("still to settle")
    expect(page.locator(".board .open h2")).to_have_text(["Two members of staff"])
    page.get_by_role("link", name="The room", exact=True).click()
    nurse.ready()


def _staff_sign_in(nurse: Room, guide: Room) -> None:
    expect(nurse.part("here-missing")).to_contain_text("Nobody is signed in as being in the room")
    nurse.page.get_by_role("button", name="I'm within earshot").click()
    beside = Room(guide.page.context.new_page(), nurse.session).enter()
    beside.page.get_by_role("button", name="I'm in the room").click()
    expect(nurse.part("here").locator("li")).to_have_count(2, timeout=AT_ONCE_MS)
    expect(nurse.part("here-missing")).to_be_hidden()
    beside.page.close()


def _first_dose_is_given(nurse: Room, guide: Room) -> None:
    expect(nurse.part("crowd-says")).to_contain_text("ordered dose", timeout=SOON_MS)
    sheet = nurse.give_dose()
    expect(sheet.locator("[data-part=dose-answer]")).to_contain_text(
        "Yes. 35 mg is recorded", timeout=SOON_MS
    )
    expect(guide.lines("Dose 35 mg")).to_have_count(1, timeout=AT_ONCE_MS)
    sheet.get_by_role("button", name="Close", exact=True).click()
    expect(nurse.lines("Dose 35 mg")).to_have_count(1)
    expect(nurse.part("ready-link")).to_be_hidden()


def _rating_moves_the_band(nurse: Room, guide: Room) -> None:
    dosed_at = next(one["happened_at"] for one in nurse.json("state")["entries"] if one["kind"] == "dose")
    nurse.pace(600)
    nurse.wait_until(_later(dosed_at, minutes=15))
    nurse.pace(1)
    before, sureness = nurse.json("forecast"), guide.part("crowd-basis").inner_text()
    nurse.rate(7)
    expect(guide.lines("Rating 7")).to_have_count(1, timeout=AT_ONCE_MS)
    expect(guide.part("crowd-basis")).not_to_have_text(sureness, timeout=SOON_MS)
    expect(_figure(guide, "number-rating")).to_have_text("7")
    after = nurse.json("forecast")
    assert after["quantities"]["depth"]["now"]["p50"] != before["quantities"]["depth"]["now"]["p50"]
    assert after["quantities"]["depth"]["prior"] == before["quantities"]["depth"]["prior"]


def _she_says_no_on_her_phone(phone: Room, nurse: Room, guide: Room) -> None:
    sheet = phone.open("agreed")
    sheet.get_by_role("button", name="Guido Guiding, hands: yes.").locator("circle").first.click()
    expect(sheet.get_by_role("button", name="Guido Guiding, hands: no.")).to_be_disabled()
    phone.page.keyboard.press("Escape")
    for tablet in (nurse, guide):
        expect(tablet.part("nos")).to_contain_text("No to: Guido Guiding: hands.", timeout=AT_ONCE_MS)
        expect(tablet.part("agreed-says")).to_contain_text("No touch")
        tablet.part("nos").get_by_role("button", name="Seen").click()
        expect(tablet.part("nos")).to_be_hidden()


def _a_wish_permits_nothing(nurse: Room, guide: Room, phone: Room) -> None:
    sheet = nurse.open("agreed")
    sheet.get_by_text("They ask for more than was agreed").click()
    expect(sheet.get_by_text("Today we keep to what you chose before.")).to_be_visible()
    sheet.get_by_role("button", name="Guido Guiding: feet", exact=True).click()
    expect(sheet.locator("[data-part=wish-kept]")).to_contain_text("Nothing changes today")
    expect(sheet.get_by_role("button", name="Guido Guiding, feet: no.")).to_be_disabled()
    nurse.page.keyboard.press("Escape")
    for screen in (guide, phone):
        expect(screen.lines("Asked for: Guido Guiding: feet")).to_have_count(1, timeout=AT_ONCE_MS)
        expect(screen.part("agreed-says")).to_contain_text("No touch")


def _nothing_wider_is_drawn_up(guide: Room, patient: str) -> None:
    page = guide.page.context.new_page()
    page.goto(f"/patients/{patient}/agreement/")
    expect(page.get_by_role("heading", name="It can only be narrowed now")).to_be_visible()
    expect(page.get_by_role("link", name="Draw one up")).to_have_count(0)
    page.goto(f"/patients/{patient}/agreement/draw-up/")
    draw_up(page, "Guido Guiding may touch my hands")
    expect(page.locator("#faults")).to_contain_text("under the drug", timeout=SOON_MS)
    expect(page.get_by_label("The word that stops everything")).to_have_value("amber")
    page.close()


def _she_tells_that_something_went_wrong(phone: Room, guide: Room, reviewer: Page) -> None:
    """Two taps; the reviewer has it, and the guide, whom she names, opens it by no address."""
    reviewer.goto("/reports/")
    before = reviewer.locator("main a[href^='/reports/']").count()
    page = phone.page
    page.get_by_role("link", name="Something went wrong").first.click()
    page.locator("button.subject").first.click()
    expect(page.get_by_role("heading", name="What I told")).to_be_visible(timeout=SOON_MS)
    page.get_by_label("Guido Guiding").check()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept.")).to_be_visible(timeout=SOON_MS)
    report = page.url.rstrip("/").rsplit("/", 1)[-1]
    phone.enter()
    reviewer.reload()
    expect(reviewer.locator("main a[href^='/reports/']")).to_have_count(before + 1)
    assert reviewer.request.get(f"/reports/{report}/").status == 200
    for address in ("/reports/", f"/reports/{report}/", f"/mine/{report}/"):
        assert guide.page.request.get(address).status in {403, 404}, address


def _network_is_lost_and_found(nurse: Room, guide: Room, complaints: Complaints) -> None:
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    nurse.page.context.set_offline(True)
    sheet = nurse.open("dose")
    expect(sheet.get_by_text("A dose is never authorised offline")).to_be_visible()
    expect(sheet.locator("[data-part=give]")).to_be_disabled()
    sheet.get_by_role("button", name="Close", exact=True).click()
    nurse.rate(6)
    expect(nurse.part("connection")).to_have_text("1 entry waiting")
    expect(nurse.lines("Rating 6")).to_contain_text("waiting to be sent")
    expect(guide.lines("Rating 6")).to_have_count(0)
    nurse.page.context.set_offline(False)
    expect(guide.lines("Rating 6")).to_have_count(1, timeout=SOON_MS)
    expect(nurse.part("connection")).to_have_text("Live, all saved", timeout=SOON_MS)
    expect(nurse.lines("Rating 6")).to_have_count(1)
    sent = [one for one in nurse.json("state")["entries"] if one["payload"] == {"depth": 6}]
    assert len(sent) == 1
    for tablet in (nurse, guide):
        expect(tablet.part("agreed-says")).to_contain_text("No touch")


def _leaving_too_early_lists_every_barrier(nurse: Room) -> None:
    page = nurse.page
    page.get_by_role("link", name="Leaving").click()
    expect(page.get_by_role("heading", name="Leaving", exact=True)).to_be_visible(timeout=SOON_MS)
    sources = " ".join(page.locator(".barrier .source").all_inner_texts())
    for rule in (
        "M11", "P06", "CROWD-01", "R04.oriented", "R04.gait", "R05", "R06.distress", "R06.safety",
        "R06.perception", "R06.advice",
    ):  # fmt: skip
        assert f"{rule} ·" in sources, rule
    expect(page.locator(".barrier").first.get_by_text("What clears it:")).to_be_visible()
    expect(page.get_by_text("Nobody may set that aside.")).to_be_visible()
    expect(page.get_by_role("button", name="They have left")).to_have_count(0)
    page.get_by_role("link", name="Back to the room").click()
    nurse.ready()


def _two_hours_pass(nurse: Room) -> None:
    dosed_at = next(one["happened_at"] for one in nurse.json("state")["entries"] if one["kind"] == "dose")
    nurse.pace(600)
    nurse.wait_until(_later(dosed_at, minutes=160))
    nurse.pace(1)


def _patient_leaves(nurse: Room, guide: Room) -> None:
    nurse.rate(0)
    nurse.vitals(sbp=120, dbp=77, hr=68, spo2=98)
    nurse.alertness(5)
    sheet = nurse.open("checks")
    for item in _CHECKS:
        _answer_yes(sheet, item)
    expect(nurse.part("connection")).to_have_text("Live, all saved", timeout=SOON_MS)
    expect(guide.lines(": yes")).to_have_count(len(_CHECKS) + 1, timeout=SOON_MS)
    sheet.get_by_role("link", name="To leaving").click()
    page = nurse.page
    expect(page.get_by_text("Nothing bars the way.")).to_be_visible(timeout=SOON_MS)
    page.get_by_label("they are leaving now with their escort").check()
    page.get_by_role("button", name="They have left").click()
    expect(page.get_by_role("heading", name="Has left")).to_be_visible(timeout=SOON_MS)
    expect(guide.part("ended")).to_contain_text("Left the room", timeout=AT_ONCE_MS)


def _report_is_downloaded(page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="The report (PDF)").click()
    reader = PdfReader(BytesIO(waiting.value.path().read_bytes()))
    assert 1 <= len(reader.pages) <= 3
    words = " ".join(page.extract_text() for page in reader.pages)
    for said in ("Ines Planned", "35 mg", "RK1"):
        assert said in words, said


def _answer_yes(sheet: Locator, item: str) -> None:
    row = sheet.locator(f"[data-check={item}]")
    row.get_by_role("button", name="Yes").click()
    expect(row.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")


def _figure(room: Room, name: str) -> Locator:
    return room.part(name).locator("[data-part=value]")


def _later(moment: str, *, minutes: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).isoformat()
