"""What the room's sheet is told when a vial is scanned, and when two people have checked a dose."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import clinic as made
from tests import stock
from tests.checked import code_of
from tests.clinic import Clinic

from slackwater.actions import sessions
from slackwater.actions.entries.record import record
from slackwater.actions.stock import ledger
from slackwater.records.models import AuditEvent, Container, DoseCheck, Entry, User
from slackwater.rules.room.log import EntryKind
from slackwater.rules.room.wire import parse_payload

SignedIn = Callable[[User | None], Client]
PASSWORD = "a-long-passphrase"


@pytest.fixture
def vial(clinic: Clinic) -> Container:
    return stock.vials(clinic.owner)[0]


def post(clinic: Clinic, client: Client, name: str, body: object) -> Any:
    url = reverse(f"room:{name}", args=[clinic.session.public_id])
    return client.post(url, json.dumps(body), content_type="application/json")


def scanned(clinic: Clinic, client: Client, code: str, **more: object) -> dict[str, Any]:
    response = post(clinic, client, "scan", {"number": 1, "code": code, "amount": "35", **more})
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def check(clinic: Clinic, vial: Container, **changes: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "number": 1,
        "route": "iv",
        "identifiers": ["name", "birth_date"],
        "amount": "35",
        "amount_again": "",
        "parts": [{"code": code_of(vial), "volume": "0.7"}],
        "pump_volume": "0.7",
        "pump_rate": "1.05",
        "second_username": clinic.prescriber.username,
        "second_password": PASSWORD,
    } | changes


def problems(response: Any) -> set[tuple[str, str]]:
    assert response.status_code == 422, response.content
    return {(one["field"], one["code"]) for one in response.json()["problems"]}


def test_the_right_vial_says_what_it_is_and_shows_the_sum(
    clinic: Clinic, vial: Container, signed_in: SignedIn
):
    found = scanned(clinic, signed_in(clinic.monitor), code_of(vial))
    assert found["is_right"]
    assert found["sum"] == "35 mg ÷ 50 mg/mL = 0.7 mL"
    says = dict(found["says"])
    assert (says["Drug"], says["Strength"], says["Lot"]) == (
        "racemic ketAMINE",
        "50 mg/mL, 100 mg in all",
        "TEST-1",
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("KETOROLAC 30 mg/mL", "This says ketOROLAC"),
        ("Ketoprofen", "This says ketOPROFEN"),
        ("(01)02000000000039(10)OTHER", "no product of this cabinet"),
        ("(01)02000000000015(10)OTHER", "no container with this lot"),
    ],
)
def test_a_wrong_one_is_said_in_words(
    clinic: Clinic, vial: Container, signed_in: SignedIn, code: str, words: str
):
    found = scanned(clinic, signed_in(clinic.monitor), code)
    assert not found["is_right"]
    assert words in found["findings"][0]["sentence"]


def test_what_cannot_be_read_is_refused_with_a_way_on(clinic: Clinic, vial: Container, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    for code in ("https://example.org", str(vial.own_number)):
        response = post(clinic, client, "scan", {"number": 1, "code": code, "amount": "35"})
        assert {field for field, _ in problems(response)} == {"code"}


def test_of_several_alike_somebody_chooses_the_number(clinic: Clinic, signed_in: SignedIn):
    first, second = stock.vials(clinic.owner, 2)
    client = signed_in(clinic.monitor)
    found = scanned(clinic, client, code_of(first))
    assert [one["own"] for one in found["choices"]] == [first.own_number, second.own_number]
    assert not found["is_right"]
    assert scanned(clinic, client, code_of(first), own=second.own_number)["own"] == second.own_number


def test_a_code_of_another_last_day_is_not_that_vial(clinic: Clinic, vial: Container, signed_in: SignedIn):
    other = vial.expiry - timedelta(days=1)
    found = scanned(clinic, signed_in(clinic.monitor), f"(01){stock.GTIN}(17){other:%y%m%d}(10)TEST-1")
    assert [one["id"] for one in found["findings"]] == ["CHK-08"]


def test_a_vial_used_for_somebody_else_is_said(clinic: Clinic, vial: Container, signed_in: SignedIn):
    other = made.clinic()
    other.baseline()
    dose = other.dose()
    sessions.perform(other.session.public_id, dose, by=other.monitor, at=timezone.now(), key=uuid4())
    assert ledger.state(vial).given_ug == 35_000
    found = scanned(clinic, signed_in(clinic.monitor), code_of(vial))
    assert "STK-02" in {one["id"] for one in found["findings"]}
    assert not found["is_right"]


def test_two_people_check_it_and_the_dose_is_charted_from_that(
    clinic: Clinic, vial: Container, signed_in: SignedIn
):
    client = signed_in(clinic.monitor)
    clinic.baseline()
    kept = post(clinic, client, "dose-check", check(clinic, vial)).json()
    assert kept["by"] == [clinic.monitor.shown_name, clinic.prescriber.shown_name]
    assert kept["holds_s"] == 300
    dose = {"number": 1, "drug": "racemic", "route": "iv", "amount_ug": 35_000, "duration_s": 2400}
    doses = [dose, dose | {"check": kept["check"]}]
    commands = [clinic.command(parse_payload(EntryKind.DOSE, one)) for one in doses]
    outcomes = record(commands, wall=timezone.now())
    assert [outcome.status.value for outcome in outcomes] == ["refused", "saved"]
    assert [problem.code for problem in outcomes[0].problems] == ["CHK-12"]
    assert ledger.state(vial).given_ug == 35_000


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"amount": "350"}, {("amount", "CHK-06"), ("code", "STK-01")}),
        ({"identifiers": ["name"]}, {("identifiers", "CHK-02")}),
        ({"route": "im"}, {("code", "CHK-09")}),
        ({"pump_volume": "", "pump_rate": ""}, {("pump", "CHK-10")}),
        ({"parts": []}, {("amount", "CHK-05")}),
        ({"amount": "35,0"}, {("amount", "comma")}),
        ({"amount": ".35"}, {("amount", "leading-dot")}),
        ({"second_username": ""}, {("second_username", "missing")}),
        ({"second_password": "wrong"}, {("second_username", "unknown")}),
        ({"key": "no"}, {("key", "not-an-id")}),
        ({"unknown": 1}, {("check.'unknown'", "unknown-field")}),
    ],
)
def test_what_does_not_match_is_refused_and_nothing_is_kept(
    clinic: Clinic,
    vial: Container,
    signed_in: SignedIn,
    changes: dict[str, object],
    found: set[tuple[str, str]],
):
    response = post(clinic, signed_in(clinic.monitor), "dose-check", check(clinic, vial, **changes))
    assert problems(response) == found
    assert not DoseCheck.objects.exists()
    assert PASSWORD not in response.content.decode()


def test_the_volume_read_ten_times_off_is_named(clinic: Clinic, vial: Container, signed_in: SignedIn):
    part = [{"code": code_of(vial), "volume": "7"}]
    body = check(clinic, vial, parts=part, pump_volume="7", pump_rate="10.5")
    response = post(clinic, signed_in(clinic.monitor), "dose-check", body)
    assert "7 mL is ten times what it should be" in response.json()["problems"][0]["message"]


def test_the_second_is_another_and_licensed(clinic: Clinic, vial: Container, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    for second, code in (
        (clinic.monitor, "same-person"),
        (clinic.guide, "not-allowed"),
        (clinic.owner, "not-allowed"),
    ):
        body = check(clinic, vial, second_username=second.username)
        assert problems(post(clinic, client, "dose-check", body)) == {("second_username", code)}
    assert not DoseCheck.objects.exists()
    assert not AuditEvent.objects.filter(kind="dose-checked").exists()


def test_nobody_else_may_scan_or_check(clinic: Clinic, vial: Container, signed_in: SignedIn):
    for user in (clinic.guide, clinic.patient_user, clinic.owner, clinic.stranger):
        client = signed_in(user)
        for name, body in (("scan", {}), ("dose-check", check(clinic, vial))):
            assert post(clinic, client, name, body).status_code in (403, 404), (user.role, name)
    assert not DoseCheck.objects.exists()
    assert Entry.objects.count() == 1


def test_the_camera_is_allowed_in_the_room_alone(clinic: Clinic, signed_in: SignedIn):
    client = signed_in(clinic.monitor)
    room = client.get(reverse("room:live", args=[clinic.session.public_id]))
    assert "camera=(self)" in room.headers["Permissions-Policy"]
    watch = client.get(reverse("room:watch", args=[clinic.session.public_id]))
    assert "camera=()" in watch.headers["Permissions-Policy"]
