"""Signing in and out."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests import clinic as made
from tests.web import pages

from slackwater.actions.accounts import MOST_FAILURES
from slackwater.records.models import AuditEvent, Role, User

DOOR = "/sign-in/"
PASSWORD = "a-long-passphrase"


@pytest.fixture
def nurse(db: None) -> User:
    return made.person(Role.MONITOR, username="mara")


def _sign_in(client: Client, **typed: str) -> object:
    return client.post(DOOR, {"username": "mara", "password": PASSWORD} | typed)


def test_a_name_and_password_open_the_door(client: Client, nurse: User) -> None:
    response = _sign_in(client)
    assert response.status_code == 302
    assert client.get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: Client, nurse: User) -> None:
    wrong, unknown = _sign_in(client, password="barnacle"), _sign_in(client, username="nobody")
    assert wrong.status_code == unknown.status_code == 422
    assert pages.faults(wrong) == pages.faults(unknown)
    assert "do not belong together" in pages.faults(wrong)["username"]
    assert pages.value(wrong, "username") == "mara"
    assert "barnacle" not in wrong.content.decode()
    pages.check(wrong)


def test_after_many_failures_it_asks_to_wait_and_the_right_password_waits_too(
    client: Client, nurse: User
) -> None:
    for _ in range(MOST_FAILURES):
        _sign_in(client, password="wrong")
    response = _sign_in(client)
    assert response.status_code == 422
    assert "Wait five minutes" in pages.text(response)
    assert client.get("/").status_code == 302


def test_empty_boxes_are_named(client: Client, nurse: User) -> None:
    response = _sign_in(client, username="", password="")
    assert set(pages.faults(response)) == {"username", "password"}


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/patients/", "/patients/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_it_leads_on_to_pages_of_ours_only(client: Client, nurse: User, wanted: str, led_to: str) -> None:
    response = _sign_in(client, next=wanted)
    assert response.headers["Location"] == (led_to if led_to != "/" else reverse("people:home"))


def test_outside_a_demonstration_there_is_no_door_without_a_password(client: Client, db: None) -> None:
    made.person(Role.MONITOR, username="demo-nurse")
    assert not pages.soup(client.get(DOOR)).select("input[name=door]")
    response = client.post(DOOR, {"door": "demo-nurse"})
    assert response.status_code == 422
    assert client.get("/").status_code == 302


def test_a_demonstration_has_a_door_for_each_role(client: Client, db: None, settings: Settings) -> None:
    settings.DEMO = True
    made.person(Role.PRESCRIBER, username="demo-doctor")
    made.person(Role.MONITOR, username="demo-nurse")
    page = client.get(DOOR)
    doors = [door["value"] for door in pages.soup(page).select("input[name=door]")]
    assert doors == ["demo-nurse", "demo-doctor"]
    assert "Watch a session in progress" in pages.text(page)
    assert "nobody here is real" in pages.text(page)
    pages.check(page)
    assert client.post(DOOR, {"door": "demo-nurse"}).status_code == 302
    assert client.get("/").status_code == 200


def test_signing_out_is_written_down_and_closes_the_door(client: Client, nurse: User) -> None:
    client.force_login(nurse)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/").status_code == 302
    assert AuditEvent.objects.filter(kind="signed-out", by=nurse).exists()
