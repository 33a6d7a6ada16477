"""Payloads from JSON and back."""

from datetime import UTC, datetime

import pytest

from slackwater.rules.room.heard import Heard, NameAnswer
from slackwater.rules.room.log import (
    Alertness,
    Check,
    CheckItem,
    DoseGiven,
    EntryKind,
    Left,
    Listening,
    NameCall,
    Note,
    Payload,
    Rating,
    SetAside,
    Speed,
    Stop,
    Struck,
    Vitals,
    VitalSource,
)
from slackwater.rules.room.wire import moment_json, parse_kind, parse_payload, payload_json
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.vitals import Quality, Reading, VitalCode

OPENED: dict[str, object] = {
    "model": "rk1",
    "drug": "racemic",
    "seed": 1,
    "subjects": 4096,
    "weight_g": 70_000,
    "sex": "female",
    "medicines": ["clarithromycin"],
    "order": "00000000-0000-0000-0000-000000000001",
}
FULL = OPENED | {
    "age_years": 34,
    "baseline": {"sbp": 1200, "dbp": 780, "hr": 640},
    "clock": {
        "anchor_room": "2026-11-23T09:00:00.000Z",
        "anchor_wall": "2026-11-23T21:30:00.250Z",
        "factor": 10,
    },
    "listens": ["rating", "systolic"],
}
DOSE = {"number": 1, "drug": "racemic", "route": "im", "amount_ug": 35_000, "duration_s": 0}
VITALS = {"source": "hand", "readings": [{"code": "sbp", "tenths": 1200, "quality": "ok"}]}

SAMPLES: list[tuple[EntryKind, dict[str, object], Payload]] = [
    (
        EntryKind.DOSE,
        DOSE,
        DoseGiven(number=1, drug=Drug.RACEMIC, route=Route.IM, amount_ug=35_000, duration_s=0),
    ),
    (
        EntryKind.VITALS,
        {"source": "monitor", "readings": [{"code": "spo2", "tenths": 0, "quality": "disconnected"}]},
        Vitals(
            source=VitalSource.MONITOR,
            readings=(Reading(code=VitalCode.SPO2, tenths=0, quality=Quality.DISCONNECTED),),
        ),
    ),
    (EntryKind.RATING, {"depth": 0}, Rating(depth=0)),
    (EntryKind.RATING, {"depth": 10}, Rating(depth=10)),
    (EntryKind.ALERTNESS, {"moaas": 5}, Alertness(moaas=5)),
    (EntryKind.NAME_CALL, {"answer": "at_once"}, NameCall(answer=NameAnswer.AT_ONCE)),
    (
        EntryKind.LISTENING,
        {"sign": "heart_rate", "on": 0, "reason": "fear moves it"},
        Listening(sign=Heard.HEART_RATE, on=False, reason="fear moves it"),
    ),
    (
        EntryKind.NOTE,
        {"text": "“Warm, far.”\nEyes closed."},
        Note(text="“Warm, far.”\nEyes closed."),
    ),
    (EntryKind.STOP, {"reason": ""}, Stop(reason="")),
    (
        EntryKind.CHECK,
        {"item": "gait", "passed": 1, "detail": ""},
        Check(item=CheckItem.GAIT, passed=True, detail=""),
    ),
    (EntryKind.STRUCK, {"sequence": 3, "reason": "twice"}, Struck(sequence=3, reason="twice")),
    (
        EntryKind.LEFT,
        {"overrides": [{"barrier": "R05", "reason": "Does not want a drink."}]},
        Left(overrides=(SetAside(barrier="R05", reason="Does not want a drink."),)),
    ),
    (EntryKind.SPEED, {"factor": 1}, Speed(factor=1)),
]


@pytest.mark.parametrize(("kind", "json", "payload"), SAMPLES)
def test_each_kind_is_read_and_written_the_same(
    kind: EntryKind, json: dict[str, object], payload: Payload
) -> None:
    assert parse_payload(kind, json) == payload
    assert payload_json(payload) == json


@pytest.mark.parametrize("json", [OPENED, FULL], ids=["least", "most"])
def test_an_opening_is_read_and_written_the_same(json: dict[str, object]) -> None:
    assert payload_json(parse_payload(EntryKind.OPENED, json)) == json


def test_what_may_be_left_out_may_be_left_out() -> None:
    assert parse_payload(EntryKind.STOP, {}) == Stop(reason="")
    assert parse_payload(EntryKind.LEFT, {}) == Left()
    assert parse_payload(EntryKind.CHECK, {"item": "gait", "passed": 0}) == Check(
        item=CheckItem.GAIT, passed=False
    )
    taken = parse_payload(EntryKind.VITALS, {"source": "hand", "readings": [{"code": "hr", "tenths": 640}]})
    assert isinstance(taken, Vitals)
    assert taken.readings[0].quality is Quality.OK


def test_the_longest_that_is_read() -> None:
    note = {"text": "x" * 2000}
    assert payload_json(parse_payload(EntryKind.NOTE, note)) == note
    left = {"overrides": [{"barrier": "R05", "reason": "x"}] * 50}
    assert payload_json(parse_payload(EntryKind.LEFT, left)) == left
    many = OPENED | {"medicines": ["x"] * 100}
    assert payload_json(parse_payload(EntryKind.OPENED, many)) == many


def test_what_was_sent_is_shortened_in_the_message() -> None:
    for length, shown in ((38, "'" + "x" * 38 + "'"), (39, "'" + "x" * 39 + "…")):
        with pytest.raises(RefusedError) as refused:
            parse_payload(EntryKind.VITALS, {"source": "x" * length, "readings": VITALS["readings"]})
        assert refused.value.problems[0].message == f"{shown} is not known here."


REFUSED: list[tuple[EntryKind, object, str, str]] = [
    (EntryKind.RATING, None, "payload", "not-an-object"),
    (EntryKind.RATING, [], "payload", "not-an-object"),
    (EntryKind.RATING, {}, "payload.depth", "missing"),
    (EntryKind.RATING, {"depth": None}, "payload.depth", "missing"),
    (EntryKind.RATING, {"depth": 11}, "payload.depth", "out-of-range"),
    (EntryKind.RATING, {"depth": -1}, "payload.depth", "out-of-range"),
    (EntryKind.RATING, {"depth": 7.0}, "payload.depth", "not-whole"),
    (EntryKind.RATING, {"depth": float("nan")}, "payload.depth", "not-whole"),
    (EntryKind.RATING, {"depth": float("inf")}, "payload.depth", "not-whole"),
    (EntryKind.RATING, {"depth": "7"}, "payload.depth", "not-whole"),
    (EntryKind.RATING, {"depth": True}, "payload.depth", "not-whole"),
    (EntryKind.RATING, {"depth": 7, "dept": 7}, "payload.'dept'", "unknown-field"),
    (EntryKind.ALERTNESS, {"moaas": 6}, "payload.moaas", "out-of-range"),
    (EntryKind.NAME_CALL, {"answer": "yes"}, "payload.answer", "unknown-word"),
    (EntryKind.NAME_CALL, {"answer": True}, "payload.answer", "unknown-word"),
    (EntryKind.LISTENING, {"sign": "spo2", "on": 1}, "payload.sign", "unknown-word"),
    (EntryKind.LISTENING, {"sign": "rating"}, "payload.on", "missing"),
    (EntryKind.LISTENING, {"sign": "rating", "on": True}, "payload.on", "not-whole"),
    (EntryKind.LISTENING, {"sign": "rating", "on": 2}, "payload.on", "out-of-range"),
    (EntryKind.LISTENING, {"sign": "rating", "on": 0, "reason": "x" * 501}, "payload.reason", "too-long"),
    (EntryKind.OPENED, OPENED | {"listens": ["gossip"]}, "payload.listens", "unknown-word"),
    (EntryKind.OPENED, OPENED | {"listens": ["rating", "rating"]}, "payload.listens", "unknown-word"),
    (EntryKind.OPENED, OPENED | {"listens": [["rating"]]}, "payload.listens", "unknown-word"),
    (EntryKind.OPENED, OPENED | {"listens": "rating"}, "payload.listens", "not-a-list"),
    (EntryKind.DOSE, DOSE | {"number": 3}, "payload.number", "out-of-range"),
    (EntryKind.DOSE, DOSE | {"number": 0}, "payload.number", "out-of-range"),
    (EntryKind.DOSE, DOSE | {"amount_ug": 0}, "payload.amount_ug", "out-of-range"),
    (EntryKind.DOSE, DOSE | {"amount_ug": -35_000}, "payload.amount_ug", "out-of-range"),
    (EntryKind.DOSE, DOSE | {"amount_ug": 35.5}, "payload.amount_ug", "not-whole"),
    (EntryKind.DOSE, DOSE | {"amount_ug": 10**10}, "payload.amount_ug", "out-of-range"),
    (EntryKind.DOSE, DOSE | {"route": "IM"}, "payload.route", "unknown-word"),
    (EntryKind.DOSE, DOSE | {"drug": "ketoprofen"}, "payload.drug", "unknown-word"),
    (EntryKind.DOSE, DOSE | {"duration_s": 86_401}, "payload.duration_s", "out-of-range"),
    (EntryKind.VITALS, {"source": "hand", "readings": []}, "payload.readings", "wrong-count"),
    (EntryKind.VITALS, {"source": "hand", "readings": {}}, "payload.readings", "not-a-list"),
    (EntryKind.VITALS, {"source": "hand", "readings": [3]}, "payload.readings[0]", "not-an-object"),
    (EntryKind.VITALS, {"source": "ear", "readings": VITALS["readings"]}, "payload.source", "unknown-word"),
    (
        EntryKind.VITALS,
        {"source": "hand", "readings": [{"code": "hr", "tenths": float("nan")}]},
        "payload.readings[0].tenths",
        "not-whole",
    ),
    (
        EntryKind.VITALS,
        {"source": "hand", "readings": [{"code": "hr", "tenths": 640}, {"code": "hr", "tenths": 650}]},
        "payload.readings",
        "twice",
    ),
    (EntryKind.NOTE, {"text": "   "}, "payload.text", "empty"),
    (EntryKind.NOTE, {"text": "x" * 2001}, "payload.text", "too-long"),
    (EntryKind.NOTE, {"text": "a\x00b"}, "payload.text", "unwritable"),
    (EntryKind.NOTE, {"text": "\ud800"}, "payload.text", "unwritable"),
    (EntryKind.NOTE, {"text": 5}, "payload.text", "not-text"),
    (EntryKind.CHECK, {"item": "gait", "passed": True}, "payload.passed", "not-whole"),
    (EntryKind.CHECK, {"item": "kiss", "passed": 1}, "payload.item", "unknown-word"),
    (EntryKind.STRUCK, {"sequence": 0, "reason": "x"}, "payload.sequence", "out-of-range"),
    (EntryKind.STRUCK, {"sequence": 2, "reason": ""}, "payload.reason", "empty"),
    (
        EntryKind.LEFT,
        {"overrides": [{"barrier": "R05", "reason": " "}]},
        "payload.overrides[0].reason",
        "empty",
    ),
    (EntryKind.SPEED, {"factor": 601}, "payload.factor", "out-of-range"),
    (EntryKind.SPEED, {"factor": 0}, "payload.factor", "out-of-range"),
    (EntryKind.SPEED, {"factor": 2, "anchor_wall": "09:30"}, "payload.anchor_wall", "not-a-moment"),
    (EntryKind.OPENED, OPENED | {"weight_g": 300_001}, "payload.weight_g", "out-of-range"),
    (EntryKind.OPENED, OPENED | {"order": "order 1"}, "payload.order", "not-an-id"),
    (EntryKind.OPENED, OPENED | {"medicines": ["x", 3]}, "payload.medicines", "not-text"),
    (EntryKind.OPENED, OPENED | {"medicines": ["\ud800"]}, "payload.medicines", "unwritable"),
    (EntryKind.OPENED, OPENED | {"baseline": {"sbp": 1200}}, "payload.baseline.dbp", "missing"),
    (
        EntryKind.OPENED,
        OPENED | {"baseline": {"sbp": 1200, "dbp": 800, "x": 1}},
        "payload.baseline.'x'",
        "unknown-field",
    ),
]


@pytest.mark.parametrize(("kind", "json", "field", "code"), REFUSED)
def test_a_fault_names_its_field_and_how_to_mend_it(
    kind: EntryKind, json: object, field: str, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_payload(kind, json)
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, code)]
    assert all(one.message and one.mend for one in refused.value.problems)


def test_every_fault_is_named_not_the_first() -> None:
    with pytest.raises(RefusedError) as refused:
        parse_payload(EntryKind.DOSE, {"number": 3, "drug": "x", "amount_ug": "35", "extra": 1})
    assert {one.field for one in refused.value.problems} == {
        "payload.number", "payload.drug", "payload.route", "payload.amount_ug", "payload.duration_s",
        "payload.'extra'",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T09:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T09:00:60Z", "2026-11-23T09:00:00",
        "2026-11-23T09:00:00+25:00", "2026-W48-1T09:00:00Z", "20261123T090000Z", "9999-12-31T23:59:59-23:00",
        "0001-01-01T00:00:00+01:00", "２026-11-23T09:00:00Z", "now",
    ],
)  # fmt: skip
def test_only_one_spelling_of_a_moment_is_read(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_payload(EntryKind.SPEED, {"factor": 1, "anchor_wall": text})
    assert refused.value.problems[0].code == "not-a-moment"


def test_a_moment_is_kept_in_utc() -> None:
    payload = parse_payload(EntryKind.SPEED, {"factor": 1, "anchor_wall": "2026-11-23T09:00:00.250+01:00"})
    assert payload == Speed(factor=1, anchor_wall=datetime(2026, 11, 23, 8, 0, 0, 250_000, tzinfo=UTC))
    assert moment_json(datetime(2026, 11, 23, 8, tzinfo=UTC)) == "2026-11-23T08:00:00.000Z"


@pytest.mark.parametrize("value", ["DOSE", "", None, 3, "kiss"])
def test_an_unknown_kind_is_refused(value: object) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_kind(value)
    assert refused.value.problems[0].field == "kind"


def test_every_kind_is_known() -> None:
    assert [parse_kind(kind.value) for kind in EntryKind] == list(EntryKind)
