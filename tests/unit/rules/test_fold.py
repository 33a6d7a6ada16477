"""A room's state from its log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.rooms import Room, minute

from slackwater.rules.room.fold import fold
from slackwater.rules.room.log import (
    Baseline,
    CheckItem,
    EntryKind,
    LogEntry,
    Note,
    Rating,
    RoomClock,
    SetAside,
    Speed,
    VitalSource,
)
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality, VitalCode


def test_an_empty_log_is_a_room_that_is_not_open() -> None:
    state = fold(())
    assert state.opened is None
    assert state.first_dose_at is None
    assert state.last_dose_ended_at is None
    assert state.elapsed(minute(0)) is None
    assert state.baseline is None


def test_elapsed_time_counts_from_the_first_dose() -> None:
    assert Room().dose(0).state().elapsed(minute(42)) == timedelta(minutes=42)


def test_an_infusion_runs_until_it_ends() -> None:
    dose = Room().dose(0, route=Route.IV, over=40).state().doses[0]
    assert dose.is_running(minute(0))
    assert dose.is_running(minute(39.9))
    assert not dose.is_running(minute(40))
    assert not dose.was_cut


def test_a_stop_ends_a_running_infusion() -> None:
    state = Room().dose(0, route=Route.IV, over=40).stop(15).state()
    assert state.doses[0].ended_at == minute(15)
    assert state.doses[0].was_cut
    assert state.last_dose_ended_at == minute(15)
    assert state.given_ug == 35_000


@pytest.mark.parametrize("stopped", [0, 40, 41])
def test_a_stop_at_either_end_of_an_infusion(stopped: float) -> None:
    state = Room().dose(0, route=Route.IV, over=40).stop(stopped).state()
    assert state.doses[0].ended_at == minute(min(stopped, 40))


def test_the_first_of_two_stops_counts() -> None:
    assert Room().dose(0, route=Route.IV, over=40).stop(20).stop(10).state().doses[0].ended_at == minute(10)


def test_a_dose_that_began_after_the_stop_still_went_in() -> None:
    state = Room().stop(-5).dose(0, route=Route.IV, over=40).state()
    assert state.last_dose_ended_at == minute(40)


def test_the_last_drug_is_the_one_that_ends_last() -> None:
    state = Room().dose(0, route=Route.IV, over=60).dose(10, number=2, mg=10).state()
    assert state.last_dose_ended_at == minute(60)


def test_entries_count_in_the_order_in_which_they_happened() -> None:
    state = Room().rating(20, 6).rating(10, 3, late=30).state()
    assert [one.said.depth for one in state.ratings] == [3, 6]


def test_two_entries_of_one_instant_keep_their_order_of_arrival() -> None:
    state = Room().rating(10, 3).rating(10, 5).state()
    assert [one.said.depth for one in state.ratings] == [3, 5]


def test_an_entry_is_late_when_recorded_more_than_two_minutes_after() -> None:
    room = Room().rating(10, 3, late=2).rating(20, 4, late=2.01)
    assert room.state().late == {3}


def test_a_struck_entry_is_gone_and_the_one_before_counts_again() -> None:
    state = Room().bp(10, 120, 75).bp(20, 165, 80).struck(21, 3).state()
    assert state.latest(VitalCode.SBP).said.tenths == 1200
    assert state.struck == {3}


def test_a_dose_an_opening_and_a_stop_cannot_be_struck() -> None:
    state = Room().dose(0).stop(5).struck(6, 1).struck(6, 2).struck(6, 3).state()
    assert state.struck == frozenset()
    assert state.opened is not None
    assert len(state.doses) == 1
    assert state.stopped is not None


def test_only_good_readings_are_readings() -> None:
    room = Room().vitals(10, spo2=97).vitals(11, spo2=0, quality=Quality.DISCONNECTED)
    state = room.vitals(12, spo2=20, quality=Quality.ARTEFACT).state()
    assert state.latest(VitalCode.SPO2).said.tenths == 970
    assert state.latest(VitalCode.SPO2).age(minute(14)) == timedelta(minutes=4)
    assert state.latest_of_any_quality(VitalCode.SPO2).said.quality is Quality.ARTEFACT


def test_an_age_is_never_negative() -> None:
    state = Room().vitals(10, spo2=97).state()
    assert state.latest(VitalCode.SPO2).age(minute(9)) == timedelta(0)


def test_a_later_failure_replaces_an_earlier_pass() -> None:
    state = Room().check(10, CheckItem.GAIT).check(20, CheckItem.GAIT, passed=False).state()
    assert not state.check(CheckItem.GAIT).said.passed
    assert state.check(CheckItem.GAIT, since=minute(20)) is not None
    assert state.check(CheckItem.GAIT, since=minute(21)) is None
    assert state.check(CheckItem.ESCORT) is None


def test_the_baseline_is_the_last_pressure_before_the_first_dose() -> None:
    room = Room(baseline=(130, 85)).vitals(-20, sbp=124, dbp=80, hr=66)
    assert room.state().baseline == Baseline(sbp=1240, dbp=800, hr=660)
    assert room.dose(0).bp(10, 150, 90).state().baseline == Baseline(sbp=1240, dbp=800, hr=660)


def test_the_baseline_of_the_opening_stands_when_none_was_taken() -> None:
    assert Room(baseline=(130, 85)).dose(0).bp(10, 150, 90).state().baseline == Baseline(sbp=1300, dbp=850)


def test_a_pressure_taken_as_the_dose_began_is_the_baseline() -> None:
    assert Room().bp(-10, 118, 74).dose(0).bp(0, 126, 80).state().baseline == Baseline(sbp=1260, dbp=800)


def test_half_a_pressure_is_no_baseline() -> None:
    for half in ({"sbp": 124.0}, {"dbp": 80.0}):
        room = Room(baseline=(130, 85)).vitals(-20, **half)
        assert room.state().baseline == Baseline(sbp=1300, dbp=850)


def test_what_a_monitor_sent_is_known_as_such() -> None:
    assert Room().vitals(1, source=VitalSource.MONITOR, spo2=97).vitals(2, spo2=98).state().from_monitor == {
        2
    }


def test_leaving_ends_the_session() -> None:
    state = Room().dose(0).left(130, SetAside(barrier="R05", reason="Never drinks tea.")).state()
    assert state.is_over
    assert state.left.said.overrides[0].barrier == "R05"


def test_the_clock_stands_where_the_last_change_of_pace_left_it() -> None:
    room = Room().says(0, Speed(factor=4, anchor_wall=minute(0)))
    assert room.state().clock is None, "a clinic's clock has no pace"
    opened = room.entries[0]
    demo = RoomClock(anchor_room=minute(-60), anchor_wall=minute(-60), factor=1)
    entries = [_with_clock(opened, demo), *room.entries[1:]]
    assert fold(entries).clock == RoomClock(anchor_room=minute(0), anchor_wall=minute(0), factor=4)


def _with_clock(entry: LogEntry, clock: RoomClock) -> LogEntry:
    return replace(entry, payload=replace(entry.payload, clock=clock))


BERLIN = ZoneInfo("Europe/Berlin")


def _rated(at: datetime, sequence: int, depth: int) -> LogEntry:
    return LogEntry(
        sequence=sequence, kind=EntryKind.RATING, payload=Rating(depth=depth), happened_at=at, recorded_at=at,
        by_name="Somebody", by_role="monitor",
    )  # fmt: skip


def test_the_hour_that_comes_twice_in_autumn_is_told_apart() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    state = fold([_rated(second, 1, 2), _rated(first, 2, 7)])
    assert [one.said.depth for one in state.ratings] == [7, 2]
    assert state.ratings[1].at - state.ratings[0].at == timedelta(hours=1)


def test_an_entry_recorded_in_the_hour_that_comes_twice_is_late_by_the_true_time() -> None:
    entry = LogEntry(
        sequence=1, kind=EntryKind.RATING, payload=Rating(depth=2), by_name="Somebody", by_role="monitor",
        happened_at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0),
        recorded_at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
    )  # fmt: skip
    assert fold([entry]).late == {1}


@pytest.mark.parametrize("day", [(2026, 3, 29), (2024, 2, 29), (2026, 12, 31), (2026, 10, 25)], ids=str)
def test_two_hours_are_two_hours_across_any_midnight_and_change_of_clocks(day: tuple[int, int, int]) -> None:
    start = datetime(*day, 0, 30, tzinfo=BERLIN).astimezone(UTC)
    entries = Room().dose(0).entries
    moved = [_moved(entry, start - minute(0)) for entry in entries]
    state = fold(moved)
    assert state.elapsed((start + timedelta(hours=2)).astimezone(BERLIN)) == timedelta(hours=2)


def _moved(entry: LogEntry, by: timedelta) -> LogEntry:
    return replace(
        entry,
        happened_at=(entry.happened_at + by).astimezone(BERLIN),
        recorded_at=(entry.recorded_at + by).astimezone(BERLIN),
    )


def test_a_moment_without_a_zone_is_no_moment() -> None:
    entry = _rated(minute(0), 1, 3)
    for name in ("happened_at", "recorded_at"):
        with pytest.raises(ValueError, match="zone"):
            replace(entry, **{name: minute(0).replace(tzinfo=None)})


def test_a_payload_of_another_kind_is_no_entry() -> None:
    with pytest.raises(ValueError, match="another kind"):
        LogEntry(
            sequence=1, kind=EntryKind.RATING, payload=Note(text="x"), happened_at=minute(0),
            recorded_at=minute(0), by_name="Somebody", by_role="monitor",
        )  # fmt: skip
