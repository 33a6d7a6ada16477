"""Alarms through the one path: who says what of them, and what goes to the other screens."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.clinic import Clinic, vitals

from slackwater.actions import alarms, boards, log
from slackwater.actions.entries.command import Outcome, Status
from slackwater.actions.entries.record import record_one
from slackwater.records.models import User
from slackwater.rules.room.alarms import Alarm, Standing, share_useful
from slackwater.rules.room.log import Payload
from slackwater.rules.room.signals import AlarmScored, AlarmSeen, Condition

SEEN = AlarmSeen(condition=Condition.SATURATION)


class Later:
    """A clinic a little later at each entry."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.at = clinic, timezone.now()

    def says(self, payload: Payload, *, by: User | None = None) -> Outcome:
        self.at += timedelta(milliseconds=10)
        return record_one(self.clinic.command(payload, by=by, happened_at=self.at), wall=self.at)

    def alarms(self) -> tuple[Alarm, ...]:
        return alarms.of(log.state(log.rows(self.clinic.session)), at=self.at)


@pytest.fixture
def later(clinic: Clinic) -> Later:
    return Later(clinic)


def test_an_alarm_is_seen_by_name_ends_and_is_scored(later: Later):
    later.says(vitals(spo2=880))
    (alarm,) = later.alarms()
    assert alarm.stands is Standing.RAISED
    assert later.says(SEEN, by=later.clinic.guide).status is Status.SAVED
    (alarm,) = later.alarms()
    assert (alarm.stands, alarm.seen_by) == (Standing.SEEN, later.clinic.guide.shown_name)
    score = AlarmScored(condition=alarm.condition, raised_at=alarm.raised_at, useful=True)
    assert {one.code for one in later.says(score).problems} == {"not-over"}
    later.says(vitals(spo2=980))
    assert later.says(score).status is Status.SAVED
    (alarm,) = later.alarms()
    assert (alarm.stands, alarm.useful) == (Standing.OVER, True)
    assert alarms.scores() == [True]


def test_an_alarm_that_never_was_is_not_scored(later: Later):
    score = AlarmScored(condition=Condition.PRESSURE, raised_at=later.at, useful=False)
    assert {one.code for one in later.says(score).problems} == {"not-over"}


@pytest.mark.parametrize("who", ["patient_user", "owner", "stranger"])
def test_nobody_but_staff_says_that_an_alarm_was_seen(later: Later, who: str):
    later.says(vitals(spo2=880))
    assert later.says(SEEN, by=getattr(later.clinic, who)).status is Status.REFUSED
    assert [one.stands for one in later.alarms()] == [Standing.RAISED]


def test_what_nobody_has_seen_goes_to_the_other_screens_and_comes_back_when_it_is_worse(later: Later):
    def elsewhere() -> list[str]:
        room = boards.room(later.clinic.session, at=later.at)
        return [f"{one.alarm.condition} {one.alarm.priority.word}" for one in alarms.elsewhere([room])]

    later.says(vitals(spo2=910))
    assert elsewhere() == []
    later.at += timedelta(seconds=60)
    assert elsewhere() == ["saturation medium"]
    later.says(SEEN)
    assert elsewhere() == []
    later.says(vitals(spo2=880))
    assert elsewhere() == ["saturation high"]


def test_the_last_word_on_an_alarm_is_the_one_that_counts(later: Later):
    later.says(vitals(spo2=880))
    later.says(SEEN)
    later.says(vitals(spo2=980))
    (alarm,) = later.alarms()
    for useful in (True, False):
        later.says(AlarmScored(condition=alarm.condition, raised_at=alarm.raised_at, useful=useful))
    assert alarms.scores() == [False]
    assert share_useful(alarms.scores()) == "0 of 1 scored alarms were of use."
    assert share_useful([]) == "No alarm has been scored yet."
