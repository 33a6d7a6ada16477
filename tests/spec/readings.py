"""What a reading is worth."""

from collections.abc import Iterable

from tests.rooms import Room, minute, readings
from tests.spec.page import Case, Page, Said, Section, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.log import VitalSource
from slackwater.terms.refusal import RefusedError
from slackwater.terms.vitals import Quality

LIMITS = load_limits().room.readings
HAND, MONITOR = VitalSource.HAND, VitalSource.MONITOR


def case(
    when: str,
    *says: str,
    source: VitalSource,
    room: Room | None = None,
    at: float = 20,
    pulse: float | None = None,
    **values: float,
) -> Case:
    def asks() -> Iterable[Said]:
        taken = readings(source=source, **values)
        state = (room or Room()).state()
        tenths = None if pulse is None else round(pulse * 10)
        try:
            found = assess(taken, state, at=minute(at), limits=LIMITS, pulse_tenths=tenths)
        except RefusedError as refused:
            return [
                Said(rule=one.field, word="refused", sentence=f"{one.message} {one.mend}")
                for one in refused.problems
            ]
        return [
            Said(
                rule=one.code.value,
                word=one.quality.value,
                sentence=f"{one.code.label} {one.text}: {one.quality.label}.",
            )
            for one in found.readings
        ]

    return Case(when=when, asks=asks, says=says)


def before(at: float = 18, **values: float) -> Room:
    return Room().vitals(at, source=MONITOR, **values)


def typed(when: str, *says: str, **values: float) -> Case:
    return case(when, *says, source=HAND, **values)


def sent(
    when: str, *says: str, room: Room | None = None, pulse: float | None = None, **values: float
) -> Case:
    return case(when, *says, source=MONITOR, room=room, pulse=pulse, **values)


TYPED = (
    typed("122/76, heart rate 64, saturation 98", "sbp ok", "dbp ok", "hr ok", "spo2 ok",
          sbp=122, dbp=76, hr=64, spo2=98),
    typed("saturation 100", "spo2 ok", spo2=100),
    typed("saturation 101", "spo2 refused", spo2=101),
    typed("saturation 0", "spo2 refused", spo2=0),
    typed("heart rate 0", "hr refused", hr=0),
    typed("heart rate 1", "hr refused", hr=1),
    typed("heart rate 20", "hr ok", hr=20),
    typed("heart rate 999", "hr refused", hr=999),
    typed("a negative heart rate", "hr refused", hr=-64),
    typed("76/122, the wrong way round", "dbp refused", sbp=76, dbp=122),
    typed("120/120", "dbp refused", sbp=120, dbp=120),
    typed("systolic alone", "dbp refused", sbp=120),
    typed("1220/760, with a slip", "sbp refused", "dbp refused", sbp=1220, dbp=760),
    typed("185/118 after 120/75 two minutes before: a person who saw it is believed", "sbp ok", "dbp ok",
          sbp=185, dbp=118),
)  # fmt: skip

ZERO = (
    sent("saturation 0", "spo2 disconnected", spo2=0),
    sent("heart rate 0", "hr disconnected", hr=0),
    sent("a pressure of 0/0", "sbp disconnected", "dbp disconnected", sbp=0, dbp=0),
    sent("breathing 0", "rr disconnected", rr=0),
    sent("122/0: neither number is good", "sbp artefact", "dbp disconnected", sbp=122, dbp=0),
)

GROSS = (
    sent("saturation 100", "spo2 ok", spo2=100),
    sent("heart rate 250", "hr ok", hr=250),
    sent("saturation 50", "spo2 ok", spo2=50),
    sent("saturation 49.9", "spo2 artefact", spo2=49.9),
    sent("saturation 101", "spo2 artefact", spo2=101),
    sent("saturation 71 a minute after 92: a fall is never taken for a slip", "spo2 ok", spo2=71,
         room=before(19, spo2=92)),
    sent("pulse 277 as heart rate", "hr artefact", hr=277),
    sent("heart rate 19.9", "hr artefact", hr=19.9),
    sent("breathing 0.9", "rr artefact", rr=0.9),
    sent("cuff 40/10", "sbp artefact", "dbp artefact", sbp=40, dbp=10),
    sent("cuff 74/10", "sbp artefact", "dbp artefact", sbp=74, dbp=10),
    sent("cuff 60/25", "sbp ok", "dbp ok", sbp=60, dbp=25),
    sent("cuff 94/80: 14 between them", "sbp artefact", "dbp artefact", sbp=94, dbp=80),
    sent("cuff 95/80: 15 between them", "sbp ok", "dbp ok", sbp=95, dbp=80),
    sent("cuff 200/80: 120 between them", "sbp ok", "dbp ok", sbp=200, dbp=80),
    sent("cuff 201/80: 121 between them", "sbp artefact", "dbp artefact", sbp=201, dbp=80),
    sent("cuff 80/120", "sbp artefact", "dbp artefact", sbp=80, dbp=120),
    sent("systolic alone", "sbp artefact", sbp=120),
)  # fmt: skip

JUMPS = (
    sent("180/100 two minutes after 120/75: 60 higher", "sbp ok", "dbp ok", sbp=180, dbp=100,
         room=before(sbp=120, dbp=75)),
    sent("181/100 two minutes after 120/75: 61 higher", "sbp artefact", "dbp artefact", sbp=181, dbp=100,
         room=before(sbp=120, dbp=75)),
    sent("183/101, when 181/100 was just marked: the second bears it out", "sbp ok", "dbp ok",
         sbp=183, dbp=101,
         room=before(17, sbp=120, dbp=75).vitals(19, source=MONITOR, sbp=181, dbp=100,
                                                 quality=Quality.ARTEFACT)),
    sent("181/100 five minutes after 120/75", "sbp artefact", "dbp artefact", sbp=181, dbp=100,
         room=before(15, sbp=120, dbp=75)),
    sent("181/100 six minutes after 120/75: too long ago to be a jump", "sbp ok", "dbp ok", sbp=181, dbp=100,
         room=before(14, sbp=120, dbp=75)),
    sent("140/111 a minute after 92/59: the lower number jumps", "sbp artefact", "dbp artefact",
         sbp=140, dbp=111, room=before(19, sbp=92, dbp=59)),
    sent("heart rate 125 a minute after 64", "hr artefact", hr=125, room=before(19, hr=64)),
    sent("heart rate 125 with nothing before it", "hr ok", hr=125),
    sent("heart rate 83, pulse 125 in the oximeter", "hr artefact", hr=83, pulse=125),
    sent("heart rate 83, pulse 113", "hr ok", hr=83, pulse=113),
    sent("heart rate 83, pulse not connected", "hr ok", hr=83, pulse=0),
)  # fmt: skip

PAGE = Page(
    slug="readings",
    title="What a reading is worth",
    intro=(
        "Decided once, when a reading arrives, and kept with it. A monitor's odd number is kept and"
        " marked: it is never shown as a reading, never averaged and never compared with a limit, but"
        " the room says that there is no true reading. A number that a person typed and that cannot be"
        " is refused, with what to do instead. The limits are this system's own."
    ),
    sections=(
        Section(title="Typed by a person", cases=TYPED),
        Section(title="A monitor's zero", cases=ZERO),
        Section(title="A monitor's odd numbers", cases=GROSS),
        Section(title="A monitor's jumps", cases=JUMPS),
    ),
    rows=rows_of(LIMITS),
)
