"""What the crowd says of a session: from the log alone, the same for everyone, and anew after each change."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic

from slackwater.actions import boards, log, order_terms, sessions
from slackwater.actions.events import hub
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.forecast import forecast
from slackwater.actions.forecasts.forecaster import Forecaster, forecaster
from slackwater.actions.forecasts.phases import stretches
from slackwater.actions.forecasts.version import version_of
from slackwater.pharma.likelihoods import Sign
from slackwater.records.models import Entry
from slackwater.rules.room.log import Alertness, Note, Rating, Stop, Struck, Vitals, VitalSource
from slackwater.terms.vitals import Quality, Reading, VitalCode


@pytest.fixture(autouse=True)
def afresh():
    latest.forecasts.forget()


def says(clinic: Clinic, payload, *, seconds: float = 0.0) -> None:
    at = timezone.now() + timedelta(seconds=seconds)
    sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=at, key=uuid4())


def dosed(clinic: Clinic) -> None:
    clinic.baseline()
    says(clinic, clinic.dose())


def test_before_a_dose_it_shows_the_ordered_one_as_if_given_now(clinic: Clinic):
    found = latest.as_json(clinic.session)
    assert found["planned"] is True
    assert found["zero_at"] is None
    assert max(found["quantities"]["depth"]["now"]["p95"]) > 1
    assert found["quantities"]["systolic"]["absolute"] is False
    assert found["earliest_leave"]["not_before"] is None


def test_after_a_dose_it_counts_from_it_and_pressure_is_absolute(clinic: Clinic):
    dosed(clinic)
    found = latest.as_json(clinic.session)
    assert found["planned"] is False
    assert found["zero_at"] is not None
    assert found["quantities"]["systolic"]["absolute"] is True
    assert found["quantities"]["systolic"]["now"]["p50"][0] == 122.0
    assert found["earliest_leave"]["not_before"] is not None
    lengths = {len(row) for fan in found["quantities"].values() for row in fan["now"].values()}
    assert lengths == {len(found["time_min"])}
    assert len(found["recovered"]["chance"]) == len(found["time_min"])
    assert all(one["source"] and one["grade"] for one in found["basis"])


def test_a_rating_moves_the_band_and_leaves_the_prior(clinic: Clinic):
    dosed(clinic)
    before = latest.as_json(clinic.session)
    says(clinic, Rating(depth=3), seconds=20)
    after = latest.as_json(clinic.session)
    assert after["version"] > before["version"]
    assert after["quantities"]["depth"]["prior"] == before["quantities"]["depth"]["prior"]
    assert after["quantities"]["depth"]["now"] != before["quantities"]["depth"]["now"]
    assert after["ratings"] == 1


def test_a_struck_rating_counts_no_more(clinic: Clinic):
    dosed(clinic)
    before = latest.as_json(clinic.session)
    says(clinic, Rating(depth=9), seconds=20)
    rated = Entry.objects.get(kind="rating").sequence
    says(clinic, Struck(sequence=rated, reason="Other room."))
    after = latest.as_json(clinic.session)
    assert after["quantities"] == before["quantities"]


def test_the_same_log_gives_the_same_digits_again(clinic: Clinic):
    dosed(clinic)
    says(clinic, Rating(depth=4), seconds=15)
    first = latest.as_json(clinic.session)
    latest.forecasts.forget()
    assert latest.as_json(clinic.session) == first


def test_two_ratings_of_one_moment_count_as_the_later_written(clinic: Clinic):
    dosed(clinic)
    at = timezone.now() + timedelta(seconds=10)
    for depth in (9, 2):
        sessions.perform(clinic.session.public_id, Rating(depth=depth), by=clinic.monitor, at=at, key=uuid4())
    assert latest.of(clinic.session).posterior.n_ratings == 1


def test_what_does_not_matter_to_the_crowd_does_not_ask_it_again(clinic: Clinic):
    dosed(clinic)
    version, kept = version_of(clinic.session), latest.of(clinic.session)
    says(clinic, Note(text="Music changed."))
    says(clinic, pressure(VitalSource.MONITOR))
    assert version_of(clinic.session) == version
    assert latest.of(clinic.session) is kept


def pressure(source: VitalSource, *, systolic: int = 1400) -> Vitals:
    readings = (
        Reading(code=VitalCode.SBP, tenths=systolic, quality=Quality.OK),
        Reading(code=VitalCode.DBP, tenths=850, quality=Quality.OK),
    )
    return Vitals(source=source, readings=readings)


def test_what_staff_see_moves_the_crowd_and_is_counted(clinic: Clinic):
    dosed(clinic)
    before = latest.as_json(clinic.session)
    says(clinic, Alertness(moaas=4), seconds=10)
    says(clinic, pressure(VitalSource.HAND), seconds=20)
    after = latest.as_json(clinic.session)
    assert after["version"] > before["version"]
    assert after["quantities"]["systolic"]["now"] != before["quantities"]["systolic"]["now"]
    assert before["counted"] == "nothing yet"
    assert after["counted"] == "1 alertness score, 1 systolic pressure, 1 diastolic pressure"
    assert {one["sign"] for one in after["likelihoods"] if one["in_use"]} >= {"rating", "alertness"}


def test_a_monitors_readings_count_from_the_next_entry_by_a_person(clinic: Clinic):
    dosed(clinic)
    says(clinic, pressure(VitalSource.MONITOR), seconds=10)
    assert latest.of(clinic.session).posterior.n_seen == 0
    says(clinic, Rating(depth=2), seconds=20)
    assert dict(latest.of(clinic.session).posterior.counted)[Sign.SYSTOLIC] == 1


def test_a_stopped_infusion_predicts_less(clinic: Clinic):
    dosed(clinic)
    state = log.state(log.rows(clinic.session))
    terms = order_terms.terms(clinic.order)
    whole = forecast(state, terms, version=1)
    # Stopped at once, hardly anything went in.
    says(clinic, Stop(reason="Asked."), seconds=25)
    stopped = forecast(log.state(log.rows(clinic.session)), terms, version=2)
    assert stopped.now.depth[2].max() < whole.now.depth[2].max()


def test_chance_is_unknown_outside_the_grid_and_before_a_dose(clinic: Clinic):
    assert latest.of(clinic.session).chance_recovered(timezone.now()) is None
    dosed(clinic)
    found = latest.of(clinic.session)
    assert found.chance_recovered(timezone.now() + timedelta(hours=30)) is None
    assert found.chance_recovered(timezone.now() + timedelta(hours=6)) == pytest.approx(1.0)


def test_bands_are_ordered_and_phases_have_no_gap(clinic: Clinic):
    dosed(clinic)
    found = latest.of(clinic.session)
    for rows in (found.now.depth, found.now.systolic_rise, found.now.diastolic_rise):
        assert np.all(np.diff(rows, axis=0) >= 0)
    words = stretches(found)
    assert words[0].from_min == 0
    assert all(one.to_min == other.from_min for one, other in pairwise(words))
    assert words[-1].to_min == found.time_min[-1]


def test_screens_hear_of_a_new_forecast_once_it_is_ready(committed):
    live = made.clinic()
    heard = []

    def listen(_session, event):
        if event.name == "forecast":
            heard.append(event.data)

    forecaster = Forecaster()
    forecaster.start()
    hub.listen(listen)
    try:
        live.baseline()
        says(live, live.dose())
        deadline = timezone.now() + timedelta(seconds=30)
        wanted = f'{{"version":{version_of(live.session)}}}'
        while wanted not in heard and timezone.now() < deadline:
            forecaster._thread.join(0.05)
    finally:
        hub.stop_listening(listen)
        forecaster.stop()
    assert wanted in heard


def test_a_list_of_rooms_goes_by_the_last_answer_while_the_next_is_worked_out(clinic: Clinic):
    dosed(clinic)
    assert latest.at_hand(clinic.session) is None
    first = latest.of(clinic.session)
    says(clinic, Rating(depth=8), seconds=20)
    assert latest.at_hand(clinic.session) is first
    # Nobody works the next one out here, so the list asks for itself.
    assert not forecaster.is_working
    boards.depth_now(boards.room(clinic.session, at=timezone.now() + timedelta(minutes=1)))
    assert latest.at_hand(clinic.session) is not first
