"""What a list of medicines means for a dose by one route, and what of it still stands.

Every medicine is held against every row it belongs to, and against what else is on the list: which of two is
written first changes nothing, and the heavier word of the two counts for both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override
from slackwater.rules.interactions.grades import Grade, weight, worst
from slackwater.rules.interactions.table import Clear, Ingredient, Interaction, InteractionTable, Window
from slackwater.terms.route import Route

NOT_LISTED = house("INT-01", "every medicine on the list is one that was looked up here")


class DayPlan(StrEnum):
    """What a prescriber decided for the day of a dose."""

    TAKE = "take"
    HOLD = "hold"
    STOP = "stop"

    @property
    def label(self) -> str:
        return _PLANS[self]

    @property
    def leaves_out(self) -> bool:
        """Whether it is not taken before the dose."""
        return self is not DayPlan.TAKE


_PLANS = {
    DayPlan.TAKE: "Take as usual",
    DayPlan.HOLD: "Hold on the day",
    DayPlan.STOP: "Stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One medicine as it stands on the patient's list.

    last_taken: with a time zone; None where nobody knows
    plan:       None where nobody has decided
    """

    name: str
    label: str
    last_taken: datetime | None = None
    plan: DayPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One medicine held against one row.

    row:    None where the medicine is not in the catalogue
    beside: the other medicine, where two on the list must never be together
    clear:  how the last taking lies to the row's window
    """

    medicine: Taken
    grade: Grade
    route: Route
    override: Override
    clear: Clear
    row: Interaction | None = None
    window: Window | None = None
    beside: str = ""

    @property
    def rule(self) -> str:
        return self.row.rule if self.row else NOT_LISTED.rule

    @property
    def is_settled(self) -> bool:
        """Whether the list itself settles it: left out long enough, or, if moderate, planned to be left out.

        What has no window is never settled by waiting.
        """
        is_left_out = self.medicine.plan is not None and self.medicine.plan.leaves_out
        if not self.grade.is_weighty:
            return True
        if self.grade is Grade.UNKNOWN or not is_left_out:
            return False
        return self.grade is Grade.MODERATE or self.clear is Clear.CLEAR

    @property
    def sentence(self) -> str:
        """What a clinician would say; with the time since it was taken, so that a new time asks anew."""
        label = self.medicine.label
        if self.row is None:
            return f"{label} is not in the catalogue: what it does beside ketamine is not known here."
        others = f" beside {self.beside}" if self.beside else ""
        return (
            f"{label}{others} with ketamine, {self.route.label}: {self.grade.label.lower()}."
            f" {_upper(self.row.mechanism)}; {self.row.effect}. To do: {self.row.action}.{self._time()}"
        )

    def finding(self) -> Finding:
        """As a finding, with its source."""
        basis = self.row or NOT_LISTED
        return basis.finding(self.grade.severity, self.sentence, override=self.override)

    def _time(self) -> str:
        if self.window is None or self.clear is Clear.NO_WINDOW or not self.grade.is_weighty:
            return ""
        words = {
            Clear.CLEAR: " Last taken in good time",
            Clear.TOO_SOON: " Taken too late",
            Clear.NOT_KNOWN: " Nobody knows when it was last taken",
        }
        return f"{words[self.clear]}: {self.window.words} at the latest."


def interactions(
    listed: Sequence[Taken], *, route: Route, at: datetime, table: InteractionTable
) -> tuple[Found, ...]:
    """Everything that these medicines mean for a dose by this route at this moment, the heaviest first."""
    found = [one for medicine in listed for one in _of(medicine, listed, route=route, at=at, table=table)]
    return tuple(sorted(found, key=lambda one: (weight(one.grade), one.medicine.label, one.rule)))


def grade_of(name: str, found: Iterable[Found]) -> Grade:
    """The worst of all that was found about one medicine."""
    return worst(one.grade for one in found if one.medicine.name == name)


def _of(
    medicine: Taken, listed: Sequence[Taken], *, route: Route, at: datetime, table: InteractionTable
) -> Iterator[Found]:
    ingredient = table.named(medicine.name)
    if ingredient is None:
        yield Found(
            medicine=medicine,
            grade=Grade.UNKNOWN,
            route=route,
            override=Override.PRESCRIBER,
            clear=Clear.NO_WINDOW,
        )
        return
    for row in table.of(ingredient):
        yield _held_against(medicine, ingredient, row, route=route, at=at)
    for other, mine, theirs in _beside(medicine, listed, table):
        row = min((mine, theirs), key=lambda one: weight(one.grade(route)))
        yield Found(
            medicine=medicine,
            grade=row.grade(route),
            route=route,
            override=row.override,
            clear=_clear(row.window, _later(medicine.last_taken, other.last_taken), at),
            row=row,
            window=row.window,
            beside=other.label,
        )


def _held_against(
    medicine: Taken, ingredient: Ingredient, row: Interaction, *, route: Route, at: datetime
) -> Found:
    window, grade = ingredient.windows.get(row.rule, row.window), row.grade(route)
    return Found(
        medicine=medicine,
        grade=grade,
        route=route,
        override=row.override if grade.is_weighty else Override.NONE,
        clear=_clear(window, medicine.last_taken, at),
        row=row,
        window=window,
    )


def _beside(
    medicine: Taken, listed: Sequence[Taken], table: InteractionTable
) -> Iterator[tuple[Taken, Interaction, Interaction]]:
    """The others on the list that must never be together with this one, with this one's row and theirs.

    One of the two rows names the other; it is found from either side.
    """
    for other in listed:
        for mine in _rows(medicine, table):
            for theirs in _rows(other, table):
                if other.name != medicine.name and (mine.rule in theirs.beside or theirs.rule in mine.beside):
                    yield other, mine, theirs


def _rows(medicine: Taken, table: InteractionTable) -> tuple[Interaction, ...]:
    found = table.named(medicine.name)
    return table.of(found) if found else ()


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of the two; unknown where either is."""
    return None if one is None or other is None else max(one, other)


def _clear(window: Window | None, last_taken: datetime | None, at: datetime) -> Clear:
    return Clear.NO_WINDOW if window is None else window.since(last_taken, at=at)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
