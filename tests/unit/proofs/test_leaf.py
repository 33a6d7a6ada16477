"""Leaves and chains, and every way in which somebody might change a log."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from slackwater.proofs.leaf import NOTHING_BEFORE, Fault, Line, Link, Receipt, canonical, leaf, verify

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
SESSION = "00000000-0000-0000-0000-00000000000a"


def line(sequence: int, **changes: object) -> Line:
    whole = {
        "session": SESSION,
        "sequence": sequence,
        "key": f"00000000-0000-0000-0000-{sequence:012d}",
        "kind": "rating",
        "payload": {"depth": sequence % 11},
        "happened_at": START + timedelta(minutes=sequence),
        "recorded_at": START + timedelta(minutes=sequence, seconds=1),
        "by": "user:7",
        "by_name": "Nia Okafor",
        "by_role": "monitor",
    } | changes
    return Line(**whole)  # type: ignore[arg-type]  # one sample of every field


def chain(lines: list[Line]) -> list[Link]:
    links: list[Link] = []
    previous = NOTHING_BEFORE
    for one in lines:
        links.append(Link(line=one, previous=previous, leaf=leaf(one, previous=previous)))
        previous = links[-1].leaf
    return links


LOG = chain([line(n) for n in range(1, 8)])
RECEIPT = Receipt(sequence=7, leaf=LOG[-1].leaf)


def test_a_leaf_has_the_leaf_prefix_of_rfc_6962() -> None:
    one = line(1)
    form = ["slackwater entry 1", one.session, 1, one.key, one.kind, one.payload]
    times = [int((START + timedelta(minutes=1)).timestamp()) * 10**6]
    times.append(times[0] + 10**6)
    content = canonical([*form, *times, one.by, one.by_name, one.by_role, 0, NOTHING_BEFORE])
    assert leaf(one, previous=NOTHING_BEFORE) == hashlib.sha256(b"\x00" + content).hexdigest()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", b"s0:"),
        ("ab", b"s2:ab"),
        ("é", b"s2:\xc3\xa9"),
        (0, b"i1:0"),
        (-12, b"i3:-12"),
        ([], b"l0:"),
        (["a", 1], b"l8:s1:ai1:1"),
        ({"b": 1, "a": 2}, b"d16:s1:ai1:2s1:bi1:1"),
    ],
)
def test_canonical_bytes_by_hand(value: object, written: bytes) -> None:
    assert canonical(value) == written  # type: ignore[arg-type]  # samples of each kind


def test_the_same_meaning_has_the_same_bytes() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})
    assert canonical("é") == canonical("e\u0301")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        (["ab"], ["a", "b"]),
        ("1", 1),
        ([], ""),
        ({}, []),
        ([["a"], "b"], [["a", "b"]]),
        ({"a": "b"}, ["a", "b"]),
        ("s1:a", ["a"]),
        (1, -1),
    ],
)
def test_another_meaning_has_other_bytes(one: object, other: object) -> None:
    assert canonical(one) != canonical(other)  # type: ignore[arg-type]  # samples of each kind


@pytest.mark.parametrize("value", [1.0, float("nan"), True, None, b"x", [1.5], {"a": None}])
def test_what_has_no_one_spelling_is_not_hashed(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]  # the fault under test


def test_a_time_without_a_zone_is_not_hashed() -> None:
    with pytest.raises(ValueError, match="zone"):
        leaf(line(1, happened_at=datetime(2026, 11, 23)), previous=NOTHING_BEFORE)  # noqa: DTZ001  the fault


def test_one_moment_in_two_zones_is_one_leaf() -> None:
    there = (START + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert leaf(line(1, happened_at=there), previous=NOTHING_BEFORE) == LOG[0].leaf


def test_an_untouched_log_holds_and_says_what_it_cannot_tell() -> None:
    verdict = verify(LOG, session=SESSION)
    assert verdict.holds
    assert (verdict.size, verdict.head) == (7, LOG[-1].leaf)
    assert "cut tail" in verdict.sentence


def test_an_untouched_log_agrees_with_its_receipt() -> None:
    assert verify(LOG, session=SESSION, receipt=RECEIPT).holds
    assert verify(LOG, session=SESSION, receipt=Receipt(sequence=3, leaf=LOG[2].leaf)).holds


def test_an_empty_log_holds() -> None:
    assert verify([], session=SESSION).head == NOTHING_BEFORE


CHANGES: dict[str, object] = {
    "key": "00000000-0000-0000-0000-00000000000b",
    "kind": "note",
    "payload": {"depth": 9},
    "happened_at": START,
    "recorded_at": START,
    "by": "user:8",
    "by_name": "Nia Okafo",
    "by_role": "prescriber",
    "clock_shift_ms": 1,
}


def test_every_field_is_tried() -> None:
    assert {field.name for field in fields(Line)} == set(CHANGES) | {"session", "sequence"}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_changed_field_names_its_entry(name: str, at: int) -> None:
    changed = list(LOG)
    changed[at] = replace(LOG[at], line=replace(LOG[at].line, **{name: CHANGES[name]}))
    verdict = verify(changed, session=SESSION)
    assert (verdict.fault, verdict.sequence) == (Fault.EDITED, at + 1)
    assert str(at + 1) in verdict.sentence


@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_changed_field_with_its_leaf_made_anew_is_seen_by_the_next(at: int) -> None:
    changed = list(LOG)
    forged = replace(LOG[at].line, payload={"depth": 10})
    changed[at] = Link(line=forged, previous=LOG[at].previous, leaf=leaf(forged, previous=LOG[at].previous))
    verdict = verify(changed, session=SESSION)
    if at < 6:
        assert (verdict.fault, verdict.sequence) == (Fault.UNLINKED, at + 2)
    else:
        # The last entry has nobody after it: only a receipt can tell.
        assert verdict.holds
        assert verify(changed, session=SESSION, receipt=RECEIPT).fault is Fault.REWRITTEN


@pytest.mark.parametrize("at", range(6))
def test_an_entry_taken_out_is_seen(at: int) -> None:
    verdict = verify(LOG[:at] + LOG[at + 1 :], session=SESSION)
    assert (verdict.fault, verdict.sequence) == (Fault.GAP, at + 1)


def test_an_entry_taken_out_with_the_rest_renumbered_is_seen() -> None:
    rest = [replace(link, line=replace(link.line, sequence=link.line.sequence - 1)) for link in LOG[3:]]
    assert verify([*LOG[:2], *rest], session=SESSION).fault is Fault.UNLINKED


def test_an_entry_put_in_is_seen() -> None:
    verdict = verify([*LOG[:3], LOG[2], *LOG[3:]], session=SESSION)
    assert (verdict.fault, verdict.sequence) == (Fault.GAP, 4)


def test_two_entries_swapped_are_seen() -> None:
    verdict = verify([*LOG[:2], LOG[3], LOG[2], *LOG[4:]], session=SESSION)
    assert (verdict.fault, verdict.sequence) == (Fault.GAP, 3)


def test_the_contents_of_two_entries_swapped_are_seen() -> None:
    third, fourth = LOG[2].line, LOG[3].line
    changed = list(LOG)
    changed[2] = replace(LOG[2], line=replace(third, payload=fourth.payload))
    changed[3] = replace(LOG[3], line=replace(fourth, payload=third.payload))
    verdict = verify(changed, session=SESSION)
    assert (verdict.fault, verdict.sequence) == (Fault.EDITED, 3)


@pytest.mark.parametrize("kept", range(7))
def test_a_cut_tail_is_seen_by_a_receipt_alone(kept: int) -> None:
    assert verify(LOG[:kept], session=SESSION).holds
    verdict = verify(LOG[:kept], session=SESSION, receipt=RECEIPT)
    assert (verdict.fault, verdict.size) == (Fault.CUT, kept)


def test_a_log_written_anew_is_seen_by_a_receipt_alone() -> None:
    anew = chain([line(n, payload={"depth": 0}) for n in range(1, 8)])
    assert verify(anew, session=SESSION).holds
    verdict = verify(anew, session=SESSION, receipt=RECEIPT)
    assert (verdict.fault, verdict.sequence) == (Fault.REWRITTEN, 7)


def test_another_sessions_log_is_no_proof_of_this_one() -> None:
    assert verify(LOG, session=SESSION.replace("a", "b")).fault is Fault.OTHER_SESSION
