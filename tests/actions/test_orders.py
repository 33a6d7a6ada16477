"""Signing and voiding: who may, what is kept, what is never changed."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.clinic import Clinic, takes

from slackwater.actions import order_terms, orders, previews
from slackwater.actions.orders import Draft
from slackwater.records.models import AuditEvent, Order, User
from slackwater.rules.dosing.order import BoosterText
from slackwater.rules.findings import Override, Severity
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

DRAFT = Draft(
    drug=Drug.RACEMIC,
    route=Route.IM,
    dose_ug=35_000,
    hard_max_ug=45_000,
    booster=BoosterText(cap_ug=10_000, earliest_s=900, latest_s=3600),
    model="rk1",
    subjects=256,
)
REASON = "Looked up in the formulary."


def _sign(clinic: Clinic, draft: Draft = DRAFT, *, by: User | None = None, reason: str = "") -> Order:
    return orders.sign(draft, clinic.patient, reason=reason, by=by or clinic.prescriber, at=timezone.now())


def test_a_signed_order_holds_the_patient_as_they_were(clinic: Clinic) -> None:
    order = _sign(clinic)
    assert (order.weight_g, order.sex, order.medicines) == (70_000, "female", [])
    clinic.patient.weights.create(grams=80_000, measured_at=timezone.now(), by=clinic.monitor)
    order.refresh_from_db()
    assert order.weight_g == 70_000
    assert order_terms.holds(order)


def test_signing_is_written_down_beside_the_order(clinic: Clinic) -> None:
    order = _sign(clinic)
    event = AuditEvent.objects.get(kind="order-signed", subject=str(order.public_id))
    assert event.by == clinic.prescriber
    assert event.detail == {}


@pytest.mark.parametrize("who", ["monitor", "guide", "owner", "patient_user", "stranger"])
def test_nobody_but_a_prescriber_signs_tries_out_or_voids(who: str, clinic: Clinic) -> None:
    user = getattr(clinic, who)
    with pytest.raises(PermissionDenied):
        _sign(clinic, by=user)
    with pytest.raises(PermissionDenied):
        orders.findings(DRAFT, clinic.patient, by=user, at=timezone.now())
    with pytest.raises(PermissionDenied):
        previews.preview(orders.plan(DRAFT, clinic.patient, at=timezone.now()), by=user)
    with pytest.raises(PermissionDenied):
        orders.void(clinic.order.public_id, reason="a reason", by=user, at=timezone.now())
    assert Order.objects.count() == 1


def test_every_reason_against_it_is_said_at_once_and_nothing_is_kept(clinic: Clinic) -> None:
    draft = replace(DRAFT, dose_ug=35_000_000, hard_max_ug=None)
    with pytest.raises(RefusedError) as refusal:
        _sign(clinic, draft, reason=REASON)
    codes = {problem.code for problem in refusal.value.problems}
    assert {"ORD-01", "ORD-03"} <= {code.partition(".")[0] for code in codes}
    assert Order.objects.count() == 1


@pytest.mark.parametrize("model", ["herd-2007", "hijazi-2003", "kamp-2020"])
def test_a_model_that_is_only_there_to_be_compared_is_refused_with_those_that_serve(
    model: str, clinic: Clinic
) -> None:
    with pytest.raises(RefusedError) as refusal:
        _sign(clinic, replace(DRAFT, model=model))
    (problem,) = refusal.value.problems
    assert (problem.field, problem.mend) == ("model", "Choose rk1 or perez-ruixo-2021.")
    assert Order.objects.count() == 1


def test_a_mark_that_may_be_set_aside_needs_a_reason_that_is_kept_with_it(clinic: Clinic) -> None:
    takes(clinic.patient, "paracetamol", by=clinic.monitor)
    with pytest.raises(RefusedError) as refusal:
        _sign(clinic, reason="  ")
    assert [problem.field for problem in refusal.value.problems] == ["reason"]
    order = _sign(clinic, reason=REASON)
    order.refresh_from_db()
    [finding] = orders.kept_findings(order)
    assert (finding.id, finding.severity, finding.override) == (
        "ORD-14",
        Severity.UNKNOWN,
        Override.PRESCRIBER,
    )
    assert order.overrides == [{"id": "ORD-14", "reason": REASON}]
    assert order_terms.holds(order)


def test_a_reason_lifts_no_stop(clinic: Clinic) -> None:
    with pytest.raises(RefusedError):
        _sign(clinic, replace(DRAFT, hard_max_ug=40_000), reason=REASON)


def test_a_signed_order_cannot_be_edited_even_in_the_database(clinic: Clinic) -> None:
    order = _sign(clinic)
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(dose_ug=99_000)
    with pytest.raises(DatabaseError), transaction.atomic():
        order.delete()


def test_a_void_keeps_who_when_and_why_and_happens_once(clinic: Clinic) -> None:
    at = timezone.now()
    voided = orders.void(clinic.order.public_id, reason=" Wrong person ", by=clinic.prescriber, at=at)
    assert (voided.voided_by, voided.voided_at, voided.void_reason) == (clinic.prescriber, at, "Wrong person")
    with pytest.raises(RefusedError) as refusal:
        orders.void(clinic.order.public_id, reason="Again", by=clinic.prescriber, at=at)
    assert refusal.value.problems[0].code == "already-void"
    assert AuditEvent.objects.filter(kind="order-voided").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 401])
def test_a_void_needs_a_reason_of_some_length(reason: str, clinic: Clinic) -> None:
    with pytest.raises(RefusedError):
        orders.void(clinic.order.public_id, reason=reason, by=clinic.prescriber, at=timezone.now())
    clinic.order.refresh_from_db()
    assert not clinic.order.is_void


def test_the_crowd_is_asked_with_the_medicines_it_knows(clinic: Clinic) -> None:
    now = timezone.now()
    swallowed = replace(DRAFT, route=Route.ORAL, dose_ug=100_000, booster=None)
    bare = previews.preview(orders.plan(swallowed, clinic.patient, at=now), by=clinic.prescriber)
    clinic.patient.medicines.create(name="clarithromycin", by=clinic.monitor)
    taking = previews.preview(orders.plan(swallowed, clinic.patient, at=now), by=clinic.prescriber)
    assert taking.first.peak_depth.p50 > bare.first.peak_depth.p50
    assert taking.crowd_id != bare.crowd_id
    assert any("Hagelberg 2010" in part.source for part in taking.basis)


def test_a_time_of_recovery_past_the_horizon_is_unknown_and_not_the_horizon(clinic: Clinic) -> None:
    vast = replace(DRAFT, route=Route.IV, dose_ug=3_000_000, duration_s=3600, booster=None)
    answer = previews.preview(orders.plan(vast, clinic.patient, at=timezone.now()), by=clinic.prescriber)
    assert answer.first.recovered_p90_min is None
    assert answer.boosted is None
