"""No alarm is lost: not by the order in which entries arrive, nor by anything that is said of it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.rooms import logs
from tests.rooms import minute

from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import Severity
from slackwater.rules.room.alarms import Standing, alarms
from slackwater.rules.room.alerts import alerts
from slackwater.rules.room.fold import fold
from slackwater.rules.room.log import EntryKind, LogEntry
from slackwater.rules.room.signals import AlarmSeen, Condition, Priority

LIMITS = load_limits().room
# After everything that these logs hold, and after what a monitor sends has held long enough.
END = 2000
_ABOUT = {
    "M03": {Condition.SATURATION, Condition.NO_SATURATION},
    "M04": {Condition.PRESSURE, Condition.NO_PRESSURE},
    "M05": {Condition.PRESSURE},
    "M06": {Condition.HEART_RATE, Condition.NO_HEART_RATE},
    "M07": {Condition.ALERTNESS},
}


@given(entries=logs(), data=st.data())
def test_the_order_in_which_entries_arrive_changes_no_alarm(entries: list[LogEntry], data: st.DataObject):
    shuffled = data.draw(st.permutations(entries))
    told, again = (alarms(fold(one), at=minute(END), limits=LIMITS) for one in (entries, shuffled))
    assert told == again


@given(entries=logs())
def test_every_reading_past_a_limit_is_an_alarm_that_has_not_ended(entries: list[LogEntry]):
    state = fold(entries)
    if state.is_over:
        return
    told = alarms(state, at=minute(END), limits=LIMITS)
    standing = {one.condition: one.priority for one in told if one.ended_at is None}
    for found in alerts(state, at=minute(END), limits=LIMITS.alarms):
        if found.severity in (Severity.STOP, Severity.WARN):
            about = _ABOUT[found.id] & set(standing)
            assert about
            assert found.severity is not Severity.STOP or any(standing[one] is Priority.HIGH for one in about)


@given(entries=logs(), seen_at=st.lists(st.integers(-60, END), max_size=8))
def test_saying_that_an_alarm_was_seen_ends_none_and_hides_none_that_comes_later(
    entries: list[LogEntry], seen_at: list[int]
):
    said = [
        LogEntry(
            sequence=len(entries) + number,
            kind=EntryKind.ALARM_SEEN,
            payload=AlarmSeen(condition=condition),
            happened_at=minute(at),
            recorded_at=minute(at),
            by_name="Somebody",
            by_role="monitor",
        )
        for number, (at, condition) in enumerate(((at, one) for at in seen_at for one in Condition), start=1)
    ]
    before = alarms(fold(entries), at=minute(END), limits=LIMITS)
    after = alarms(fold([*entries, *said]), at=minute(END), limits=LIMITS)
    now = {one.condition for one in before if one.ended_at is None}
    assert {one.condition for one in after if one.ended_at is None} == now
    latest = max((minute(at) for at in seen_at), default=minute(-60))
    for one in after:
        if one.worse_at > latest:
            assert one.stands in (Standing.RAISED, Standing.UNSEEN)
            assert one.is_elsewhere(one.worse_at + timedelta(seconds=60), LIMITS.signals)
        assert one.priority in Priority
