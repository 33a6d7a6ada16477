"""Entries of agreements through JSON: what goes in comes out, and nothing else gets in."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.agreement_world import ALL

from slackwater.proofs.leaf import canonical
from slackwater.rules.agreements.log import (
    KIND_OF,
    AgreementKind,
    AskedInSession,
    Drafted,
    Narrowed,
    Party,
    RoomOpened,
    Said,
    Sign,
    Signed,
    Slept,
    TaughtBack,
    everything,
)
from slackwater.rules.agreements.wire import parse_said, said_json
from slackwater.terms.refusal import RefusedError

PERMITS = st.frozensets(st.sampled_from(ALL))
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001  a zone is set below
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
PLACES = st.integers(1, 10**6)
SAID = st.one_of(
    st.builds(Drafted, permits=PERMITS, texts=NAMES, expires_at=MOMENTS),
    st.builds(
        TaughtBack,
        draft=st.integers(0, 10**6),
        is_passed=st.booleans(),
        answers=st.lists(st.tuples(NAMES, st.integers(0, 2)), max_size=5).map(tuple),
        pass_mark=st.integers(0, 20),
        ready=st.lists(st.tuples(NAMES, MOMENTS), max_size=3).map(tuple),
    ),
    st.builds(Signed, draft=PLACES, party=st.sampled_from(Party), person=NAMES),
    st.builds(Narrowed, gone=PERMITS, sign=st.sampled_from(Sign)),
    st.sampled_from(Sign).map(everything),
    st.builds(AskedInSession, wishes=PERMITS),
    st.builds(RoomOpened, session=NAMES),
    st.builds(Slept, session=NAMES),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KINDS = st.sampled_from(AgreementKind)


@given(SAID)
def test_what_is_written_is_read_back(said: Said):
    kept = said_json(said)
    assert parse_said(KIND_OF[type(said)], json.loads(json.dumps(kept))) == said
    assert canonical(kept)


@given(KINDS, JSON)
def test_anything_else_is_refused_and_breaks_nothing(kind: AgreementKind, value: object):
    with pytest.raises(RefusedError):
        parse_said(kind, value)


@given(SAID, NAMES)
def test_one_field_more_is_refused_by_name(said: Said, name: str):
    kept = said_json(said)
    if name not in kept:
        with pytest.raises(RefusedError) as caught:
            parse_said(KIND_OF[type(said)], kept | {name: "x"})
        assert "unknown-field" in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    "permit",
    [
        {"item": "touch", "of": "back", "person": "guide"},
        {"item": "touch", "of": "thigh", "person": "guide"},
        {"item": "touch", "of": "", "person": "guide"},
        {"item": "touch", "of": "hands", "person": ""},
        {"item": "touch", "of": "Hands", "person": "guide"},
        {"item": "hands", "of": "", "person": ""},
        {"item": "treatment", "of": "everything", "person": ""},
        {"item": "treatment", "of": "", "person": "guide"},
        {"item": "route", "of": "snorted", "person": ""},
        {"item": "touch", "of": "hands", "person": "guide", "note": "and arms"},
    ],
)
@pytest.mark.parametrize("kind", [AgreementKind.NARROWED, AgreementKind.ASKED, AgreementKind.DRAFTED])
def test_a_zone_that_does_not_exist_has_no_way_in(kind: AgreementKind, permit: dict[str, str]):
    field = {"narrowed": "gone", "asked": "wishes", "drafted": "permits"}[kind.value]
    rest = {
        "narrowed": {"sign": "tap", "everything": "no"},
        "asked": {},
        "drafted": {"texts": "words", "expires_at": "2030-01-01T00:00:00Z"},
    }[kind.value]
    with pytest.raises(RefusedError) as caught:
        parse_said(kind, rest | {field: [permit]})
    assert all(problem.field.startswith(f"payload.{field}.0") for problem in caught.value.problems)
