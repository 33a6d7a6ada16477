"""What the pages of rules show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slackwater.actions import own_numbers
from slackwater.catalogue.signable import Chapter, number_of
from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.dosing.ranges import DoseRange, UsualDose
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.eligibility.limits import HIGHER_IS_STRICTER
from slackwater.rules.interactions.table import Interaction
from slackwater.rules.sign_off import Signable, Signed, Standing
from slackwater.web.rules.forms import value_of

# In full these stand at the top of their row already, or in its number.
_SAID_ABOVE = frozenset({"name", "rule", "what", "agent", "value", "unit", "low", "high", "per", "amount"})
# Fields as people call them; the others are called what they are.
_CALLED = {
    "verified": "how sure", "strict": "weighs more by", "routes": "asked for", "stages": "asked at",
    "control": "what is done", "ask": "who finds out", "override": "set aside by", "grades": "severity",
    "stated": "severity in the source", "stop_before": "to be stopped", "beside": "never beside",
    "age_from": "from age", "decides": "a dose outside needs a reason",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterRow:
    """A chapter in the list of chapters. `waiting`: rules that want a lead's signature."""

    chapter: Chapter
    signed: int
    waiting: int

    @property
    def total(self) -> int:
        return len(self.chapter.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of the catalogue under a rule. `done`: what is done about it, where the row says so."""

    what: str
    number: str
    done: str
    source: str
    verified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule as the pages show it. `value`: what its tick sends."""

    rule: str
    parts: tuple[Part, ...]
    standing: Standing
    told: str
    wants_signing: bool
    value: str
    is_ticked: bool = False

    @property
    def is_signed(self) -> bool:
        return self.standing is Standing.SIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """A number that a clinic can make stricter. `ours`: as the catalogue has it; `now`: as it holds here."""

    row: Threshold
    ours: str
    now: str
    way: str

    @property
    def is_own(self) -> bool:
        return self.now != self.ours

    @property
    def unit(self) -> str:
        return self.ours.removeprefix(str(self.row.value)).strip()


def number_lines(rows: Sequence[Basis]) -> list[NumberLine]:
    """Those of a rule's numbers that the clinic can make stricter."""
    return [number_line(row) for row in own_numbers.settable(rows)]


def number_line(row: Threshold) -> NumberLine:
    """One of them, as the catalogue has it."""
    (now,) = own_numbers.in_force([row])
    way = "Longer or higher" if row.name in HIGHER_IS_STRICTER else "Shorter or lower"
    return NumberLine(row=row, ours=number_of(row), now=number_of(now), way=way)


def chapters(found: Iterable[tuple[Chapter, Sequence[Signed]]]) -> list[ChapterRow]:
    """How much of each is signed, and how much waits."""
    return [
        ChapterRow(
            chapter=chapter,
            signed=sum(one.standing is Standing.SIGNED for one in rules),
            waiting=sum(one.wants_signing for one in rules),
        )
        for chapter, rules in found
    ]


def lines(rules: Iterable[Signed], *, ticked: frozenset[str] = frozenset()) -> list[RuleLine]:
    """The rules of a chapter: those that wait first, each group in reading order."""
    return sorted((line(one, ticked=ticked) for one in rules), key=lambda one: not one.wants_signing)


def line(one: Signed, *, ticked: frozenset[str] = frozenset()) -> RuleLine:
    """One rule."""
    value = value_of(one)
    return RuleLine(
        rule=one.signable.rule,
        parts=tuple(
            Part(
                what=row.what,
                number=number_of(row),
                done=_done(row),
                source=row.source,
                verified=row.verified,
            )
            for row in one.signable.rows
        ),
        standing=one.standing,
        told=one.last.told if one.last is not None and one.standing is Standing.SIGNED else "",
        wants_signing=one.wants_signing,
        value=value,
        is_ticked=value in ticked,
    )


def _done(row: Basis) -> str:
    if isinstance(row, Interaction):
        return f"{row.examples}. {row.action}; to be stopped: {row.stop_before or 'not said'}."
    return row.control if isinstance(row, Criterion) else ""


def in_full(one: Signable) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every row with every field of it: what a signature is for."""
    found = []
    for row, text in zip(one.rows, one.text.split("\n\n"), strict=True):
        pairs = [line.split(": ", 1) for line in text.split("\n")]
        told = [(_CALLED.get(name, name), said) for name, said in pairs if name not in _SAID_ABOVE and said]
        number = number_of(row) if isinstance(row, Threshold | DoseRange | UsualDose) else ""
        found.append((row.what, [("number", number), *told] if number else told))
    return found
