"""A clinic's lead signs a rule as it stands (SIGN-01 to SIGN-03).

A signature changes how sure a row is said to be, and never what the rule does: what nobody has signed stops
as hard as what was signed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, StrEnum

from slackwater.rules.basis import Basis, house
from slackwater.terms.days import day_text

UNSIGNED = house("SIGN-01", "what was chosen here or is from memory is said to be so until a lead signs it")
LAPSES = house("SIGN-02", "a signature is for the rule as it stood, and lapses with any change of it")
BACK = house("SIGN-03", "a signature can be taken back, and both stay to be read")

# Words of how sure a source is that ask for somebody's judgement before use.
_UNSURE = (
    "design", "memory", "judgement", "inference", "unverified", "secondary", "no range", "no trial",
    "no evidence", "none located", "absent", "mechanism",
)  # fmt: skip


class Standing(StrEnum):
    """Where the signing of a rule stands."""

    SIGNED = "signed"
    LAPSED = "lapsed"
    OPEN = "open"

    @property
    def label(self) -> str:
        """As a page says it."""
        return _LABELS[self]


_LABELS = {
    Standing.SIGNED: "signed",
    Standing.LAPSED: "changed since it was signed",
    Standing.OPEN: "not signed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signable:
    """A rule with every row of the catalogue that it rests on."""

    rule: str
    rows: tuple[Basis, ...]

    @property
    def text(self) -> str:
        """All that it says, one field a line: what a signature is for."""
        return "\n\n".join(_text(row) for row in self.rows)

    @property
    def digest(self) -> str:
        """The text in short, for a page to say which text it showed."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_unsure(self) -> bool:
        """Whether any of it was chosen here, judged, or is still to be looked up."""
        return any(word in row.verified for row in self.rows for word in _UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What a lead said of one rule.

    text:    the rule as it stood then
    accepts: False where an earlier signature was taken back
    at:      with a time zone, in which its day is told
    """

    rule: str
    text: str
    lead: str
    at: datetime
    accepts: bool = True

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a signature needs its time zone")

    @property
    def told(self) -> str:
        """By whom and when."""
        return f"accepted for this clinic by {self.lead} on {day_text(self.at.date())}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A rule and the last word on it; `last` is None where nobody has said anything."""

    signable: Signable
    standing: Standing
    last: SignOff | None

    @property
    def wants_signing(self) -> bool:
        """Whether it waits for a lead: it is unsure, or what was signed has changed."""
        return self.standing is Standing.LAPSED or (
            self.standing is Standing.OPEN and self.signable.is_unsure
        )


def gathered(rows: Iterable[Basis]) -> tuple[Signable, ...]:
    """Rows as rules, in the order in which each rule first comes; a row that comes twice counts once."""
    found: dict[str, list[Basis]] = {}
    for row in rows:
        mine = found.setdefault(row.rule, [])
        if row not in mine:
            mine.append(row)
    return tuple(Signable(rule=rule, rows=tuple(each)) for rule, each in found.items())


def signed(signables: Iterable[Signable], said: Sequence[SignOff], *, at: datetime) -> tuple[Signed, ...]:
    """How each stands at `at`. `said` is oldest first; what is dated later than `at` does not count yet."""
    last = {one.rule: one for one in said if one.at <= at}
    return tuple(_signed(one, last.get(one.rule)) for one in signables)


def accepted(each: Iterable[Signed]) -> Mapping[str, SignOff]:
    """The signatures that count, by rule."""
    return {
        one.signable.rule: one.last
        for one in each
        if one.last is not None and one.standing is Standing.SIGNED
    }


def sureness(rule: str, verified: str, counting: Mapping[str, SignOff]) -> str:
    """How sure its source is, and who has accepted it: the one never hides the other."""
    signature = counting.get(rule)
    return f"{verified}; {signature.told}" if signature else verified


def _signed(one: Signable, last: SignOff | None) -> Signed:
    if last is None or not last.accepts:
        return Signed(signable=one, standing=Standing.OPEN, last=last)
    standing = Standing.SIGNED if last.text == one.text else Standing.LAPSED
    return Signed(signable=one, standing=standing, last=last)


def _text(row: Basis) -> str:
    return "\n".join(f"{field.name}: {_told(getattr(row, field.name))}" for field in fields(row))


def _told(value: object) -> str:
    """Always the same words for the same value, whatever order a set or a table has it in."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return ", ".join(sorted(f"{_told(key)} {_told(each)}" for key, each in value.items()))
    if isinstance(value, frozenset | set):
        return ", ".join(sorted(_told(each) for each in value))
    if isinstance(value, tuple | list):
        return ", ".join(_told(each) for each in value)
    return "" if value is None else str(value)
