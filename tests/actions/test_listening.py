"""What crowds listen to: switched by an entry, begun as the clinic has decided, rebuilt from the log."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic, vitals

from slackwater.actions import crowds, listening, log, order_terms, sessions
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.forecast import forecast
from slackwater.actions.forecasts.wire import forecast_json
from slackwater.actions.policy import DeniedError
from slackwater.pharma.likelihoods import Sign
from slackwater.records.models import AuditEvent, Entry, SignDefault
from slackwater.rules.recovery.barriers import barriers
from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import Alertness, Listening, NameCall, Rating, Struck
from slackwater.terms.refusal import RefusedError

SWITCHED_OFF = {"on": False, "reason": "Fear moves it today."}


@pytest.fixture(autouse=True)
def afresh():
    latest.forecasts.forget()


def says(clinic: Clinic, payload, *, seconds: float = 0.0) -> dict:
    at = timezone.now() + timedelta(seconds=seconds)
    return sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=at, key=uuid4())


def dosed(clinic: Clinic) -> None:
    clinic.baseline()
    says(clinic, clinic.dose())


def state(clinic: Clinic):
    return log.state(log.rows(clinic.session))


def depth(clinic: Clinic) -> dict:
    return latest.as_json(clinic.session)["quantities"]["depth"]


def test_a_sign_that_is_switched_off_is_counted_and_moves_no_band(clinic: Clinic):
    dosed(clinic)
    says(clinic, Rating(depth=6), seconds=10)
    assert depth(clinic)["now"] != depth(clinic)["prior"]
    says(clinic, Listening(sign=Heard.RATING, **SWITCHED_OFF))
    found = latest.as_json(clinic.session)
    assert found["quantities"]["depth"]["now"] == found["quantities"]["depth"]["prior"]
    assert found["ratings"] == 1
    assert {one["sign"]: one["in_use"] for one in found["likelihoods"]}["rating"] is False
    assert "Nothing that this crowd listens to" in found["sentence"]


def test_switched_on_again_it_is_the_same_crowd_to_the_last_digit(clinic: Clinic):
    dosed(clinic)
    says(clinic, Rating(depth=6), seconds=10)
    before = depth(clinic)
    says(clinic, Listening(sign=Heard.RATING, **SWITCHED_OFF))
    says(clinic, Listening(sign=Heard.RATING, on=True))
    assert depth(clinic) == before


def test_the_log_alone_gives_the_crowd_that_the_room_showed(clinic: Clinic):
    dosed(clinic)
    says(clinic, Rating(depth=4), seconds=10)
    says(clinic, Listening(sign=Heard.ALERTNESS, **SWITCHED_OFF))
    shown = latest.as_json(clinic.session)
    crowds.crowd_of.cache_clear()
    rows = log.rows(clinic.session)
    again = forecast(log.state(rows), order_terms.terms(clinic.order), version=rows[-1].sequence)
    assert forecast_json(again, log.state(rows), not_before=None)["quantities"] == shown["quantities"]


def test_a_change_from_how_the_room_was_opened_needs_a_reason_and_the_way_back_none(clinic: Clinic):
    with pytest.raises(RefusedError) as refused:
        says(clinic, Listening(sign=Heard.HEART_RATE, on=False))
    assert refused.value.problems[0].field == "payload.reason"
    assert not Entry.objects.filter(kind="listening").exists()
    says(clinic, Listening(sign=Heard.HEART_RATE, **SWITCHED_OFF))
    says(clinic, Listening(sign=Heard.HEART_RATE, on=True))
    assert listening.now(state(clinic)) == listening.published()


def test_a_switch_is_never_struck_only_switched_back(clinic: Clinic):
    entry = says(clinic, Listening(sign=Heard.HEART_RATE, **SWITCHED_OFF))
    with pytest.raises(RefusedError):
        says(clinic, Struck(sequence=entry["sequence"], reason="Slip."))


def test_of_several_switches_the_last_that_happened_counts(clinic: Clinic):
    says(clinic, Listening(sign=Heard.ANSWERS, **SWITCHED_OFF), seconds=5)
    # Written later, of a moment before: a tablet that was without a connection.
    says(clinic, Listening(sign=Heard.ANSWERS, on=True), seconds=1)
    assert Heard.ANSWERS not in listening.now(state(clinic))
    assert listening.sentence(state(clinic)) == "The crowd does not listen to answers to the name."


def test_an_answer_to_the_name_reaches_the_crowd_and_can_be_struck(clinic: Clinic):
    dosed(clinic)
    before = latest.as_json(clinic.session)
    called = says(clinic, NameCall(answer=NameAnswer.NO), seconds=10)
    after = latest.as_json(clinic.session)
    assert after["version"] == called["sequence"]
    assert after["counted"] == "1 answer to the name"
    says(clinic, Struck(sequence=called["sequence"], reason="Slip."))
    assert latest.as_json(clinic.session)["quantities"] == before["quantities"]


@pytest.mark.parametrize(("answer", "yes"), [("at_once", True), ("slowly", True), ("no", False)])
def test_the_crowd_hears_at_once_and_slowly_as_an_answer(answer: str, yes: bool):
    assert NameAnswer(answer).answers is yes


def test_an_answer_to_the_name_is_no_alertness_score(clinic: Clinic):
    dosed(clinic)
    says(clinic, NameCall(answer=NameAnswer.AT_ONCE), seconds=5)
    from slackwater.actions import leaving
    from slackwater.catalogue.limits import load_limits

    known = state(clinic)
    facts = leaving.facts(known, chance=1.0, is_outside=False)
    # The last score is the one from before the dose; the call has not become one.
    assert known.alertness[-1].said == Alertness(moaas=5)
    assert known.alertness[-1].at < known.doses[0].started_at
    late = known.doses[0].ended_at + timedelta(hours=3)
    assert "R02" in {one.id for one in barriers(facts, at=late, limits=load_limits().recovery)}


def test_a_room_begins_as_the_clinic_has_decided_and_open_rooms_stay(clinic: Clinic):
    listening.decide(Heard.HEART_RATE, on=False, reason="Beta blockers.", by=clinic.owner, at=timezone.now())
    assert Heard.HEART_RATE in listening.now(state(clinic))
    signed = made.order(made.patient(), prescriber=clinic.prescriber)
    begun = sessions.open_session(signed.public_id, room="Room 2", by=clinic.monitor, wall=timezone.now())
    opened = log.state(log.rows(begun))
    assert Heard.HEART_RATE not in listening.now(opened)
    assert Sign.HEART_RATE not in listening.signs(opened)
    # To listen in that room is now the change that needs a reason.
    switch = Listening(sign=Heard.HEART_RATE, on=True)
    with pytest.raises(RefusedError):
        sessions.perform(begun.public_id, switch, by=clinic.monitor, at=timezone.now(), key=uuid4())


def test_a_decision_is_the_owners_has_a_reason_and_is_never_changed(clinic: Clinic):
    now = timezone.now()
    with pytest.raises(DeniedError):
        listening.decide(Heard.RATING, on=False, reason="No.", by=clinic.prescriber, at=now)
    for reason in ("", "  ", "x" * 401):
        with pytest.raises(RefusedError):
            listening.decide(Heard.RATING, on=False, reason=reason, by=clinic.owner, at=now)
    with pytest.raises(RefusedError):
        listening.decide(Heard.RATING, on=True, reason="As it is.", by=clinic.owner, at=now)
    listening.decide(Heard.ANSWERS, on=False, reason="Nobody calls names here.", by=clinic.owner, at=now)
    assert AuditEvent.objects.filter(kind="sign-decided", subject="answers", by=clinic.owner).exists()
    for attempt in (
        lambda: SignDefault.objects.update(is_on=True),
        lambda: SignDefault.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert listening.clinic() == listening.published() - {Heard.ANSWERS}


def test_an_old_room_listens_to_what_the_catalogue_has(clinic: Clinic):
    opening = state(clinic).opened
    assert opening is not None
    assert opening.listens == tuple(Heard)
    assert state(clinic).listened_at_opening(frozenset()) == frozenset(Heard)


def test_signs_that_a_crowd_did_not_listen_to_teach_the_next_one_nothing(clinic: Clinic):
    dosed(clinic)
    says(clinic, Rating(depth=5), seconds=10)
    says(clinic, Alertness(moaas=5), seconds=11)
    assert taught_signs(clinic) == {Sign.RATING, Sign.ALERTNESS}
    says(clinic, Listening(sign=Heard.RATING, **SWITCHED_OFF))
    assert taught_signs(clinic) == {Sign.ALERTNESS}
    says(clinic, Listening(sign=Heard.ALERTNESS, **SWITCHED_OFF))
    assert taught_signs(clinic) == set()


def taught_signs(clinic: Clinic) -> set[Sign]:
    taught = crowds.taught_by(state(clinic), version=1_000)
    return set() if taught is None else {one.sign for one in taught.observations}


def test_switched_off_a_pressure_past_its_limit_still_alarms(clinic: Clinic):
    from slackwater.catalogue.limits import load_limits
    from slackwater.rules.room.alerts import alerts

    dosed(clinic)
    says(clinic, Listening(sign=Heard.SYSTOLIC, **SWITCHED_OFF))
    says(clinic, vitals(sbp=1850, dbp=900), seconds=10)
    known = state(clinic)
    found = alerts(known, at=timezone.now() + timedelta(seconds=11), limits=load_limits().room.alarms)
    assert "M04" in {one.id for one in found}
