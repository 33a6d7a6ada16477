"""Somebody's own account of what happened: theirs, with its times, read by nobody they do not choose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from slackwater.rules.fields import Fields, Json

LONGEST_WORDS = 20_000
_MOST = 10**6
_LARGEST_PERSON = 2**53


class AccountKind(StrEnum):
    """What one line of it is."""

    WROTE = "wrote"
    SHARED = "shared"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A part of it, in their words. It is never changed; more can be written below."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """From now on this person may read the part with this number."""

    part: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """From now on this person may no more. What they have read, they have read."""

    part: int
    person: int


Said: TypeAlias = Wrote | Shared | TakenBack
KIND_OF: dict[type[Said], AccountKind] = {
    Wrote: AccountKind.WROTE,
    Shared: AccountKind.SHARED,
    TakenBack: AccountKind.TAKEN_BACK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """One line of it."""

    number: int
    at: datetime
    said: Said


def parse(kind: AccountKind, value: object) -> Said:
    """The payload of a line of this kind. Raises RefusedError naming every field that is wrong."""
    fields = Fields(value)
    said: Said
    if kind is AccountKind.WROTE:
        said = Wrote(words=fields.text("words", longest=LONGEST_WORDS))
    else:
        part = fields.integer("part", low=1, high=_MOST)
        person = fields.integer("person", low=1, high=_LARGEST_PERSON)
        said = (Shared if kind is AccountKind.SHARED else TakenBack)(part=part, person=person)
    fields.done()
    return said


def as_json(said: Said) -> dict[str, Json]:
    """The same as JSON; whole numbers and text only."""
    if isinstance(said, Wrote):
        return {"words": said.words}
    return {"part": said.part, "person": said.person}


def readers(entries: Iterable[AccountEntry]) -> dict[int, frozenset[int]]:
    """For each part that was written, who besides its owner may read it now: nobody until it is shared."""
    found: dict[int, frozenset[int]] = {}
    for entry in sorted(entries, key=lambda one: one.number):
        match entry.said:
            case Wrote():
                found[entry.number] = frozenset()
            case Shared(part=part, person=person) if part in found:
                found[part] |= {person}
            case TakenBack(part=part, person=person) if part in found:
                found[part] -= {person}
    return found
