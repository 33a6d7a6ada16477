"""Signing what was read over, and voiding what was signed."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.actions.test_earlier import FELT, finished
from tests.clinic import Clinic, takes
from tests.web import pages
from tests.web.test_orders_form import GOOD, MUSCLE

from slackwater.actions import order_terms
from slackwater.records.models import AuditEvent, Order, User

REASON = "Looked up in the formulary."


@pytest.fixture
def doctor(clinic: Clinic, signed_in: Callable[[User | None], Client]) -> Client:
    return signed_in(clinic.prescriber)


def _read_over(doctor: Client, clinic: Clinic, typed: dict[str, str]) -> dict[str, str]:
    """What the page that is read over sends when it is signed."""
    response = doctor.post(reverse("orders:new", args=[clinic.patient.public_id]), typed)
    assert response.status_code == 200
    fields = pages.soup(response).select("form.sign-buttons input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def _sign(doctor: Client, clinic: Clinic, sent: dict[str, str]) -> HttpResponse:
    return doctor.post(reverse("orders:sign", args=[clinic.patient.public_id]), sent, follow=True)


def _newest() -> Order:
    return Order.objects.latest("pk")


def test_what_was_read_over_is_what_is_signed(doctor: Client, clinic: Clinic) -> None:
    response = _sign(doctor, clinic, _read_over(doctor, clinic, MUSCLE))
    assert response.status_code == 200
    said = pages.text(response)
    assert "35 mg (thirty-five milligrams) , into a muscle (IM)" in said
    assert (
        "10 mg (ten milligrams), once at most, from 15 minutes to 60 minutes after the first dose began"
        in said
    )
    assert "45 mg (forty-five milligrams)" in said
    order = _newest()
    assert (order.dose_ug, order.booster_ug, order.hard_max_ug) == (35_000, 10_000, 45_000)
    assert (order.booster_earliest_s, order.booster_latest_s) == (900, 3600)
    assert order.prescriber == clinic.prescriber
    assert order_terms.holds(order)
    assert AuditEvent.objects.filter(kind="order-signed", subject=str(order.public_id)).exists()
    pages.check(response)


def test_a_dose_by_weight_is_signed_in_milligrams(doctor: Client, clinic: Clinic) -> None:
    typed = MUSCLE | {"dose": "0.505", "dose_unit": "mg/kg", "hard_max": "50"}
    _sign(doctor, clinic, _read_over(doctor, clinic, typed))
    assert _newest().dose_ug == 35_350


def test_marks_and_reason_stay_with_the_order(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "paracetamol", by=clinic.monitor)
    response = _sign(doctor, clinic, _read_over(doctor, clinic, MUSCLE | {"reason": REASON}))
    order = _newest()
    assert {"id": "ORD-14", "reason": REASON} in order.overrides
    assert "Paracetamol was not checked" in pages.text(response)
    assert REASON in pages.text(response)
    order.refresh_from_db()
    assert order_terms.holds(order)


def test_a_weight_that_changed_meanwhile_is_read_over_again(doctor: Client, clinic: Clinic) -> None:
    sent = _read_over(doctor, clinic, GOOD)
    clinic.patient.weights.create(grams=75_000, measured_at=timezone.now(), by=clinic.monitor)
    response = _sign(doctor, clinic, sent)
    assert response.status_code == 409
    assert "changed since you wrote the order" in pages.text(response)
    assert Order.objects.count() == 1
    again = pages.soup(response).select_one("input[name=seen]")
    assert again is not None
    assert _sign(doctor, clinic, sent | {"seen": str(again["value"])}).status_code == 200
    assert Order.objects.count() == 2


def test_signing_needs_what_was_seen(doctor: Client, clinic: Clinic) -> None:
    assert _sign(doctor, clinic, MUSCLE).status_code == 409
    assert Order.objects.count() == 1


def test_a_voided_order_stays_with_its_reason_and_cannot_be_voided_twice(
    doctor: Client, clinic: Clinic
) -> None:
    address = reverse("orders:void", args=[clinic.order.public_id])
    bare = doctor.post(address, {"reason": " "})
    assert bare.status_code == 422
    assert "No reason was given" in pages.faults(bare)["reason"]
    done = doctor.post(address, {"reason": "Written for the wrong person"}, follow=True)
    assert "Written for the wrong person" in pages.text(done)
    assert not pages.soup(done).select("form[action*=void]")
    again = doctor.post(address, {"reason": "Again"})
    assert again.status_code == 409
    assert "voided already" in pages.text(again)
    clinic.order.refresh_from_db()
    assert clinic.order.void_reason == "Written for the wrong person"
    pages.check(again)


def test_a_ready_order_leads_to_its_room_and_a_used_one_says_so(doctor: Client, clinic: Clinic) -> None:
    _sign(doctor, clinic, _read_over(doctor, clinic, MUSCLE))
    ready = doctor.get(reverse("orders:detail", args=[_newest().public_id]))
    assert pages.soup(ready).select_one(f"a[href='{reverse('room:open', args=[_newest().public_id])}']")
    used = doctor.get(reverse("orders:detail", args=[clinic.order.public_id]))
    assert pages.soup(used).select_one(f"a[href='{reverse('room:live', args=[clinic.session.public_id])}']")
    assert "Signed and ready to open" in pages.text(doctor.get("/"))


PLANNED = {
    "for_wish": "6",
    "for_wish_chance": "70",
    "for_closing": "4.5",
    "for_closing_chance": "10",
}


def test_what_it_is_planned_for_is_read_over_signed_and_shown(doctor: Client, clinic: Clinic) -> None:
    sent = _read_over(doctor, clinic, MUSCLE | PLANNED)
    response = _sign(doctor, clinic, sent)
    said = pages.text(response)
    assert (
        "depth 6 of 10 reached in at least 70 %; not fit to leave 4 h 30 min after the first dose began in at"
        " most 10 %" in said
    )
    order = _newest()
    assert (order.wish_tenths, order.wish_permille) == (60, 700)
    assert (order.closing_s, order.closing_permille) == (16_200, 100)
    assert (order.too_deep_tenths, order.ceiling_mmhg) == (None, None)
    room = doctor.get(reverse("room:open", args=[order.public_id]))
    assert "Planned for: depth 6 of 10 reached in at least 70 %" in pages.text(room)
    pages.check(response)


def test_an_order_without_a_plan_says_that_none_was_written(doctor: Client, clinic: Clinic) -> None:
    response = _sign(doctor, clinic, _read_over(doctor, clinic, MUSCLE))
    assert "Planned for Not written down: no depth is wished for" in pages.text(response)
    assert _newest().wish_tenths is None


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"for_wish": ""}, "for_wish", "The figure is missing."),
        ({"for_closing_chance": " "}, "for_closing_chance", "The chance is missing."),
        ({"for_wish": "10"}, "for_wish", "too high"),
        ({"for_wish": "0"}, "for_wish", "too low"),
        ({"for_wish": "6.05"}, "for_wish", "decimal"),
        ({"for_closing": "25"}, "for_closing", "too high"),
        ({"for_closing_chance": "100"}, "for_closing_chance", "too high"),
        ({"for_ceiling": "160", "for_ceiling_chance": "NaN"}, "for_ceiling_chance", "not a finite number"),
    ],
)
def test_half_a_plan_and_an_impossible_one_are_named_and_kept(
    doctor: Client, clinic: Clinic, changes: dict[str, str], field: str, words: str
) -> None:
    typed = MUSCLE | PLANNED | changes
    response = doctor.post(reverse("orders:new", args=[clinic.patient.public_id]), typed)
    assert response.status_code == 422
    assert words in pages.faults(response)[field]
    assert pages.value(response, field) == typed[field].strip() or typed[field] == " "
    assert pages.value(response, "dose") == "35"
    # The panel that plans takes up what stands in the order.
    if field != "for_wish":
        assert pages.value(response, "plan-want") == "6"


def test_a_crowd_that_starts_afresh_is_read_over_with_its_reason(doctor: Client, clinic: Clinic) -> None:
    finished(clinic, FELT)
    page = doctor.get(reverse("orders:new", args=[clinic.patient.public_id]))
    assert "The crowd starts from" in pages.text(page)
    typed = MUSCLE | {"start": "published"}
    refused = doctor.post(reverse("orders:new", args=[clinic.patient.public_id]), typed)
    assert refused.status_code == 422
    assert "earlier sessions is missing" in pages.faults(refused)["start_reason"]
    sent = _read_over(doctor, clinic, typed | {"start_reason": "Other medicines since."})
    said = pages.text(_sign(doctor, clinic, sent))
    assert "The crowd starts from what is published, not from earlier sessions of this person: Other" in said
    assert _newest().fresh_reason == "Other medicines since."


def test_a_crowd_that_has_learned_says_from_when_and_what_that_changed(
    doctor: Client, clinic: Clinic
) -> None:
    finished(clinic, FELT)
    response = doctor.post(reverse("orders:new", args=[clinic.patient.public_id]), MUSCLE)
    day = timezone.localtime(clinic.session.opened_at)
    said = pages.text(response)
    assert f"learned from 1 earlier session of this person ({day.day} {day:%B %Y})" in said
    assert "For the same dose its deepest point moves from" in said
    pages.check(response)


def test_without_earlier_sessions_nothing_is_asked_about_them(doctor: Client, clinic: Clinic) -> None:
    page = doctor.get(reverse("orders:new", args=[clinic.patient.public_id]))
    assert "The crowd starts from" not in pages.text(page)
