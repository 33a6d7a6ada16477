"""What holds in any room at all: no dose slips through, nothing unknown helps, nobody leaves too soon."""

import math
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.rooms import MINUTES, logs, readings
from tests.rooms import Room, minute, terms

from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import barring
from slackwater.rules.recovery.barriers import barriers, earliest_leave
from slackwater.rules.recovery.facts import Facts, Measured, OwedPressure, Seen
from slackwater.rules.room.alerts import alerts
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.doses import may_give
from slackwater.rules.room.due import Timeliness, next_due
from slackwater.rules.room.fold import RoomState, fold
from slackwater.rules.room.log import DoseGiven, LogEntry, Vitals, VitalSource
from slackwater.rules.room.mandatory import owed
from slackwater.rules.room.order import OrderTerms
from slackwater.rules.room.phases import DepthNow, Phase, phase
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.vitals import VitalCode

LIMITS = load_limits()
# Drawing a room takes longer than asking it; these are run often, so they are kept short.
few = settings(max_examples=40)


@st.composite
def watched_rooms(draw: st.DrawFn) -> RoomState:
    """Rooms in which a booster is often nearly allowed, so that the rules are tried where it matters."""
    room = Room().bp(-5, 118, 74).dose(0, route=Route.IM, mg=35)
    for at in sorted(draw(st.lists(st.integers(5, 70), max_size=4))):
        room.vitals(at, sbp=draw(st.integers(110, 165)), dbp=draw(st.integers(70, 102)),
                    spo2=draw(st.integers(92, 99)))  # fmt: skip
        room.alert(at, draw(st.integers(3, 5)))
    if draw(st.booleans()):
        room.stop(draw(st.integers(0, 70)))
    return room.state()


@settings(max_examples=300)
@given(
    state=watched_rooms(),
    at=st.integers(0, 75),
    ug=st.integers(1, 20_000),
    order=st.builds(
        lambda cap, opens, length, most: terms(
            booster_mg=cap / 1000, window=(opens, opens + length), hard_max_mg=most
        ),
        st.integers(1, 20_000),
        st.integers(0, 30),
        st.integers(0, 60),
        st.integers(35, 60),
    ),
)
def test_a_booster_that_is_let_through_keeps_every_rule(
    state: RoomState, at: int, ug: int, order: OrderTerms
) -> None:
    dose = DoseGiven(number=2, drug=Drug.RACEMIC, route=Route.IM, amount_ug=ug, duration_s=0)
    if may_give(dose, order, state, at=minute(at), limits=LIMITS.room):
        return
    assert order.booster is not None
    assert state.stopped is None
    assert at >= 10
    assert order.booster.earliest <= timedelta(minutes=at) <= order.booster.latest
    assert ug <= 17_500
    assert ug <= order.booster.cap_ug
    assert ug + 35_000 <= order.hard_max_ug
    last = {code: state.latest(code) for code in (VitalCode.SBP, VitalCode.DBP, VitalCode.SPO2)}
    assert all(one is not None and one.age(minute(at)) <= timedelta(minutes=15) for one in last.values())
    assert last[VitalCode.SBP].said.tenths < 1580
    assert last[VitalCode.DBP].said.tenths < 990
    assert last[VitalCode.SPO2].said.tenths >= 940
    assert state.alertness[-1].said.moaas >= 4


@few
@given(entries=logs(), at=MINUTES, number=st.integers(0, 4), ug=st.integers(1, 10**6))
def test_nothing_is_given_without_an_observation(
    entries: list[LogEntry], at: float, number: int, ug: int
) -> None:
    state = replace(fold(entries), alertness=())
    dose = DoseGiven(number=number, drug=Drug.RACEMIC, route=Route.IM, amount_ug=ug, duration_s=0)
    assert barring(may_give(dose, terms(), state, at=minute(at), limits=LIMITS.room))


@few
@given(entries=logs(), at=MINUTES)
def test_the_room_can_always_be_asked(entries: list[LogEntry], at: float) -> None:
    state, now = fold(entries), minute(at)
    for found in alerts(state, at=now, limits=LIMITS.room.alarms):
        assert found.sentence
    tasks = next_due(state, at=now, limits=LIMITS.room)
    assert [task.due_at for task in tasks] == sorted(task.due_at for task in tasks)
    assert all(task.sentence(now) for task in tasks)


@few
@given(entries=logs(), at=st.integers(46, 300))
def test_the_forty_minute_pressure_is_asked_for_until_it_is_taken(entries: list[LogEntry], at: int) -> None:
    state = fold(entries)
    tasks = next_due(state, at=minute(at), limits=LIMITS.room)
    for dose in state.doses:
        from_when = dose.started_at + timedelta(minutes=35)
        diastolic = {one.sequence for one in state.good(VitalCode.DBP)}
        taken = any(one.at >= from_when and one.sequence in diastolic for one in state.good(VitalCode.SBP))
        due_at = from_when + timedelta(minutes=5)
        asked = any(task.cannot_skip and task.due_at == due_at for task in tasks)
        assert asked != taken
        stops = [found.id for found in owed(state, at=minute(at), limits=LIMITS.room.due)]
        assert ("M01" in stops) or taken or minute(at) < due_at


@few
@given(entries=logs(), at=MINUTES, taken=readings(), pulse=st.none() | st.integers(0, 3000))
def test_every_reading_is_kept_marked_or_refused(
    entries: list[LogEntry], at: float, taken: Vitals, pulse: int | None
) -> None:
    try:
        marked = assess(taken, fold(entries), at=minute(at), limits=LIMITS.room.readings, pulse_tenths=pulse)
    except RefusedError:
        assert taken.source is VitalSource.HAND
        return
    assert [(one.code, one.tenths) for one in marked.readings] == [
        (one.code, one.tenths) for one in taken.readings
    ]
    sbp, dbp = marked.of(VitalCode.SBP), marked.of(VitalCode.DBP)
    if sbp is not None and dbp is not None:
        assert sbp.is_good == dbp.is_good
        assert not sbp.is_good or dbp.tenths < sbp.tenths
    assert not any(one.is_good and one.tenths == 0 for one in marked.readings)


def _seen(ago: st.SearchStrategy[int]) -> st.SearchStrategy[Seen | None]:
    return st.none() | st.builds(
        lambda passed, age: Seen(passed=passed, at=minute(150 - age)), st.booleans(), ago
    )


def _measured(low: int, high: int) -> st.SearchStrategy[Measured | None]:
    return st.none() | st.builds(
        lambda value, age: Measured(value=value, at=minute(150 - age)),
        st.integers(low, high),
        st.integers(0, 40),
    )


CHECKS = (
    "falling", "oriented", "gait", "drinks", "distress", "safety", "hallucinations", "advice", "escort",
)  # fmt: skip
FACTS = st.builds(
    Facts,
    last_dose_ended_at=st.integers(0, 150).map(minute),
    chance_recovered=st.none() | st.floats(allow_nan=True),
    is_outside_crowd=st.booleans(),
    alertness=_measured(0, 5),
    systolic=_measured(900, 1900),
    systolic_before=_measured(900, 1900),
    diastolic=_measured(500, 1100),
    oxygen=_measured(850, 1000),
    baseline_systolic=st.none() | st.integers(900, 1600),
    owed_pressures=st.none()
    | st.lists(
        st.builds(
            OwedPressure,
            name=st.just("The 40-minute blood pressure"),
            due_at=st.integers(40, 200).map(minute),
        ),
        max_size=2,
    ).map(tuple),
    **{name: _seen(st.integers(0, 40)) for name in CHECKS},
)


@given(facts=FACTS, shorter=st.integers(0, 119))
def test_nobody_leaves_before_the_two_hours_whatever_a_clinic_sets(facts: Facts, shorter: int) -> None:
    asked = replace(facts, clinic_observation=timedelta(minutes=shorter))
    early = earliest_leave(asked, limits=LIMITS.recovery) - timedelta(seconds=1)
    assert "M11" in {one.id for one in barriers(asked, at=early, limits=LIMITS.recovery)}


@given(facts=FACTS)
def test_a_chance_that_is_no_chance_bars(facts: Facts) -> None:
    found = {one.id for one in barriers(facts, at=minute(150), limits=LIMITS.recovery)}
    chance = facts.chance_recovered
    known = chance is not None and math.isfinite(chance) and 0.9 <= chance <= 1 and not facts.is_outside_crowd
    assert ("CROWD-01" in found) != known


NEEDED = [
    field.name
    for field in fields(Facts)
    if field.name not in {"last_dose_ended_at", "is_outside_crowd", "clinic_observation", "clinic_systolic"}
    # These only ever help: a pressure is seen to fall by any one of them.
    and field.name not in {"falling", "systolic_before"}
]


@pytest.mark.parametrize("name", NEEDED)
@few
@given(facts=FACTS)
def test_knowing_less_never_opens_the_door(name: str, facts: Facts) -> None:
    less = replace(facts, **{name: None})
    assert barriers(less, at=minute(150), limits=LIMITS.recovery)


@given(facts=FACTS, at=st.integers(0, 300))
def test_every_barrier_stands_by_itself(facts: Facts, at: int) -> None:
    """One identifier, one barrier: setting one aside can never set another aside with it."""
    found = [one.id for one in barriers(facts, at=minute(at), limits=LIMITS.recovery)]
    assert len(set(found)) == len(found)


DEPTH = st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 10)


@given(now=DEPTH, earlier=DEPTH, peak=DEPTH)
def test_there_is_a_word_for_every_depth_and_no_word_for_none(
    now: float, earlier: float, peak: float
) -> None:
    word = phase(DepthNow(now=now, earlier=earlier, peak=peak), is_dosed=True)
    is_known = all(math.isfinite(value) for value in (now, earlier, peak))
    assert (word is not Phase.UNKNOWN) == is_known


@few
@given(entries=logs(), at=MINUTES)
def test_nothing_is_overdue_before_a_dose_or_after_leaving(entries: list[LogEntry], at: float) -> None:
    state = replace(fold(entries), doses=())
    tasks = next_due(state, at=minute(at), limits=LIMITS.room)
    assert all(task.stands(minute(at)) is not Timeliness.OVERDUE for task in tasks)
