"""Staff come and go for themselves, and nobody leaves an impaired patient alone without its being known."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic, attend, person

from slackwater.actions import log, presence
from slackwater.actions.entries.command import Outcome, Status
from slackwater.actions.entries.record import record_one
from slackwater.records.models import Entry, Role, User
from slackwater.rules.room.attending import attendance
from slackwater.rules.room.fold import fold
from slackwater.rules.room.log import Payload
from slackwater.rules.room.presence import CameIn, Place, WentOut


def says(clinic: Clinic, payload: Payload, by: User) -> Outcome:
    return record_one(clinic.command(payload, by=by), wall=timezone.now())


def codes(outcome: Outcome) -> set[str]:
    return {problem.code for problem in outcome.problems}


@pytest.fixture
def dosed(clinic: Clinic) -> Clinic:
    clinic.baseline()
    assert says(clinic, clinic.dose(), clinic.monitor).status is Status.SAVED
    return clinic


def test_nothing_is_given_until_two_are_here_and_one_of_them_in_the_room(clinic: Clinic):
    clinic.baseline()
    for by in (clinic.guide, clinic.monitor):
        assert says(clinic, WentOut(), by).status is Status.SAVED
    assert codes(says(clinic, clinic.dose(), clinic.monitor)) == {"M09", "M10"}
    says(clinic, CameIn(place=Place.EARSHOT), clinic.monitor)
    says(clinic, CameIn(place=Place.EARSHOT), clinic.guide)
    assert codes(says(clinic, clinic.dose(), clinic.monitor)) == {"M09"}
    says(clinic, CameIn(place=Place.ROOM), clinic.guide)
    assert says(clinic, clinic.dose(), clinic.monitor).status is Status.SAVED
    assert presence.gaps(clinic.session) == ()


def test_everybody_signs_in_for_themselves_whatever_the_entry_says(clinic: Clinic):
    says(clinic, CameIn(place=Place.ROOM, who=str(clinic.guide.pk)), clinic.monitor)
    assert [one.who for one in presence.of(clinic.session).here] == [str(clinic.monitor.pk)]


@pytest.mark.parametrize("who", ["patient_user", "owner", "stranger"])
def test_only_staff_count_as_being_with_the_patient(clinic: Clinic, who: str):
    outcome = says(clinic, CameIn(place=Place.ROOM), getattr(clinic, who))
    assert outcome.status is Status.REFUSED
    assert presence.of(clinic.session).here == ()


def test_leaving_an_impaired_patient_alone_is_refused_and_nothing_changes(dosed: Clinic):
    before = Entry.objects.count()
    assert codes(says(dosed, WentOut(), dosed.guide)) == {"M09", "M10"}
    assert codes(says(dosed, CameIn(place=Place.EARSHOT), dosed.guide)) == {"M09"}
    assert codes(says(dosed, WentOut(), dosed.monitor)) == {"M10"}
    assert Entry.objects.count() == before


def test_that_one_is_out_already_is_kept_as_what_it_is(dosed: Clinic):
    assert says(dosed, WentOut(is_fact=True), dosed.guide).status is Status.SAVED
    assert {finding.id for finding in presence.gaps(dosed.session)} == {"M09", "M10"}


def test_once_somebody_else_is_in_the_room_one_may_go(dosed: Clinic):
    says(dosed, CameIn(place=Place.ROOM), dosed.prescriber)
    assert says(dosed, WentOut(), dosed.guide).status is Status.SAVED


def test_whoever_is_not_here_does_not_go(clinic: Clinic):
    assert codes(says(clinic, WentOut(), clinic.guide)) == {"not-here"}


def test_nobody_is_in_two_rooms_at_once(clinic: Clinic):
    other = made.clinic()
    says(clinic, CameIn(place=Place.ROOM), clinic.guide)
    assert codes(says(other, CameIn(place=Place.ROOM), clinic.guide)) == {"other-room"}
    # Two rooms can be within one person's hearing.
    assert says(other, CameIn(place=Place.EARSHOT), clinic.guide).status is Status.SAVED
    says(clinic, WentOut(), clinic.guide)
    assert says(other, CameIn(place=Place.ROOM), clinic.guide).status is Status.SAVED


def test_the_order_in_which_entries_arrive_changes_nobodys_presence(clinic: Clinic):
    guide, monitor = person(Role.GUIDE), person(Role.MONITOR)
    attend(clinic.session, guide=guide, monitor=monitor, at=timezone.now() + timedelta(milliseconds=5))
    says(clinic, WentOut(), monitor)
    entries = [log.entry(row) for row in log.rows(clinic.session)]
    found = {attendance(fold(order)).here for order in permutations(entries)}
    assert len(found) == 1
