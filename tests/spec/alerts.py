"""Readings beyond their limits."""

from collections.abc import Iterable

from tests.rooms import Room, minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.alerts import alerts
from slackwater.rules.room.log import VitalSource
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room.alarms
CONTENT = "No alert."


def case(when: str, *says: str, room: Room, at: float = 20) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(alerts(room.state(), at=minute(at), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def dosed() -> Room:
    """A baseline of 118/74 and a dose at minute 0."""
    return Room().bp(-10, 118, 74).dose(0)


def one(code: str, value: float, *says: str) -> Case:
    names = {"spo2": "saturation", "hr": "heart rate", "sbp": "systolic", "dbp": "diastolic"}
    return case(f"{names[code]} {value:g}", *says, room=Room().dose(0).vitals(20, **{code: value}))


def alertness(moaas: int, *says: str) -> Case:
    return case(f"alertness {moaas} of 5", *says, room=Room().dose(0).alert(20, moaas))


def rise(sbp: int, dbp: int, *says: str) -> Case:
    return case(f"{sbp}/{dbp} after a baseline of 118/74", *says, room=dosed().bp(20, sbp, dbp))


SATURATION = (
    one("spo2", 92), one("spo2", 91.9, "M03 warn"), one("spo2", 91, "M03 warn"),
    one("spo2", 90, "M03 warn"), one("spo2", 89.9, "M03 stop"), one("spo2", 89, "M03 stop"),
)  # fmt: skip

PRESSURE = (
    one("sbp", 159), one("sbp", 160, "M04 warn"), one("sbp", 161, "M04 warn"),
    one("dbp", 99), one("dbp", 100, "M04 warn"), one("dbp", 101, "M04 warn"),
    rise(157, 80), rise(158, 80, "M04 warn"), rise(159, 80, "M04 warn"),
    rise(130, 98), rise(130, 99, "M04 warn"),
    case("156/80 and no baseline", room=Room().dose(0).bp(20, 156, 80)),
    case("118/74 recorded 30 min late, after 165/80", "M04 warn",
         room=dosed().bp(18, 165, 80).bp(10, 118, 74, late=30)),
)  # fmt: skip

SUSTAINED = (
    case("180/90 once", "M04 warn", room=dosed().bp(20, 180, 90)),
    case("180/90, then 179/90", "M04 warn", room=dosed().bp(15, 180, 90).bp(20, 179, 90)),
    case("180/90, then 180/90", "M05 stop", "M04 warn", room=dosed().bp(15, 180, 90).bp(20, 180, 90)),
    case("150/109, then 150/110", "M04 warn", room=dosed().bp(15, 150, 109).bp(20, 150, 110)),
    case("150/110, then 150/110", "M05 stop", "M04 warn", room=dosed().bp(15, 150, 110).bp(20, 150, 110)),
    case("180/90 twice while an infusion runs", "M05 stop", "M04 warn",
         room=Room().bp(-10, 150, 88).dose(0, route=Route.IV, over=40).bp(15, 180, 90).bp(20, 181, 90)),
)  # fmt: skip

HEART = (
    one("hr", 44, "M06 warn"), one("hr", 44.9, "M06 warn"), one("hr", 45), one("hr", 46),
    one("hr", 119), one("hr", 120), one("hr", 120.1, "M06 warn"), one("hr", 121, "M06 warn"),
)  # fmt: skip

ALERTNESS = (
    alertness(5), alertness(4), alertness(3, "M07 warn"), alertness(2, "M07 warn"),
    alertness(1, "M07 stop"), alertness(0, "M07 stop"),
)  # fmt: skip

UNTRUE = (
    case("the oximeter is disconnected after 97 %", "M03 unknown",
         room=Room().dose(0).vitals(10, spo2=97).vitals(20, source=VitalSource.MONITOR, spo2=0,
                                                        quality=Quality.DISCONNECTED)),
    case("a cuff that is not a true reading", "M04 unknown",
         room=Room().dose(0).vitals(20, sbp=300, dbp=10, quality=Quality.ARTEFACT)),
    case("the same, then 118/74", room=Room().dose(0).vitals(18, sbp=300, dbp=10, quality=Quality.ARTEFACT)
         .bp(20, 118, 74)),
    case("165/80, then a cuff that is not a true reading", "M04 warn", "M04 unknown",
         room=Room().dose(0).bp(15, 165, 80).vitals(20, sbp=300, dbp=10, quality=Quality.ARTEFACT)),
    case("breathing not found", "M03 unknown",
         room=Room().dose(0).vitals(20, source=VitalSource.MONITOR, rr=0, quality=Quality.DISCONNECTED)),
)  # fmt: skip

AGE = (
    case("165/80 taken at minute 20, asked at minute 42: it stays, with its age", "M04 warn", at=42,
         room=dosed().bp(20, 165, 80)),
    case("165/80 struck out as the wrong patient's", room=dosed().bp(20, 165, 80).struck(20, 4)),
    case("several at once, stops first", "M07 stop", "M03 warn", "M04 warn",
         room=dosed().vitals(20, sbp=165, dbp=80, spo2=91).alert(20, 1)),
)  # fmt: skip

PAGE = Page(
    slug="alerts",
    title="Alerts in the room",
    intro=(
        "Which of the last true readings call for somebody, each tried just under its limit, at it"
        " and just over it. A reading that is not true is never compared, and is told instead. This"
        " screen is second to the certified monitor. Unless a row says otherwise a dose was given at"
        " minute 0 and it is minute 20."
    ),
    sections=(
        Section(title="Oxygen saturation", cases=SATURATION, content=CONTENT),
        Section(title="Blood pressure", cases=PRESSURE, content=CONTENT),
        Section(title="Two readings running", cases=SUSTAINED, content=CONTENT),
        Section(title="Heart rate", cases=HEART, content=CONTENT),
        Section(title="Alertness", cases=ALERTNESS, content=CONTENT),
        Section(title="No true reading", cases=UNTRUE, content=CONTENT),
        Section(title="Age, mistakes and order", cases=AGE, content=CONTENT),
    ),
    rows=rows_of(LIMITS),
)
