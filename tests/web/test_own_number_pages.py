"""The page on which the clinic's lead makes a number of screening stricter."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import own_numbers
from slackwater.catalogue.eligibility import load_eligibility
from slackwater.records.models import OwnNumber, User

Browser = Callable[[User | None], Client]
PAGE = reverse("rules:number", args=["seizure_within"])
RULE = reverse("rules:rule", args=["E30"])
OURS = load_eligibility().numbers.seizure_within.value


def sent(value: object, reason: str = "We want longer.") -> dict[str, str]:
    return {"value": str(value), "reason": reason, "key": str(uuid4())}


def test_the_lead_sets_it_sees_it_and_takes_it_back(clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(clinic.owner)
    assert PAGE in client.get(RULE).content.decode()
    page = client.get(PAGE)
    pages.check(page)
    assert "Nothing yet" in pages.text(page)
    assert [one.get_text() for one in pages.soup(page).select(".with-unit .unit")] == ["months"]
    after = client.post(PAGE, sent(OURS + 3), follow=True)
    pages.check(after)
    assert f"From now on {OURS + 3} months" in pages.text(after)
    assert f"{OURS + 3} months here; {OURS} months in the catalogue" in pages.text(after)
    assert own_numbers.limits().numbers.seizure_within.value == OURS + 3
    assert "We want longer." in pages.text(client.get(PAGE))
    back = client.post(PAGE, sent(OURS, "The evidence is enough."), follow=True)
    assert f"{OURS} months, as in the catalogue" in pages.text(back)
    assert own_numbers.limits() == load_eligibility()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"value": str(OURS - 1)}, "value", f"Write at least {OURS}"),
        ({"value": ""}, "value", "No number was written"),
        ({"value": "-4"}, "value", "not a whole number"),
        ({"value": "4.5"}, "value", "not a whole number"),
        ({"value": "9" * 7}, "value", "not a whole number"),
        ({"value": str(10**5)}, "value", "from 0 to"),
        ({"reason": " "}, "reason", "No reason was given"),
        ({"reason": "x" * 401}, "reason", "too long"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(
    changes: dict[str, str], field: str, words: str, clinic: Clinic, signed_in: Browser
) -> None:
    form = sent(OURS + 3) | changes
    answer = signed_in(clinic.owner).post(PAGE, form)
    assert answer.status_code == 422
    pages.check(answer)
    assert words in pages.faults(answer)[field]
    assert pages.value(answer, "value") == form["value"]
    assert pages.value(answer, "reason") == form["reason"].strip()
    assert not OwnNumber.objects.exists()


@pytest.mark.parametrize("who", ["prescriber", "monitor", "guide", "patient_user"])
def test_nobody_else_is_offered_it_or_can_do_it(who: str, clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(getattr(clinic, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, sent(OURS + 3)).status_code == 403
    if who != "patient_user":
        page = pages.text(client.get(RULE))
        assert "What your clinic can make stricter" in page
        assert PAGE not in client.get(RULE).content.decode()
    assert not OwnNumber.objects.exists()


@pytest.mark.parametrize("name", ["baseline_within", "ceiling_systolic", "nothing"])
def test_there_is_no_page_for_what_is_not_set_here(name: str, clinic: Clinic, signed_in: Browser) -> None:
    assert signed_in(clinic.owner).get(reverse("rules:number", args=[name])).status_code == 404


def test_a_rule_without_such_a_number_offers_none(clinic: Clinic, signed_in: Browser) -> None:
    page = signed_in(clinic.owner).get(reverse("rules:rule", args=["E01"]))
    assert "can make stricter" not in pages.text(page)
