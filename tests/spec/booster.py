"""The booster."""

from collections.abc import Iterable
from dataclasses import replace

from tests.rooms import Room, minute, terms
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room import booster
from slackwater.rules.room.doses import may_give
from slackwater.rules.room.log import DoseGiven, VitalSource
from slackwater.rules.room.order import OrderTerms
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room
CONTENT = "The booster may be given."
ONE_SECOND = 1 / 60
BOOSTER = DoseGiven(number=2, drug=Drug.RACEMIC, route=Route.IM, amount_ug=17_500, duration_s=0)


def watched(at: float = 28, **changes: float) -> Room:
    """A first dose at minute 0, and everything taken at minute 28."""
    return given().vitals(at, **({"sbp": 130, "dbp": 80, "spo2": 97} | changes)).alert(at, 5)


def given(route: Route = Route.IM, *, over: float = 0, mg: float = 35) -> Room:
    return Room().bp(-10, 118, 74).dose(0, route=route, over=over, mg=mg)


def fresh(room: Room, at: float) -> Room:
    return room.vitals(at, sbp=130, dbp=80, spo2=97).alert(at, 5)


def case(
    when: str,
    *says: str,
    room: Room | None = None,
    dose: DoseGiven = BOOSTER,
    order: OrderTerms | None = None,
    at: float = 30,
) -> Case:
    def asks() -> Iterable[Said]:
        state = (room or watched()).state()
        return from_findings(may_give(dose, order or terms(), state, at=minute(at), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def by(route: Route, mg: float = 17.5, drug: Drug = Drug.RACEMIC) -> DoseGiven:
    return DoseGiven(number=2, drug=drug, route=route, amount_ug=round(mg * 1000), duration_s=0)


ORDERED = (
    case("ordered, in its window, everything taken"),
    case("less than the cap", dose=by(Route.IM, 10)),
    case("no booster was ordered", "ROOM-13 stop", order=terms(booster_mg=None)),
    case("the first dose was not given", "ROOM-13 stop", room=fresh(Room(), 28)),
    case("a second booster", "D11 stop", "ROOM-12 stop", room=watched().dose(29, number=2, mg=17.5)),
    case("one microgram over the cap ordered", "ROOM-10 stop", order=terms(booster_mg=17.499)),
    case("with the first dose, at the hard maximum", order=terms(hard_max_mg=52.5)),
    case("with the first dose, one microgram over it", "ROOM-12 stop", order=terms(hard_max_mg=52.499)),
    case("half of the first dose", order=terms(booster_mg=20)),
    case("one microgram over half of the first dose", "D13 stop", order=terms(booster_mg=20),
         dose=replace(BOOSTER, amount_ug=17_501)),
    case("the session was stopped", "ROOM-03 stop", room=watched().stop(29)),
)  # fmt: skip

WINDOW = (
    case("muscle, one second before 10 min", "D12 stop", at=10 - ONE_SECOND, room=watched(9),
         order=terms(window=(0, 60))),
    case("muscle, at 10 min", at=10, room=watched(9), order=terms(window=(0, 60))),
    case("muscle, ordered from 10 min, at 9 min", "D12 stop", at=9, room=watched(8)),
    case("muscle, ordered from 20 min, at 19 min", "ROOM-14 stop", at=19, room=watched(18),
         order=terms(window=(20, 60))),
    case("lozenge, one second before 30 min", "D12 stop", at=30 - ONE_SECOND, dose=by(Route.LOZENGE),
         order=terms(route=Route.LOZENGE), room=fresh(given(Route.LOZENGE), 28)),
    case("lozenge, at 30 min", dose=by(Route.LOZENGE), order=terms(route=Route.LOZENGE),
         room=fresh(given(Route.LOZENGE), 28)),
    case("vein, before an infusion of 40 min has ended", "D10 stop", dose=by(Route.IV),
         order=terms(route=Route.IV, over=40), room=fresh(given(Route.IV, over=40), 28)),
    case("vein, when it has ended", at=40, dose=by(Route.IV), order=terms(route=Route.IV, over=40),
         room=fresh(given(Route.IV, over=40), 36)),
    case("at the end of the window ordered", at=60, room=watched(58)),
    case("one second after it", "ROOM-14 stop", at=60 + ONE_SECOND, room=watched(58)),
    case("nasal esketamine, whatever was ordered", "D15 stop", at=45,
         dose=by(Route.NASAL_DEVICE, 28, Drug.ESKETAMINE),
         order=terms(route=Route.NASAL_DEVICE, drug=Drug.ESKETAMINE, mg=56, booster_mg=28, hard_max_mg=84),
         room=fresh(given(Route.NASAL_DEVICE, mg=56), 43)),
)  # fmt: skip

SEEN = (
    case("alertness 4 of 5", room=watched().alert(29, 4)),
    case("alertness 3 of 5", "D14 stop", room=watched().alert(29, 3)),
    case("alertness 15 min ago", at=43, room=fresh(given(), 28).vitals(40, sbp=130, dbp=80, spo2=97)),
    case("alertness 16 min ago", "D14 unknown", at=44,
         room=fresh(given(), 28).vitals(40, sbp=130, dbp=80, spo2=97)),
    case("saturation 94 %", room=watched(spo2=94)),
    case("saturation 93.9 %", "D14 stop", room=watched(spo2=93.9)),
    case("no saturation", "D14 unknown", room=given().bp(28, 130, 80).alert(28, 5)),
    case("the oximeter came off after 97 %", "D14 unknown",
         room=watched().vitals(29, source=VitalSource.MONITOR, spo2=0, quality=Quality.DISCONNECTED)),
    case("157/80 after 118/74", room=watched(sbp=157)),
    case("158/80 after 118/74: an alert", "D14 stop", room=watched(sbp=158)),
    case("everything 15 min ago", at=39, room=fresh(given(), 24)),
    case("pressure 16 min ago", "D14 unknown", at=39,
         room=fresh(given(), 23).vitals(38, spo2=97).alert(38, 5)),
    case("nothing taken since the first dose", "D14 unknown", "D14 unknown", "D14 unknown",
         room=Room().dose(0)),
)  # fmt: skip

OWED = (
    case("one second before minute 40, last pressure at minute 34", at=40 - ONE_SECOND,
         room=fresh(given(), 34)),
    case("minute 40, last pressure at minute 34: too early to count", "M01 stop", at=40,
         room=fresh(given(), 34)),
    case("minute 40, last pressure at minute 35: it counts", at=40, room=fresh(given(), 35)),
    case("minute 55, the first since minute 28 just taken: it counts, late", at=55,
         room=fresh(watched(), 54)),
    case("the same, and that entry was struck out", "M01 stop", "D14 unknown", "D14 unknown", at=55,
         room=fresh(watched(), 54).alert(54, 5).struck(54.5, 6)),
    case("minute 50, systolic alone at minute 49: half a pressure is none", "M01 stop", "D14 unknown",
         at=50, room=fresh(given(), 34).vitals(49, sbp=130, spo2=97).alert(49, 5)),
)  # fmt: skip

PAGE = Page(
    slug="booster",
    title="The booster",
    intro=(
        "Every reason why a booster may not be given now. The order below is for 35 mg into a muscle,"
        " a booster of at most 17.5 mg from 10 to 60 min after it, and a hard maximum of 60 mg. The"
        " first dose was given at minute 0; at minute 28 pressure was 130/80, saturation 97 % and"
        " alertness 5 of 5; it is minute 30. No published limit for boosters was found, so nobody may"
        " set any of this aside, and there is no way to give a second one."
    ),
    sections=(
        Section(title="As ordered, and once", cases=ORDERED, content=CONTENT),
        Section(title="In its window", cases=WINDOW, content=CONTENT),
        Section(title="With the pressure at 40 minutes taken", cases=OWED, content=CONTENT),
        Section(title="In a patient who was just looked at", cases=SEEN, content=CONTENT),
    ),
    rows=(*rows_of(LIMITS.doses.boosters, LIMITS.doses.booster_moaas, LIMITS.doses.booster_spo2,
                   LIMITS.doses.booster_fresh, LIMITS.due.pressure_mandatory), booster.WINDOW),
)  # fmt: skip
