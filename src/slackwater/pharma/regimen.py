"""Doses, infusions and sprays: their route, amount and timing."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from slackwater.pharma.given import check_number
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One amount of drug by one route.

    amount_mg:  of the salt-free drug, > 0
    at_h:       when it starts, hours from the start of the regimen, >= 0
    duration_h: how long it runs in; an IV dose of no duration is a bolus, and only IV doses have one
    """

    route: Route
    amount_mg: float
    at_h: float = 0.0
    duration_h: float = 0.0

    def __post_init__(self) -> None:
        if self.route not in {*Route}:
            raise RefusedError.of(
                field="route",
                code="unknown",
                message=f"{self.route!r} is no route.",
                mend=f"Choose from {', '.join(each.value for each in Route)}.",
            )
        # A route's own name is as good as the route.
        object.__setattr__(self, "route", Route(self.route))
        for field, number in (("amount", self.amount_mg), ("at", self.at_h), ("over", self.duration_h)):
            check_number(field, number)
        if problems := tuple(self._problems()):
            raise RefusedError(*problems)

    @property
    def end_h(self) -> float:
        return self.at_h + self.duration_h

    def _problems(self) -> Iterator[Problem]:
        if not (math.isfinite(self.amount_mg) and self.amount_mg > 0):
            yield Problem(
                field="amount",
                code="amount",
                message=f"{self.amount_mg:g} mg is not a dose.",
                mend="Give an amount above 0 mg.",
            )
        for field, hours in (("at", self.at_h), ("over", self.duration_h)):
            if not (math.isfinite(hours) and hours >= 0):
                yield Problem(
                    field=field,
                    code="time",
                    message=f"{hours:g} h is not a time in a regimen.",
                    mend="Give a time of 0 or later.",
                )
        if self.duration_h > 0 and self.route is not Route.IV:
            yield Problem(
                field="over",
                code="duration-route",
                message="Only an IV dose has a duration of its own.",
                mend="Leave the duration out, or give the dose IV.",
            )


@dataclass(frozen=True, slots=True)
class Regimen:
    """Doses in the order of their start. A regimen may be empty: nothing has been given yet."""

    doses: tuple[Dose, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "doses", tuple(sorted(self.doses, key=lambda dose: dose.at_h)))

    @property
    def total_mg(self) -> float:
        return math.fsum(dose.amount_mg for dose in self.doses)

    @property
    def end_h(self) -> float:
        """When the last dose has gone in; 0 when there is none."""
        return max((dose.end_h for dose in self.doses), default=0.0)

    def until(self, hours: float) -> "Regimen":
        """The doses begun by `hours`; an infusion still running then is kept whole."""
        return Regimen(tuple(dose for dose in self.doses if dose.at_h <= hours))

    def stopped_at(self, hours: float) -> "Regimen":
        """What goes in if all stops at `hours`: a running infusion is cut short, later doses are left out."""
        begun = (dose for dose in self.until(hours).doses if dose.at_h < hours or dose.duration_h == 0)
        return Regimen(tuple(_cut(dose, hours) for dose in begun))


def _cut(dose: Dose, hours: float) -> Dose:
    if dose.end_h <= hours:
        return dose
    given_h = hours - dose.at_h
    return replace(dose, amount_mg=dose.amount_mg * given_h / dose.duration_h, duration_h=given_h)
