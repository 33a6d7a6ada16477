"""Random logs of a room, opened once, with everything that may happen in any order."""

from hypothesis import strategies as st
from tests.rooms import Room

from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import (
    Alertness,
    Check,
    CheckItem,
    DoseGiven,
    Listening,
    LogEntry,
    NameCall,
    Note,
    Payload,
    Rating,
    Stop,
    Vitals,
    VitalSource,
)
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality, Reading, VitalCode

MINUTES = st.integers(-40 * 60, 240 * 60).map(lambda seconds: seconds / 60)


def readings() -> st.SearchStrategy[Vitals]:
    one = st.builds(
        Reading,
        code=st.sampled_from(VitalCode),
        tenths=st.integers(0, 2600),
        quality=st.sampled_from(Quality),
    )
    several = st.lists(one, min_size=1, max_size=5, unique_by=lambda reading: reading.code).map(tuple)
    return st.builds(Vitals, source=st.sampled_from(VitalSource), readings=several)


def pressures() -> st.SearchStrategy[Vitals]:
    """Pressures such as a patient has, so that limits are met from both sides."""

    def pair(sbp: int, dbp: int, spo2: int) -> Vitals:
        values = {VitalCode.SBP: sbp, VitalCode.DBP: dbp, VitalCode.SPO2: spo2}
        return Vitals(
            source=VitalSource.HAND,
            readings=tuple(Reading(code=code, tenths=value * 10) for code, value in values.items()),
        )

    return st.builds(pair, st.integers(95, 185), st.integers(60, 94), st.integers(88, 100))


def doses(*, numbers: tuple[int, ...] = (1, 2)) -> st.SearchStrategy[DoseGiven]:
    return st.builds(
        DoseGiven,
        number=st.sampled_from(numbers),
        drug=st.sampled_from(Drug),
        route=st.sampled_from(Route),
        amount_ug=st.integers(1, 100_000),
        duration_s=st.sampled_from([0, 0, 2400, 3600]),
    )


def payloads() -> st.SearchStrategy[Payload]:
    return st.one_of(
        readings(),
        pressures(),
        pressures(),
        doses(),
        st.builds(Rating, depth=st.integers(0, 10)),
        st.builds(Alertness, moaas=st.integers(0, 5)),
        st.builds(Alertness, moaas=st.just(5)),
        st.builds(NameCall, answer=st.sampled_from(NameAnswer)),
        st.builds(Listening, sign=st.sampled_from(Heard), on=st.booleans(), reason=st.just("asked")),
        st.builds(Note, text=st.sampled_from(["Calm.", "Music lowered."])),
        st.builds(Check, item=st.sampled_from(CheckItem), passed=st.booleans(), detail=st.just("seen")),
        st.builds(Stop, reason=st.just("asked to stop")),
    )


@st.composite
def logs(draw: st.DrawFn, *, fewest: int = 0, most: int = 12) -> list[LogEntry]:
    """A log in its order of arrival, which is not the order in which things happened."""
    room = Room(age=draw(st.sampled_from([34, 70, None])), opened=-60)
    for at, payload in draw(st.lists(st.tuples(MINUTES, payloads()), min_size=fewest, max_size=most)):
        room.says(at, payload, late=draw(st.sampled_from([0, 0, 1, 5])))
    return room.entries
