"""Leaving: every barrier named, none skipped in silence, and none that the server has not seen."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.clinic import Clinic, attend, screened_today, vitals

from slackwater.actions.entries.command import Author, Command, Outcome, RecoveryAsked, Status
from slackwater.actions.entries.record import record_one
from slackwater.actions.forecasts.version import version_of
from slackwater.records.models import Entry, User
from slackwater.rules.room.log import Alertness, Check, CheckItem, Left, Payload, SetAside, Struck

LOOKED_AT = [
    CheckItem.GAIT,
    CheckItem.ORIENTED,
    CheckItem.DRINKS,
    CheckItem.DISTRESS,
    CheckItem.SAFETY,
    CheckItem.HALLUCINATIONS,
    CheckItem.ADVICE,
    CheckItem.ESCORT,
]


class Afternoon:
    """A session whose 40-minute infusion began with its opening, played by a clock of its own."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.start = clinic.session.opened_at
        self.says(-10, vitals(sbp=1200, dbp=780, hr=700, spo2=980))
        self.says(-9, Alertness(moaas=5))
        screened_today(clinic, at=self.at(-10))
        self.says(0, Check(item=CheckItem.CONSENT_TODAY, passed=True))
        attend(clinic.session, guide=clinic.guide, monitor=clinic.monitor, at=self.start)
        self.says(0, clinic.dose())

    def at(self, minute: float) -> datetime:
        return self.start + timedelta(minutes=minute)

    def says(self, minute: float, payload: Payload) -> None:
        outcome = self.tries(minute, payload)
        assert outcome.status is Status.SAVED, outcome.problems

    def looks_at_everything(self, minute: float, *, but: CheckItem | None = None) -> None:
        self.says(minute - 10, vitals(sbp=1280, dbp=800, hr=700, spo2=980))
        self.says(minute, vitals(sbp=1180, dbp=760, hr=680, spo2=980))
        self.says(minute, Alertness(moaas=5))
        for item in LOOKED_AT:
            if item is not but:
                self.says(minute, Check(item=item, passed=True))

    def tries(self, minute: float, payload: Payload, *, by: User | None = None, **changes: object) -> Outcome:
        at = self.at(minute)
        command = self.clinic.command(payload, by=by, happened_at=at, **changes)
        return record_one(command, wall=at)

    def leaves(
        self, minute: float, *aside: SetAside, by: User | None = None, chance: float | None = 0.97
    ) -> Outcome:
        asked = RecoveryAsked(chance=chance, is_outside=False, version=version_of(self.clinic.session))
        return self.tries(minute, Left(overrides=aside), by=by, recovery=asked)


@pytest.fixture
def afternoon(clinic: Clinic) -> Afternoon:
    return Afternoon(clinic)


def codes(outcome: Outcome) -> set[str]:
    return {problem.code for problem in outcome.problems}


def test_two_hours_after_the_end_of_the_infusion_and_not_a_minute_sooner(afternoon: Afternoon):
    afternoon.looks_at_everything(159)
    assert codes(afternoon.leaves(159.9)) == {"M11"}
    afternoon.looks_at_everything(160)
    assert afternoon.leaves(160).status is Status.SAVED
    assert Entry.objects.get(kind="left").payload == {"overrides": []}


def test_nothing_looked_at_is_a_barrier_for_each_thing(afternoon: Afternoon):
    outcome = afternoon.leaves(170)
    assert {"P06", "R02", "R03", "M03"} <= codes(outcome)
    assert len(outcome.problems) >= 9
    assert all(problem.field == "leaving" and problem.mend for problem in outcome.problems)
    assert not Entry.objects.filter(kind="left").exists()


@pytest.mark.parametrize("item", LOOKED_AT)
def test_each_thing_that_was_not_looked_at_bars_the_door(afternoon: Afternoon, item: CheckItem):
    afternoon.looks_at_everything(165, but=item)
    outcome = afternoon.leaves(166)
    assert outcome.status is Status.REFUSED
    assert len(outcome.problems) == 1


@pytest.mark.parametrize("chance", [None, 0.0, 0.89, float("nan")])
def test_a_crowd_that_has_not_recovered_bars_the_door(afternoon: Afternoon, chance: float | None):
    afternoon.looks_at_everything(165)
    assert codes(afternoon.leaves(166, chance=chance)) == {"CROWD-01"}


def test_a_door_that_did_not_ask_the_crowd_does_not_open(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    assert codes(afternoon.tries(166, Left())) == {"CROWD-01"}


def test_a_prescriber_sets_a_barrier_aside_with_a_reason_that_is_kept(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    aside = SetAside(barrier="CROWD-01", reason="Fully awake for an hour.")
    refused = afternoon.leaves(166, aside, chance=0.5)
    assert codes(refused) == {"not-allowed"}
    done = afternoon.leaves(166, aside, by=afternoon.clinic.prescriber, chance=0.5)
    assert done.status is Status.SAVED
    kept = Entry.objects.get(kind="left").payload
    assert kept == {"overrides": [{"barrier": "CROWD-01", "reason": "Fully awake for an hour."}]}


def test_nobody_sets_the_two_hours_or_the_escort_aside(afternoon: Afternoon):
    afternoon.looks_at_everything(120, but=CheckItem.ESCORT)
    aside = (SetAside(barrier="M11", reason="In a hurry."), SetAside(barrier="P06", reason="Lives near."))
    outcome = afternoon.leaves(121, *aside, by=afternoon.clinic.prescriber)
    assert {"M11", "P06"} <= codes(outcome)


def test_a_reason_for_a_barrier_that_is_not_there_is_refused(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    aside = SetAside(barrier="R05", reason="Why not.")
    assert codes(afternoon.leaves(166, aside, by=afternoon.clinic.prescriber)) == {"no-such-barrier"}


def test_what_the_crowd_said_before_the_last_rating_no_longer_counts(afternoon: Afternoon):
    from slackwater.rules.room.log import Rating

    afternoon.looks_at_everything(165)
    asked = RecoveryAsked(chance=0.99, is_outside=False, version=version_of(afternoon.clinic.session))
    afternoon.says(165.5, Rating(depth=6))
    assert codes(afternoon.tries(166, Left(), recovery=asked)) == {"changed"}


def test_a_patient_leaves_once_and_what_happened_later_is_refused(afternoon: Afternoon):
    afternoon.looks_at_everything(165)
    assert afternoon.leaves(166).status is Status.SAVED
    assert codes(afternoon.leaves(166)) == {"has-left"}
    assert codes(afternoon.tries(170, Alertness(moaas=5))) == {"after-leaving"}
    late = Command(
        session_id=afternoon.clinic.session.public_id,
        key=uuid4(),
        payload=Alertness(moaas=5),
        happened_at=afternoon.at(150),
        author=Author(user_id=afternoon.clinic.monitor.pk),
    )
    assert record_one(late, wall=afternoon.at(200)).status is Status.SAVED


def test_the_forty_minute_pressure_bars_leaving_until_it_is_taken_and_again_once_that_is_struck_out(
    afternoon: Afternoon,
):
    afternoon.says(34, vitals(sbp=1280, dbp=800, hr=700, spo2=980))
    assert "M01" in codes(afternoon.leaves(170))
    afternoon.says(170, vitals(sbp=1180, dbp=760, hr=680, spo2=980))
    assert "M01" not in codes(afternoon.leaves(170))
    taken = Entry.objects.filter(kind="vitals").latest("sequence")
    afternoon.says(171, Struck(sequence=taken.sequence, reason="the wrong arm"))
    assert "M01" in codes(afternoon.leaves(171))


def test_no_reason_of_a_prescriber_takes_the_place_of_the_forty_minute_pressure(afternoon: Afternoon):
    reason = SetAside(barrier="M01", reason="The patient would rather not.")
    assert "M01" in codes(afternoon.leaves(170, reason, by=afternoon.clinic.prescriber))
