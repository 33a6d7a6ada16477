"""What the room is told of the ordered booster, and who is told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic

from slackwater.actions import sessions
from slackwater.records.models import User

SignedIn = Callable[[User | None], Client]


@pytest.fixture
def boosted(db: None) -> Clinic:
    """A clinic whose first dose, into a muscle, was given just now; its booster opens in 15 minutes."""
    clinic = made.clinic(booster=True, subjects=1024)
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    return clinic


def address(clinic: Clinic) -> str:
    return reverse("room:booster", args=[clinic.session.public_id])


def asked(clinic: Clinic, client: Client) -> dict[str, Any]:
    response = client.get(address(clinic))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def test_it_tells_a_range_its_chances_and_that_it_is_no_instruction(boosted: Clinic, signed_in: SignedIn):
    found = asked(boosted, signed_in(boosted.monitor))
    answer = found["answer"]
    # 10 mg were ordered; 45 mg may be given in all, of which 35 were.
    assert answer["allowed_ug"] == 10_000
    assert answer["largest_ug"] is None or answer["largest_ug"] <= 10_000
    assert not answer["is_open"]
    assert "not an instruction" in answer["note"]
    assert [one["kind"] for one in answer["chances"]] == ["too-deep", "systolic", "not-fit"]
    assert found["as_of"]
    assert found["caution"] == ""


def test_a_rule_that_bars_is_said_whatever_the_crowd_says(boosted: Clinic, signed_in: SignedIn):
    assert asked(boosted, signed_in(boosted.monitor))["barred"] is True


def test_an_order_without_a_booster_gets_no_answer(clinic: Clinic, signed_in: SignedIn):
    found = asked(clinic, signed_in(clinic.monitor))
    assert (found["answer"], found["barred"]) == (None, True)


def test_a_crowd_that_cannot_answer_says_why(db: None, signed_in: SignedIn):
    clinic = made.clinic(booster=True, subjects=64)
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    response = signed_in(clinic.monitor).get(address(clinic))
    assert response.status_code == 422
    assert response.json()["problems"][0]["code"] == "crowd-too-thin"


@pytest.mark.parametrize("who", ["prescriber", "monitor"])
def test_whoever_may_give_a_dose_is_told(who: str, boosted: Clinic, signed_in: SignedIn):
    assert asked(boosted, signed_in(getattr(boosted, who)))["answer"] is not None


@pytest.mark.parametrize("who", ["guide", "patient_user"])
def test_whoever_may_watch_but_not_give_is_not_told(who: str, boosted: Clinic, signed_in: SignedIn):
    assert signed_in(getattr(boosted, who)).get(address(boosted)).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "owner"])
def test_an_outsiders_room_is_as_one_that_is_not(who: str, boosted: Clinic, signed_in: SignedIn):
    assert signed_in(getattr(boosted, who)).get(address(boosted)).status_code == 404


def test_nobody_is_told_without_signing_in(boosted: Clinic, signed_in: SignedIn):
    assert signed_in(None).get(address(boosted)).status_code in {302, 403}
