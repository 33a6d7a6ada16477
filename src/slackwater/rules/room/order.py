"""What a room knows of its order: the terms a dose is held against."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.rules.planned import NOTHING_PLANNED, PlannedFor
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterTerms:
    """The one booster that was ordered: at most this much, in this window after the first dose began."""

    cap_ug: int
    earliest: timedelta
    latest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """A prescriber's order.

    hard_max_ug: the most that first dose and booster may add up to
    planned:     the wish and limits that it was planned with, as far as they were written
    """

    drug: Drug
    route: Route
    dose_ug: int
    duration_s: int
    hard_max_ug: int
    booster: BoosterTerms | None
    signed_at: datetime | None
    voided_at: datetime | None
    planned: PlannedFor = NOTHING_PLANNED
