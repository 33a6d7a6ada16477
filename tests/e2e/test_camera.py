"""The tablet's camera reads the code on a vial, on the page of the room and nowhere else."""

from typing import Any

from playwright.sync_api import Page, expect
from tests.e2e.complaints import Complaints
from tests.e2e.conftest import SignedIn
from tests.e2e.people import VIAL
from tests.e2e.room import SOON_MS, Room

# Chromium reads codes on tablets and not on Linux: this stands for the reader that a tablet brings along. It
# is given what the camera really shows, and reads nothing from a picture without light.
_READER = """
globalThis.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["data_matrix", "qr_code", "pdf417"]); }
  constructor({ formats }) { globalThis.askedFor = formats; }
  async detect(video) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const drawing = canvas.getContext("2d");
    drawing.drawImage(video, 0, 0);
    const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    const isLit = data.some((value, at) => at % 4 !== 3 && value > 0);
    return isLit && globalThis.shown ? [{ rawValue: globalThis.shown }] : [];
  }
};
"""


def _live_tracks(page: Page) -> int:
    return int(
        page.evaluate(
            "() => (document.querySelector('[data-part=check-video]').srcObject?.getTracks() ?? [])"
            ".filter((one) => one.readyState === 'live').length"
        )
    )


def test_the_camera_reads_a_vial_and_is_off_again(signed_in: SignedIn, made: dict[str, Any]):
    context = signed_in("monitor")
    context.grant_permissions(["camera"])
    page = context.new_page()
    page.add_init_script(_READER)
    room = Room(page, made["rooms"]["undosed"]["session"]).enter()
    sheet = room.open("dose")
    sheet.get_by_role("button", name="Camera").click()
    expect(sheet.locator("video")).to_be_visible(timeout=SOON_MS)
    expect(sheet.get_by_role("button", name="Stop the camera")).to_be_visible(timeout=SOON_MS)
    assert _live_tracks(page) == 1
    assert page.evaluate("() => globalThis.askedFor") == ["data_matrix", "qr_code"]
    page.evaluate("(code) => { globalThis.shown = code; }", VIAL)
    room.choose(sheet)
    expect(sheet.locator(".verdict")).to_contain_text("It matches the order", timeout=SOON_MS)
    expect(sheet.locator("video")).to_be_hidden()
    assert _live_tracks(page) == 0


def test_a_camera_that_is_left_on_goes_off_with_its_sheet(signed_in: SignedIn, made: dict[str, Any]):
    context = signed_in("monitor")
    context.grant_permissions(["camera"])
    page = context.new_page()
    page.add_init_script(_READER)
    sheet = Room(page, made["rooms"]["undosed"]["session"]).enter().open("dose")
    sheet.get_by_role("button", name="Camera").click()
    expect(sheet.get_by_role("button", name="Stop the camera")).to_be_visible(timeout=SOON_MS)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert _live_tracks(page) == 0


def test_whoever_allows_no_camera_is_told_and_types_the_code(signed_in: SignedIn, made: dict[str, Any]):
    page = signed_in("monitor").new_page()
    page.add_init_script(_READER)
    room = Room(page, made["rooms"]["undosed"]["session"]).enter()
    sheet = room.open("dose")
    sheet.get_by_role("button", name="Camera").click()
    expect(sheet.get_by_role("button", name="No camera here")).to_be_visible(timeout=SOON_MS)
    room.scan(sheet, VIAL)
    expect(sheet.locator(".verdict")).to_contain_text("It matches the order", timeout=SOON_MS)


def test_no_other_page_may_use_a_camera(signed_in: SignedIn, complaints: Complaints):
    complaints.expect("camera is not allowed in this document", "VideoCapture permission has been blocked")
    context = signed_in("monitor")
    context.grant_permissions(["camera"])
    page = context.new_page()
    page.goto("/")
    asked = "() => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'on', (why) => why.name)"
    assert page.evaluate(asked) == "NotAllowedError"
