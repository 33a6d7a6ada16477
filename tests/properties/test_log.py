"""Any log: what goes in comes out, whatever its order, and nothing hostile gets past or breaks the reader."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.rooms import logs

from slackwater.proofs.leaf import NOTHING_BEFORE, Canonical, Fault, Line, Link, canonical, leaf, verify
from slackwater.rules.room.fold import fold
from slackwater.rules.room.log import EntryKind, LogEntry, Struck
from slackwater.rules.room.wire import parse_payload, payload_json
from slackwater.terms.refusal import Problem, RefusedError

# Drawing a log takes longer than reading it; these are run often, so they are kept short.
few = settings(max_examples=40)

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
CANONICAL = st.recursive(
    st.integers(-(10**20), 10**20) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(value=CANONICAL)
def test_canonical_bytes_can_be_read_back_so_no_two_values_share_them(value: Canonical) -> None:
    read, rest = _read(canonical(value))
    assert rest == b""
    assert read == _normal(value)


def _read(content: bytes) -> tuple[Canonical, bytes]:
    """An independent reader of the canonical form."""
    kind = content[:1]
    length, _, rest = content[1:].partition(b":")
    inner, rest = rest[: int(length)], rest[int(length) :]
    if kind == b"s":
        return inner.decode(), rest
    if kind == b"i":
        return int(inner), rest
    parts: list[Canonical] = []
    while inner:
        part, inner = _read(inner)
        parts.append(part)
    if kind == b"l":
        return parts, rest
    return dict(zip(parts[::2], parts[1::2], strict=True)), rest  # type: ignore[arg-type]  # keys are text


def _normal(value: Canonical) -> Canonical:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normal(one) for one in value]
    if isinstance(value, dict):
        pairs = ((unicodedata.normalize("NFC", name), _normal(one)) for name, one in value.items())
        return dict(pairs)
    return value


@given(kind=st.sampled_from(EntryKind), value=JSON)
def test_any_json_is_read_or_refused_by_field(kind: EntryKind, value: object) -> None:
    refused: tuple[Problem, ...] = ()
    try:
        payload = parse_payload(kind, value)
    except RefusedError as refusal:
        refused = refusal.problems
    else:
        assert parse_payload(kind, payload_json(payload)) == payload
    assert all(one.field.startswith("payload") and one.mend for one in refused)


@few
@given(entries=logs())
def test_what_is_written_is_read_back(entries: list[LogEntry]) -> None:
    for entry in entries:
        assert parse_payload(entry.kind, payload_json(entry.payload)) == entry.payload


@few
@given(entries=logs(), data=st.data())
def test_the_order_of_arrival_in_memory_does_not_matter(entries: list[LogEntry], data: st.DataObject) -> None:
    assert fold(data.draw(st.permutations(entries))) == fold(entries)


@few
@given(entries=logs())
def test_lists_are_in_the_order_of_time_and_a_dose_never_ends_before_it_began(
    entries: list[LogEntry],
) -> None:
    state = fold(entries)
    for told in (state.readings, state.ratings, state.alertness, state.checks, state.notes):
        assert [one.at for one in told] == sorted(one.at for one in told)
    for dose in state.doses:
        assert dose.started_at <= dose.ended_at <= dose.planned_end_at
        assert dose.was_cut == (dose.ended_at < dose.planned_end_at)
    assert len(state.doses) == sum(entry.kind is EntryKind.DOSE for entry in entries)


@few
@given(entries=logs(), data=st.data())
def test_striking_an_entry_is_as_if_it_had_never_been(entries: list[LogEntry], data: st.DataObject) -> None:
    strikable = [entry for entry in entries if entry.kind.can_be_struck]
    if not strikable:
        return
    victim = data.draw(st.sampled_from(strikable))
    strike = replace(
        victim,
        sequence=len(entries) + 1,
        kind=EntryKind.STRUCK,
        payload=Struck(sequence=victim.sequence, reason="x"),
    )
    with_strike = fold([*entries, strike])
    without = fold([entry for entry in entries if entry is not victim])
    assert victim.sequence in with_strike.struck
    assert replace(with_strike, struck=without.struck, late=without.late) == without


@few
@given(entries=logs(fewest=2), data=st.data())
def test_any_one_change_to_a_chained_log_is_found_at_its_entry(
    entries: list[LogEntry], data: st.DataObject
) -> None:
    links = _chain(entries)
    assert verify(links, session="a").holds
    at = data.draw(st.integers(0, len(links) - 1))
    late = links[at].line.recorded_at + timedelta(microseconds=1)
    links[at] = replace(links[at], line=replace(links[at].line, recorded_at=late))
    verdict = verify(links, session="a")
    assert (verdict.fault, verdict.sequence) == (Fault.EDITED, at + 1)


def _chain(entries: list[LogEntry]) -> list[Link]:
    links: list[Link] = []
    previous = NOTHING_BEFORE
    for sequence, entry in enumerate(entries, start=1):
        line = Line(
            session="a", sequence=sequence, key=str(sequence), kind=entry.kind.value,
            payload=payload_json(entry.payload), happened_at=entry.happened_at,
            recorded_at=entry.recorded_at, by="user:1", by_name="Somebody", by_role="monitor",
        )  # fmt: skip
        previous = leaf(line, previous=previous)
        links.append(Link(line=line, previous=links[-1].leaf if links else NOTHING_BEFORE, leaf=previous))
    return links
