"""The regimens that are compared: doses by one route, alone or with one booster."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.units import min_from_h

MOST_REGIMENS = 100_000
LATEST_BOOSTER_H = 12.0
# Decimals of a minute that are looked at: what lies beyond them is the rounding of hours.
_PLACES_MIN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Booster:
    """The one booster: when after the first dose begins, h, and how much, as a share of the first dose."""

    after_h: float
    share: float

    def __post_init__(self) -> None:
        if not (0.0 < self.after_h <= LATEST_BOOSTER_H and _is_whole_minute(self.after_h)):
            raise RefusedError.of(
                field="booster",
                code="time",
                message=f"{min_from_h(self.after_h):g} min is not a time for a booster in a plan.",
                mend=f"Write whole minutes after the first dose, at most {LATEST_BOOSTER_H:g} h.",
            )
        if not 0.0 < self.share <= 1.0:
            raise RefusedError.of(
                field="booster",
                code="share",
                message=f"{self.share:g} of the first dose is not a booster.",
                mend="Write a share above 0 and at most 1.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteGrid:
    """Every regimen by one route: each dose with each choice of booster.

    doses_mg:   rising, above 0
    boosters:   None for no booster
    most_mg:    what first dose and booster may add up to; a pair above it is not offered
    duration_h: of each dose, for an infusion
    """

    route: Route
    doses_mg: tuple[float, ...]
    boosters: tuple[Booster | None, ...] = (None,)
    most_mg: float = math.inf
    duration_h: float = 0.0

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise RefusedError(*problems)

    @property
    def n_regimens(self) -> int:
        return len(self.doses_mg) * len(self.boosters)

    def regimen(self, dose_mg: float, booster: Booster | None) -> Regimen:
        """One regimen of the grid as the engine gives it."""
        first = Dose(route=self.route, amount_mg=dose_mg, duration_h=self.duration_h)
        if booster is None:
            return Regimen((first,))
        later = Dose(
            route=self.route,
            amount_mg=booster.share * dose_mg,
            at_h=booster.after_h,
            duration_h=self.duration_h,
        )
        return Regimen((first, later))

    def end_h(self, booster: Booster | None) -> float:
        """When the last drug has gone in."""
        return (booster.after_h if booster else 0.0) + self.duration_h

    def _problems(self) -> Iterator[Problem]:
        rising = all(a < b for a, b in zip(self.doses_mg, self.doses_mg[1:], strict=False))
        if not (self.doses_mg and rising and self.doses_mg[0] > 0.0 and math.isfinite(self.doses_mg[-1])):
            yield _problem(
                "doses", "order", "The doses do not rise from above 0.", "Give each once, in order."
            )
        if not self.boosters or self.n_regimens > MOST_REGIMENS:
            yield _problem(
                "doses",
                "too-many",
                f"{self.n_regimens:,} regimens cannot be compared.",
                f"Give from 1 to {MOST_REGIMENS:,}: wider steps between doses, or fewer boosters.",
            )
        # A spray's uptake depends on how many came before it, so such a booster is no sum of two responses.
        if self.route is Route.NASAL_DEVICE and any(self.boosters):
            yield _problem(
                "booster", "nasal-device", "The nasal device is not given twice.", "Leave the booster out."
            )


def _is_whole_minute(hours: float) -> bool:
    return round(min_from_h(hours), _PLACES_MIN).is_integer()


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
