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
    """One standard normal number a person, and the parameters it moves together.

    log:    P = TVP * exp(sd * z),                 sd = sqrt(ln(1 + cv**2))
    logit:  P = expit(logit(TVP) + sd * z),        sd = cv / (1 - TVP) where cv is given

    moves: the parameters; the typical person has z = 0 and the typical values
    cv:    coefficient of variation as printed, a fraction, or None where sd is given
    sd:    standard deviation on the scale, or None where cv is given
    """

    name: str
    moves: tuple[str, ...]
    scale: Scale
    basis: str
    cv: float | None = None
    sd: float | None = None

    def sd_at(self, typical: float) -> float:
        """Standard deviation on the scale for a parameter with this typical value."""
        if self.cv is None:
            return self.sd or 0.0
        if self.scale is Scale.LOG:
            return settled(math.sqrt(math.log1p(self.cv**2)))
        # The delta method: the spread of a fraction is its logit's times f * (1 - f).
        return settled(self.cv / (1.0 - typical))

    def problems(self, names: set[str]) -> Iterator[Problem]:
        spread = self.sd if self.cv is None else self.cv
        if (self.cv is None) == (self.sd is None) or spread is None or not 0 < spread < 10:
            yield Problem(
                field=self.name,
                code="spread",
                message="An eta needs one spread, a positive number.",
                mend="Give cv or sd, not both.",
            )
        for name in sorted(set(self.moves) - names):
            yield Problem(
                field=self.name,
                code="unknown",
                message=f"It moves {name}, which the model has not.",
                mend="Name a parameter of the model.",
            )


def with_odds(fraction: float | Vector, factor: float | Vector) -> Vector:
    """The fraction whose odds are `factor` times as high; logit(f) + ln(factor) without the logarithms."""
    moved = np.asarray(fraction * factor)
    result: Vector = moved / (1.0 - fraction + moved)
    return result


def settled(number: float) -> float:
    """Rounded to 14 figures, so that machines whose logarithms differ in the last digit agree."""
    return float(f"{number:.14g}")
