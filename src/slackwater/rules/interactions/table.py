"""What the catalogue hands over: interactions with ketamine, and the ingredients that lead to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.findings import Override
from slackwater.rules.interactions.grades import Grade
from slackwater.terms.route import Route


class Way(StrEnum):
    """Ways of giving that an interaction tells apart: gut and liver see first what is swallowed."""

    SWALLOWED = "swallowed"
    NASAL = "nasal"
    INJECTED = "injected"


_WAYS = {
    Route.IV: Way.INJECTED,
    Route.IM: Way.INJECTED,
    Route.NASAL_DEVICE: Way.NASAL,
    Route.NASAL_SOLUTION: Way.NASAL,
    Route.LOZENGE: Way.SWALLOWED,
    Route.FILM: Way.SWALLOWED,
    Route.ORAL: Way.SWALLOWED,
}


def way_of(route: Route) -> Way:
    """What kind of route this is."""
    return _WAYS[route]


class Clear(StrEnum):
    """How the last taking lies to the time that must have passed."""

    CLEAR = "clear"
    TOO_SOON = "too soon"
    NOT_KNOWN = "not known"
    NO_WINDOW = "no window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How long before the dose a medicine is last taken: so many hours, or 0 for not on the same day."""

    hours: int

    @property
    def words(self) -> str:
        """When it is last taken at the latest."""
        return f"{self.hours} h before the dose" if self.hours else "the day before the dose"

    def since(self, last_taken: datetime | None, *, at: datetime) -> Clear:
        """Both with a time zone; days are those of `at`. At the very line enough has passed."""
        if last_taken is None:
            return Clear.NOT_KNOWN
        if self.hours:
            return Clear.CLEAR if at - last_taken >= timedelta(hours=self.hours) else Clear.TOO_SOON
        is_before = last_taken.astimezone(at.tzinfo).date() < at.date()
        return Clear.CLEAR if is_before else Clear.TOO_SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Basis):
    """One row of evidence about a class of medicines beside ketamine.

    grades:      by way of giving
    effect:      what was seen, in the evidence's words
    action:      what to do, likewise
    stop_before: when to stop, likewise; `window` is what of it can be counted
    beside:      rules of other rows that this must never be taken together with
    """

    agent: str
    examples: str
    type: str
    mechanism: str
    effect: str
    stated: str
    action: str
    stop_before: str
    reference: str
    grades: Mapping[Way, Grade]
    override: Override
    window: Window | None = None
    beside: tuple[str, ...] = ()

    def grade(self, route: Route) -> Grade:
        return self.grades[way_of(route)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One active substance, by its name here.

    rxcui:    RxNorm's number for the ingredient; empty where we were not sure of it
    code_verified: how sure we are of that number; one from memory reaches nobody before it was looked up
    also:     other names that people write
    rows:     rules of the interactions it belongs to, one at least: what is in no row is not known
    exposure: its name among the exposure changes that the engine knows, if any
    windows:  by rule, where this one needs another time than its row says
    """

    key: str
    name: str
    rxcui: str
    code_verified: str
    also: tuple[str, ...]
    rows: tuple[str, ...]
    exposure: str
    windows: Mapping[str, Window] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @property
    def seen_code(self) -> str:
        """The number, where it was seen in a copy of its source."""
        return self.rxcui if self.code_verified.startswith("seen") else ""

    def is_called(self, words: str) -> bool:
        """Whether people mean this by these words."""
        return words.casefold() in {name.casefold() for name in (self.key, self.name, *self.also)}


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionTable:
    """Both tables. A row that nobody can be led to would be one that nobody checks."""

    rows: Mapping[str, Interaction]
    ingredients: Mapping[str, Ingredient]

    def __post_init__(self) -> None:
        if bare := [one.key for one in self.ingredients.values() if not one.rows]:
            raise ValueError(f"these lead to no row: {bare}")
        led_to = {rule for one in self.ingredients.values() for rule in one.rows}
        if led_to != set(self.rows):
            raise ValueError(f"rows without ingredients, or none such: {sorted(led_to ^ set(self.rows))}")
        if unknown := {rule for row in self.rows.values() for rule in row.beside} - set(self.rows):
            raise ValueError(f"no such rows to be beside: {sorted(unknown)}")

    def named(self, words: str) -> Ingredient | None:
        """The ingredient that people mean by these words, or None: then nothing is known of it."""
        text = " ".join(words.split())
        return next((one for one in self.ingredients.values() if one.is_called(text)), None)

    def of(self, ingredient: Ingredient) -> tuple[Interaction, ...]:
        return tuple(self.rows[rule] for rule in ingredient.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionLimits:
    """How old a verified list may be (INT-02)."""

    medicines_verified_within: Threshold

    @property
    def verified_within(self) -> timedelta:
        return timedelta(days=self.medicines_verified_within.value)
