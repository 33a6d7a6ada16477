"""An order's text against what is cited: a mark with its source wherever it leaves the known ground.

A stop cannot be signed. A warning that a prescriber may set aside needs a written reason, which stays with
the order. A note only explains.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from slackwater.rules.basis import house
from slackwater.rules.dosing.amounts import dose_findings
from slackwater.rules.dosing.booster import booster_findings
from slackwater.rules.dosing.order import ModelScope, OrderText
from slackwater.rules.dosing.ranges import OrderLimits
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.amounts import show_kg, show_mg
from slackwater.units import kg_from_g

NO_HARD_MAX = house("ORD-01", "every order has a hard maximum")
OVER_HARD_MAX = house("ORD-02", "the dose, with its booster, stays within the hard maximum")
NO_WEIGHT = house("ORD-07", "every order has a weight")
MODEL_LACKS = house("ORD-08", "the model knows the drug and the route")
MODEL_AGE = house("ORD-09.age", "the patient's age is like that of the people the model was made from")
MODEL_WEIGHT = house("ORD-09.weight", "and the patient's weight like theirs")

ROWS = (NO_HARD_MAX, OVER_HARD_MAX, NO_WEIGHT, MODEL_LACKS, MODEL_AGE, MODEL_WEIGHT)


def check_order(order: OrderText, *, at: datetime, limits: OrderLimits) -> tuple[Finding, ...]:
    """Every mark against the order, in the order of its fields."""
    return (
        *_age(order, limits),
        *_weight(order, at, limits),
        *dose_findings(order, limits),
        *_hard_max(order),
        *booster_findings(order, limits),
        *_model(order),
    )


def _age(order: OrderText, limits: OrderLimits) -> Iterator[Finding]:
    if order.age_years is None:
        yield limits.adult_age.unknown("The age is not known, so nobody can tell that this is an adult.")
    elif order.age_years < limits.adult_age.value:
        yield limits.adult_age.stop(
            f"The patient is {order.age_years}. There is no use under {limits.adult_age.value}."
        )
    elif order.age_years >= limits.senior_age.value:
        yield limits.senior_age.finding(
            Severity.WARN,
            f"The patient is {order.age_years}. From {limits.senior_age.value} a lower dose is considered."
            " Say why this one.",
            override=Override.PRESCRIBER,
        )


def _weight(order: OrderText, at: datetime, limits: OrderLimits) -> Iterator[Finding]:
    if order.weight_g is None or order.weighed_at is None:
        yield NO_WEIGHT.unknown("There is no weight on file. Weigh the patient first.")
        return
    shown, weight_kg = show_kg(order.weight_g), kg_from_g(order.weight_g)
    if weight_kg > limits.weight_most.value:
        yield limits.weight_most.stop(
            f"{shown} is over {limits.weight_most.value} kg. No order is made here."
        )
    elif not limits.weight_likely_low.value <= weight_kg <= limits.weight_likely_high.value:
        yield limits.weight_likely_low.finding(
            Severity.WARN,
            f"{shown} is unlikely for an adult. Is it in kg? Confirm it in writing.",
            override=Override.PRESCRIBER,
        )
    age = at - order.weighed_at
    if age < timedelta(0):
        yield limits.weight_age.stop("The weight is dated after now.")
    elif age > timedelta(days=limits.weight_age.value):
        yield limits.weight_age.stop(f"The weight is over {age.days} days old. Weigh the patient again.")


def _hard_max(order: OrderText) -> Iterator[Finding]:
    if order.hard_max_ug is None:
        yield NO_HARD_MAX.unknown(
            "There is no hard maximum. Write the most that may be given in the session."
        )
        return
    planned = order.dose_ug + (order.booster.cap_ug if order.booster else 0)
    if planned > order.hard_max_ug:
        what = "Dose and booster together" if order.booster else "The dose"
        yield OVER_HARD_MAX.stop(
            f"{what}, {show_mg(planned)}, is over the hard maximum of {show_mg(order.hard_max_ug)}."
        )


def _model(order: OrderText) -> Iterator[Finding]:
    scope = order.model
    if order.drug not in scope.drugs:
        yield MODEL_LACKS.stop(f"{scope.title} has no {order.drug.label}. Choose another model.")
    if order.route not in scope.routes:
        yield MODEL_LACKS.stop(f"{scope.title} has no dose by this route: {order.route.label}.")
    yield from _people(order, scope)


def _people(order: OrderText, scope: ModelScope) -> Iterator[Finding]:
    """Outside its people a model still gives numbers; they are guesses, and the order says so."""
    weight_kg = None if order.weight_g is None else kg_from_g(order.weight_g)
    for row, value, low, high, people in (
        (MODEL_AGE, order.age_years, scope.age_low, scope.age_high, "aged {span}"),
        (MODEL_WEIGHT, weight_kg, scope.weight_low_kg, scope.weight_high_kg, "weighing {span} kg"),
    ):
        if value is None:
            continue
        if (low is not None and value < low) or (high is not None and value > high):
            told = people.format(span=_span(low, high))
            yield row.finding(
                Severity.WARN,
                f"{scope.title} was made from people {told}, and this is {value:g}: its numbers are a guess"
                " here. Say why it will do.",
                override=Override.PRESCRIBER,
            )


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return f"up to {high:g}"
    return f"from {low:g}" if high is None else f"{low:g} to {high:g}"
