"""Which doses would keep the limits, asked beside the form of an order."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import marked
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import patients
from slackwater.records.models import Order, Patient, User, Weight

ORDER = {"drug": "racemic", "route": "iv", "dose_unit": "mg", "booster": "none", "model": "rk1", "seed": "1"}
WISH = {
    "plan-want": "3",
    "plan-want_chance": "40",
    "plan-too_deep": "9",
    "plan-too_deep_chance": "10",
    "plan-baseline": "120",
    "plan-ceiling": "160",
    "plan-ceiling_chance": "5",
    "plan-closing": "4",
    "plan-closing_chance": "10",
}
Ask = Callable[..., HttpResponse]


def _address(patient: Patient) -> str:
    return reverse("orders:plan", args=[patient.public_id])


@pytest.fixture
def ask(clinic: Clinic, signed_in: Callable[[User | None], Client]) -> Ask:
    client = signed_in(clinic.prescriber)
    return lambda **changes: client.post(
        _address(clinic.patient), ORDER | WISH | changes, headers={"HX-Request": "true"}
    )


def _curves(response: HttpResponse) -> dict[str, object]:
    store = pages.soup(response).select_one("script#plan-curves")
    assert store is not None
    return dict(json.loads(store.get_text()))


def test_it_shows_a_range_for_each_cited_route_with_what_ends_it(ask: Ask) -> None:
    response = ask()
    assert response.status_code == 200
    said = pages.text(response)
    for part in ("into a vein (IV)", "into a muscle (IM)", "lozenge in the mouth", "swallowed"):
        assert part in said
    for part in ("not an instruction", "deeper than 9", "PLAN-01", "design", "ORD-04", "Kamp 2020"):
        assert part in said


def test_the_chart_has_words_and_the_same_numbers_as_a_table(ask: Ask) -> None:
    page = pages.soup(ask())
    chart = page.select_one("#chart-plan")
    assert chart is not None
    assert chart["role"] == "img"
    assert len(str(chart["aria-label"])) > 60
    table = page.select_one("figure ~ details table")
    assert table is not None
    rows = table.select("tbody tr")
    assert 6 <= len(rows) <= 20
    curves = _curves(ask())
    for line in curves["lines"]:
        assert len(line["percent"]) == len(curves["doses_mg"])
        assert line["percent"] == sorted(line["percent"])


def test_no_dose_is_chosen_or_filled_in(ask: Ask, clinic: Clinic, signed_in: Callable) -> None:
    page = pages.soup(ask())
    assert not page.select("input:not([type=range])")
    button = page.select_one("#plan-copy")
    assert button is not None
    assert button.has_attr("hidden")
    form = signed_in(clinic.prescriber).get(reverse("orders:new", args=[clinic.patient.public_id]))
    for name in ("dose", "plan-want", "plan-want_chance", "plan-baseline"):
        assert pages.value(form, name) == ""
    pages.check(form)


def test_before_anything_is_wished_for_it_waits_and_refuses_nothing(ask: Ask) -> None:
    response = ask(**{"plan-want": ""})
    assert response.status_code == 200
    assert "nothing is filled in" in pages.text(response)


def test_a_hard_maximum_and_a_booster_are_taken_from_the_order(ask: Ask) -> None:
    muscle = {"route": "im", "booster": "one", "booster_earliest": "15", "hard_max": "45"}
    response = ask(**muscle)
    # 35 mg and a quarter of it are 43.75 mg; with half of it the sum is over 45.
    assert "booster of 25 % at 15 min" in pages.text(response)
    assert "booster of 50 % at 15 min" not in pages.text(response)
    assert max(_curves(response)["doses_mg"]) == 45.0
    assert "ORD-13" in pages.text(response)


def test_a_booster_before_its_time_is_not_compared(ask: Ask) -> None:
    said = pages.text(ask(route="im", booster="one", booster_earliest="9"))
    assert "D12" in said
    assert "booster of" not in said


def test_nasal_esketamine_has_whole_devices_and_never_a_booster(ask: Ask) -> None:
    changes = {"drug": "esketamine", "route": "nasal-device", "booster": "one", "booster_earliest": "60"}
    response = ask(**changes)
    assert _curves(response)["doses_mg"] == [56.0, 84.0]
    assert "D15" in pages.text(response)
    assert "booster of" not in pages.text(response)


def test_a_route_without_a_cited_range_has_no_chart(ask: Ask) -> None:
    response = ask(route="film")
    assert response.status_code == 200
    assert "No dose by the chosen route may be compared" in pages.text(response)


def test_without_a_baseline_pressure_is_not_asked_about(ask: Ask) -> None:
    assert "systolic at" not in pages.text(ask(**{"plan-baseline": ""}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plan-want": "0,5"}, "Write 0.5, not 0,5."),
        ({"plan-want": "11"}, "Depth to reach: 11 is too high."),
        ({"plan-want": "0"}, "0 is not a depth that can be passed"),
        ({"plan-want": "9.5"}, "Depth 9 is too deep, yet 9.5 is wished for"),
        ({"plan-want_chance": ""}, "In at least: No number was given."),
        ({"plan-want_chance": "100"}, "A crowd cannot show a chance of 100 %"),
        ({"plan-too_deep_chance": "0"}, "A crowd cannot show a chance of 0 %"),
        ({"plan-baseline": "165"}, "The pressure is 165 mmHg before any drug"),
        ({"plan-closing": "25"}, "Fit to leave by: 25 h is too high."),
        ({"plan-closing": "0"}, "0 h is out of range"),
        ({"drug": ""}, "Drug: None was chosen. Choose one."),
        ({"hard_max": "1"}, "No route has a cited range"),
        ({"drug": "esketamine", "model": "perez-ruixo-2021", "hard_max": "10"}, "No route has a cited range"),
    ],
)
def test_what_it_cannot_answer_is_said_with_its_mend(ask: Ask, changes: dict[str, str], words: str) -> None:
    response = ask(**changes)
    assert response.status_code == 422
    assert words in pages.text(response)


@pytest.mark.parametrize(
    ("born", "kg", "words"),
    [
        (date(1990, 3, 4), None, "The patient was not weighed."),
        (date(1990, 3, 4), 130, "130 kg is outside the people rk1 was made from"),
        (date(1950, 3, 4), 70, "years is outside the people rk1 was made from"),
    ],
)
def test_a_person_beyond_the_model_is_refused(
    clinic: Clinic, signed_in: Callable[[User | None], Client], born: date, kg: int | None, words: str
) -> None:
    patient = Patient.objects.create(given_name="A", family_name="B", birth_date=born, sex="male")
    if kg is not None:
        Weight.objects.create(patient=patient, grams=kg * 1000, measured_at=timezone.now(), by=clinic.monitor)
    response = signed_in(clinic.prescriber).post(_address(patient), ORDER | WISH)
    assert response.status_code == 422
    assert words in pages.text(response)


def test_a_medicine_of_unknown_effect_keeps_the_crowd_from_answering(ask: Ask, clinic: Clinic) -> None:
    patients.list_medicine(clinic.patient, name="lithium", by=clinic.prescriber, at=timezone.now())
    response = ask()
    assert response.status_code == 422
    assert "What Lithium does to this drug is not known here" in pages.text(response)


@pytest.mark.slow
def test_where_forecasts_have_slipped_the_chances_say_so_and_lead_to_insight(
    ask: Ask, clinic: Clinic
) -> None:
    before = _curves(ask(route="im"))
    marked.slipped(clinic)
    response = ask(route="im")
    said = pages.text(response)
    assert "Forecasts here have missed more than they should" in said
    assert "of depth held only" in said
    assert pages.soup(response).select_one(f"a[href='{reverse('insight:insight')}']") is not None
    assert _curves(response) != before


def test_planning_writes_nothing(ask: Ask) -> None:
    ask()
    assert Order.objects.count() == 1


@pytest.mark.parametrize("who", ["monitor", "guide", "patient_user", "owner", "stranger"])
def test_only_a_prescriber_plans(
    who: str, clinic: Clinic, signed_in: Callable[[User | None], Client]
) -> None:
    response = signed_in(getattr(clinic, who)).post(_address(clinic.patient), ORDER | WISH)
    assert response.status_code == 403
    assert "not an instruction" not in pages.text(response)


def test_whoever_is_not_signed_in_learns_nothing(
    clinic: Clinic, signed_in: Callable[[User | None], Client]
) -> None:
    response = signed_in(None).post(_address(clinic.patient), ORDER | WISH)
    assert response.status_code in {302, 403}
    assert b"not an instruction" not in response.content
