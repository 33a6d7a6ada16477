"""From what was written after `slackwater plan` to a question that a crowd can be asked."""

import re
from dataclasses import dataclass

from slackwater.catalogue.loader import load
from slackwater.catalogue.plans import check_person, grids, offers
from slackwater.cli.durations import read_minutes
from slackwater.cli.people import LARGEST_SEED, MOST_SUBJECTS, age_of, population
from slackwater.cli.plan import PlanOptions
from slackwater.cli.plan_terms import read_closing, read_systolic, read_too_deep, read_wish
from slackwater.pharma.crowd import Population
from slackwater.pharma.plan_grid import LATEST_BOOSTER_H, RouteGrid
from slackwater.pharma.plan_question import Question
from slackwater.rules.dosing.offered import Asker, NotOffered, Offered
from slackwater.terms.amounts import read_int, read_mg_as_ug, read_weight_g
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.units import kg_from_g, min_from_h, s_from_min

_MG = re.compile(r"(?P<number>[^ ]+?) ?mg")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked:
    """One plan, ready to be answered.

    offered, not_offered: by route, what is compared and why something is not
    fewest:               people who must be expected in the rarer part of each chance (PLAN-06)
    """

    asked: str
    people: Population
    question: Question
    grids: tuple[RouteGrid, ...]
    offered: tuple[Offered, ...]
    not_offered: tuple[NotOffered, ...]
    subjects: int
    seed: int
    fewest: float


def ask(options: PlanOptions) -> PlanAsked:
    """Read every option strictly; RefusedError names the one that cannot be used and how to mend it."""
    catalogue = load()
    weight_g, limits = read_weight_g(options.weight), catalogue.limits.plans
    people = population(options, catalogue, weight_kg=kg_from_g(weight_g), age_years=age_of(options.age))
    question = Question(
        wish=read_wish(options.want),
        too_deep=read_too_deep(options.too_deep, limits),
        systolic=read_systolic(options.ceiling, options.baseline, limits),
        not_fit=read_closing(options.closing, limits),
    )
    check_person(people, limits, asks_pressure=question.systolic is not None, not_checked=_unmeasured(people))
    booster_after_s = _booster_after_s(options.booster_at)
    asker = _asker(options, people, weight_g, booster_after_s)
    found, left_out = offers(people, asker, _routes(options, people), catalogue.limits.orders)
    return PlanAsked(
        asked=f"{options.want}; {options.weight} kg, {options.age} years",
        people=people,
        question=question,
        grids=grids(found, booster_after_s=booster_after_s),
        offered=found,
        not_offered=left_out,
        subjects=read_int(options.subjects, field="subjects", low=1, high=MOST_SUBJECTS),
        seed=read_int(options.seed, field="seed", low=0, high=LARGEST_SEED),
        fewest=float(limits.plan_fewest.value),
    )


def _asker(options: PlanOptions, people: Population, weight_g: int, booster_after_s: int | None) -> Asker:
    return Asker(
        drug=people.drug,
        weight_g=weight_g,
        age_years=int(people.person.age_years or 0),
        hard_max_ug=_hard_max(options.hard_max),
        booster_after_s=booster_after_s,
    )


def _routes(options: PlanOptions, people: Population) -> tuple[Route, ...]:
    if options.route is None:
        return tuple(Route)
    for route in options.route:
        for one in people.models:
            one.model.check_can_give(people.drug, route)
    return tuple(dict.fromkeys(options.route))


def _unmeasured(people: Population) -> list[str]:
    taken = people.person.medicines
    return [one.name for one in people.changes if one.medicine in taken and not one.is_measured]


def _booster_after_s(text: str | None) -> int | None:
    if text is None:
        return None
    latest_min = min_from_h(LATEST_BOOSTER_H)
    return round(s_from_min(read_minutes(text, field="booster-at", low_min=1.0, high_min=latest_min)))


def _hard_max(text: str | None) -> int | None:
    if text is None:
        return None
    match = _MG.fullmatch(text.strip())
    if not match:
        raise RefusedError.of(
            field="hard-max",
            code="no-unit",
            message=f"“{text[:24]}” has no unit of mass.",
            mend="Write a number and mg, for example 60mg.",
        )
    return read_mg_as_ug(match["number"], field="hard-max")
