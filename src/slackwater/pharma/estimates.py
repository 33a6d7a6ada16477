"""How sure a crowd is of a chance: as sure as the number of people that its weights are worth."""

import math
from dataclasses import dataclass

from slackwater.pharma.arrays import Vector
from slackwater.pharma.kernels.likelihood import effective_size
from slackwater.terms.refusal import RefusedError

# 95 % of a normal curve lies within so many standard errors.
_Z = 1.959963984540054
# Of a number of people: sums of weights are off by less, and nobody is so small a part.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A chance read from a crowd, with the 95 % interval of its own sampling; each 0 to 1.

    The interval is Wilson's with as many people as the weights are worth, so that none in a crowd of few is
    not taken for never. It says nothing of the model's own error.

    Source: Wilson, JASA 1927;22:209-212.
    """

    share: float
    low: float
    high: float

    def holds(self, chance: float) -> bool:
        """Whether another draw of the crowd could have given this chance."""
        return self.low <= chance <= self.high


def estimate(share: float, effective: float) -> Estimate:
    """The chance with its interval; effective: how many people it was counted in, above 0."""
    square = _Z * _Z / effective
    centre = (share + 0.5 * square) / (1.0 + square)
    half = _Z / (1.0 + square) * math.sqrt(share * (1.0 - share) / effective + square / (4.0 * effective))
    return Estimate(share=share, low=max(centre - half, 0.0), high=min(centre + half, 1.0))


def standard_error(share: float, effective: float) -> float:
    """Monte-Carlo standard error of a share counted in so many people."""
    return math.sqrt(share * (1.0 - share) / effective)


def effective_people(weights: Vector) -> float:
    """How many equally weighted people these weights are worth."""
    return float(effective_size(weights))


def check_enough(effective: float, chance: float, *, fewest: float, field: str) -> None:
    """Refuse a chance so small, or a crowd so thin, that too few people would stand in its tail.

    fewest: people that must be expected in the smaller of the two parts
    Raises RefusedError naming how many it would take.
    """
    tail = min(chance, 1.0 - chance)
    needed = math.ceil(fewest / tail - _ROUNDING)
    if effective < needed - _ROUNDING:
        raise RefusedError.of(
            field=field,
            code="crowd-too-thin",
            message=f"The crowd is worth {effective:,.0f} people, too few to tell a chance of"
            f" {100 * chance:g} %.",
            mend=f"It needs {needed:,}: draw a larger crowd, or set a chance nearer 50 %.",
        )
