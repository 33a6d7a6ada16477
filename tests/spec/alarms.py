"""Alarms: raised, seen, worse again, over, and of use or not."""

from collections.abc import Iterable

from tests.rooms import Room, minute
from tests.spec.page import Case, Page, Said, Section, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room import alarms as rules
from slackwater.rules.room.alarms import Standing, alarms
from slackwater.rules.room.log import VitalSource
from slackwater.rules.room.presence import CameIn, Place, WentOut
from slackwater.rules.room.signals import AlarmScored, AlarmSeen, Condition
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room
SECOND = 1 / 60


def case(when: str, *says: str, room: Room, at: float) -> Case:
    def asks() -> Iterable[Said]:
        for one in alarms(room.state(), at=minute(at), limits=LIMITS):
            where = f"{one.sentence}: {one.stands.label}"
            rule = rules.STANDS.rule if one.stands in (Standing.RAISED, Standing.UNSEEN) else rules.SEEN.rule
            yield Said(rule=rule, word=f"{one.stands.value} {one.priority.word}", sentence=f"{where}.")
            if one.times > 1:
                yield Said(rule=LIMITS.signals.alarm_joins.rule, word="again", sentence=f"{one.times} times.")
            if one.is_elsewhere(minute(at), LIMITS.signals):
                said = f"{one.condition.label.capitalize()} is heard on the other screens."
                yield Said(rule=LIMITS.signals.alarm_escalates.rule, word="elsewhere", sentence=said)
            if one.useful is not None:
                word = "useful" if one.useful else "useless"
                yield Said(rule=rules.SCORED.rule, word=word, sentence=f"Said to be {word}.")

    return Case(when=when, asks=asks, says=says)


def attended() -> Room:
    """A dose at minute 0, one person in the room and one within earshot, all well."""
    room = Room().says(-20, CameIn(place=Place.ROOM, who="1"))
    room.says(-19, CameIn(place=Place.EARSHOT, who="2"))
    return room.vitals(-10, sbp=118, dbp=74, hr=66, spo2=98).dose(0)


def probe(room: Room, *values: tuple[float, float]) -> Room:
    """A monitor's saturations, each with the second at which it came."""
    for second, value in values:
        room.vitals(10 + second / 60, source=VitalSource.MONITOR, spo2=value)
    return room


def seen(room: Room, at: float, condition: Condition = Condition.SATURATION) -> Room:
    return room.says(at, AlarmSeen(condition=condition))


def low() -> Room:
    """A saturation of 91 %, written by hand at minute 10."""
    return attended().vitals(10, spo2=91)


RAISED = (
    case("all is well", room=attended(), at=20),
    case("91 %, written by hand", "ALM-01 raised medium", room=low(), at=10),
    case("92 %, at the line", room=attended().vitals(10, spo2=92), at=12),
    case("89 %, written by hand: heard elsewhere at once", "ALM-01 raised high", "ALM-04 elsewhere",
         room=attended().vitals(10, spo2=89), at=10),
    case("heart rate 121", "ALM-01 raised medium", room=attended().vitals(10, hr=121), at=10),
    case("158/80 after 118/74: risen by 40 over this person's own baseline", "ALM-01 raised medium",
         room=attended().bp(10, 158, 80), at=10),
    case("157/80 after 118/74", room=attended().bp(10, 157, 80), at=10),
    case("182/100 once", "ALM-01 raised medium", room=attended().bp(10, 182, 100), at=10),
    case("182/100, then 181/100", "ALM-01 raised high", "ALM-04 elsewhere",
         room=attended().bp(10, 182, 100).bp(15, 181, 100), at=15),
    case("118/100, then a systolic of 118 alone: nothing says that the lower number is well again",
         "ALM-01 raised medium", "ALM-04 elsewhere",
         room=attended().bp(10, 118, 100).vitals(15, sbp=118), at=15),
    case("118/111 twice, then a systolic of 118 alone: still two running", "ALM-01 raised high",
         "ALM-04 elsewhere",
         room=attended().bp(8, 118, 111).bp(10, 118, 111).vitals(15, sbp=118), at=15),
    case("118/100, then a diastolic of 74 alone", "ALM-01 unseen medium", "ALM-04 elsewhere",
         room=attended().bp(10, 118, 100).vitals(15, dbp=74), at=15),
    case("alertness 3 of 5", "ALM-01 raised medium", room=attended().alert(10, 3), at=10),
    case("alertness 1 of 5", "ALM-01 raised high", "ALM-04 elsewhere", room=attended().alert(10, 1), at=10),
    case("the probe came off", "ALM-01 raised low",
         room=attended().vitals(10, source=VitalSource.MONITOR, spo2=0, quality=Quality.DISCONNECTED),
         at=10.5),
    case("the 40-minute pressure is overdue", "ALM-01 raised medium", room=attended(), at=45),
)  # fmt: skip

DELAY = (
    case("a monitor's 91 %, after 9 seconds", room=probe(attended(), (0, 91)), at=10 + 9 * SECOND),
    case("a monitor's 91 %, after 10 seconds", "ALM-01 raised medium", room=probe(attended(), (0, 91)),
         at=10 + 10 * SECOND),
    case("91 %, and 97 % after 9 seconds: one spike is no alarm", room=probe(attended(), (0, 91), (9, 97)),
         at=12),
    case("91 %, still 91 % after 9 seconds, 97 % after 20: over, and nobody saw it", "ALM-01 unseen medium",
         room=probe(attended(), (0, 91), (9, 91), (20, 97)), at=10.5),
    case("91 % and then nothing more from the monitor: nothing says that it is well again",
         "ALM-01 raised medium", "ALM-04 elsewhere", room=probe(attended(), (0, 91)), at=13),
    case("a reading that is not true, in between, ends nothing", "ALM-01 raised medium", "ALM-01 raised low",
         room=probe(attended(), (0, 91)).vitals(10.1, source=VitalSource.MONITOR, spo2=30,
                                                quality=Quality.ARTEFACT), at=10.5),
)  # fmt: skip

ESCALATED = (
    case("nobody has seen it for 59 seconds", "ALM-01 raised medium", room=low(), at=10 + 59 * SECOND),
    case("nobody has seen it for a minute", "ALM-01 raised medium", "ALM-04 elsewhere", room=low(), at=11),
    case("somebody saw it, and it is still so", "ALM-05 seen medium", room=seen(low(), 10.5), at=30),
    case("somebody saw it before it was raised: that was not this one", "ALM-01 raised medium",
         "ALM-04 elsewhere", room=seen(low(), 9), at=12),
    case("seen at 91 %, then 89 %: it is worse, and nobody saw that", "ALM-01 raised high",
         "ALM-04 elsewhere", room=seen(low(), 10.5).vitals(11, spo2=89), at=11),
    case("the same, and seen again", "ALM-05 seen high",
         room=seen(seen(low(), 10.5).vitals(11, spo2=89), 11.5), at=12),
    case("seen by somebody who saw another alarm", "ALM-01 raised medium", "ALM-04 elsewhere",
         room=seen(low(), 10.5, Condition.PRESSURE), at=12),
)  # fmt: skip

OVER = (
    case("it has ended, and nobody saw it: it still stands", "ALM-01 unseen medium", "ALM-04 elsewhere",
         room=low().vitals(12, spo2=97), at=20),
    case("it has ended and was seen while it was so", "ALM-05 over medium",
         room=seen(low(), 10.5).vitals(12, spo2=97), at=20),
    case("it has ended and was seen afterwards", "ALM-05 over medium",
         room=seen(low().vitals(12, spo2=97), 15), at=20),
    case("it was seen and ended, and came back within a minute: the same one", "ALM-05 seen medium",
         "ALM-03 again", room=seen(low(), 10.5).vitals(12, spo2=97).vitals(12.9, spo2=91), at=14),
    case("it was seen and ended, and came back after a minute: a new one", "ALM-01 raised medium",
         "ALM-05 over medium", room=seen(low(), 10.5).vitals(12, spo2=97).vitals(13, spo2=91), at=13),
    case("it came and went three times, unseen: one alarm", "ALM-01 unseen medium", "ALM-03 again",
         "ALM-04 elsewhere",
         room=low().vitals(12, spo2=97).vitals(14, spo2=91).vitals(15, spo2=97).vitals(17, spo2=91)
         .vitals(18, spo2=97), at=20),
    case("it was said to have been of use", "ALM-05 over medium", "ALM-06 useful",
         room=seen(low(), 10.5).vitals(12, spo2=97).says(
             20, AlarmScored(condition=Condition.SATURATION, raised_at=minute(10), useful=True)), at=21),
    case("of no use, after it had been said to be of use: the later word counts", "ALM-05 over medium",
         "ALM-06 useless",
         room=seen(low(), 10.5).vitals(12, spo2=97)
         .says(20, AlarmScored(condition=Condition.SATURATION, raised_at=minute(10), useful=True))
         .says(22, AlarmScored(condition=Condition.SATURATION, raised_at=minute(10), useful=False)), at=23),
    case("the reading was struck out as a mistake", room=low().struck(11, 6), at=12),
    case("the patient has left: it has ended, and nobody saw it", "ALM-01 unseen medium", "ALM-04 elsewhere",
         room=attended().bp(40, 130, 80).vitals(150, spo2=91).left(160), at=170),
)  # fmt: skip

PRESENCE = (
    case("whoever was in the room is out already", "ALM-01 raised high", "ALM-04 elsewhere",
         "ALM-01 raised medium", room=attended().says(10, WentOut(who="1", is_fact=True)), at=10),
    case("whoever was within earshot is out already", "ALM-01 raised medium",
         room=attended().says(10, WentOut(who="2", is_fact=True)), at=10),
    case("the same, and a third came in after half a minute", "ALM-01 unseen medium",
         room=attended().says(10, WentOut(who="2", is_fact=True)).says(
             10.5, CameIn(place=Place.EARSHOT, who="3")), at=10.5),
    case("somebody went out before the first dose", room=Room().says(-20, CameIn(place=Place.ROOM, who="1"))
         .says(-19, WentOut(who="1")), at=-10),
)  # fmt: skip

PAGE = Page(
    slug="alarms",
    title="Alarms",
    intro=(
        "What an alarm does, from the log alone. In every row a dose was given at minute 0 to somebody with"
        " 118/74, heart rate 66 and 98 %, with one person in the room and one within earshot. The room itself"
        " stays quiet; other screens of staff show an alarm and sound it. The limits are those of readings"
        " past a limit. A browser's alarm is no certified alarm: the certified monitor comes first."
    ),
    sections=(
        Section(title="Raised", cases=RAISED, content="No alarm."),
        Section(title="What a monitor sends has to hold", cases=DELAY, content="No alarm."),
        Section(title="Seen, and escalated", cases=ESCALATED, content="No alarm."),
        Section(title="Over", cases=OVER, content="No alarm."),
        Section(title="Who is with the patient", cases=PRESENCE, content="No alarm."),
    ),
    rows=(*rows_of(LIMITS.signals), rules.STANDS, rules.SEEN, rules.SCORED),
)
