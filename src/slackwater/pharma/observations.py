"""What can be observed of a patient, each at a time on the regimen's clock; none of it can hold nonsense."""

import math
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from slackwater.pharma.likelihoods import Sign
from slackwater.terms.refusal import RefusedError

DEEPEST_MARK = 10
MOST_ALERT = 5
# Chernik 1990: 3 is "only after the name is called loudly or repeatedly", 2 needs a touch.
ANSWERS_FROM = 3
_LARGEST_RISE = 200.0


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rating:
    """Depth as the patient rates it, a whole mark from 0 to 10."""

    at_h: float
    depth: int
    sign: ClassVar[Sign] = Sign.RATING

    def __post_init__(self) -> None:
        _check_mark("depth", self.depth, DEEPEST_MARK, "a rating")
        _check_time(self.at_h, "the rating was given")

    @property
    def value(self) -> float:
        """The mark."""
        return float(self.depth)

    @property
    def told(self) -> str:
        """What it says, for people."""
        return f"rated {self.depth}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alertness:
    """MOAA/S as staff see it, a whole score from 0 (no response) to 5 (awake)."""

    at_h: float
    moaas: int
    sign: ClassVar[Sign] = Sign.ALERTNESS

    def __post_init__(self) -> None:
        _check_mark("moaas", self.moaas, MOST_ALERT, "an alertness score")
        _check_time(self.at_h, "alertness was seen")

    @property
    def value(self) -> float:
        """The score."""
        return float(self.moaas)

    @property
    def told(self) -> str:
        """What it says, for people."""
        return f"scored {self.moaas}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class AnswersToName:
    """Whether the patient answers to their name, called loudly or again if need be: MOAA/S 3 or more."""

    at_h: float
    answers: bool
    sign: ClassVar[Sign] = Sign.ANSWERS

    def __post_init__(self) -> None:
        if type(self.answers) is not bool:
            raise RefusedError.of(
                field="answers",
                code="not-yes-or-no",
                message=f"{self.answers!r} is neither yes nor no.",
                mend="Write whether the patient answered.",
            )
        _check_time(self.at_h, "the name was called")

    @property
    def value(self) -> float:
        """1 for yes, 0 for no."""
        return float(self.answers)

    @property
    def told(self) -> str:
        """What it says, for people."""
        return "answered" if self.answers else "not answered"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rise:
    """A pressure (mmHg) or heart rate (a minute), less what was read of it before the drug.

    sign:   SYSTOLIC, DIASTOLIC or HEART_RATE
    amount: above the baseline reading; negative where below it
    """

    at_h: float
    sign: Sign
    amount: float

    def __post_init__(self) -> None:
        if not self.sign.is_rise:
            raise RefusedError.of(
                field="sign",
                code="not-a-rise",
                message=f"A {self.sign.word} is not read above a baseline.",
                mend="Write it as what it is.",
            )
        # The comparison is written so that NaN fails it.
        if not abs(self.amount) <= _LARGEST_RISE:
            raise RefusedError.of(
                field=self.sign.value,
                code="out-of-range",
                message=f"A {self.sign.word} {self.amount:g} above baseline is not a reading.",
                mend="Take it again, or leave it out.",
            )
        _check_time(self.at_h, "it was read")

    @property
    def value(self) -> float:
        """The amount."""
        return self.amount

    @property
    def told(self) -> str:
        """What it says, for people."""
        return f"read {self.amount:+g} above baseline"


Observation: TypeAlias = Rating | Alertness | AnswersToName | Rise


def _check_mark(field: str, mark: int, most: int, what: str) -> None:
    if type(mark) is not int or not 0 <= mark <= most:
        raise RefusedError.of(
            field=field,
            code="out-of-range",
            message=f"{mark} is not {what}.",
            mend=f"Write a whole number from 0 to {most}.",
        )


def _check_time(at_h: float, when: str) -> None:
    if not math.isfinite(at_h):
        raise RefusedError.of(
            field="at",
            code="not-finite",
            message=f"{at_h} is not a time.",
            mend=f"Write when {when}.",
        )
