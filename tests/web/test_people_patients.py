"""Finding, adding, weighing patients, and their medicines."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic
from tests.web import pages

from slackwater.records.models import Patient, User, Weight

Browser = Callable[[User | None], Client]
NEW = {
    "given_name": "Kim",
    "family_name": "Brook",
    "birth_date_day": "4",
    "birth_date_month": "3",
    "birth_date_year": "1990",
    "sex": "female",
}


@pytest.fixture
def nurse(clinic: Clinic, signed_in: Browser) -> Client:
    return signed_in(clinic.monitor)


def _address(name: str, clinic: Clinic) -> str:
    return reverse(f"people:{name}", args=[clinic.patient.public_id])


def test_a_new_patient_is_written_down_and_shown_with_the_month_in_letters(nurse: Client) -> None:
    response = nurse.post(reverse("people:new-patient"), NEW, follow=True)
    assert response.status_code == 200
    assert "Kim Brook" in pages.text(response)
    assert "born 4 March 1990" in pages.text(response)
    assert "Not weighed yet" in pages.text(response)
    pages.check(response)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"given_name": " "}, "given_name", "No name was given"),
        ({"family_name": "x" * 81}, "family_name", "Write at most 80"),
        ({"birth_date_year": "2190"}, "birth_date", "still to come"),
        ({"birth_date_year": "1890"}, "birth_date", "before 1900"),
        ({"birth_date_day": "31", "birth_date_month": "2"}, "birth_date", "no such day"),
        (
            {"birth_date_day": "", "birth_date_month": "", "birth_date_year": ""},
            "birth_date",
            "No day was given",
        ),
        ({"birth_date_year": "٢٠٠٠"}, "birth_date", "digits 0 to 9"),
        ({"birth_date_day": "-4"}, "birth_date", "sign"),
        ({"birth_date_month": "13"}, "birth_date", "too high"),
        ({"sex": ""}, "sex", "None was chosen"),
        ({"sex": "robot"}, "sex", "Choose one"),
    ],
)
def test_what_cannot_stand_is_named_with_its_mend_and_the_rest_is_kept(
    nurse: Client, changes: dict[str, str], field: str, words: str
) -> None:
    before = Patient.objects.count()
    response = nurse.post(reverse("people:new-patient"), NEW | changes)
    assert response.status_code == 422
    [fault] = [said for at, said in pages.faults(response).items() if at.startswith(field)]
    assert words in fault
    for name, typed in (NEW | changes).items():
        if name != "birth_date_month" and name not in changes:
            assert pages.value(response, name) == typed
    assert Patient.objects.count() == before
    pages.check(response)


def test_a_search_finds_by_every_word_and_leaves_no_name_in_an_address(nurse: Client, clinic: Clinic) -> None:
    nurse.post(reverse("people:new-patient"), NEW)
    address = reverse("people:patients")
    page = nurse.get(address)
    form = pages.soup(page).select_one("form[role=search]")
    assert form is not None
    assert form["method"] == "post"
    found = nurse.post(address, {"q": "broo ki"}, headers={"HX-Request": "true"})
    assert "Brook" in pages.text(found)
    assert clinic.patient.family_name not in pages.text(found)
    assert "<html" not in found.content.decode()
    assert "Nobody with" in pages.text(nurse.post(address, {"q": "zzz"}))


def test_a_weight_is_saved_with_what_it_was_before(nurse: Client, clinic: Clinic) -> None:
    response = nurse.post(_address("weigh", clinic), {"weight": "57"}, follow=True)
    assert "Before it was 70 kg, so this is 19 % less" in pages.text(response)
    assert clinic.patient.weights.first().grams == 57_000


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "No number was given"),
        ("70,5", "Write 70.5, not 70,5"),
        ("301", "must be between 20 and 300 kg"),
        ("7.05", "must be between 20 and 300 kg"),
        ("-70", "has a sign"),
        ("NaN", "not a finite number"),
        ("inf", "not a finite number"),
        ("1e9", "exponent"),
        ("70 kg", "space"),
        ("155lb", "more than a number"),
    ],
)
def test_a_weight_that_cannot_be_read_is_kept_on_the_page(
    nurse: Client, clinic: Clinic, typed: str, words: str
) -> None:
    response = nurse.post(_address("weigh", clinic), {"weight": typed})
    assert response.status_code == 422
    assert words in pages.faults(response)["weight"]
    assert pages.value(response, "weight") == typed
    assert clinic.patient.weights.count() == 1
    pages.check(response)


def test_an_old_weight_is_flagged_with_its_date(nurse: Client, clinic: Clinic) -> None:
    patient = Patient.objects.create(
        given_name="A", family_name="B", birth_date=clinic.patient.birth_date, sex="male"
    )
    then = timezone.now() - timedelta(days=31)
    Weight.objects.create(patient=patient, grams=80_000, measured_at=then, by=clinic.monitor)
    response = nurse.get(reverse("people:patient", args=[patient.public_id]))
    assert "Older than 30 days: weigh again" in pages.text(response)
    assert "31 days ago" in pages.text(response)


def test_a_known_medicine_is_listed_once_and_an_unknown_one_says_it_was_not_checked(
    nurse: Client, clinic: Clinic
) -> None:
    add = _address("add-medicine", clinic)
    nurse.post(add, {"name": "clarithromycin"})
    nurse.post(add, {"other": "Clarithromycin"})
    response = nurse.post(add, {"other": "Sertraline 50 mg"}, follow=True)
    names = list(clinic.patient.medicines.values_list("name", flat=True))
    assert names == ["clarithromycin", "sertraline 50 mg"]
    assert "Sertraline 50 mg not checked" in pages.text(response)
    pages.check(response)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose a medicine or write"),
        ({"name": "rifampicin", "other": "x"}, "not both"),
        ({"name": "x"}, ""),
    ],
)
def test_a_medicine_that_is_not_named_is_asked_for_again(
    nurse: Client, clinic: Clinic, typed: dict[str, str], words: str
) -> None:
    response = nurse.post(_address("add-medicine", clinic), typed)
    assert response.status_code == 422
    assert words in pages.faults(response)["name"]
    assert clinic.patient.medicines.count() == 0


def test_a_medicine_that_ended_stays_in_the_record(nurse: Client, clinic: Clinic) -> None:
    nurse.post(_address("add-medicine", clinic), {"name": "rifampicin"})
    nurse.post(_address("end-medicine", clinic), {"name": "rifampicin"})
    assert clinic.patient.medicines.get().ended_at is not None
    assert "Rifampicin" not in pages.text(nurse.get(_address("patient", clinic))).split("Add a medicine")[0]


def test_the_first_page_shows_rooms_then_what_is_ready(nurse: Client, clinic: Clinic) -> None:
    page = pages.text(nurse.get("/"))
    assert page.index("In progress") < page.index("Robin Synthetic") < page.index("Signed and ready to open")
    assert "Before the first dose" in page


def test_a_patient_reads_of_their_visit_in_plain_words(clinic: Clinic, signed_in: Browser) -> None:
    page = pages.text(signed_in(clinic.patient_user).get("/"))
    assert "Your visit is under way" in page
    for jargon in ("ketamine", "dose", "session", "crowd", "IV", "booster"):
        assert jargon not in page
    other = pages.text(signed_in(clinic.stranger).get("/"))
    assert "Your visit is under way" not in other
