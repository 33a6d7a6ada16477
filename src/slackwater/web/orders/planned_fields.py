"""What an order was planned for, as it is typed: four figures, each with its chance, all optional."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms

from slackwater.rules.planned import Part, PlannedFor
from slackwater.terms import amounts
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.units import s_from_h
from slackwater.web.shared.forms import NumberText


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A figure and its chance, with between what each lies and how the figure is kept."""

    name: str
    label: str
    chance_label: str
    unit: str
    low: Decimal
    high: Decimal
    places: int
    kept: Callable[[Decimal], int]

    @property
    def chance(self) -> str:
        """The field of the chance."""
        return f"{self.name}_chance"


def _tenths(value: Decimal) -> int:
    return int(value * 10)


PAIRS = (
    Pair(
        name="for_wish", label="Depth to reach", chance_label="In at least", unit="of 10",
        low=Decimal("0.1"), high=Decimal("9.9"), places=1, kept=_tenths,
    ),
    Pair(
        name="for_closing", label="Fit to leave by", chance_label="Not fit in at most", unit="h",
        low=Decimal("0.1"), high=Decimal(24), places=1, kept=lambda hours: int(s_from_h(float(hours))),
    ),
    Pair(
        name="for_too_deep", label="Too deep is over", chance_label="In at most", unit="of 10",
        low=Decimal("0.1"), high=Decimal("9.9"), places=1, kept=_tenths,
    ),
    Pair(
        name="for_ceiling", label="Systolic ceiling", chance_label="Reached in at most", unit="mmHg",
        low=Decimal(60), high=Decimal(260), places=0, kept=int,
    ),
)  # fmt: skip
NAMES = tuple(name for pair in PAIRS for name in (pair.name, pair.chance))
# Beyond these a chance says that something is certain, which no crowd can show.
_RAREST, _COMMONEST = Decimal("0.5"), Decimal(99)


def fields() -> dict[str, forms.CharField]:
    """The form's fields; nothing stands in them until somebody writes it."""
    made: dict[str, forms.CharField] = {}
    for pair in PAIRS:
        made[pair.name] = forms.CharField(label=pair.label, required=False, widget=NumberText())
        made[pair.chance] = forms.CharField(label=pair.chance_label, required=False, widget=NumberText())
    return made


def as_asked(typed: dict[str, str]) -> dict[str, str]:
    """The same by the names of the form that plans, without what is empty."""
    names = {
        "for_wish": "want",
        "for_closing": "closing",
        "for_too_deep": "too_deep",
        "for_ceiling": "ceiling",
    }
    found = {
        asked: typed.get(field, "").strip()
        for name, other in names.items()
        for field, asked in ((name, other), (f"{name}_chance", f"{other}_chance"))
    }
    return {name: text for name, text in found.items() if text}


def read(typed: dict[str, str]) -> tuple[PlannedFor, tuple[Problem, ...]]:
    """What was written, and every problem with it. What is left empty stays empty."""
    parts: dict[str, Part] = {}
    problems: list[Problem] = []
    for pair in PAIRS:
        figure, chance = typed.get(pair.name, "").strip(), typed.get(pair.chance, "").strip()
        if not figure and not chance:
            continue
        found = [*_missing(pair, figure, chance)]
        if not found:
            part, found = _part(pair, figure, chance)
            if part is not None:
                parts[pair.name] = part
        problems += found
    planned = PlannedFor(
        wish=parts.get("for_wish"),
        too_deep=parts.get("for_too_deep"),
        ceiling=parts.get("for_ceiling"),
        closing=parts.get("for_closing"),
    )
    return planned, tuple(problems)


def _missing(pair: Pair, figure: str, chance: str) -> Iterator[Problem]:
    for name, text, words in ((pair.name, figure, "figure"), (pair.chance, chance, "chance")):
        if not text:
            yield Problem(
                field=name,
                code="missing",
                message=f"The {words} is missing.",
                mend="Write both the figure and its chance, or neither.",
            )


def _part(pair: Pair, figure: str, chance: str) -> tuple[Part | None, list[Problem]]:
    try:
        value = amounts.read_decimal(
            figure, field=pair.name, places=pair.places, low=pair.low, high=pair.high, unit=pair.unit
        )
        share = amounts.read_decimal(
            chance, field=pair.chance, places=1, low=_RAREST, high=_COMMONEST, unit="%"
        )
    except RefusedError as refusal:
        return None, list(refusal.problems)
    return Part(value=pair.kept(value), permille=_tenths(share)), []
