"""What staff see of a patient, and how far each kind of it strays from what a virtual patient predicts."""

from dataclasses import dataclass
from enum import StrEnum

from slackwater.pharma.parameters import ParameterError
from slackwater.pharma.quantity import Quantity

LONGEST_SPACING_H = 1.0
_LARGEST_SD = 100.0


class Sign(StrEnum):
    """One kind of observation. Each has its likelihood in the catalogue."""

    RATING = "rating"
    ALERTNESS = "alertness"
    ANSWERS = "answers"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    HEART_RATE = "heart_rate"

    @property
    def quantity(self) -> Quantity:
        """The curve that it is an observation of."""
        return _QUANTITIES[self]

    @property
    def word(self) -> str:
        """One of it, as people say it."""
        return _WORDS[self]

    @property
    def words(self) -> str:
        """Several of it."""
        return "answers to the name" if self is Sign.ANSWERS else f"{self.word}s"

    @property
    def is_rise(self) -> bool:
        """Whether it is a monitor's number above a baseline, rather than a mark on a short scale."""
        return self in _RISES


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """How one kind of observation strays from the truth that it reports.

    in_use:    whether a crowd is reweighted by it
    sd:        of one observation about the truth, in its own unit, before rounding to a whole mark
    slip:      share of observations that say nothing, above 0 and under 1, so that one slip moves the band
               only so far
    spacing_h: observations closer together than this share one voice, because a person's error does not start
               afresh each time, h
    """

    sign: Sign
    in_use: bool
    sd: float
    slip: float
    spacing_h: float

    def __post_init__(self) -> None:
        check_within(f"{self.sign}.sd", self.sd, 0.1, _LARGEST_SD)
        check_within(f"{self.sign}.slip", self.slip, 1e-6, 0.99)
        check_within(f"{self.sign}.spacing_h", self.spacing_h, 0.0, LONGEST_SPACING_H)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitLimits:
    """When the crowd is refreshed, and when it says that nobody in it fits.

    plausible_quantile: of the chi-square distribution; a misfit below it counts as plausible
    largest_residual:   SDs that one rating can add to the misfit, so that one slip is not yet a misfit
    false_alarms:       share of the crowd's own people who may be called outside, each time that is asked
    refresh_below:      effective sample size, as a share of the crowd, under which it is refreshed
    """

    plausible_quantile: float
    largest_residual: float
    false_alarms: float
    refresh_below: float

    def __post_init__(self) -> None:
        check_within("fit.plausible_quantile", self.plausible_quantile, 0.5, 0.999999)
        check_within("fit.largest_residual", self.largest_residual, 1.0, 100.0)
        check_within("fit.false_alarms", self.false_alarms, 0.0, 0.5)
        check_within("fit.refresh_below", self.refresh_below, 0.0, 1.0)


def check_within(field: str, value: float, low: float, high: float) -> None:
    """Refuses a value of the response record outside its range.

    Raises ParameterError naming the field.
    """
    # The comparison is written so that NaN fails it.
    if not low <= value <= high:
        raise ParameterError.of(
            field=field,
            code="out-of-range",
            message=f"{value} is not between {low:g} and {high:g}.",
            mend="Correct the catalogue's response record.",
        )


_RISES = frozenset({Sign.SYSTOLIC, Sign.DIASTOLIC, Sign.HEART_RATE})
_QUANTITIES = {
    Sign.RATING: Quantity.DEPTH,
    Sign.ALERTNESS: Quantity.ALERTNESS,
    Sign.ANSWERS: Quantity.ALERTNESS,
    Sign.SYSTOLIC: Quantity.SYSTOLIC_RISE,
    Sign.DIASTOLIC: Quantity.DIASTOLIC_RISE,
    Sign.HEART_RATE: Quantity.HEART_RATE_RISE,
}
_WORDS = {
    Sign.RATING: "rating",
    Sign.ALERTNESS: "alertness score",
    Sign.ANSWERS: "answer to the name",
    Sign.SYSTOLIC: "systolic pressure",
    Sign.DIASTOLIC: "diastolic pressure",
    Sign.HEART_RATE: "heart rate",
}
