"""The first dose."""

from collections.abc import Iterable
from dataclasses import replace

from tests.rooms import Room, minute, terms
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room import doses
from slackwater.rules.room.doses import may_give
from slackwater.rules.room.log import CheckItem, DoseGiven, VitalSource
from slackwater.rules.room.order import OrderTerms
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room
CONTENT = "The dose may be given."
DOSE = DoseGiven(number=1, drug=Drug.RACEMIC, route=Route.IM, amount_ug=35_000, duration_s=0)


def wired(*, age: int | None = 34, opened: float = -60, baseline: tuple[int, int] | None = None) -> Room:
    """Asked again today; heart rate 70 and saturation 98 % five minutes before."""
    return asked(Room(age=age, opened=opened, baseline=baseline)).vitals(-5, hr=70, spo2=98)


def asked(room: Room, *, at: float = -12, passed: bool = True) -> Room:
    return room.check(at, CheckItem.CONSENT_TODAY, passed=passed)


def calm(*, age: int | None = 34) -> Room:
    """Pressure 118/74 and full alertness ten minutes before, heart rate and saturation five."""
    return wired(age=age).bp(-10, 118, 74).alert(-10, 5)


def case(
    when: str,
    *says: str,
    room: Room | None = None,
    dose: DoseGiven = DOSE,
    order: OrderTerms | None = None,
    at: float = 0,
) -> Case:
    def asks() -> Iterable[Said]:
        state = (room or calm()).state()
        return from_findings(may_give(dose, order or terms(), state, at=minute(at), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def pressure(sbp: int, dbp: int, *says: str, age: int | None = 34) -> Case:
    """A pressure measured twice, so that only its height counts."""
    room = wired(age=age).bp(-15, sbp, dbp).bp(-5, sbp, dbp).alert(-5, 5)
    return case(f"{sbp}/{dbp} twice, at age {age or 'unknown'}", *says, room=room)


ORDER = (
    case("as ordered, vital signs and alertness taken"),
    case("the order is not signed", "ROOM-01 stop", order=terms(signed=False)),
    case("the order was voided", "ROOM-02 stop", order=terms(voided=True)),
    case("another drug", "ROOM-08 stop", dose=replace(DOSE, drug=Drug.ESKETAMINE)),
    case("another route", "ROOM-09 stop", dose=replace(DOSE, route=Route.IV)),
    case("one microgram more than ordered", "ROOM-10 stop", dose=replace(DOSE, amount_ug=35_001)),
    case("one microgram less than ordered", "ROOM-10 stop", dose=replace(DOSE, amount_ug=34_999)),
    case("another infusion time", "ROOM-11 stop", dose=replace(DOSE, duration_s=60)),
    case("at the hard maximum", order=terms(hard_max_mg=35)),
    case("one microgram over the hard maximum", "ROOM-12 stop", order=terms(hard_max_mg=34.999)),
)

SESSION = (
    case("given already", "ROOM-07 stop", "ROOM-12 stop", room=calm().dose(-1)),
    case("the session was stopped", "ROOM-03 stop", room=calm().stop(-1)),
    case("the patient has left", "ROOM-04 stop", room=calm().left(-1)),
    case("the session has been open for 24 h", "ROOM-05 stop", at=24 * 60 - 60,
         room=asked(Room(opened=-60)).vitals(1370, sbp=118, dbp=74, hr=70, spo2=98).alert(1370, 5)),
    case("a third dose", "D11 stop", dose=replace(DOSE, number=3)),
)  # fmt: skip

KNOWN = (
    case("no pressure", "P07 unknown", room=wired().alert(-5, 5)),
    case("pressure 30 min ago", room=wired().bp(-30, 118, 74).alert(-5, 5)),
    case("pressure 31 min ago", "P07 unknown", room=wired().bp(-31, 118, 74).alert(-5, 5)),
    case("pressure given when the session was opened 20 min ago",
         room=wired(opened=-20, baseline=(118, 74)).alert(-5, 5)),
    case("no alertness", "P07 unknown", room=wired().bp(-5, 118, 74)),
    case("alertness 30 min ago", room=wired().bp(-5, 118, 74).alert(-30, 5)),
    case("alertness 31 min ago", "P07 unknown", room=wired().bp(-5, 118, 74).alert(-31, 5)),
    case("alertness 4 of 5", "P07 stop", room=wired().bp(-5, 118, 74).alert(-5, 4)),
    case("saturation 92 %", room=calm().vitals(-2, spo2=92)),
    case("saturation 91 %", "M03 stop", room=calm().vitals(-2, spo2=91)),
    case("no heart rate", "P07 unknown", room=asked(Room()).bp(-5, 118, 74).vitals(-5, spo2=98).alert(-5, 5)),
    case("no saturation", "P07 unknown", room=asked(Room()).bp(-5, 118, 74).vitals(-5, hr=70).alert(-5, 5)),
    case("saturation and heart rate 30 min ago",
         room=asked(Room()).bp(-5, 118, 74).vitals(-30, hr=70, spo2=98).alert(-5, 5)),
    case("saturation and heart rate 31 min ago", "P07 unknown", "P07 unknown",
         room=asked(Room()).bp(-5, 118, 74).vitals(-31, hr=70, spo2=98).alert(-5, 5)),
    case("a saturation of 0 from the monitor, which is no reading", "P07 unknown",
         room=asked(Room()).bp(-5, 118, 74).vitals(-5, hr=70).vitals(-5, spo2=0, quality=Quality.DISCONNECTED,
                                                              source=VitalSource.MONITOR).alert(-5, 5)),
    case("nothing known at all", "AGR-09 unknown", *["P07 unknown"] * 4, room=Room()),
)  # fmt: skip

ASKED = (
    case("nobody asked today", "AGR-09 unknown",
         room=Room().vitals(-5, hr=70, spo2=98).bp(-10, 118, 74).alert(-10, 5)),
    case("asked, and the patient said no", "AGR-09 stop", room=asked(calm(), at=-4, passed=False)),
    case("a no, and a yes after it", room=asked(asked(calm(), at=-8, passed=False), at=-4)),
    case("asked a minute before the room was opened", "AGR-09 unknown",
         room=asked(Room(opened=-20), at=-21).vitals(-5, hr=70, spo2=98).bp(-10, 118, 74).alert(-10, 5)),
)  # fmt: skip

HEIGHT = (
    pressure(140, 90), pressure(141, 90, "E07 stop*"), pressure(140, 91, "E07 stop*"),
    pressure(150, 90, age=65), pressure(151, 90, "E08 stop*", age=65), pressure(150, 91, "E08 stop*", age=65),
    pressure(150, 90, "E07 stop*", age=64), pressure(150, 90, "E07 stop*", age=None),
    pressure(159, 99, "E07 stop*"), pressure(160, 80, "E09 stop"), pressure(120, 100, "E09 stop"),
    pressure(160, 80, "E09 stop", age=70),
)  # fmt: skip


def raised(*, apart: float = 5) -> Room:
    return wired().bp(-10, 146, 88).bp(-10 + apart, 144, 88).alert(-5, 5)


def accepted(room: Room, *, role: str = "prescriber", why: str = "White coat; calm now.") -> Room:
    return room.check(-2, CheckItem.PRESSURE_ACCEPTED, detail=why, role=role)


REPEAT = (
    case("146/88 once", "P08 stop", "E07 stop*", room=wired().bp(-10, 146, 88).alert(-5, 5)),
    case("146/88, then 144/88 four minutes later", "P08 stop", "E07 stop*", room=raised(apart=4)),
    case("146/88, then 144/88 five minutes later", "E07 stop*", room=raised()),
    case("the same, and a prescriber accepted it with a reason", room=accepted(raised())),
    case("the same, accepted without a reason", "E07 stop*", room=accepted(raised(), why="")),
    case("the same, accepted by a nurse", "E07 stop*", room=accepted(raised(), role="monitor")),
    case("accepted, but then 152/88 was read", "E07 stop*", room=accepted(raised()).bp(-1, 152, 88)),
    case("146/88, then 130/80 after a rest", room=wired().bp(-20, 146, 88).bp(-5, 130, 80).alert(-5, 5)),
    case("162/88 accepted by a prescriber", "E09 stop", room=accepted(wired().bp(-15, 162, 88).bp(-5, 162, 88)
                                                                       .alert(-5, 5))),
)  # fmt: skip

PAGE = Page(
    slug="first-dose",
    title="The first dose",
    intro=(
        "Every reason why a first dose may not be given now. The order below is for 35 mg into a"
        " muscle with a hard maximum of 60 mg; the patient was asked again today,"
        " pressure 118/74 and alertness 5 of 5 were taken ten minutes before, and each row changes one"
        " thing. A star marks what a prescriber may accept in writing, in the room, after the pressure was"
        " taken again."
    ),
    sections=(
        Section(title="As ordered", cases=ORDER, content=CONTENT),
        Section(title="In an open session", cases=SESSION, content=CONTENT),
        Section(title="Asked again on the day", cases=ASKED, content=CONTENT),
        Section(title="With pressure and alertness known", cases=KNOWN, content=CONTENT),
        Section(title="At a pressure within limits", cases=HEIGHT, content=CONTENT),
        Section(title="A raised pressure, taken again", cases=REPEAT, content=CONTENT),
    ),
    rows=(*rows_of(LIMITS.doses), *doses.ROWS),
)
