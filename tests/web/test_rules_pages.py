"""The clinical rules on the screen: read by staff, signed by the clinic's lead."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic import Clinic, patient
from tests.web import pages

from slackwater.actions import signing
from slackwater.catalogue.signable import chapters
from slackwater.records.models import RuleSignature, User

Browser = Callable[[User | None], Client]
ROOM = reverse("rules:chapter", args=["room"])


def ticks(client: Client, *rules: str) -> list[str]:
    """What the page's own boxes send for these rules."""
    boxes = pages.soup(client.get(ROOM)).select("input[name=rules]")
    values = {str(box["value"]).split()[0]: str(box["value"]) for box in boxes}
    return [values[rule] for rule in rules]


@pytest.mark.parametrize("who", ["prescriber", "guide", "monitor", "owner"])
def test_staff_read_every_chapter_and_rule(who: str, clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(getattr(clinic, who))
    page = client.get(reverse("rules:overview"))
    pages.check(page)
    for chapter in chapters():
        assert chapter.title in pages.text(page)
        found = client.get(reverse("rules:chapter", args=[chapter.slug]))
        pages.check(found)
        assert all(f'id="{one.rule}"' in found.content.decode() for one in chapter.rules)
    pages.check(client.get(reverse("rules:rule", args=["E39"])))
    assert client.get(reverse("rules:rule", args=["E99"])).status_code == 404
    assert client.get(reverse("rules:chapter", args=["nothing"])).status_code == 404


def test_a_lead_signs_what_is_ticked_and_takes_it_back(clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(clinic.owner)
    sent = {"rules": ticks(client, "M04", "M06"), "key": str(uuid4())}
    assert client.post(ROOM, sent, follow=True).status_code == 200
    assert set(signing.counting()) == {"M04", "M06"}
    with pytest.raises(KeyError):
        ticks(client, "M04")
    page = client.get(reverse("rules:rule", args=["M04"]))
    assert f"accepted for this clinic by {clinic.owner.shown_name}" in pages.text(page)
    back = reverse("rules:rule", args=["M04"])
    refused = client.post(back, {"reason": " ", "key": str(uuid4())})
    assert refused.status_code == 422
    client.post(back, {"reason": "We use another limit.", "key": str(uuid4())})
    assert set(signing.counting()) == {"M06"}
    assert "We use another limit." in pages.text(client.get(back))


def test_where_all_is_signed_there_is_nothing_left_to_press(clinic: Clinic, signed_in: Browser) -> None:
    client, address = signed_in(clinic.owner), reverse("rules:chapter", args=["rescue"])
    boxes = [str(box["value"]) for box in pages.soup(client.get(address)).select("input[name=rules]")]
    assert pages.soup(client.get(address)).select(".sign-bar")
    client.post(address, {"rules": boxes, "key": str(uuid4())})
    signed = client.get(address)
    pages.check(signed)
    assert not pages.soup(signed).select(".sign-bar")


def test_a_refusal_names_what_to_do_and_keeps_the_ticks(clinic: Clinic, signed_in: Browser) -> None:
    client = signed_in(clinic.owner)
    none = client.post(ROOM, {"key": str(uuid4())})
    assert none.status_code == 422
    assert "No rule was ticked" in pages.text(none)
    (good,) = ticks(client, "M04")
    changed = client.post(ROOM, {"rules": [good, "M06 of-another-text"], "key": str(uuid4())})
    assert changed.status_code == 422
    assert "has changed since this page was shown" in pages.text(changed)
    box = pages.soup(changed).select_one(f'input[value="{good}"]')
    assert box is not None
    assert box.has_attr("checked")
    assert not RuleSignature.objects.exists()


def test_whoever_may_only_read_is_offered_no_box_and_signs_none(clinic: Clinic, signed_in: Browser) -> None:
    (value,) = ticks(signed_in(clinic.owner), "M04")
    client = signed_in(clinic.prescriber)
    assert not pages.soup(client.get(ROOM)).select("input[name=rules]")
    assert client.post(ROOM, {"rules": [value], "key": str(uuid4())}).status_code == 403
    assert not RuleSignature.objects.exists()


def test_a_finding_says_that_its_rule_is_signed_and_leads_to_it(clinic: Clinic, signed_in: Browser) -> None:
    address = reverse("courses:one", args=[patient().public_id])
    client = signed_in(clinic.prescriber)
    standing = {one.rule for chapter in chapters() for one in chapter.rules}
    before = client.get(address)
    ids = [a.text for a in pages.soup(before).select("li.finding .source a") if a.text in standing]
    assert ids
    assert "accepted for this clinic" not in pages.text(before)
    read = [
        signing.ReadRule(rule=one.rule, digest=one.digest)
        for chapter in chapters() for one in chapter.rules if one.rule == ids[0]
    ]  # fmt: skip
    signing.sign(read, by=clinic.owner, at=timezone.now(), key=uuid4())
    assert "accepted for this clinic" in pages.text(client.get(address))
    assert client.get(reverse("rules:rule", args=[ids[0]])).status_code == 200
