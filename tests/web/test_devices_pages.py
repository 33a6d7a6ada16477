"""Devices that write into a visit: let in by name, their token shown once, taken back by one press."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import clinic as made
from tests.clinic import Clinic
from tests.web.pages import check, faults, soup, text, value

from slackwater.actions import devices
from slackwater.records.models import AuditEvent, DeviceToken, User

SignedIn = Callable[[User | None], Client]


def address(clinic: Clinic) -> str:
    return reverse("room:devices", args=[clinic.session.public_id])


def back(clinic: Clinic, device: DeviceToken) -> str:
    return reverse("room:device-back", args=[clinic.session.public_id, device.public_id])


def token_of(response: HttpResponse) -> str:
    field = soup(response).select_one("#token")
    return str(field["value"]) if field else ""


def test_a_token_is_shown_once_and_lets_its_device_in(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    assert "None. Vital signs are written by hand" in text(client.get(address(clinic)))
    answer = client.post(address(clinic), {"name": " Bedside monitor "})
    check(answer)
    token = token_of(answer)
    held = devices.holder(token, at=timezone.now())
    assert held is not None
    assert (held.name, held.session, held.issued_by) == ("Bedside monitor", clinic.session, clinic.monitor)
    after = client.get(address(clinic))
    check(after)
    assert token not in after.content.decode()
    assert f"Let in by {clinic.monitor.shown_name}" in text(after)
    assert "Has written nothing." in text(after)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Monitor\x07"])
def test_a_name_that_is_none_is_refused_at_its_field(clinic: Clinic, signed_in: SignedIn, name: str):
    answer = signed_in(clinic.monitor).post(address(clinic), {"name": name})
    assert answer.status_code == 422
    check(answer)
    assert list(faults(answer)) == ["name"]
    assert not DeviceToken.objects.exists()


def test_a_page_sent_twice_lets_in_no_second_device(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.prescriber)
    client.post(address(clinic), {"name": "Monitor"})
    again = client.post(address(clinic), {"name": "monitor"})
    assert again.status_code == 422
    assert "may write here already" in faults(again)["name"]
    assert value(again, "name") == "monitor"
    assert token_of(again) == ""
    assert DeviceToken.objects.count() == 1


def test_a_name_is_free_again_once_its_device_may_write_no_more(clinic: Clinic, signed_in: SignedIn):
    earlier = timezone.now() - devices.LASTS - timedelta(minutes=1)
    devices.allow(clinic.session, name="Ran out", by=clinic.monitor, at=earlier)
    devices.allow(clinic.session, name="Taken back", by=clinic.monitor, at=timezone.now())
    devices.revoke(DeviceToken.objects.get(name="Taken back"), by=clinic.monitor, at=timezone.now())
    client = signed_in(clinic.monitor)
    page = text(client.get(address(clinic)))
    assert "writes no more" in page
    assert "taken back" in page
    for name in ("Ran out", "Taken back"):
        assert token_of(client.post(address(clinic), {"name": name}))


def test_taking_back_ends_it_at_once_and_is_kept_once(clinic: Clinic, signed_in: SignedIn):
    token = devices.allow(clinic.session, name="Monitor", by=clinic.monitor, at=timezone.now())
    device = DeviceToken.objects.get()
    client = signed_in(clinic.prescriber)
    for _ in range(2):
        answer = client.post(back(clinic, device), follow=True)
        assert "Monitor writes here no more" in text(answer)
    assert devices.holder(token, at=timezone.now()) is None
    assert AuditEvent.objects.filter(kind="device-revoked", subject=str(device.public_id)).count() == 1


def test_a_device_of_another_visit_is_not_found_here(clinic: Clinic, signed_in: SignedIn):
    other = made.clinic()
    devices.allow(other.session, name="Monitor", by=other.monitor, at=timezone.now())
    device = DeviceToken.objects.get()
    client = signed_in(clinic.monitor)
    assert client.post(back(clinic, device)).status_code == 404
    assert client.get(back(other, device)).status_code == 405
    device.refresh_from_db()
    assert device.revoked_at is None
    assert client.get(reverse("room:devices", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("who", ["guide", "owner", "patient_user", "stranger"])
def test_nobody_else_lets_devices_in(clinic: Clinic, signed_in: SignedIn, who: str):
    devices.allow(clinic.session, name="Monitor", by=clinic.monitor, at=timezone.now())
    device = DeviceToken.objects.get()
    client = signed_in(getattr(clinic, who))
    for answer in (
        client.get(address(clinic)),
        client.post(address(clinic), {"name": "Another"}),
        client.post(back(clinic, device)),
    ):
        assert answer.status_code in {403, 404}
    assert DeviceToken.objects.count() == 1
    device.refresh_from_db()
    assert device.revoked_at is None


def test_the_room_leads_there_for_those_who_may(clinic: Clinic, signed_in: SignedIn):
    room = reverse("room:live", args=[clinic.session.public_id])
    assert address(clinic) in signed_in(clinic.monitor).get(room).content.decode()
    assert address(clinic) not in signed_in(clinic.guide).get(room).content.decode()
