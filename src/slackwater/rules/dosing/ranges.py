"""What is cited about amounts, route by route, each a row of the catalogue."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from slackwater.rules.basis import Basis, Threshold
from slackwater.rules.boosters import BoosterLimits
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import decimal_mg_from_ug, ug_from_mg


class Per(StrEnum):
    """What an amount is counted in."""

    KILOGRAM = "mg/kg"
    DOSE = "mg"

    def ug(self, amount: Decimal, *, weight_g: int) -> Decimal:
        """The amount for this body in micrograms; exact, so a boundary is one."""
        # mg/kg times grams is micrograms: both thousands cancel.
        return amount * weight_g if self is Per.KILOGRAM else Decimal(ug_from_mg(amount))

    def of(self, ug: int, *, weight_g: int) -> Decimal:
        """An amount in micrograms, counted this way."""
        return Decimal(ug) / weight_g if self is Per.KILOGRAM else decimal_mg_from_ug(ug)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRange(Basis):
    """A cited range of single doses of one drug by one route, both ends included.

    age_from: the youngest it is meant for, in years
    decides:  whether a dose outside needs a reason; the range of one programme only explains a dose
    """

    drug: Drug
    route: Route
    low: Decimal
    high: Decimal
    per: Per
    age_from: int
    decides: bool

    def holds(self, ug: int, *, weight_g: int) -> bool:
        """Whether the amount lies in the range for this body."""
        low, high = self.per.ug(self.low, weight_g=weight_g), self.per.ug(self.high, weight_g=weight_g)
        return low <= ug <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualDose(Basis):
    """The dose that a slip is measured against, for one drug by one route."""

    drug: Drug
    route: Route
    amount: Decimal
    per: Per

    def ug(self, *, weight_g: int) -> Decimal:
        """The usual dose for this body in micrograms."""
        return self.per.ug(self.amount, weight_g=weight_g)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLimits:
    """All that an order's text is held against.

    ranges:        what is cited for each drug and route
    shortest_iv:   the cited infusion time
    largest_im_mg: the most in a cited trial, first dose and booster together
    start_older:   the first nasal dose from 65, in mg
    device_mg:     one nasal device; devices_mg is the most that a session's devices hold
    """

    ranges: tuple[DoseRange, ...]
    usual: tuple[UsualDose, ...]
    shortest_iv: Threshold
    largest_im_mg: Threshold
    start_older: Threshold
    device_mg: Threshold
    devices_mg: Threshold
    adult_age: Threshold
    senior_age: Threshold
    weight_most: Threshold
    weight_likely_low: Threshold
    weight_likely_high: Threshold
    weight_age: Threshold
    slip_tenfold: Threshold
    slip_thousandfold: Threshold
    boosters: BoosterLimits

    def ranges_for(self, drug: Drug, route: Route, *, age_years: int | None) -> tuple[DoseRange, ...]:
        """The cited ranges of a drug by a route at this age; at an unknown age those for every adult."""
        age = self.adult_age.value if age_years is None else age_years
        return tuple(
            one
            for one in self.ranges
            if one.drug is drug and one.route is route and one.age_from <= max(age, self.adult_age.value)
        )

    def usual_for(self, drug: Drug, route: Route) -> UsualDose | None:
        """The usual dose of a drug by a route, if there is one to compare with."""
        return next((one for one in self.usual if one.drug is drug and one.route is route), None)
