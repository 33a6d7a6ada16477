"""What a pressure before the first dose is held to (E07 to E09), at screening and in the room."""

from dataclasses import dataclass

from slackwater.rules.basis import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureLimits:
    """The limits of both numbers, each a row of the catalogue. A field is the name of its row."""

    raised_systolic: Threshold
    raised_diastolic: Threshold
    raised_systolic_older: Threshold
    raised_diastolic_older: Threshold
    older_age: Threshold
    ceiling_systolic: Threshold
    ceiling_diastolic: Threshold

    def raised_for(self, age_years: int | None) -> tuple[Threshold, Threshold]:
        """E08's limits from 65; at an unknown age the lower ones of E07."""
        if age_years is not None and age_years >= self.older_age.value:
            return self.raised_systolic_older, self.raised_diastolic_older
        return self.raised_systolic, self.raised_diastolic

    def is_at_ceiling(self, *, sbp: int, dbp: int) -> bool:
        """Whether either number, in tenths of mmHg, has reached its ceiling (E09)."""
        return sbp >= self.ceiling_systolic.tenths or dbp >= self.ceiling_diastolic.tenths


def is_over(sbp: int, dbp: int, *, systolic: Threshold, diastolic: Threshold) -> bool:
    """Whether either number, in tenths of mmHg, is over its limit; at the limit it is not."""
    return sbp > systolic.tenths or dbp > diastolic.tenths
