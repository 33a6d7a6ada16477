"""One entry of a log as bytes, its leaf hash, and a chain of leaves that names the entry that was changed.

A leaf is SHA-256 over 0x00 and the entry's canonical bytes (the leaf prefix of RFC 6962, section 2.1), and
those bytes hold the leaf before it. Whoever holds a later leaf can therefore tell that nothing before it was
edited, taken out, put in or moved. A chain alone cannot tell that its tail was cut off, nor that the whole
was written anew: `verify` needs a `Receipt` kept elsewhere for that, and says so when it had none.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

Canonical: TypeAlias = "str | int | list[Canonical] | dict[str, Canonical]"

# What stands before the first entry of every session.
NOTHING_BEFORE = "0" * 64

_LEAF_PREFIX = b"\x00"
# Changing what is hashed, or how, needs a new word here, so that old leaves stay checkable.
_FORM = "slackwater entry 1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is hashed of one entry.

    by:             a lasting identifier of the author; by_name and by_role are as they stood at the time
    clock_shift_ms: by how much a device's wrong clock was corrected
    """

    session: str
    sequence: int
    key: str
    kind: str
    payload: dict[str, Canonical]
    happened_at: datetime
    recorded_at: datetime
    by: str
    by_name: str
    by_role: str
    clock_shift_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line as stored: with its own leaf, and the leaf before it."""

    line: Line
    previous: str
    leaf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A leaf that somebody kept: at this place in the log there stood this entry."""

    sequence: int
    leaf: str


class Fault(StrEnum):
    """How a log differs from one that nobody touched."""

    GAP = "gap"
    OTHER_SESSION = "other-session"
    EDITED = "edited"
    UNLINKED = "unlinked"
    CUT = "cut"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking a log showed.

    size:     how many entries hold
    head:     the leaf of the last entry that holds
    fault:    what is wrong, or None; sequence names the first entry that does not hold
    sentence: the same in plain words, with what could not be told
    """

    size: int
    head: str
    fault: Fault | None
    sequence: int | None
    sentence: str

    @property
    def holds(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is None


def canonical(value: Canonical) -> bytes:
    """The only bytes of this value: a type letter, the length, a colon, the content.

    Lengths come first, so ("ab", "c") and ("a", "bc") differ. Text is NFC, so that two ways of typing one
    letter are one. Keys are in the order of their bytes. Whole numbers only: a float has no one spelling.
    """
    if isinstance(value, str):
        return _framed(b"s", unicodedata.normalize("NFC", value).encode())
    if type(value) is int:
        return _framed(b"i", str(value).encode())
    if isinstance(value, list):
        return _framed(b"l", b"".join(canonical(one) for one in value))
    if isinstance(value, dict):
        pairs = sorted((canonical(name), canonical(content)) for name, content in value.items())
        return _framed(b"d", b"".join(name + content for name, content in pairs))
    raise TypeError(f"a log entry holds whole numbers and text, not {type(value).__name__}")


def leaf(line: Line, *, previous: str) -> str:
    """The leaf hash of an entry that follows `previous`, as 64 hexadecimal digits."""
    content = canonical(
        [
            _FORM,
            line.session,
            line.sequence,
            line.key,
            line.kind,
            line.payload,
            _microseconds(line.happened_at),
            _microseconds(line.recorded_at),
            line.by,
            line.by_name,
            line.by_role,
            line.clock_shift_ms,
            previous,
        ]
    )
    return hashlib.sha256(_LEAF_PREFIX + content).hexdigest()


def verify(links: Iterable[Link], *, session: str, receipt: Receipt | None = None) -> Verdict:
    """Check a session's log from its first entry on, and against a receipt if there is one."""
    head, size = NOTHING_BEFORE, 0
    kept: str | None = None
    for expected, link in enumerate(links, start=1):
        fault = _fault(link, expected=expected, head=head, session=session)
        if fault is not None:
            return _broken(size=size, head=head, fault=fault, sequence=expected)
        head, size = link.leaf, expected
        if receipt is not None and receipt.sequence == expected:
            kept = link.leaf
    if receipt is None:
        return _sound(size, head, "Without a receipt, a cut tail or a wholly new log cannot be told.")
    if kept is None:
        return _broken(size=size, head=head, fault=Fault.CUT, sequence=size + 1)
    if kept != receipt.leaf:
        return _broken(size=size, head=head, fault=Fault.REWRITTEN, sequence=receipt.sequence)
    return _sound(size, head, f"They agree with the receipt for entry {receipt.sequence}.")


def _fault(link: Link, *, expected: int, head: str, session: str) -> Fault | None:
    if link.line.session != session:
        return Fault.OTHER_SESSION
    if link.line.sequence != expected:
        return Fault.GAP
    if link.previous != head:
        return Fault.UNLINKED
    if link.leaf != leaf(link.line, previous=link.previous):
        return Fault.EDITED
    return None


def _sound(size: int, head: str, limit: str) -> Verdict:
    count = "1 entry holds" if size == 1 else f"{size} entries hold"
    return Verdict(size=size, head=head, fault=None, sequence=None, sentence=f"{count} together. {limit}")


def _broken(*, size: int, head: str, fault: Fault, sequence: int) -> Verdict:
    sentence = _SENTENCES[fault].format(sequence=sequence, size=size)
    return Verdict(size=size, head=head, fault=fault, sequence=sequence, sentence=sentence)


_SENTENCES = {
    Fault.GAP: "Entry {sequence} is not where it should be: one was taken out, put in or moved.",
    Fault.OTHER_SESSION: "Entry {sequence} belongs to another session.",
    Fault.EDITED: "Entry {sequence} was changed after it was written.",
    Fault.UNLINKED: "Entry {sequence} does not follow the entry before it.",
    Fault.CUT: "The log ends after entry {size}, before the entry of the receipt: its tail was cut off.",
    Fault.REWRITTEN: "Entry {sequence} is not the one of the receipt: the log was written anew.",
}


def _framed(letter: bytes, content: bytes) -> bytes:
    return letter + str(len(content)).encode() + b":" + content


def _microseconds(moment: datetime) -> int:
    if moment.utcoffset() is None:
        raise ValueError("a log entry's time has a zone")
    # Whole-number division: a float of seconds would round the microseconds of our century.
    return (moment - _EPOCH) // timedelta(microseconds=1)
