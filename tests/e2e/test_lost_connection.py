"""A connection is lost in every way a tablet can lose it, and nothing is lost with it."""

from typing import Any

from playwright.sync_api import Route, expect
from tests.e2e.cable import Cable
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.room import LATE_MS, SOON_MS, Room


def test_what_was_written_before_a_page_closed_offline_arrives_once(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    context = signed_in("monitor")
    session = made["rooms"]["closed"]["session"]
    room = Room(context.new_page(), session).enter()
    context.set_offline(True)
    room.rate(4)
    room.note("Asked for the window to be opened.")
    expect(room.part("connection")).to_have_text("2 entries waiting")
    room.page.close()
    context.set_offline(False)

    again = Room(context.new_page(), session).enter()
    expect(again.part("connection")).to_have_text("Live, all saved", timeout=SOON_MS)
    expect(again.lines("Rating 4")).to_have_count(1)
    expect(again.lines("Asked for the window")).to_have_count(1)
    assert _kept(again, {"depth": 4}) == 1
    assert _kept(again, {"text": "Asked for the window to be opened."}) == 1


def test_a_reload_without_a_network_says_what_waits_and_loses_nothing(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_INTERNET_DISCONNECTED")
    context = signed_in("monitor")
    room = Room(context.new_page(), made["rooms"]["reloaded"]["session"]).enter()
    room.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    room.rate(5)
    expect(room.part("connection")).to_have_text("1 entry waiting")
    room.page.reload()
    expect(room.page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(room.part("count")).to_have_text("1 entry waits on this device")
    expect(room.page.get_by_text("A dose is never authorised offline.")).to_be_visible()
    context.set_offline(False)

    room.ready()
    expect(room.part("connection")).to_have_text("Live, all saved", timeout=SOON_MS)
    expect(room.lines("Rating 5")).to_have_count(1)
    assert _kept(room, {"depth": 5}) == 1


def test_a_network_that_goes_dead_is_noticed_and_what_was_written_arrives_in_order(
    signed_in: SignedIn, made: dict[str, Any], cable: Cable, complaints: Complaints
):
    complaints.expect("net::ERR", "signal timed out", "TimeoutError")
    context = signed_in("monitor", base_url=cable.address)
    room = Room(context.new_page(), made["rooms"]["lost"]["session"]).enter()
    expect(room.part("connection")).to_have_text("Live, all saved")
    before = len(room.json("state")["entries"])
    with cable.dead():
        for depth in (3, 4, 5):
            room.rate(depth)
            expect(room.lines(f"Rating {depth}")).to_contain_text("waiting to be sent")
        # The server gives a sign of life every five seconds; after ten without one the screen must say so.
        expect(room.part("silent")).to_contain_text("Not live since", timeout=SOON_MS)
        expect(room.part("connection")).to_have_text("3 entries waiting")
        sheet = room.open("dose")
        expect(sheet.get_by_text("A dose is never authorised offline")).to_be_visible()
        expect(sheet.locator("[data-part=give]")).to_be_disabled()
        room.page.keyboard.press("Escape")
    expect(room.part("connection")).to_have_text("Live, all saved", timeout=LATE_MS)
    expect(room.part("silent")).to_be_hidden()
    sent = room.json("state")["entries"][before:]
    assert [one["payload"]["depth"] for one in sent] == [3, 4, 5]
    assert [one["happened_at"] for one in sent] == sorted({one["happened_at"] for one in sent})


def test_a_dose_whose_answer_is_lost_is_recorded_once_and_never_taken_for_a_yes(
    signed_in: SignedIn, made: dict[str, Any], complaints: Complaints
):
    complaints.expect("net::ERR_FAILED")
    room = Room(signed_in("monitor").new_page(), made["rooms"]["torn"]["session"]).enter()
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if "dose" in (route.request.post_data or "") and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    room.page.route("**/ingest", lose_the_first_answer)
    answer = room.give_dose().locator("[data-part=dose-answer]")
    expect(answer).to_contain_text("Don't give anything: whether it was recorded is not known")
    expect(answer).to_contain_text("It was recorded earlier and counts as given.", timeout=SOON_MS)
    assert '"saved"' in lost[0]
    doses = [one for one in room.json("state")["entries"] if one["kind"] == "dose"]
    assert len(doses) == 1


def _kept(room: Room, payload: dict[str, Any]) -> int:
    """How often the server has this."""
    return sum(one["payload"] == payload for one in room.json("state")["entries"])
