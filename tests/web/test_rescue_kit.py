"""The page on which the rescue kit is gone through."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.clinic import Clinic
from tests.web import pages

from slackwater.catalogue.rescue import load_kit
from slackwater.records.models import KitCheckLine, User

SignedIn = Callable[[User | None], Client]
ADDRESS = "/rescue/kit/"
ALL_HERE = {item.key: "here" for item in load_kit().items}


def test_it_is_signed_thing_by_thing_and_the_first_page_says_so(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    asked = ALL_HERE | {"aed": "missing", "note": "Pads ordered."}
    assert client.post(ADDRESS, asked).status_code == 302
    page = pages.text(client.get(ADDRESS))
    assert "Missing from the rescue kit: Defibrillator" in page
    assert "Pads ordered." in page
    assert "Missing from the rescue kit" in pages.text(client.get(reverse("people:home")))
    client.post(ADDRESS, ALL_HERE)
    assert "Whole, and signed this week." in pages.text(client.get(reverse("people:home")))


def test_what_was_not_looked_at_is_asked_for_and_nothing_typed_is_lost(clinic: Clinic, signed_in: SignedIn):
    before = KitCheckLine.objects.count()
    asked = {name: seen for name, seen in ALL_HERE.items() if name != "suction"} | {"note": "Mask exchanged."}
    response = signed_in(clinic.prescriber).post(ADDRESS, asked)
    assert response.status_code == 422
    assert set(pages.faults(response)) == {"suction"}
    assert pages.value(response, "note") == "Mask exchanged."
    assert pages.value(response, "oxygen") == "here"
    assert KitCheckLine.objects.count() == before


def test_a_guide_reads_it_and_signs_nothing(clinic: Clinic, signed_in: SignedIn):
    client, before = signed_in(clinic.guide), KitCheckLine.objects.count()
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert not pages.soup(page).select("form[method=post] input[type=radio]")
    assert client.post(ADDRESS, ALL_HERE).status_code == 403
    assert KitCheckLine.objects.count() == before


def test_a_button_pressed_twice_is_one_signature(clinic: Clinic, signed_in: SignedIn):
    client, before = signed_in(clinic.monitor), KitCheckLine.objects.count()
    key = pages.value(client.get(ADDRESS), "key")
    for _twice in range(2):
        client.post(ADDRESS, ALL_HERE | {"key": key})
    assert KitCheckLine.objects.count() == before + 1
