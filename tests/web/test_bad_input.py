"""Slips that reach the server past every form: each is refused by name with its mend, and nothing is lost.

The forms' own slips are in test_orders_form, test_people_patients and test_room_visit, the terminal's in
tests/cli/test_refusals.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import serving
from tests.clinic import Clinic
from tests.serving import body, entry, post

from slackwater.records.models import Entry
from slackwater.rules.room.wire import moment_json

DOSE = {"number": 1, "drug": "racemic", "route": "iv", "amount_ug": 35_000, "duration_s": 2400}


@pytest.fixture
def address(live_clinic: Clinic) -> Iterator[str]:
    with serving.server() as running:
        yield running


def results(address: str, clinic: Clinic, *sent: dict[str, Any]) -> list[dict[str, Any]]:
    answer = post(address, clinic.monitor, body(clinic.session.public_id, *sent))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def check_refusal(result: dict[str, Any], field: str, words: str) -> None:
    """Refused at this field, in these words, with a mend."""
    assert result["status"] == "refused", result
    assert result["entry"] is None
    said = [problem for problem in result["problems"] if problem["field"].endswith(field)]
    assert said, result["problems"]
    assert any(words in problem["message"] for problem in said), said
    assert all(problem["mend"] for problem in result["problems"]), result["problems"]


BAD_DOSES: list[tuple[dict[str, Any], str, str]] = [
    ({"amount_ug": "35 mg"}, "amount_ug", "whole number"),
    ({"amount_ug": "35000"}, "amount_ug", "whole number"),
    ({"amount_ug": "0,5"}, "amount_ug", "whole number"),
    ({"amount_ug": 35_000.5}, "amount_ug", "whole number"),
    ({"amount_ug": True}, "amount_ug", "whole number"),
    ({"amount_ug": None}, "amount_ug", "missing"),
    ({"amount_ug": -35_000}, "amount_ug", "out of range"),
    ({"amount_ug": 0}, "amount_ug", "out of range"),
    ({"amount_ug": 10**15}, "amount_ug", "out of range"),
    ({"amount_ug": 35}, "dose", "The order is for 35 mg, not 0.035 mg"),
    ({"amount_ug": 35_000_000}, "dose", "The order is for 35 mg, not 35000 mg"),
    ({"amount_mg": 35}, "amount_mg'", "not known here"),
    ({"duration_s": -1}, "duration_s", "out of range"),
    ({"route": "snorted"}, "route", "snorted"),
    ({"route": "im"}, "dose", "ordered into a vein"),
    ({"drug": "esketamine"}, "dose", "The order is for racemic ketamine"),
    ({"number": 3}, "number", "out of range"),
]


def test_a_dose_with_a_slip_is_refused_by_name_and_the_right_one_is_given_after_all(
    address: str, live_clinic: Clinic
):
    live_clinic.baseline()
    before = Entry.objects.count()
    sent = [entry("dose", DOSE | changes) for changes, _, _ in BAD_DOSES]
    for result, (_, field, words) in zip(results(address, live_clinic, *sent), BAD_DOSES, strict=True):
        check_refusal(result, field, words)
    assert Entry.objects.count() == before
    right = DOSE | {"check": live_clinic.dose().check}
    assert results(address, live_clinic, entry("dose", right))[0]["status"] == "saved"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_lacks_is_refused_before_anything_is_read(
    address: str, live_clinic: Clinic, number: str
):
    live_clinic.baseline()
    before = Entry.objects.count()
    sent = json.dumps(body(live_clinic.session.public_id, entry("dose", DOSE)))
    answer = post(address, live_clinic.monitor, sent.replace("35000", number).encode())
    assert answer.status_code == 422
    assert all(problem["field"] and problem["mend"] for problem in answer.json()["problems"])
    assert Entry.objects.count() == before


def test_a_dose_at_a_time_that_cannot_be_is_refused_by_name(address: str, live_clinic: Clinic):
    live_clinic.baseline()
    now = timezone.now()
    moments = {
        moment_json(now.replace(year=1989)): "before the patient was born",
        moment_json(now + timedelta(days=7)): "still to come",
        moment_json(now - timedelta(hours=30)): "long before the session was opened",
    }
    sent = [entry("dose", DOSE, happened_at=moment) for moment in moments]
    for result, words in zip(results(address, live_clinic, *sent), moments.values(), strict=True):
        check_refusal(result, "happened_at", words)
    assert not Entry.objects.filter(kind="dose").exists()


def test_two_doses_under_one_key_are_one_dose(address: str, live_clinic: Clinic):
    live_clinic.baseline()
    sent = entry("dose", DOSE | {"check": live_clinic.dose().check})
    first, second = results(address, live_clinic, sent, sent)
    assert (first["status"], second["status"]) == ("saved", "already")
    other = results(address, live_clinic, sent | {"payload": DOSE | {"amount_ug": 34_000}})[0]
    check_refusal(other, "key", "used before")
    check_refusal(results(address, live_clinic, entry("dose", DOSE))[0], "", "given already")
    assert Entry.objects.filter(kind="dose").count() == 1


BAD_READINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"code": "sbp", "tenths": "120"}, "tenths", "whole number"),
    ({"code": "sbp", "tenths": 120.5}, "tenths", "whole number"),
    ({"code": "sbp", "tenths": -1200}, "sbp", "-120 is not a reading"),
    ({"code": "pulse", "tenths": 700}, "code", "not known here"),
    ({"code": "spo2", "tenths": 1010}, "spo2", "101 is not a reading"),
    ({"code": "hr", "tenths": 9000}, "hr", "900 is not a reading"),
]


def test_a_reading_with_a_slip_is_refused_and_the_good_ones_beside_it_are_kept(
    address: str, live_clinic: Clinic
):
    good = entry("rating", {"depth": 3})
    bad = [entry("vitals", {"source": "hand", "readings": [reading]}) for reading, _, _ in BAD_READINGS]
    *refused, saved = results(address, live_clinic, *bad, good)
    for result, (_, field, words) in zip(refused, BAD_READINGS, strict=True):
        check_refusal(result, field, words)
    assert saved["status"] == "saved"
    assert not Entry.objects.filter(kind="vitals").exists()
