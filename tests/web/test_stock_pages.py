"""The cabinet's pages: the owner stocks a product and receives vials, so that a dose can be checked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import stock
from tests.clinic import Clinic
from tests.web.pages import check, faults, text

from slackwater.records.models import Container, Product, User

SignedIn = Callable[[User | None], Client]
CABINET, PRODUCT, RECEIVE = "/cabinet/", "/cabinet/products/new/", "/cabinet/receive/"


def label(**changes: str) -> dict[str, str]:
    return {
        "name": "Synthetic ketamine 50 mg/mL, 2 mL",
        "drug": "racemic",
        "form": "vial",
        "strength": "50",
        "volume": "2",
        "content": "",
        "code": f"(01){stock.GTIN}",
    } | changes


def delivered(*, days: int = 400, **changes: str) -> dict[str, str]:
    expiry = timezone.localdate() + timedelta(days=days)
    return {"code": f"(01){stock.GTIN}(17){expiry:%y%m%d}(10)A7", "lot": "", "count": "2"} | changes


def test_from_an_empty_cabinet_to_vials_with_numbers(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.owner)
    first = client.get(CABINET)
    check(first)
    assert "Nothing is stocked." in text(first)
    assert client.post(PRODUCT, label()).status_code == 302
    assert client.post(RECEIVE, delivered()).status_code == 302
    found = [(one.own_number, one.lot, one.product.strength_ug_ml) for one in Container.objects.all()]
    assert found == [(1, "A7", 50_000), (2, "A7", 50_000)]
    page = text(client.get(CABINET))
    assert "Write on each its own number: no. 1, no. 2." in page
    assert "100 mg" in page
    assert "no. 2" in text(signed_in(clinic.monitor).get(CABINET))


def test_a_button_that_is_pressed_twice_receives_once(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.owner)
    client.post(PRODUCT, label())
    key = "11111111-1111-4111-8111-111111111111"
    for _ in range(2):
        client.post(RECEIVE, delivered(key=key))
    assert Container.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"strength": "50,0"}, "strength"),
        ({"strength": ""}, "strength"),
        ({"volume": "0"}, "volume"),
        ({"code": "(01)02000000000016"}, "code"),
        ({"code": "nonsense"}, "code"),
        ({"form": "device", "content": ""}, "content"),
        ({"name": ""}, "name"),
    ],
)
def test_a_label_that_cannot_be_is_refused_and_stays_as_typed(
    clinic: Clinic, signed_in: SignedIn, changes: dict[str, str], field: str
):
    response = signed_in(clinic.owner).post(PRODUCT, label(**changes))
    assert response.status_code == 422
    assert any(name.startswith(field) for name in faults(response))
    assert not Product.objects.exists()


def test_a_second_strength_and_a_blocker_are_refused(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.owner)
    client.post(PRODUCT, label())
    other = label(strength="100", volume="1", code="(01)02000000000039")
    response = client.post(PRODUCT, other)
    assert response.status_code == 422
    assert "one strength" in text(response)
    assert client.post(PRODUCT, other | {"name": "Rocuronium"}).status_code == 422
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "51"}, "count"),
        ({"lot": "B8"}, "lot"),
        ({"code": f"(01){stock.GTIN}(10)A7"}, "expiry"),
        ({"code": "(01)02000000000039(17)301231(10)A7"}, "code"),
        ({"code": f"(01){stock.GTIN}(17)250101(10)A7"}, "expiry"),
        ({"code": ""}, "code"),
    ],
)
def test_what_cannot_come_in_is_refused(
    clinic: Clinic, signed_in: SignedIn, changes: dict[str, str], field: str
):
    client = signed_in(clinic.owner)
    client.post(PRODUCT, label())
    response = client.post(RECEIVE, delivered(**changes))
    assert response.status_code == 422
    check(response)
    assert any(name.startswith(field) for name in faults(response))
    assert not Container.objects.exists()


def test_who_sees_the_cabinet_and_who_fills_it(clinic: Clinic, signed_in: SignedIn):
    for user, sees, fills in (
        (clinic.owner, 200, 200),
        (clinic.prescriber, 200, 403),
        (clinic.monitor, 200, 403),
        (clinic.guide, 403, 403),
        (clinic.patient_user, 403, 403),
    ):
        client = signed_in(user)
        assert client.get(CABINET).status_code == sees
        for address in (PRODUCT, RECEIVE):
            assert client.get(address).status_code == fills
            assert client.post(address, {}).status_code == (422 if fills == 200 else 403)


def test_a_day_typed_badly_is_not_dropped_because_the_code_has_one(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.owner)
    client.post(PRODUCT, label())
    typed = {"expiry_day": "31", "expiry_month": "2", "expiry_year": "2030"}
    assert client.post(RECEIVE, delivered(**typed)).status_code == 422
    assert not Container.objects.exists()
