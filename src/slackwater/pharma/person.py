"""The person a crowd is drawn for."""

import math
from dataclasses import dataclass
from enum import StrEnum

from slackwater.pharma.given import check_list, check_number
from slackwater.terms.refusal import RefusedError
from slackwater.terms.sex import Sex

LIGHTEST_KG, HEAVIEST_KG = 20.0, 300.0
OLDEST_YEARS = 120.0


class Ancestry(StrEnum):
    """Asked of nobody; one published model found a difference, and its own figures need it."""

    NOT_STATED = "not-stated"
    ASIAN = "asian"
    JAPANESE = "japanese"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a population model can use of a person.

    weight_kg: 20 to 300
    age_years: None when it is not known, and then no effect of age is applied
    medicines: identifiers from the catalogue's exposure changes; others have no known effect
    """

    weight_kg: float
    age_years: float | None = None
    sex: Sex = Sex.UNKNOWN
    medicines: tuple[str, ...] = ()
    ancestry: Ancestry = Ancestry.NOT_STATED

    def __post_init__(self) -> None:
        check_number("weight", self.weight_kg)
        if self.age_years is not None:
            check_number("age", self.age_years)
        check_list("medicines", self.medicines)
        if not (math.isfinite(self.weight_kg) and LIGHTEST_KG <= self.weight_kg <= HEAVIEST_KG):
            raise RefusedError.of(
                field="weight",
                code="range",
                message=f"{self.weight_kg:g} kg is not a weight the engine can use.",
                mend=f"Give a weight between {LIGHTEST_KG:g} and {HEAVIEST_KG:g} kg.",
            )
        if self.age_years is not None and not 0 <= self.age_years <= OLDEST_YEARS:
            raise RefusedError.of(
                field="age",
                code="range",
                message=f"{self.age_years:g} years is not an age the engine can use.",
                mend=f"Give an age between 0 and {OLDEST_YEARS:g} years, or none.",
            )
