"""The owner keeps the list of those who sign in, and sees no record."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages

from slackwater.records.models import User

Browser = Callable[[User | None], Client]
NEW = {
    "given_name": "Ines",
    "family_name": "Quay",
    "role": "guide",
    "username": "ines",
    "password": "tide marsh lantern",
}


def test_somebody_added_can_sign_in(clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(clinic.owner).post(reverse("people:new-person"), NEW, follow=True)
    assert "Ines Quay can sign in now." in pages.text(response)
    assert "signs in as ines" in pages.text(response)
    pages.check(response)
    door = Client().post("/sign-in/", {"username": "ines", "password": NEW["password"]})
    assert door.status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"password": "short"}, "password", "too short"),
        ({"password": ""}, "password", "No password was given"),
        ({"username": "a b"}, "username", "valid username"),
        ({"username": ""}, "username", "No name was given"),
        ({"role": ""}, "role", "None was chosen"),
        ({"role": "patient"}, "role", "not one of the available choices"),
        ({"given_name": ""}, "given_name", "No name was given"),
    ],
)
def test_what_cannot_stand_is_named_and_the_rest_is_kept(
    clinic: Clinic, signed_in: Browser, changes: dict[str, str], field: str, words: str
) -> None:
    response = signed_in(clinic.owner).post(reverse("people:new-person"), NEW | changes)
    assert response.status_code == 422
    [fault] = [said for at, said in pages.faults(response).items() if at.startswith(field)]
    assert words in fault
    assert pages.value(response, "family_name") == "Quay"
    assert NEW["password"] not in response.content.decode()
    pages.check(response)


def test_a_name_that_is_taken_is_said(clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(clinic.owner).post(
        reverse("people:new-person"), NEW | {"username": clinic.guide.username.upper()}
    )
    assert "This name is taken" in pages.faults(response)["username"]


@pytest.mark.parametrize("who", ["prescriber", "monitor", "guide", "patient_user"])
def test_nobody_else_adds_people_or_sees_the_list(who: str, clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(getattr(clinic, who))
    assert client.get(reverse("people:new-person")).status_code == 403
    assert client.post(reverse("people:new-person"), NEW).status_code == 403
    assert "signs in as" not in pages.text(client.get("/"))
    assert not User.objects.filter(username="ines").exists()
