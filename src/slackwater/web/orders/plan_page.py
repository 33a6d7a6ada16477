"""What the plan's panel shows: ranges by route, what ends them, and the chances over the dose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from slackwater.actions import plans
from slackwater.actions.orders import Start
from slackwater.actions.plans import PlanDraft, Planned
from slackwater.catalogue.limits import load_limits
from slackwater.pharma.plan import RoutePlan
from slackwater.pharma.plan_question import Asked, Kind, Question
from slackwater.pharma.plan_range import DoseRange, dose_ranges
from slackwater.pharma.plan_words import (
    NOT_AN_INSTRUCTION,
    happening,
    sentence,
    show_chance,
    show_interval,
    show_range,
    terms,
    with_booster,
)
from slackwater.records.models import Patient, User
from slackwater.rules.basis import Threshold
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.web.orders.forms import OrderForm
from slackwater.web.orders.plan_form import PlanForm

# Rows of the table of doses; more are not read.
_MOST_ROWS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One line of the table of ranges."""

    route: str
    booster: str
    doses: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow:
    """One dose and its chances, with whether it keeps everything, in words."""

    dose: str
    chances: tuple[str, ...]
    verdict: str


def plan_page(form: PlanForm, order: OrderForm, patient: Patient, *, by: User) -> dict[str, Any]:
    """The answer to a plan, or what it still needs."""
    order.is_valid()
    question = form.question()
    drug = order.cleaned_data.get("drug")
    if question is None or drug is None:
        needs = form.needs() + ([] if drug else ["Drug: None was chosen. Choose one."])
        return {"needs": needs if form.is_begun else [], "started": form.is_begun}
    try:
        planned = plans.plan(_draft(question, order, Drug(drug)), patient, by=by, at=timezone.now())
    except RefusedError as refusal:
        return {"needs": [f"{one.message} {one.mend}" for one in refusal.problems], "started": True}
    return _answer(planned, order.cleaned_data.get("route"))


def _draft(question: Question, order: OrderForm, drug: Drug) -> PlanDraft:
    """From the order only what can be read; the dose is never needed, for it is what is to be chosen."""
    typed = order.cleaned_data
    return PlanDraft(
        question=question,
        drug=drug,
        model=typed["model"],
        hard_max_ug=typed.get("hard_max_ug"),
        duration_s=typed.get("duration_s") if typed.get("route") == Route.IV else None,
        booster_after_s=typed.get("booster_earliest_s"),
        seed=typed.get("seed_number") or 1,
        start=Start(typed.get("start") or Start.LEARNED),
    )


def _answer(planned: Planned, chosen: str | None) -> dict[str, Any]:
    plan = planned.plan
    shown = plan.of(Route(chosen)) if chosen else None
    return {
        "started": True,
        "planned": planned,
        "cautions": _cautions(planned),
        "terms": terms(plan.question),
        "kept": _kept(plan.question),
        "ranges": [row for route in plan.routes for row in _ranges(route)],
        "shown": shown,
        "shown_words": _chart_words(shown) if shown else "",
        "headings": [happening(one) for one in plan.question.asked],
        "doses": _doses(shown) if shown else [],
        "curves": _curves(shown) if shown else None,
        "route_missing": bool(chosen) and shown is None,
        "not_an_instruction": NOT_AN_INSTRUCTION,
        "house_limits": _house_limits(),
        "news": "; ".join(f"{row.route}, {row.booster}: {row.doses}" for row in _news(plan.routes)),
    }


def _cautions(planned: Planned) -> list[tuple[str, str]]:
    """Each caution once, with the routes that it is about."""
    routes: dict[str, list[str]] = {}
    for route, told in planned.cautions:
        routes.setdefault(told, []).append(route.label)
    return [(", ".join(labels), told) for told, labels in routes.items()]


def _kept(question: Question) -> dict[str, str]:
    """What was asked, in the order's own fields, for whoever wants it kept with the order."""
    written = {"for_wish": (question.wish.depth, question.wish.chance)}
    if question.too_deep is not None:
        written["for_too_deep"] = (question.too_deep.depth, question.too_deep.chance)
    if question.not_fit is not None:
        written["for_closing"] = (question.not_fit.by_h, question.not_fit.chance)
    if question.systolic is not None:
        written["for_ceiling"] = (question.systolic.ceiling_mmhg, question.systolic.chance)
    return {
        field: f"{number:g}"
        for name, (figure, chance) in written.items()
        for field, number in ((name, figure), (f"{name}_chance", round(100 * chance, 1)))
    }


def _ranges(plan: RoutePlan) -> Sequence[RangeRow]:
    return [
        RangeRow(
            route=plan.grid.route.label,
            booster=with_booster(found.booster),
            doses=show_range(found),
            words=sentence(plan, found),
        )
        for found in dose_ranges(plan)
    ]


def _news(routes: Sequence[RoutePlan]) -> Sequence[RangeRow]:
    return [_ranges(route)[0] for route in routes]


def _chart_words(plan: RoutePlan) -> str:
    alone = dose_ranges(plan)[0]
    return f"Chances over the dose, {plan.grid.route.label}, without a booster. {sentence(plan, alone)}"


def _doses(plan: RoutePlan) -> list[DoseRow]:
    """Doses spread over the grid, with the ends of the range among them."""
    doses = plan.grid.doses_mg
    step = -(-len(doses) // _MOST_ROWS)
    alone = dose_ranges(plan)[0]
    ends = {alone.lowest_mg, alone.highest_mg, doses[-1]}
    places = [place for place, mg in enumerate(doses) if place % step == 0 or mg in ends]
    return [_dose(plan, place) for place in places]


def _dose(plan: RoutePlan, place: int) -> DoseRow:
    asked = plan.question.asked
    return DoseRow(
        dose=f"{plan.grid.doses_mg[place]:g} mg",
        chances=tuple(show_interval(plan.chance(one.kind, place)) for one in asked),
        verdict=_verdict(plan, place),
    )


def _verdict(plan: RoutePlan, place: int) -> str:
    if plan.keeps[place, 0]:
        return "keeps all, reaches it"
    if plan.keeps_limits[place, 0]:
        return "keeps all, falls short"
    broken = next(one for one in plan.question.limits if one.kind is _worst(plan, place))
    return f"breaks: {happening(broken)}"


def _worst(plan: RoutePlan, place: int) -> Kind:
    used = plan.used
    return max((one.kind for one in plan.question.limits), key=lambda kind: used[kind][place, 0])


def _curves(plan: RoutePlan) -> dict[str, Any]:
    """The numbers of the chart, as JSON carries them; chances in per cent, for the first dose alone."""
    alone: DoseRange = dose_ranges(plan)[0]
    return {
        "doses_mg": list(plan.grid.doses_mg),
        "lowest_mg": alone.lowest_mg,
        "highest_mg": alone.highest_mg,
        "lines": [_line(plan, one) for one in plan.question.asked],
        "verdicts": [_verdict(plan, place) for place in range(len(plan.grid.doses_mg))],
    }


def _line(plan: RoutePlan, asked: Asked) -> dict[str, Any]:
    return {
        "kind": asked.kind.value,
        "words": happening(asked),
        "limit": 100 * asked.chance,
        "limit_words": f"{'at least' if asked.kind is Kind.WISH else 'at most'} {show_chance(asked.chance)}",
        "percent": [round(100 * share, 2) for share in plan.chances[asked.kind][:, 0].tolist()],
    }


def _house_limits() -> list[Threshold]:
    limits = load_limits().plans
    return [
        limits.plan_too_deep,
        limits.plan_too_deep_chance,
        limits.systolic_alert,
        limits.plan_systolic_chance,
        limits.plan_closing,
        limits.plan_not_fit_chance,
    ]
