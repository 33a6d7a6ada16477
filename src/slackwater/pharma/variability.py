"""How people differ around a model's typical values."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.terms.refusal import Problem


class Scale(StrEnum):
    """LOG keeps a parameter positive; LOGIT keeps a fraction between 0 and 1."""

    LOG = "log"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eta:
    """How one or several parameters differ between people, and in one person between occasions.

    log:    P = TVP * exp(sd * z),                 sd = sqrt(ln(1 + cv**2))
    logit:  P = expit(logit(TVP) + sd * z),        sd = cv / (1 - TVP) where cv is given

    A person keeps their own z; each session adds another of its own, as far as the occasion has a spread.
    An estimate's z is no difference between people: each virtual patient carries one hypothesis about what
    the typical value is, as sure as the fit was of it.

    moves:       the parameters; the typical person has z = 0 and the typical values
    cv:          between people: coefficient of variation as printed, a fraction, or None where sd is given
    sd:          between people: standard deviation on the scale, or None where cv is given
    occasion_cv: between sessions of one person, likewise; None for both where no such spread is stated
    is_estimate: whether it is the standard error of a typical value; `sd` is then that error on the scale
    """

    name: str
    moves: tuple[str, ...]
    scale: Scale
    basis: str
    cv: float | None = None
    sd: float | None = None
    occasion_cv: float | None = None
    occasion_sd: float | None = None
    is_estimate: bool = False

    def sd_at(self, typical: float) -> float:
        """Standard deviation on the scale within one session, for a parameter with this typical value.

        Spread between people and between occasions together; the two are independent, so variances add.
        """
        people = self._on_scale(self.cv, self.sd, typical)
        occasion = self._on_scale(self.occasion_cv, self.occasion_sd, typical)
        return people if occasion == 0.0 else settled(math.hypot(people, occasion))

    @property
    def occasion_share(self) -> float:
        """The part of the variance on the scale that is new in each session, 0 to 1."""
        # At any typical value: a logit's spread is divided by the same number in both parts.
        occasion, total = self._on_scale(self.occasion_cv, self.occasion_sd, 0.0), self.sd_at(0.0)
        return settled((occasion / total) ** 2)

    def problems(self, names: set[str]) -> Iterator[Problem]:
        people, occasion = (self.cv, self.sd), (self.occasion_cv, self.occasion_sd)
        given = [spread for spread in (*people, *occasion) if spread is not None]
        twice = any(None not in pair for pair in (people, occasion))
        if not given or twice or not all(0 < spread < 10 for spread in given):
            yield Problem(
                field=self.name,
                code="spread",
                message="An eta needs one spread, a positive number.",
                mend="Give cv or sd, not both, and occasion_cv or occasion_sd where sessions differ.",
            )
        if len(given) == 2 and not twice and (self.cv is None) != (self.occasion_cv is None):
            yield Problem(
                field=self.name,
                code="spread",
                message="Its spreads between people and between occasions are in two forms.",
                mend="Give both as cv, or both as sd.",
            )
        for name in sorted(set(self.moves) - names):
            yield Problem(
                field=self.name,
                code="unknown",
                message=f"It moves {name}, which the model has not.",
                mend="Name a parameter of the model.",
            )

    def _on_scale(self, cv: float | None, sd: float | None, typical: float) -> float:
        if cv is None:
            return sd or 0.0
        if self.scale is Scale.LOG:
            return settled(math.sqrt(math.log1p(cv**2)))
        # The delta method: the spread of a fraction is its logit's times f * (1 - f).
        return settled(cv / (1.0 - typical))


def with_odds(fraction: float | Vector, factor: float | Vector) -> Vector:
    """The fraction whose odds are `factor` times as high; logit(f) + ln(factor) without the logarithms."""
    moved = np.asarray(fraction * factor)
    result: Vector = moved / (1.0 - fraction + moved)
    return result


def settled(number: float) -> float:
    """Rounded to 14 figures, so that machines whose logarithms differ in the last digit agree."""
    return float(f"{number:.14g}")
