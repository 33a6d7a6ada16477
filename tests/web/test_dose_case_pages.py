"""The case of a dose that nobody checked: on the first page until two people have looked into it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic
from tests.web.pages import check, text

from slackwater.actions import sessions
from slackwater.actions.dose_checks import cases
from slackwater.records.models import DoseCaseLine, User

SignedIn = Callable[[User | None], Client]
PASSWORD = "a-long-passphrase"
HEADING = "Doses that nobody checked"


@pytest.fixture
def case(clinic: Clinic) -> UUID:
    told = replace(clinic.dose(), check="", unchecked="The power was off.")
    sessions.perform(clinic.session.public_id, told, by=clinic.monitor, at=timezone.now(), key=uuid4())
    return cases.still_open().get().case


def address(case: UUID) -> str:
    return reverse("room:dose-case", args=[case])


def closing(second: User, **changes: str) -> dict[str, str]:
    return {
        "words": "Counted the vials: 35 mg left no. 1.",
        "second_username": second.username,
        "second_password": PASSWORD,
    } | changes


def test_it_stands_on_the_first_page_until_two_have_closed_it(
    clinic: Clinic, case: UUID, signed_in: SignedIn
):
    client = signed_in(clinic.prescriber)
    assert HEADING in text(client.get("/"))
    page = client.get(address(case))
    check(page)
    assert "The power was off." in text(page)
    client.post(address(case), closing(clinic.monitor))
    assert HEADING not in client.get("/").content.decode()
    after = text(client.get(address(case)))
    assert "35 mg left no. 1" in after
    assert clinic.monitor.shown_name in after


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        ("prescriber", {}),
        ("guide", {}),
        ("monitor", {"second_password": "wrong"}),
        ("monitor", {"second_username": ""}),
        ("monitor", {"words": " "}),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    clinic: Clinic, case: UUID, signed_in: SignedIn, who: str, changes: dict[str, str]
):
    sent = closing(getattr(clinic, who), **changes)
    response = signed_in(clinic.prescriber).post(address(case), sent)
    assert response.status_code == 422
    check(response)
    assert sent["words"].strip() in text(response)
    assert PASSWORD not in response.content.decode()
    assert DoseCaseLine.objects.count() == 1


def test_whoever_may_not_close_it_neither_sees_it_nor_its_page(
    clinic: Clinic, case: UUID, signed_in: SignedIn
):
    for user in (clinic.monitor, clinic.guide, clinic.owner, clinic.patient_user, clinic.stranger):
        client = signed_in(user)
        assert HEADING not in client.get("/").content.decode()
        assert client.get(address(case)).status_code == 403
        assert client.post(address(case), closing(clinic.monitor)).status_code == 403
    assert signed_in(clinic.prescriber).get(address(uuid4())).status_code == 404
    assert cases.still_open().count() == 1


def test_the_room_says_for_the_rest_of_the_visit_that_nobody_checked_it(
    clinic: Clinic, case: UUID, signed_in: SignedIn
):
    state = signed_in(clinic.guide).get(reverse("room:state", args=[clinic.session.public_id])).json()
    said = [one for one in state["alerts"] if one["id"] == "CHK-14"]
    assert [one["level"] for one in said] == ["medium"]
    assert "The power was off." in said[0]["sentence"]
