"""The owner decides what crowds in new rooms listen to, with a reason; nobody else does."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages

from slackwater.actions import listening
from slackwater.records.models import SignDefault, User
from slackwater.rules.room.heard import Heard

Browser = Callable[[User | None], Client]


def change(sign: str, on: str, reason: str) -> dict[str, str]:
    return {"prefix": sign, f"{sign}-sign": sign, f"{sign}-on": on, f"{sign}-reason": reason}


def test_every_sign_stands_with_its_grade_source_and_state(clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(clinic.owner).get(reverse("people:signs"))
    said = pages.text(response)
    pages.check(response)
    for one in listening.usual():
        assert one.sign.label in said
        assert one.basis.source in said
    assert said.count("As the catalogue has it.") == len(Heard)


def test_a_decision_is_kept_with_who_and_why_and_can_be_taken_back(
    clinic: Clinic, signed_in: Browser
) -> None:
    browser = signed_in(clinic.owner)
    there = reverse("people:signs")
    response = browser.post(there, change("heart_rate", "0", "Beta blockers."), follow=True)
    assert "Heart rate: off in rooms opened from now on." in pages.text(response)
    assert f"by {clinic.owner.shown_name}: Beta blockers." in pages.text(response)
    assert Heard.HEART_RATE not in listening.clinic()
    browser.post(there, change("heart_rate", "1", "No more of them."))
    assert listening.clinic() == listening.published()
    assert SignDefault.objects.count() == 2


def test_without_a_reason_nothing_changes_and_the_field_says_so(clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(clinic.owner).post(reverse("people:signs"), change("rating", "0", " "))
    assert response.status_code == 422
    assert "No reason was given" in pages.faults(response)["rating-reason"]
    assert not SignDefault.objects.exists()
    pages.check(response)


@pytest.mark.parametrize(
    "broken", [{}, {"prefix": "x" * 500}, change("gossip", "0", "x"), change("rating", "2", "x")]
)
def test_what_is_no_change_of_a_sign_is_refused(
    clinic: Clinic, signed_in: Browser, broken: dict[str, str]
) -> None:
    assert signed_in(clinic.owner).post(reverse("people:signs"), broken).status_code == 422
    assert not SignDefault.objects.exists()


@pytest.mark.parametrize("who", ["prescriber", "monitor", "guide", "patient_user", "stranger"])
def test_nobody_else_decides(clinic: Clinic, signed_in: Browser, who: str) -> None:
    browser = signed_in(getattr(clinic, who))
    assert browser.get(reverse("people:signs")).status_code == 403
    assert browser.post(reverse("people:signs"), change("rating", "0", "x")).status_code == 403
    assert not SignDefault.objects.exists()
