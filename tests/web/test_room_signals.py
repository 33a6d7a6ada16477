"""Alarms on screens: in their room, and on every other screen of staff."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, vitals
from tests.web import pages

from slackwater.actions import sessions
from slackwater.records.models import User
from slackwater.rules.room.log import Payload
from slackwater.rules.room.signals import AlarmSeen, Condition

SignedIn = Callable[[User | None], Client]
ADDRESS = "/room/alarms.json"


def say(clinic: Clinic, payload: Payload) -> None:
    sessions.perform(clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4())


def test_a_high_alarm_is_told_elsewhere_with_its_room_and_initials_and_no_name(
    clinic: Clinic, signed_in: SignedIn
):
    client = signed_in(clinic.prescriber)
    assert client.get(ADDRESS).json() == {"alarms": []}
    say(clinic, vitals(spo2=880))
    (told,) = client.get(ADDRESS).json()["alarms"]
    assert (told["room"], told["who"], told["level"]) == (clinic.session.room, "R. S.", "high")
    assert clinic.patient.family_name not in str(told)
    say(clinic, AlarmSeen(condition=Condition.SATURATION))
    assert client.get(ADDRESS).json() == {"alarms": []}


def test_in_its_room_it_stands_with_who_saw_it(clinic: Clinic, signed_in: SignedIn):
    say(clinic, vitals(spo2=880))
    say(clinic, AlarmSeen(condition=Condition.SATURATION))
    state = signed_in(clinic.guide).get(reverse("room:state", args=[clinic.session.public_id])).json()
    (alarm,) = state["alarms"]
    assert (alarm["stands"], alarm["seen_by"]) == ("seen", clinic.monitor.shown_name)


@pytest.mark.parametrize(("who", "status"), [("patient_user", 403), ("owner", 403), (None, 302)])
def test_only_staff_ask(clinic: Clinic, signed_in: SignedIn, who: str | None, status: int):
    assert signed_in(getattr(clinic, who) if who else None).get(ADDRESS).status_code == status


def test_other_pages_of_staff_listen_and_the_room_itself_does_not(clinic: Clinic, signed_in: SignedIn):
    client, room = signed_in(clinic.monitor), [clinic.session.public_id]
    for address in (reverse("people:home"), reverse("people:patients"), reverse("room:watch", args=room)):
        assert pages.soup(client.get(address)).select_one("#elsewhere")
    assert not pages.soup(client.get(reverse("room:live", args=room))).select_one("#elsewhere")
    own = signed_in(clinic.patient_user)
    assert not pages.soup(own.get(reverse("people:home"))).select_one("#elsewhere")
