"""From what the rules let be planned to the grids that a crowd is asked about, and whom it can answer for."""

from collections.abc import Iterable, Iterator, Sequence

from slackwater.pharma.crowd import Population
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.plan_grid import Booster, RouteGrid
from slackwater.pharma.plan_question import Asked, NotFit, Systolic, TooDeep, Wish
from slackwater.rules.basis import Threshold
from slackwater.rules.dosing.offered import Asker, NotOffered, Offered, offered
from slackwater.rules.dosing.plan_limits import PlanLimits
from slackwater.rules.dosing.ranges import OrderLimits
from slackwater.rules.planned import Part, PlannedFor
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_s, mg_from_ug


def offers(
    people: Population, asker: Asker, routes: Sequence[Route], limits: OrderLimits
) -> tuple[tuple[Offered, ...], tuple[NotOffered, ...]]:
    """What may be planned by each of these routes that the models have, and why nothing may by the others."""
    given = [route for route in routes if all(route in one.model.routes for one in people.models)]
    found = [offered(route, asker, limits) for route in given]
    return (
        tuple(one for one in found if isinstance(one, Offered)),
        tuple(one for one in found if isinstance(one, NotOffered)),
    )


def grids(offers: Iterable[Offered], *, booster_after_s: int | None) -> tuple[RouteGrid, ...]:
    """The grids of what is offered; the choice of no booster comes first."""
    return tuple(
        RouteGrid(
            route=one.route,
            doses_mg=tuple(mg_from_ug(ug) for ug in one.doses_ug),
            boosters=(None, *_boosters(one, booster_after_s)),
            most_mg=mg_from_ug(one.most_ug),
            duration_h=h_from_s(one.duration_s),
        )
        for one in offers
    )


def check_person(
    people: Population, limits: PlanLimits, *, asks_pressure: bool, not_checked: Sequence[str] = ()
) -> None:
    """Refuse a person whom the model cannot speak for. Unknown is a barrier here as anywhere.

    not_checked: medicines whose effect on exposure is not in the crowd
    Raises RefusedError with every reason.
    """
    if problems := tuple(_problems(people, limits, asks_pressure=asks_pressure, not_checked=not_checked)):
        raise RefusedError(*problems)


def limits_of(planned: PlannedFor, limits: PlanLimits, *, baseline_mmhg: float | None) -> tuple[Asked, ...]:
    """What an order was planned with; where it says nothing, the clinic's limits as the catalogue has them.

    The ceiling is asked about only where a baseline is known.
    """
    house = PlannedFor(
        too_deep=_part(10 * limits.plan_too_deep.value, limits.plan_too_deep_chance),
        ceiling=_part(limits.systolic_alert.value, limits.plan_systolic_chance),
        closing=_part(int(limits.plan_closing.minutes.total_seconds()), limits.plan_not_fit_chance),
    )
    deep, ceiling = planned.too_deep or house.too_deep, planned.ceiling or house.ceiling
    closing = planned.closing or house.closing
    if deep is None or ceiling is None or closing is None:
        raise TypeError("the catalogue has each of these limits")
    too_deep = TooDeep(depth=deep.value / 10, chance=deep.permille / 1000)
    not_fit = NotFit(
        by_h=h_from_s(closing.value),
        observation_h=observation_h(limits),
        chance=closing.permille / 1000,
    )
    if baseline_mmhg is None:
        return (too_deep, not_fit)
    systolic = Systolic(
        ceiling_mmhg=float(ceiling.value), baseline_mmhg=baseline_mmhg, chance=ceiling.permille / 1000
    )
    return (too_deep, systolic, not_fit)


def wish_of(planned: PlannedFor) -> Wish | None:
    """The depth that an order was planned to reach; None where nobody wrote one."""
    wish = planned.wish
    return None if wish is None else Wish(depth=wish.value / 10, chance=wish.permille / 1000)


def observation_h(limits: PlanLimits) -> float:
    """The least time between the last drug and leaving (M11)."""
    return h_from_s(limits.observation.minutes.total_seconds())


def _part(value: int, chance: Threshold) -> Part:
    return Part(value=value, permille=10 * chance.value)


def _boosters(one: Offered, after_s: int | None) -> Iterator[Booster]:
    if after_s is not None:
        for percent in one.booster_percents:
            yield Booster(after_h=h_from_s(after_s), share=percent / 100)


def _problems(
    people: Population, limits: PlanLimits, *, asks_pressure: bool, not_checked: Sequence[str]
) -> Iterator[Problem]:
    age = people.person.age_years
    if age is None:
        yield _problem("age", "The age is not known, so the crowd may be the wrong one.", "Say the age.")
    for one in people.models:
        yield from _model_problems(one.model, people.person)
    if asks_pressure and age is not None and age >= limits.senior_age.value:
        yield _problem(
            "ceiling",
            f"From {limits.senior_age.value} pressure rises further than this crowd knows (A60).",
            "Leave the ceiling out, and hold pressure against the room's own limits.",
        )
    for name in not_checked:
        yield _problem(
            "medicine",
            f"What {name} does to this drug is not known here, so the crowd leaves it out.",
            "Plan without the crowd's chances.",
        )


def _model_problems(model: PublishedModel, person: Person) -> Iterator[Problem]:
    if not model.is_for_patients or not model.has_spread:
        yield _problem("model", f"The model {model.id} is for comparing only.", "Choose another model.")
    if model.effect_link is None:
        yield _problem("model", f"The model {model.id} has no effect site.", "Choose another model.")
    for field, value, known, unit in (
        ("age", person.age_years, model.age_range, "years"),
        ("weight", person.weight_kg, model.weight_range, "kg"),
    ):
        if value is not None and known is not None and not known.holds(value):
            yield _problem(
                field,
                f"{value:g} {unit} is outside the people {model.id} was made from,"
                f" {known.low:g} to {known.high:g} {unit}.",
                "Choose a model that covers it.",
            )


def _problem(field: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code="cannot-answer", message=message, mend=mend)
