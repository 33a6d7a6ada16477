"""Writing an order: everything that is typed badly is named, mended and kept."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, takes
from tests.web import pages

from slackwater.records.models import Order, Patient, User, Weight

GOOD = {
    "drug": "racemic",
    "route": "iv",
    "dose": "35",
    "dose_unit": "mg",
    "duration": "40",
    "booster": "none",
    "hard_max": "40",
    "model": "rk1",
    "seed": "1",
}
MUSCLE = GOOD | {
    "route": "im",
    "booster": "one",
    "booster_amount": "10",
    "booster_earliest": "15",
    "booster_latest": "60",
    "hard_max": "45",
}


@pytest.fixture
def doctor(clinic: Clinic, signed_in: Callable[[User | None], Client]) -> Client:
    return signed_in(clinic.prescriber)


def _new(patient: Patient) -> str:
    return reverse("orders:new", args=[patient.public_id])


def _patient(clinic: Clinic, *, born: date = date(1990, 3, 4), kg: int | None = 70, days: int = 0) -> Patient:
    patient = Patient.objects.create(given_name="A", family_name="B", birth_date=born, sex="male")
    if kg is not None:
        then = timezone.now() - timedelta(days=days)
        Weight.objects.create(patient=patient, grams=kg * 1000, measured_at=then, by=clinic.monitor)
    return patient


def test_a_good_order_is_read_over_before_it_is_signed(doctor: Client, clinic: Clinic) -> None:
    response = doctor.post(_new(clinic.patient), GOOD)
    assert response.status_code == 200
    assert "Read it over, then sign" in pages.text(response)
    assert (
        "Ketamine (racemic) 35 mg (thirty-five milligrams) , into a vein (IV) over 40 minutes"
        in pages.text(response)
    )
    assert Order.objects.count() == 1
    pages.check(response)


BAD: list[tuple[dict[str, str], str, str]] = [
    ({"dose_unit": ""}, "dose_unit", "No unit was given. Choose mg or mg per kg."),
    ({"dose_unit": "mcg"}, "dose_unit", "mcg is not a unit this form takes"),
    ({"dose": ""}, "dose", "No number was given"),
    ({"dose": "-35"}, "dose", "has a sign"),
    ({"dose": "NaN"}, "dose", "not a finite number"),
    ({"dose": "infinity"}, "dose", "not a finite number"),
    ({"dose": "1e9"}, "dose", "exponent"),
    ({"dose": "1000000000"}, "dose", "too high"),
    ({"dose": "0,5"}, "dose", "Write 0.5, not 0,5"),
    ({"dose": ".5"}, "dose", "Write 0.5"),
    ({"dose": "35.0000"}, "dose", "at most 3 digits after the point"),
    ({"dose": "0"}, "dose", "too low"),
    ({"dose": "٣٥"}, "dose", "digits 0 to 9"),
    ({"dose": "35 mg"}, "dose", "space"),
    ({"dose": "2000", "dose_unit": "mg/kg"}, "dose", "too high"),
    ({"duration": ""}, "duration", "No number was given"),
    ({"duration": "-1"}, "duration", "sign"),
    ({"duration": "1441"}, "duration", "too high"),
    ({"hard_max": ""}, "hard_max", "No number was given"),
    ({"hard_max": "sixty"}, "hard_max", "not a number"),
    ({"drug": ""}, "drug", "None was chosen"),
    ({"route": "snorted"}, "route", "snorted is not one of these"),
    ({"model": "best"}, "model", "best is not one of these"),
    ({"seed": "-1"}, "seed", "sign"),
    ({"seed": "1.5"}, "seed", "whole number"),
    ({"route": "im", "booster": "one", "hard_max": "90"}, "booster_amount", "No number was given"),
]


@pytest.mark.parametrize(("changes", "field", "words"), BAD, ids=[f"{c}" for c, _, _ in BAD])
def test_a_bad_entry_is_named_with_its_mend_and_nothing_is_lost(
    doctor: Client, clinic: Clinic, changes: dict[str, str], field: str, words: str
) -> None:
    response = doctor.post(_new(clinic.patient), GOOD | changes)
    assert response.status_code == 422
    [fault] = [said for at, said in pages.faults(response).items() if at.startswith(field)]
    assert words in fault
    for name, typed in (GOOD | changes).items():
        if name not in changes or name in {"dose", "duration", "hard_max", "seed"}:
            assert pages.value(response, name) == typed
    assert Order.objects.count() == 1
    pages.check(response)


STOPPED: list[tuple[dict[str, str], str]] = [
    ({"dose": "35000"}, "1000 times a usual dose"),
    ({"dose": "350", "hard_max": "400"}, "Was 35 mg meant?"),
    ({"hard_max": "30"}, "over the hard maximum of 30 mg"),
    ({"model": "perez-ruixo-2021"}, "Choose another model"),
    ({"drug": "esketamine", "route": "im", "model": "perez-ruixo-2021"}, "no dose by this route"),
    (MUSCLE | {"booster_amount": "20", "hard_max": "60"}, "over 50 % of the first dose"),
    (MUSCLE | {"booster_earliest": "5"}, "or later"),
    (MUSCLE | {"booster_latest": "10"}, "closes before it opens"),
    (MUSCLE | {"hard_max": "40"}, "over the hard maximum of 40 mg"),
]


@pytest.mark.parametrize(("changes", "words"), STOPPED, ids=[words for _, words in STOPPED])
def test_what_the_rules_stop_cannot_be_signed_and_stays_on_the_page(
    doctor: Client, clinic: Clinic, changes: dict[str, str], words: str
) -> None:
    typed = GOOD | changes
    response = doctor.post(_new(clinic.patient), typed)
    assert response.status_code == 422
    summary = pages.soup(response).select_one("#faults")
    assert summary is not None
    assert words in summary.get_text()
    for name, value in typed.items():
        assert pages.value(response, name) == value
    assert doctor.post(reverse("orders:sign", args=[clinic.patient.public_id]), typed).status_code in {
        409,
        422,
    }
    assert Order.objects.count() == 1


def test_nobody_under_18_gets_an_order(doctor: Client, clinic: Clinic) -> None:
    young = _patient(clinic, born=timezone.localdate().replace(year=timezone.localdate().year - 17))
    response = doctor.post(_new(young), GOOD)
    assert response.status_code == 422
    assert "The patient is 17" in pages.text(response)


def test_a_patient_who_was_not_weighed_gets_no_order(doctor: Client, clinic: Clinic) -> None:
    response = doctor.post(_new(_patient(clinic, kg=None)), GOOD)
    assert response.status_code == 422
    assert "Weigh the patient first" in pages.text(response)
    by_weight = doctor.post(_new(_patient(clinic, kg=None)), GOOD | {"dose": "0.5", "dose_unit": "mg/kg"})
    assert "can't be counted" in pages.faults(by_weight)["dose"]


def test_a_weight_from_last_month_is_not_ordered_on(doctor: Client, clinic: Clinic) -> None:
    response = doctor.post(_new(_patient(clinic, days=31)), GOOD)
    assert response.status_code == 422
    assert "Weigh the patient again" in pages.text(response)


def test_a_mark_that_may_be_set_aside_asks_for_a_reason_and_keeps_it(doctor: Client, clinic: Clinic) -> None:
    takes(clinic.patient, "paracetamol", by=clinic.monitor)
    bare = doctor.post(_new(clinic.patient), GOOD)
    assert bare.status_code == 422
    assert "Paracetamol was not checked" in pages.faults(bare)["reason"]
    reason = "Looked up in the formulary."
    told = doctor.post(_new(clinic.patient), GOOD | {"reason": reason})
    assert told.status_code == 200
    assert reason in pages.text(told)


def test_what_was_typed_comes_back_to_be_changed(doctor: Client, clinic: Clinic) -> None:
    response = doctor.post(_new(clinic.patient), MUSCLE | {"change": "1"})
    assert response.status_code == 200
    assert not pages.faults(response)
    for name, typed in MUSCLE.items():
        assert pages.value(response, name) == typed


def test_children_and_intensive_care_have_no_model_on_the_form(doctor: Client, clinic: Clinic) -> None:
    offered = pages.text(doctor.get(_new(clinic.patient)))
    for name in ("RK1", "Perez-Ruixo 2021"):
        assert name in offered
    for name in ("Herd 2007", "Hornik 2018", "Flint 2017", "Hijazi 2003", "Kamp 2020: arterial"):
        assert name not in offered


def test_an_empty_form_chooses_no_route_and_no_dose(doctor: Client, clinic: Clinic) -> None:
    page = pages.soup(doctor.get(_new(clinic.patient)))
    assert not page.select("input[name=route][checked]")
    assert not page.select_one("input[name=dose]").get("value")
    assert not page.select("input[type=number]")
