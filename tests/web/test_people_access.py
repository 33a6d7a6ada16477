"""Who may open which page: everybody, by every door."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages

from slackwater.records.models import User

Browser = Callable[[User | None], Client]

PAGES = (
    "people:home",
    "people:patients",
    "people:new-patient",
    "people:patient",
    "medicines:one",
    "orders:new",
    "orders:detail",
    "rescue:kit",
    "rules:overview",
    "stock:cabinet",
)
ALLOWED = {
    "prescriber": set(PAGES),
    "monitor": set(PAGES) - {"orders:new"},
    "guide": set(PAGES) - {"orders:new", "people:new-patient", "stock:cabinet"},
    "patient_user": {"people:home"},
    "stranger": {"people:home"},
    "owner": {"people:home", "stock:cabinet", "rules:overview"},
}


def _address(name: str, clinic: Clinic) -> str:
    match name:
        case "people:patient" | "orders:new" | "medicines:one":
            return reverse(name, args=[clinic.patient.public_id])
        case "orders:detail":
            return reverse(name, args=[clinic.order.public_id])
    return reverse(name)


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("name", PAGES)
def test_each_role_opens_its_own_pages_and_no_others(
    who: str, name: str, clinic: Clinic, signed_in: Browser
) -> None:
    response = signed_in(getattr(clinic, who)).get(_address(name, clinic))
    if name in ALLOWED[who]:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert "not yours to open" in pages.text(response)
        assert clinic.patient.family_name not in pages.text(response)
    pages.check(response)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_at_the_door_is_asked_to_sign_in(name: str, clinic: Clinic, signed_in: Browser) -> None:
    address = _address(name, clinic)
    response = signed_in(None).get(address)
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('people:sign-in')}?next={address}"


POSTS = (
    "people:weigh",
    "people:add-medicine",
    "people:end-medicine",
    "medicines:tell",
    "medicines:ask",
    "medicines:decide",
    "medicines:end",
    "medicines:verify",
    "medicines:set-aside",
    "orders:sign",
    "orders:preview",
)


@pytest.mark.parametrize("who", ["patient_user", "stranger", "owner", None])
@pytest.mark.parametrize("name", POSTS)
def test_nobody_outside_the_team_changes_a_record(
    who: str | None, name: str, clinic: Clinic, signed_in: Browser
) -> None:
    client = signed_in(getattr(clinic, who) if who else None)
    response = client.post(reverse(name, args=[clinic.patient.public_id]), {"weight": "80", "name": "x"})
    assert response.status_code in {302, 403, 404}
    if response.status_code == 302:
        assert response.headers["Location"].startswith(reverse("people:sign-in"))
    assert clinic.patient.weights.count() == 1
    assert clinic.patient.medicines.count() == 0
    assert clinic.patient.orders.count() == 1


@pytest.mark.parametrize("who", ["monitor", "guide", "patient_user", "owner"])
def test_only_a_prescriber_voids_an_order(who: str, clinic: Clinic, signed_in: Browser) -> None:
    address = reverse("orders:void", args=[clinic.order.public_id])
    assert signed_in(getattr(clinic, who)).post(address, {"reason": "a reason"}).status_code == 403
    clinic.order.refresh_from_db()
    assert not clinic.order.is_void


def test_a_record_that_is_not_there_and_one_that_is_hidden_look_the_same(
    clinic: Clinic, signed_in: Browser
) -> None:
    nowhere = reverse("people:weigh", args=["00000000-0000-4000-8000-000000000000"])
    hidden = reverse("people:weigh", args=[clinic.patient.public_id])
    client = signed_in(clinic.stranger)
    assert client.post(nowhere).status_code == client.post(hidden).status_code == 403


def test_a_lost_page_says_so_with_a_way_back(clinic: Clinic, signed_in: Browser) -> None:
    response = signed_in(clinic.monitor).get("/nothing/here/")
    assert response.status_code == 404
    assert "nothing at this address" in pages.text(response)
    assert pages.soup(response).select_one("main a.button[href='/']") is not None


def test_a_form_from_another_site_changes_nothing(clinic: Clinic) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinic.monitor)
    response = client.post(reverse("people:weigh", args=[clinic.patient.public_id]), {"weight": "80"})
    assert response.status_code == 403
    assert "open too long" in pages.text(response)
    assert clinic.patient.weights.count() == 1
