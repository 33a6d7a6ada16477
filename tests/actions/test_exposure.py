"""What the visits before ask for, from the logs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.clinic import Clinic, person
from tests.marked import begun, leave

from slackwater.actions import exposure
from slackwater.actions.eligibility import deeds, found
from slackwater.actions.policy import DeniedError
from slackwater.records.models import Role
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.route import Route


def ids(findings) -> set[str]:
    return {one.id for one in findings}


def test_what_was_given_is_added_up_by_drug_and_way_and_never_across(clinic: Clinic):
    session, first = begun(clinic, days_ago=9)
    leave(session, clinic, at=first + timedelta(hours=6))
    seen = exposure.visits(session.patient)
    assert [(one.session, one.amount_ug, one.doses) for one in seen] == [(str(session.public_id), 35_000, 1)]
    (total,) = exposure.totals(seen)
    assert (total.visits, total.amount_ug) == (1, 35_000)


def test_a_dose_of_yesterday_bars_todays_and_one_of_last_week_does_not(clinic: Clinic):
    now = timezone.now()
    assert exposure.against_dose(clinic.patient, at=now) == ()
    session, _ = begun(clinic, days_ago=1)
    assert ids(exposure.against_dose(session.patient, at=now)) == {"D18"}
    assert "D18" in ids(found.against_dose(session.patient, route=Route.IV, at=now))
    assert exposure.against_dose(session.patient, at=now + timedelta(days=2)) == ()


def test_before_the_next_order_it_is_asked_how_the_time_since_was(clinic: Clinic):
    session, _ = begun(clinic, days_ago=5)
    patient, now = session.patient, timezone.now()
    assert ids(exposure.against_order(patient, at=now)) == {"LONG-01", "LONG-02"}
    well: dict[str, bool | frozenset[str]] = {"watch.craving": False, "watch.bladder": frozenset()}
    deeds.answer(patient, "since", well, by=clinic.guide, at=now - timedelta(seconds=2), key=uuid4())
    assert exposure.against_order(patient, at=now) == ()
    deeds.answer(
        patient, "since", {"watch.craving": True}, by=clinic.guide, at=now - timedelta(seconds=1), key=uuid4()
    )
    standing = found.of(patient, stage=Stage.ORDER, route=Route.IV, at=now)
    assert "LONG-01" in ids(standing.barring)


def test_longing_that_two_set_aside_bars_again_when_it_is_said_again(clinic: Clinic):
    session, _ = begun(clinic, days_ago=5)
    patient, now = session.patient, timezone.now()

    def says(longs: bool, *, ago: timedelta) -> None:
        given: dict[str, bool | frozenset[str]] = {"watch.craving": longs, "watch.bladder": frozenset()}
        deeds.answer(patient, "since", given, by=clinic.guide, at=now - ago, key=uuid4())

    def standing(ago: timedelta) -> list[Finding]:
        barring = found.of(patient, stage=Stage.ORDER, route=Route.IV, at=now - ago).barring
        return [one for one in barring if one.id == "LONG-01"]

    says(True, ago=timedelta(hours=9))
    (first,) = standing(timedelta(hours=8))
    aside = deeds.Aside(
        finding=first,
        stage=Stage.ORDER,
        reason="Talked over with her.",
        prescriber=clinic.prescriber,
        second=clinic.guide,
    )
    deeds.set_aside(patient, aside, at=now - timedelta(hours=7), key=uuid4())
    assert standing(timedelta(hours=6)) == []
    says(True, ago=timedelta(hours=5))
    (again,) = standing(timedelta(hours=4))
    assert again.sentence != first.sentence


def test_past_a_courses_limit_the_second_is_a_prescriber_too(clinic: Clinic):
    finding = Finding(
        id="D19", severity=Severity.STOP, sentence="There were 12 visits in 6 months.", source="x",
        verified="design", override=Override.PRESCRIBER_AND_SECOND,
    )  # fmt: skip

    def aside(second):
        return deeds.Aside(
            finding=finding,
            stage=Stage.ORDER,
            reason="She is well.",
            prescriber=clinic.prescriber,
            second=second,
        )

    with pytest.raises(DeniedError):
        deeds.set_aside(clinic.patient, aside(clinic.guide), at=timezone.now(), key=uuid4())
    other = person(Role.PRESCRIBER)
    row = deeds.set_aside(clinic.patient, aside(other), at=timezone.now(), key=uuid4())
    assert row.second == other
