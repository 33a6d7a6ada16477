"""The list of medicines is held against what was answered on benzodiazepines (E34)."""

import pytest
from django.utils import timezone
from tests.clinic import Clinic, takes

from slackwater.actions import medicines
from slackwater.actions.eligibility import found
from slackwater.actions.eligibility.past import screen
from slackwater.rules.eligibility.criteria import Stage
from slackwater.terms.route import Route

ASKED = "medicines.benzodiazepine_ug"


def told(clinic: Clinic) -> list[str]:
    at = timezone.now()
    barring = found.of(clinic.patient, stage=Stage.ORDER, route=Route.IV, at=at).barring
    return [one.sentence for one in barring if one.id == "E34"]


@pytest.mark.parametrize(
    "name", ["alprazolam", "clobazam", "clonazepam", "diazepam", "lorazepam", "midazolam"]
)
def test_a_benzodiazepine_on_the_list_contradicts_an_answer_of_none(name: str, clinic: Clinic):
    assert told(clinic) == []
    takes(clinic.patient, name, by=clinic.monitor)
    (sentence,) = told(clinic)
    assert f"how much {name} is taken" in sentence
    screen(clinic.patient, by=clinic.prescriber, at=timezone.now(), but={ASKED: 500})
    assert told(clinic) == []


@pytest.mark.parametrize("name", ["zolpidem", "zopiclone", "eszopiclone", "zaleplon", "sertraline", "a herb"])
def test_what_is_no_benzodiazepine_contradicts_nothing(name: str, clinic: Clinic):
    takes(clinic.patient, name, by=clinic.monitor)
    assert medicines.benzodiazepines(clinic.patient) == ()
    assert told(clinic) == []


def test_two_are_named_both(clinic: Clinic):
    takes(clinic.patient, "diazepam", "lorazepam", by=clinic.monitor)
    assert "how much diazepam and lorazepam is taken" in told(clinic)[0]
