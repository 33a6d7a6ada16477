"""The next crowd learns from the sessions before it; what it cannot trust it leaves out, and says so."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from tests.actions.test_leaving import Afternoon
from tests.actions.test_orders import DRAFT
from tests.clinic import BORN, Clinic, asked_since, order

from slackwater.actions import crowds, earlier, learning, log, orders, previews, sessions
from slackwater.actions.forecasts import latest
from slackwater.pharma.columns import Cause
from slackwater.pharma.likelihoods import Sign
from slackwater.records.models import Patient, Session
from slackwater.rules.room.log import Note, Opened, Rating
from slackwater.rules.room.wire import parse_kind, parse_payload, payload_json
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

FELT = ((20, 1), (30, 3), (40, 5), (55, 4), (70, 1), (110, 0))
# Nothing while the drug is at its highest, then everything hours after it has gone.
NOT_OF_THIS_DRUG = ((20, 0), (30, 0), (40, 0), (60, 0), (110, 9), (120, 9), (130, 9), (140, 9))


def finished(clinic: Clinic, ratings: tuple[tuple[int, int], ...]) -> Afternoon:
    afternoon = Afternoon(clinic)
    for minute, depth in ratings:
        afternoon.says(minute, Rating(depth=depth))
    afternoon.looks_at_everything(165)
    outcome = afternoon.leaves(165)
    assert outcome.status.value == "saved", outcome.problems
    asked_since(clinic)
    return afternoon


def next_session(clinic: Clinic, after: Afternoon) -> Session:
    signed = order(clinic.patient, prescriber=clinic.prescriber)
    wall = after.start + timedelta(days=7)
    return sessions.open_session(signed.public_id, room="Room 1", by=clinic.monitor, wall=wall)


def opening(session: Session) -> Opened:
    opened = log.state(log.rows(session)).opened
    assert opened is not None
    return opened


@pytest.fixture
def second(clinic: Clinic) -> Session:
    return next_session(clinic, finished(clinic, FELT))


def test_the_opening_names_the_earlier_session_and_the_room_says_so(clinic: Clinic, second: Session):
    opened = opening(second)
    rows = log.rows(clinic.session)
    (named,) = opened.earlier or ()
    assert (named.session, named.entries, named.head) == (
        str(clinic.session.public_id), len(rows), rows[-1].leaf,
    )  # fmt: skip
    crowd = crowds.crowd_of(opened)
    assert crowd.learned is not None
    assert crowd.learned.n_sessions == 1
    told, day = latest.as_json(second), timezone.localtime(clinic.session.opened_at)
    said = f"1 earlier session of this person ({day.day} {day:%B %Y})."
    assert told["learned"] == f"This crowd has learned from {said}"
    assert told["lesson"].startswith("For the same dose its deepest point ")


def test_the_same_crowd_is_rebuilt_from_the_logs_to_the_last_digit(clinic: Clinic, second: Session):
    before = crowds.crowd_of(opening(second)).z
    # What is added to the earlier log afterwards is not what the crowd was opened with.
    log_before = len(log.rows(clinic.session))
    Afternoon.says(_again(clinic), 200, Note(text="Called the next day."))
    assert len(log.rows(clinic.session)) == log_before + 1
    crowds.crowd_of.cache_clear()
    np.testing.assert_array_equal(crowds.crowd_of(opening(second)).z, before)


def _again(clinic: Clinic) -> Afternoon:
    """The same afternoon, without playing its beginning again."""
    afternoon = object.__new__(Afternoon)
    afternoon.clinic, afternoon.start = clinic, clinic.session.opened_at
    return afternoon


def test_an_earlier_log_that_is_not_what_it_was_teaches_nothing_and_that_is_said(second: Session):
    opened = opening(second)
    (named,) = opened.earlier or ()
    changed = replace(opened, earlier=(replace(named, head="0" * 64),))
    crowd = crowds.crowd_of(changed)
    assert crowd.learned is None
    np.testing.assert_array_equal(crowd.z, crowds.crowd_of(replace(opened, earlier=None)).z)
    assert "is not as it was" in earlier.said_of(changed, n_learned=0)


def test_who_was_outside_the_crowd_teaches_it_nothing_and_that_is_said(clinic: Clinic):
    afternoon = finished(clinic, NOT_OF_THIS_DRUG)
    found = earlier.of_patient(clinic.patient)
    assert (found.logs, found.outside) == ((), 1)
    assert found.sentence == "1 earlier session was outside the crowd and taught it nothing."
    assert opening(next_session(clinic, afternoon)).earlier is None


def test_a_session_that_has_not_ended_teaches_nothing(clinic: Clinic):
    afternoon = Afternoon(clinic)
    afternoon.says(20, Rating(depth=4))
    assert earlier.of_patient(clinic.patient).logs == ()


def test_pressures_heart_rate_and_alertness_teach_though_nothing_was_rated(clinic: Clinic):
    afternoon = finished(clinic, ())
    rows = log.rows(clinic.session)
    taught = crowds.taught_by(log.state(rows), version=rows[-1].sequence)
    assert taught is not None
    assert sorted(one.sign.value for one in taught.observations) == sorted(
        ["alertness", *(["systolic", "diastolic", "heart_rate"] * 2)]
    )
    crowd = crowds.crowd_of(opening(next_session(clinic, afternoon)))
    assert crowd.learned is not None
    assert crowd.learned.n_sessions == 1


def test_what_teaches_the_next_crowd_is_what_the_rooms_own_crowd_was_told(clinic: Clinic):
    finished(clinic, FELT)
    rows = log.rows(clinic.session)
    taught = crowds.taught_by(log.state(rows), version=rows[-1].sequence)
    forecast = latest.of(clinic.session)
    assert taught is not None
    counted = Counter(one.sign for one in taught.observations)
    assert counted == dict(forecast.posterior.counted)
    assert counted[Sign.RATING] == len(FELT)


def test_the_preview_of_the_next_order_asks_the_crowd_that_has_learned(clinic: Clinic):
    finished(clinic, FELT)
    signed = order(clinic.patient, prescriber=clinic.prescriber)
    plan = previews.Plan(
        person=crowds.population_of(opening(clinic.session)).person,
        model=signed.model,
        drug=opening(clinic.session).drug,
        route=clinic.dose().route,
        dose_ug=signed.dose_ug,
        duration_s=signed.duration_s,
        subjects=256,
        earlier=earlier.of_patient(clinic.patient).logs,
    )
    found = previews.preview(plan, by=clinic.prescriber)
    fresh = previews.preview(replace(plan, earlier=()), by=clinic.prescriber)
    assert (len(found.learned), fresh.learned) == (1, ())
    assert fresh.lesson is None
    assert found.lesson is not None
    # The lesson compares what the page itself shows of either crowd.
    for shown, deepest in ((found, found.lesson.learned), (fresh, found.lesson.published)):
        peak = shown.first.peak_depth
        assert (peak.p05, peak.p50, peak.p95) == pytest.approx(deepest, abs=1e-9)
    assert found.first.depth.p50 != fresh.first.depth.p50
    for one in (found, fresh):
        assert [split.what for split in one.causes] == ["depth", "systolic_rise", "recovered"]
        assert sum(share for _, share in one.causes[0].shares) == pytest.approx(1.0)
    # Three ratings and more tell how strongly this person responds, and nothing of another day.
    before, after = dict(fresh.causes[0].shares), dict(found.causes[0].shares)
    assert after[Cause.RESPONSE] < before[Cause.RESPONSE]
    assert after[Cause.OCCASION] > before[Cause.OCCASION]


def test_what_was_learned_while_the_order_is_written_is_what_its_preview_asks(clinic: Clinic):
    finished(clinic, FELT)
    now = timezone.now()
    learning.learn(clinic.patient, at=now)
    draft = replace(DRAFT, route=Route.IM, dose_ug=20_000, booster=None, subjects=4096)
    asked = [previews.crowd_of(orders.plan(draft, clinic.patient, at=now)) for _ in range(2)]
    assert asked[0].learned is not None
    # Drawn once and kept: whoever asks again gets the very same crowd, not one that learned anew.
    assert asked[0] is asked[1]
    assert asked[0] is previews.crowd_of(orders.plan(replace(draft, dose_ug=30_000), clinic.patient, at=now))


def test_nothing_is_learned_beforehand_for_a_patient_who_was_not_weighed(clinic: Clinic):
    nobody = Patient.objects.create(given_name="A", family_name="B", birth_date=BORN, sex="male")
    with pytest.raises(RefusedError):
        learning.learn(nobody, at=timezone.now())
    # Where no server runs there is nobody to be quick for.
    learning.begin(nobody, at=timezone.now())


def test_an_openings_earlier_sessions_survive_the_wire(second: Session):
    opened = opening(second)
    kind = parse_kind("opened")
    assert parse_payload(kind, payload_json(opened)) == opened
    for fault in ([], [{"session": "x", "entries": 0, "head": "y"}], [{"session": "x", "entries": 1}]):
        with pytest.raises(RefusedError) as refused:
            parse_payload(kind, payload_json(opened) | {"earlier": fault})
        assert all("earlier" in problem.field for problem in refused.value.problems)
