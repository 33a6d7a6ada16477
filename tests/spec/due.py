"""What is next."""

from collections.abc import Iterable

from tests.rooms import Room, minute
from tests.spec.page import Case, Page, Said, Section, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.due import next_due
from slackwater.rules.room.log import VitalSource
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room
CONTENT = "Nothing is due."


def case(when: str, *says: str, room: Room, at: float) -> Case:
    def asks() -> Iterable[Said]:
        found = next_due(room.state(), at=minute(at), limits=LIMITS)
        return [
            Said(rule=due.rule, word=due.stands(minute(at)).value, sentence=due.sentence(minute(at)))
            for due in found
        ]

    return Case(when=when, asks=asks, says=says)


def begun(route: Route = Route.IM, *, over: float = 0) -> Room:
    """A dose at minute 0, with pressure and saturation taken as it began."""
    return Room().vitals(0, sbp=118, dbp=74, spo2=98).dose(0, route=route, over=over)


def kept(*times: float, route: Route = Route.IM, over: float = 0) -> Room:
    """Everything taken at these minutes."""
    room = begun(route, over=over)
    for at in times:
        room.vitals(at, sbp=122, dbp=76, spo2=97).alert(at, 5).rating(at, 5)
    return room


BEFORE = (
    case("an open session, nothing taken", "P07 due", "P07 due", room=Room(), at=-30),
    case("pressure and alertness just taken", room=Room().bp(-10, 118, 74).alert(-10, 5), at=-5),
    case("taken 30 min ago", room=Room().bp(-30, 118, 74).alert(-30, 5), at=0),
    case("taken 31 min ago", "P07 due", "P07 due", room=Room().bp(-31, 118, 74).alert(-31, 5), at=0),
    case("the patient has left", room=kept(15, 40, 120).left(125), at=180),
)

PRESSURE = (
    case("minute 7", "M01 upcoming", "M03 upcoming", "M07 upcoming", "M08 upcoming", "M01 upcoming",
         room=begun(), at=7),
    case("one second before minute 10", "M01 upcoming", "M03 upcoming", "M07 upcoming", "M08 upcoming",
         "M01 upcoming", room=begun(), at=10 - 1 / 60),
    case("minute 10", "M01 due", "M03 due", "M07 upcoming", "M08 upcoming", "M01 upcoming",
         room=begun(), at=10),
    case("minute 15", "M01 overdue", "M03 overdue", "M07 due", "M08 due", "M01 upcoming",
         room=begun(), at=15),
    case("minute 17, pressure taken at minute 12", "M07 due", "M08 due", "M01 upcoming", "M03 upcoming",
         "M01 upcoming", room=begun().vitals(12, sbp=122, dbp=76, spo2=97), at=17),
    case("an infusion of 60 min, minute 50, all taken at minute 45: every 10 to 15 min until it has ended",
         "M01 upcoming", "M03 upcoming", "M07 upcoming", "M08 upcoming",
         room=kept(15, 30, 45, route=Route.IV, over=60), at=50),
    case("minute 50, all taken at minute 45: after the peak, every 15 to 30 min",
         "M01 upcoming", "M03 upcoming", "M07 upcoming", "M08 upcoming", room=kept(15, 30, 45), at=50),
    case("minute 45, all taken at minute 40", "M01 upcoming", "M03 upcoming", "M07 upcoming",
         "M08 upcoming", room=kept(15, 30, 40), at=45),
    case("165/80 before the dose began, minute 3", "M01 upcoming", "M03 upcoming", "M07 upcoming",
         "M08 upcoming", "M01 upcoming", room=Room().bp(-5, 165, 80).dose(0), at=3),
    case("165/80 at minute 50, minute 53: again in five", "M04 upcoming", "M03 upcoming", "M07 upcoming",
         "M08 upcoming", room=kept(15, 30, 45).bp(50, 165, 80), at=53),
    case("the session was stopped at minute 46: the drug never pauses", "M01 upcoming", "M03 upcoming",
         "M07 upcoming", "M08 upcoming", room=kept(15, 30, 45).stop(46), at=50),
)  # fmt: skip

MANDATORY = (
    case("minute 34, all taken at minute 30: the one at 40 does for both", "M01 upcoming", "M03 upcoming",
         "M07 upcoming", "M08 upcoming", room=kept(15, 30), at=34),
    case("minute 30, all taken at minute 25: the routine one would be overdue at 40", "M03 upcoming",
         "M01 upcoming", "M07 upcoming", "M08 upcoming", room=kept(15, 25), at=30),
    case("minute 35, pressure taken at minute 34: too early to count", "M01 upcoming", "M03 upcoming",
         "M07 upcoming", "M08 upcoming", room=kept(15, 30).vitals(34, sbp=120, dbp=75, spo2=97), at=35),
    case("minute 36, pressure taken at minute 35: it counts", "M01 upcoming", "M03 upcoming",
         "M07 upcoming", "M08 upcoming", room=kept(15, 30).vitals(35, sbp=120, dbp=75, spo2=97), at=36),
    case("minute 75, none since minute 30", "M01 overdue", "M03 overdue", "M07 overdue", "M08 overdue",
         room=kept(15, 30), at=75),
    case("minute 84, a booster was given at minute 50 and all taken at minute 80", "M01 upcoming",
         "M03 upcoming", "M07 upcoming", "M08 upcoming",
         room=kept(15, 30, 40).dose(50, number=2, mg=17).vitals(80, sbp=120, dbp=75, spo2=97)
         .alert(80, 5).rating(80, 4), at=84),
    case("a pressure that is not a true reading, at minute 40", "M01 overdue", "M03 overdue", "M07 due",
         "M08 due", room=kept(15, 30).vitals(40, source=VitalSource.MONITOR, sbp=300, dbp=20,
                                             quality=Quality.ARTEFACT), at=45),
)  # fmt: skip

MOUTH = (
    case("minute 16, none since the dose", "M03 overdue", "M07 due", "M08 due", "M02 upcoming",
         "M01 upcoming", room=begun(Route.LOZENGE), at=16),
    case("minute 16, all taken at minute 15: it counts for the one at 20", "M03 upcoming", "M07 upcoming",
         "M08 upcoming", "M01 upcoming", room=kept(15, route=Route.LOZENGE), at=16),
    case("minute 25, none since the dose", "M03 overdue", "M07 overdue", "M08 overdue", "M02 overdue",
         "M01 upcoming", room=begun(Route.LOZENGE), at=25),
    case("minute 26, all taken at minute 25", "M03 upcoming", "M01 upcoming", "M07 upcoming",
         "M08 upcoming", room=kept(25, route=Route.LOZENGE), at=26),
    case("minute 45, all taken at minute 41", "M03 upcoming", "M07 upcoming", "M08 upcoming",
         "M02 upcoming", room=kept(20, 41, route=Route.LOZENGE), at=45),
    case("minute 62, all taken at minute 41", "M03 due", "M07 overdue", "M08 overdue", "M02 due",
         room=kept(20, 41, route=Route.LOZENGE), at=62),
    case("minute 130, all taken at minute 121", "M01 upcoming", "M03 upcoming", "M07 upcoming",
         "M08 upcoming", room=kept(20, 40, 60, 90, 121, route=Route.LOZENGE), at=130),
)  # fmt: skip


def monitored(**last: float) -> Room:
    """A connected monitor that sends every minute until minute 12."""
    room = begun()
    for at in range(1, 12):
        room.vitals(at, source=VitalSource.MONITOR, sbp=120, dbp=75, spo2=97)
    return room.vitals(12, source=VitalSource.MONITOR, **last)


MONITOR = (
    case("a monitor sends a saturation every minute", "M07 upcoming", "M08 upcoming", "M01 upcoming",
         "M01 upcoming", room=monitored(sbp=120, dbp=75, spo2=97), at=13),
    case("it has sent nothing for two minutes", "M03 overdue", "M07 upcoming", "M08 upcoming",
         "M01 upcoming", "M01 upcoming", room=monitored(sbp=120, dbp=75, spo2=97), at=14),
)  # fmt: skip

PAGE = Page(
    slug="due",
    title="What is next",
    intro=(
        "What the room asks for next, in the words on the screen, the most pressing first. Unless a"
        " row says otherwise the dose went into a muscle at minute 0, with pressure and saturation"
        " taken as it began. What is due stays due in a stopped session and while nobody is connected,"
        " until the patient has left."
    ),
    sections=(
        Section(title="Before the first dose, and after", cases=BEFORE, content=CONTENT),
        Section(title="Blood pressure", cases=PRESSURE, content=CONTENT),
        Section(title="The pressure at 40 minutes", cases=MANDATORY, content=CONTENT),
        Section(title="By lozenge, film or mouth", cases=MOUTH, content=CONTENT),
        Section(title="With a monitor connected", cases=MONITOR, content=CONTENT),
    ),
    rows=rows_of(LIMITS.due, LIMITS.doses.baseline_within),
)
