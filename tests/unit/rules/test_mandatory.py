"""The pressure that cannot be skipped: what counts as it, and what is said of one that came late."""

from datetime import timedelta

import pytest
from tests.rooms import Room, minute

from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.mandatory import mandatory_pressures

LIMITS = load_limits().room.due
ONE_SECOND = 1 / 60


def only(room: Room):
    (found,) = mandatory_pressures(room.state(), limits=LIMITS)
    return found


@pytest.mark.parametrize(
    ("at", "late"),
    [(35, ""), (40, ""), (45 - ONE_SECOND, ""), (45, "5 min"), (62, "22 min"), (130, "1 h 30 min")],
)
def test_one_that_comes_late_keeps_its_time_and_says_so(at: float, late: str):
    found = only(Room().dose(0).bp(at, 130, 80))
    assert found.taken_at == minute(at)
    assert found.sentence() == (f"The 40-minute blood pressure was taken {late} late." if late else "")


def test_the_first_that_counts_is_the_one_that_is_kept():
    assert only(Room().dose(0).bp(34, 130, 80).bp(50, 130, 80).bp(60, 130, 80)).taken_at == minute(50)


def test_one_that_arrives_late_but_was_taken_in_time_is_in_time():
    assert only(Room().dose(0).bp(40, 130, 80, late=30)).late_by == timedelta(0)


def test_each_dose_has_its_own():
    room = Room().dose(0).bp(40, 130, 80).dose(50, number=2, mg=17)
    assert [one.is_owed for one in mandatory_pressures(room.state(), limits=LIMITS)] == [False, True]
    assert mandatory_pressures(Room().state(), limits=LIMITS) == ()
