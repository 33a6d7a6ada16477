"""POST /ingest: the door through which screens and devices write."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone
from tests import serving
from tests.clinic import Clinic
from tests.serving import body, entry, post

from slackwater.actions import devices
from slackwater.records.models import Entry


@pytest.fixture
def address(live_clinic: Clinic) -> Iterator[str]:
    with serving.server() as running:
        yield running


def codes(answer: httpx.Response) -> list[str]:
    return [problem["code"] for problem in answer.json()["problems"]]


def refusals(answer: httpx.Response) -> list[list[str]]:
    return [[problem["code"] for problem in result["problems"]] for result in answer.json()["results"]]


def test_entries_are_kept_in_order_and_each_is_answered(address: str, live_clinic: Clinic):
    sent = [entry("rating", {"depth": 4}), entry("note", {"text": "Settled."})]
    answer = post(address, live_clinic.guide, body(live_clinic.session.public_id, *sent))
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [result["key"] for result in results] == [one["key"] for one in sent]
    assert [result["status"] for result in results] == ["saved", "saved"]
    assert [result["entry"]["sequence"] for result in results] == [2, 3]
    assert results[0]["entry"]["by"] == {"name": "Guide Test", "role": "guide"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_lost_answer_costs_nothing(address: str, live_clinic: Clinic):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 4}))
    first, again = (post(address, live_clinic.guide, request).json()["results"][0] for _ in range(2))
    assert (first["status"], again["status"]) == ("saved", "already")
    assert first["entry"] == again["entry"]
    other = body(live_clinic.session.public_id, request["entries"][0] | {"payload": {"depth": 5}})
    assert refusals(post(address, live_clinic.guide, other)) == [["key-reused"]]


def test_one_bad_entry_holds_up_no_good_one(address: str, live_clinic: Clinic):
    sent = [
        entry("rating", {"depth": 11}),
        entry("rating", {"depth": 3}),
        entry("rating", {"depth": 3}, key="not a key"),
        entry("dance", {}),
        entry("note", {"text": "x"}, happened_at="yesterday"),
        entry("opened", {}),
        {"kind": "note"},
        "note",
    ]
    answer = post(address, live_clinic.guide, body(live_clinic.session.public_id, *sent))
    assert [result["status"] for result in answer.json()["results"]] == ["refused", "saved"] + ["refused"] * 6
    assert refusals(answer)[0] == ["out-of-range"]
    assert refusals(answer)[2:6] == [["not-an-id"], ["unknown-word"], ["not-a-moment"], ["not-here"]]
    for result in answer.json()["results"]:
        assert all(problem["message"] and problem["mend"] for problem in result["problems"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"session": 1e999}',
        b'{"session": NaN}',
        b'{"session": 1, "session": 2}',
        b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"session": ' + b"9" * 5000 + b"}",
        b'{"session": "\\ud800"}',
    ],
    ids=["empty", "list", "cut", "bytes", "infinite", "nan", "twice", "deep", "long", "surrogate"],
)
def test_a_body_that_is_not_one_thing_only_is_refused(address: str, live_clinic: Clinic, content: bytes):
    answer = post(address, live_clinic.guide, content)
    assert answer.status_code == 422, answer.text
    assert all(problem["field"] and problem["mend"] for problem in answer.json()["problems"])
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"session": "somewhere"}, "not-an-id"),
        ({"sent_at": "now"}, "not-a-moment"),
        ({"entries": []}, "wrong-count"),
        ({"entries": "all"}, "not-a-list"),
        ({"extra": 1}, "unknown-field"),
    ],
)
def test_a_request_with_a_wrong_field_is_refused(address: str, live_clinic: Clinic, changes: dict, code: str):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 1})) | changes
    answer = post(address, live_clinic.guide, request)
    assert (answer.status_code, codes(answer)) == (422, [code])


def test_a_body_over_a_mebibyte_is_not_read(address: str, live_clinic: Clinic):
    assert post(address, live_clinic.guide, b"[" + b" " * 1024 * 1024 + b"]").status_code == 413


def test_only_post_is_answered(address: str):
    assert httpx.get(f"{address}/ingest").status_code == 405


def test_nobody_writes_without_signing_in(address: str, live_clinic: Clinic):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 1}))
    assert httpx.post(f"{address}/ingest", json=request).status_code == 401
    live_clinic.guide.is_active = False
    live_clinic.guide.save()
    assert post(address, live_clinic.guide, request).status_code == 401


@pytest.mark.parametrize(
    "headers", [{"X-CSRFToken": "b" * 32}, {"X-CSRFToken": ""}, {"Origin": "https://elsewhere.example"}]
)
def test_another_site_cannot_write_with_a_persons_cookie(address: str, live_clinic: Clinic, headers: dict):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 1}))
    answer = post(address, live_clinic.guide, request, **headers)
    assert (answer.status_code, codes(answer)) == (403, ["forged"])
    assert Entry.objects.count() == 1


def test_a_host_that_is_not_ours_is_refused(address: str, live_clinic: Clinic):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 1}))
    assert post(address, live_clinic.guide, request, Host="evil.example").status_code == 400


def test_a_stranger_learns_nothing_of_a_session(address: str, live_clinic: Clinic):
    request = body(live_clinic.session.public_id, entry("rating", {"depth": 1}))
    theirs = post(address, live_clinic.stranger, request).json()["results"][0]
    none = post(address, live_clinic.stranger, request | {"session": str(uuid4())}).json()["results"][0]
    assert theirs["status"] == none["status"] == "refused"
    assert theirs["entry"] is none["entry"] is None


def test_a_dose_that_waited_offline_is_never_authorised(address: str, live_clinic: Clinic):
    live_clinic.baseline()
    dose = {"number": 1, "drug": "racemic", "route": "iv", "amount_ug": 35_000, "duration_s": 2400}
    dose["check"] = live_clinic.dose().check
    waited = (timezone.now() - timedelta(seconds=45)).isoformat()
    late = body(live_clinic.session.public_id, entry("dose", dose, happened_at=waited))
    answer = post(
        address,
        live_clinic.monitor,
        late,
    )
    assert refusals(answer) == [["dose-not-live"]]
    live = post(address, live_clinic.monitor, body(live_clinic.session.public_id, entry("dose", dose)))
    assert live.json()["results"][0]["status"] == "saved"


@pytest.mark.parametrize("amount", [35_000_000, 35, 3_500, 350_000, 34_999])
def test_a_dose_that_is_not_the_one_ordered_is_refused(address: str, live_clinic: Clinic, amount: int):
    live_clinic.baseline()
    dose = {"number": 1, "drug": "racemic", "route": "iv", "amount_ug": amount, "duration_s": 2400}
    answer = post(address, live_clinic.monitor, body(live_clinic.session.public_id, entry("dose", dose)))
    assert "ROOM-10" in refusals(answer)[0]


def test_a_device_writes_vital_signs_and_nothing_else(address: str, live_clinic: Clinic):
    session = live_clinic.session
    token = devices.allow(session, name="Bedside monitor", by=live_clinic.monitor, at=timezone.now())
    headers = {"Authorization": f"Bearer {token}"}
    readings = {"source": "monitor", "readings": [{"code": "spo2", "tenths": 970, "quality": "ok"}]}
    sent = body(session.public_id, entry("vitals", readings), entry("note", {"text": "Hello"}))
    answer = httpx.post(f"{address}/ingest", json=sent, headers=headers)
    saved, refused = answer.json()["results"]
    assert saved["entry"]["by"] == {"name": "Bedside monitor", "role": "monitor"}
    assert [problem["code"] for problem in refused["problems"]] == ["not-by-a-device"]


def test_a_device_stays_in_its_session_and_ends_with_its_token(
    address: str, live_clinic: Clinic, monkeypatch
):
    at = timezone.now()
    token = devices.allow(live_clinic.session, name="Monitor", by=live_clinic.monitor, at=at)
    readings = {"source": "monitor", "readings": [{"code": "spo2", "tenths": 970}]}

    def status(session: object, given: str) -> int:
        sent = body(session, entry("vitals", readings))
        return httpx.post(
            f"{address}/ingest", json=sent, headers={"Authorization": f"Bearer {given}"}
        ).status_code

    assert status(live_clinic.session.public_id, "no such token") == 401
    assert devices.holder(token, at=at + timedelta(hours=13)) is None
    holder = devices.holder(token, at=at)
    assert holder is not None
    devices.revoke(holder, by=live_clinic.monitor, at=at)
    assert status(live_clinic.session.public_id, token) == 401


def test_a_disconnected_probe_and_an_artefact_are_kept_and_marked(address: str, live_clinic: Clinic):
    readings = [
        {"code": "spo2", "tenths": 0},
        {"code": "hr", "tenths": 2770},
        {"code": "sbp", "tenths": 400},
        {"code": "dbp", "tenths": 100},
    ]
    sent = body(live_clinic.session.public_id, entry("vitals", {"source": "monitor", "readings": readings}))
    kept = post(address, live_clinic.monitor, sent).json()["results"][0]["entry"]["payload"]["readings"]
    assert {one["code"]: (one["tenths"], one["quality"]) for one in kept} == {
        "spo2": (0, "disconnected"),
        "hr": (2770, "artefact"),
        "sbp": (400, "artefact"),
        "dbp": (100, "artefact"),
    }


def test_an_impossible_number_typed_by_hand_is_refused_by_name(address: str, live_clinic: Clinic):
    readings = [{"code": "hr", "tenths": 6800}]
    sent = body(live_clinic.session.public_id, entry("vitals", {"source": "hand", "readings": readings}))
    problem = post(address, live_clinic.monitor, sent).json()["results"][0]["problems"][0]
    assert (problem["field"], problem["code"]) == ("hr", "not-a-reading")


def test_a_device_stays_in_its_session(address: str, live_clinic: Clinic):
    from tests import clinic as made

    other = made.clinic()
    token = devices.allow(other.session, name="Monitor", by=other.monitor, at=timezone.now())
    readings = {"source": "monitor", "readings": [{"code": "spo2", "tenths": 970}]}
    sent = body(live_clinic.session.public_id, entry("vitals", readings))
    answer = httpx.post(f"{address}/ingest", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert refusals(answer) == [["other-session"]]
