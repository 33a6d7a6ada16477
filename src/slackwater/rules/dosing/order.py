"""An order as it is written, before anyone has signed it."""

from dataclasses import dataclass
from datetime import datetime

from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterText:
    """The booster as written: at most this much, between these times after the first dose begins."""

    cap_ug: int
    earliest_s: int
    latest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelScope:
    """What the chosen model was made from, and so where it may be asked. None is no stated end."""

    title: str
    drugs: frozenset[Drug]
    routes: frozenset[Route]
    age_low: float | None = None
    age_high: float | None = None
    weight_low_kg: float | None = None
    weight_high_kg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderText:
    """Everything that an order says. None is a field left empty.

    age_years, weight_g and weighed_at are the patient's; weighed_at is the moment of the weight used
    """

    drug: Drug
    route: Route
    dose_ug: int
    duration_s: int
    hard_max_ug: int | None
    booster: BoosterText | None
    weight_g: int | None
    weighed_at: datetime | None
    age_years: int | None
    model: ModelScope
