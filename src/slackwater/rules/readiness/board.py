"""The board of the day: what the first dose waits for, who can settle each, and green only when all is.

Each line gathers what other rules found on one subject. The board adds no limit of its own, save that what
nobody has looked at is a gap (RDY-01): it never shows green because something was left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Severity

LOOKED_AT = house("RDY-01", "every line of the board was looked at; one that was not is a gap")
TOUCH = house("RDY-02", "what is agreed about touch is settled before the day: told back and signed, or a no")
STOCK = house("RDY-03", "the cabinet holds as much of what was ordered as the first dose takes")


class Item(StrEnum):
    """One line of the board, in the order in which a day goes."""

    SCREENING = "screening"
    CONSENT = "consent"
    TOUCH = "touch"
    MEDICINES = "medicines"
    FASTING = "fasting"
    ESCORT = "escort"
    SOBER = "sober"
    PREGNANCY = "pregnancy"
    PEOPLE = "people"
    KIT = "kit"
    STOCK = "stock"
    VITALS = "vitals"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Item.SCREENING: "Screening of today",
    Item.CONSENT: "Consent, asked again today",
    Item.TOUCH: "Touch agreement",
    Item.MEDICINES: "Medicines gone through, and held where they are to be",
    Item.FASTING: "Fasting",
    Item.ESCORT: "Way home",
    Item.SOBER: "Sober",
    Item.PREGNANCY: "Pregnancy test, where it applies",
    Item.PEOPLE: "Two members of staff",
    Item.KIT: "Rescue kit",
    Item.STOCK: "What was ordered is in the cabinet",
    Item.VITALS: "Vital signs and alertness",
}
# The criteria of eligibility that have a line of their own; all others are the screening's.
_OF_RULE = {
    "E40": Item.FASTING,
    "E36": Item.ESCORT,
    "E17": Item.SOBER,
    "E18": Item.SOBER,
    "E19": Item.SOBER,
    "E20": Item.PREGNANCY,
}
_SCREENED = (Item.SCREENING, *dict.fromkeys(_OF_RULE.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. `gaps` are what is missing; none means that it is settled."""

    item: Item
    gaps: tuple[Finding, ...]

    @property
    def is_settled(self) -> bool:
        return not self.gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every line, in order."""

    lines: tuple[Line, ...]

    @property
    def is_green(self) -> bool:
        """Whether the first dose waits for nothing more."""
        return all(line.is_settled for line in self.lines)

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_settled)


def board(found: Mapping[Item, Sequence[Finding]]) -> Board:
    """The board from what each rule found; what is not in `found` at all was not looked at."""
    return Board(lines=tuple(Line(item=item, gaps=_gaps(item, found.get(item))) for item in Item))


def screened(findings: Sequence[Finding]) -> dict[Item, list[Finding]]:
    """What the screening of the day found, by the line of the board that it stands under."""
    lines: dict[Item, list[Finding]] = {item: [] for item in _SCREENED}
    for finding in findings:
        lines[_OF_RULE.get(finding.id, Item.SCREENING)].append(finding)
    return lines


def touch_gaps(*, is_agreed: bool, has_draft: bool) -> Iterator[Finding]:
    """What is open about touch. That all of it is a no is settled too."""
    if not is_agreed:
        yield TOUCH.unknown("Nothing is agreed yet, and so nobody knows what is a no and what is a yes.")
    elif has_draft:
        yield TOUCH.unknown("A draft waits to be told back and signed, or to be left.")


def stock_gaps(*, held_ug: int, dose_ug: int) -> Iterator[Finding]:
    """Whether what may be drawn from now holds the dose; the check at the bedside looks at one vial."""
    if held_ug < dose_ug:
        yield STOCK.stop("The cabinet holds too little of what was ordered that may be drawn from now.")


def _gaps(item: Item, found: Sequence[Finding] | None) -> tuple[Finding, ...]:
    """What bars, and what wants a word; a note is no gap."""
    if found is None:
        return (LOOKED_AT.unknown(f"Nobody has looked at this: {item.label}."),)
    return tuple(finding for finding in found if finding.severity is not Severity.NOTE)
