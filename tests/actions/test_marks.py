"""Each finished session scores its own forecasts, and bands that have not held are drawn wider and say so."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from scipy.stats import norm
from tests import clinic as made
from tests import marked
from tests.clinic import Clinic
from tests.virtual import ratings

from slackwater.actions import crowds, log, order_terms, plans, previews, sessions
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.forecast import forecast
from slackwater.actions.forecasts.seen import told_before
from slackwater.actions.forecasts.wire import forecast_json
from slackwater.actions.marks import marking, standing, widening
from slackwater.actions.marks.marker import Marker
from slackwater.actions.marks.marking import mark_session
from slackwater.actions.plans import PlanDraft
from slackwater.actions.previews import Plan
from slackwater.pharma.observe import update
from slackwater.pharma.person import Person
from slackwater.pharma.plan_question import Kind, Question, TooDeep, Wish
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.widening import FEWEST_SESSIONS
from slackwater.records.models import ForecastMark, Marking, Session
from slackwater.rules.room.heard import Heard
from slackwater.rules.room.log import (
    Alertness,
    Banded,
    EntryKind,
    Listening,
    Note,
    Opened,
    Rating,
    Struck,
    Vitals,
    VitalSource,
    Widened,
)
from slackwater.rules.room.wire import parse_payload, payload_json
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality, Reading, VitalCode


@pytest.fixture(autouse=True)
def afresh():
    latest.forecasts.forget()


def opened(session: Session) -> Opened:
    found = log.state(log.rows(session)).opened
    assert found is not None
    return found


def said_as_expected(clinic: Clinic, *, seed: int) -> list[int]:
    return ratings(crowds.population_of(opened(clinic.session)), seed=seed)


def test_a_finished_session_is_marked_once_from_its_log_alone(clinic: Clinic):
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    first = mark_session(session, at=timezone.now())
    again = mark_session(session, at=timezone.now() + timedelta(hours=1))
    assert first is not None
    assert again == first
    depth = ForecastMark.objects.filter(marking=first, quantity="depth")
    assert [row.value for row in depth] == [2, 4, 4, 2, 1, 0]
    assert [row.n_before for row in depth] == [0, 1, 2, 3, 4, 5]
    # The two pressures before leaving are marked too; those before the dose are the baseline.
    assert ForecastMark.objects.exclude(quantity="depth").count() == 2
    assert (first.seen_back_after_h, first.seen_back_by_h) == pytest.approx((36 / 60, 52 / 60))
    assert first.prior_back_p50_h is not None


def test_marks_know_what_the_rooms_crowd_had_been_told_and_nothing_else(clinic: Clinic):
    """Asked while the session runs, just before each rating, and again when all is over."""
    session, start = marked.begun(clinic)
    rooms, said = [], [2, 4, 4, 2]
    for minute, depth in zip((10, 20, 32, 45), said, strict=True):
        at = start + timedelta(minutes=minute)
        monitor = clinic.monitor
        marked.write(session, monitor, at - timedelta(minutes=4), vitals(VitalSource.HAND, sbp=1300 + minute))
        marked.write(session, monitor, at - timedelta(minutes=3), Alertness(moaas=4))
        # The room hears what a monitor reads with the next entry by a person, which is the rating itself.
        marked.write(session, monitor, at - timedelta(minutes=2), vitals(VitalSource.MONITOR, sbp=1600))
        if minute == 32:
            off = Listening(sign=Heard.SYSTOLIC, on=False, reason="Fear moves it.")
            marked.write(session, monitor, at - timedelta(minutes=1), off)
        rooms.append((minute / 60, latest.of(session).posterior))
        marked.write(session, monitor, at, Rating(depth=depth))
    marked.leave(session, clinic, at=start + timedelta(hours=6))
    kept = mark_session(session, at=timezone.now())
    rows = ForecastMark.objects.filter(marking=kept, quantity="depth").order_by("at_h")
    state = log.state(log.rows(session))
    for row, (at_h, posterior) in zip(rows, rooms, strict=True):
        assert row.n_before == posterior.n_seen
        known = told_before(state, row.at_h)
        drawn, regimen = crowds.crowd_of(opened(session)), crowds.regimen_of(state)
        again = update(drawn, regimen, known.observations, using=known.using)
        np.testing.assert_array_equal(again.crowd.weights, posterior.crowd.weights)
        depth = posterior.crowd.simulate(crowds.regimen_of(state), np.array([at_h]), (Quantity.DEPTH,))
        error = posterior.crowd.population.response.rating
        under = norm.cdf((row.middle - depth.of(Quantity.DEPTH)[0]) / error.sd) @ posterior.crowd.weights
        assert (1 - error.slip) * under + error.slip * (row.middle + 0.5) / 11 == pytest.approx(0.5, abs=1e-6)


def vitals(source: VitalSource, *, sbp: int) -> Vitals:
    return Vitals(
        source=source,
        readings=(
            Reading(code=VitalCode.SBP, tenths=sbp, quality=Quality.OK),
            Reading(code=VitalCode.DBP, tenths=800, quality=Quality.OK),
        ),
    )


def test_marks_made_again_from_the_log_are_the_same_digits(clinic: Clinic):
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    first = mark_session(session, at=timezone.now())
    [kept] = standing.as_shown()
    assert kept.marking == first
    assert marking._scored(log.state(log.rows(session))).marks == kept.marks


def test_a_session_in_progress_or_without_a_dose_has_no_marks(clinic: Clinic):
    assert mark_session(clinic.session, at=timezone.now()) is None
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    assert mark_session(clinic.session, at=timezone.now()) is None
    assert Marking.objects.count() == 0


def test_a_rating_struck_out_afterwards_is_marked_no_more_and_the_first_marks_stay(clinic: Clinic):
    session = marked.finished(clinic, [2, 4, 9, 2, 1, 0])
    mark_session(session, at=timezone.now())
    slip = session.entries.filter(kind="rating")[2].sequence
    sessions.perform(
        session.public_id, Struck(sequence=slip, reason="Other room."), by=clinic.monitor,
        at=timezone.now(), key=uuid4(),
    )  # fmt: skip
    mark_session(session, at=timezone.now())
    assert Marking.objects.count() == 2
    [shown] = standing.as_shown()
    assert [mark.seen.value for mark in shown.marks if mark.seen.quantity.value == "depth"] == [2, 4, 2, 1, 0]
    assert standing.by_present_engine() == [shown]


def test_marks_are_only_ever_added(live_clinic: Clinic):
    mark_session(marked.finished(live_clinic, [2, 4, 4, 2, 1, 0]), at=timezone.now())
    for attempt in (
        lambda: Marking.objects.update(model="other"),
        lambda: ForecastMark.objects.update(value=1.0),
        lambda: ForecastMark.objects.all().delete(),
        lambda: Marking.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_demonstrations_sessions_count_in_a_demonstration_only(clinic: Clinic, settings):
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    mark_session(session, at=timezone.now())
    assert len(standing.as_shown()) == 1
    settings.DEMO = True
    assert standing.as_shown() == []
    assert list(standing.finished()) == []


def test_leaving_is_marked_by_a_thread_of_its_own(committed):
    live = made.clinic()
    session = marked.finished(live, [2, 4, 4, 2, 1, 0])
    marker = Marker()
    marker.start()
    try:
        deadline = timezone.now() + timedelta(seconds=60)
        while not Marking.objects.exists() and timezone.now() < deadline:
            marker._thread.join(0.05)
    finally:
        marker.stop()
    assert Marking.objects.get().session == session


@pytest.fixture
def slipped(clinic: Clinic) -> Clinic:
    """A clinic whose patients feel far more than the crowd expects, as often as it takes to widen."""
    marked.slipped(clinic)
    return clinic


@pytest.mark.slow
def test_bands_that_have_not_held_are_widened_in_the_next_room_and_on_the_next_order(slipped: Clinic):
    first = standing.as_shown()[0]
    assert all(mark.factor == 1.0 for mark in first.marks)
    [wide] = widening.in_force("rk1", "im")
    assert wide.quantity is Banded.DEPTH
    assert wide.factor_permille > 1000
    assert wide.held_permille < 900
    assert wide.sessions == FEWEST_SESSIONS

    session = marked.finished(slipped, marked.TOO_DEEP, days_ago=0.5)
    assert opened(session).widened == (wide,)
    kept = mark_session(session, at=timezone.now())
    depths = ForecastMark.objects.filter(marking=kept, quantity="depth")
    assert {row.factor for row in depths} == {wide.factor_permille / 1000}

    _the_room_shows_it(session, wide)
    _the_order_page_shows_it(slipped, wide)
    _the_plan_is_less_sure(slipped)
    # By a route that was never used the model's sessions by other routes count; another model starts afresh.
    assert widening.in_force("rk1", "nasal-device") == widening.in_force("rk1", "im") != ()
    assert widening.in_force("other", "im") == ()


def _the_room_shows_it(session: Session, wide: Widened) -> None:
    shown = latest.as_json(session)
    own = _as_the_crowd_has_it(session)
    for name in ("prior", "now"):
        band, before = (one["quantities"]["depth"][name] for one in (shown, own))
        assert np.all(np.array(band["p05"]) <= np.array(before["p05"]))
        assert np.all(np.array(band["p95"]) >= np.array(before["p95"]))
        assert band["p50"] == before["p50"]
    assert np.all(np.array(shown["recovered"]["chance"]) <= np.array(own["recovered"]["chance"]))
    assert shown["quantities"]["systolic"] == own["quantities"]["systolic"]
    [said] = shown["widened"]
    assert f"{(wide.factor_permille - 1000) / 10:.0f} % wider" in said["sentence"]
    assert f"in {wide.sessions} sessions" in said["sentence"]
    assert said["sentence"] in [one["what"] for one in shown["basis"]]
    latest.forecasts.forget()
    assert latest.as_json(session) == shown


def _as_the_crowd_has_it(session: Session) -> dict:
    state = log.state(log.rows(session))
    plain = replace(state, opened=replace(state.opened, widened=()))
    return forecast_json(forecast(plain, order_terms.terms(session.order), version=1), plain, not_before=None)


def _the_plan_is_less_sure(clinic: Clinic) -> None:
    draft = PlanDraft(
        question=Question(
            wish=Wish(depth=3.0, chance=0.5), too_deep=TooDeep(depth=8.0, chance=0.2)
        ),
        drug=Drug.RACEMIC,
        model="rk1",
    )  # fmt: skip
    planned = plans.plan(draft, clinic.session.patient, by=clinic.prescriber, at=timezone.now())
    told = dict(planned.cautions)[Route.IM]
    [wide] = widening.in_force("rk1", "im")
    assert (
        f"held only {round(wide.held_permille / 10)} % of {wide.readings} ratings in {wide.sessions}" in told
    )
    found = planned.plan.of(Route.IM)
    assert found is not None
    half = found.chances[Kind.TOO_DEEP] < 0.5
    # No chance of harm under a half is as small as one person in the crowd: nobody is not never.
    assert found.chances[Kind.TOO_DEEP][half].min() > 1.0 / draft.subjects


def _the_order_page_shows_it(clinic: Clinic, wide: Widened) -> None:
    plan = Plan(
        person=Person(weight_kg=70.0, age_years=34.0), model="rk1", drug=Drug.RACEMIC, route=Route.IM,
        dose_ug=35_000, duration_s=0, subjects=64,
    )  # fmt: skip
    asked = previews.preview(plan, by=clinic.prescriber)
    own = previews._answer(plan, ())
    assert np.all(np.array(asked.first.depth.p95) >= np.array(own.first.depth.p95))
    assert asked.first.depth.p50 == own.first.depth.p50
    assert asked.first.peak_depth.p95 >= own.first.peak_depth.p95
    assert len(asked.widened) == 1
    assert own.widened == ()


WIDENED = Widened(
    quantity=Banded.DEPTH,
    factor_permille=1240,
    held_permille=811,
    readings=143,
    sessions=24,
    as_of=timezone.now().replace(microsecond=0),
)


def test_an_opening_carries_its_widening_there_and_back(clinic: Clinic):
    plain = opened(clinic.session)
    assert "widened" not in payload_json(plain)
    wide = replace(plain, widened=(WIDENED,))
    assert parse_payload(EntryKind.OPENED, payload_json(wide)) == wide


@pytest.mark.parametrize(
    ("field", "value"),
    [("factor_permille", 999), ("factor_permille", 3001), ("held_permille", 1001), ("sessions", 0),
     ("quantity", "mood"), ("as_of", "yesterday")],
)  # fmt: skip
def test_an_opening_with_no_such_widening_is_refused(clinic: Clinic, field: str, value: object):
    payload = payload_json(replace(opened(clinic.session), widened=(WIDENED,)))
    payload["widened"][0][field] = value
    with pytest.raises(RefusedError) as refused:
        parse_payload(EntryKind.OPENED, payload)
    assert refused.value.problems[0].field == f"payload.widened[0].{field}"


def test_a_note_after_leaving_changes_no_mark(clinic: Clinic):
    session = marked.finished(clinic, [2, 4, 4, 2, 1, 0])
    first = mark_session(session, at=timezone.now())
    sessions.perform(
        session.public_id, Note(text="Rang, all well."), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    assert mark_session(session, at=timezone.now()) == first
