"""A plan as JSON, the shape that docs/reference/command-line.md promises."""

from slackwater.cli.output_json import Node, dump
from slackwater.cli.plan_answer import PlanAnswer
from slackwater.pharma.estimates import Estimate
from slackwater.pharma.plan import RoutePlan
from slackwater.pharma.plan_grid import Booster
from slackwater.pharma.plan_question import Question
from slackwater.pharma.plan_range import DoseRange, dose_ranges
from slackwater.pharma.plan_words import NOT_AN_INSTRUCTION, happening, sentence
from slackwater.units import min_from_h


def plan_json(answer: PlanAnswer) -> str:
    """One line of JSON; chances are shares from 0 to 1. The same seed and inputs give the same bytes."""
    plan = answer.plan
    return dump(
        {
            "note": NOT_AN_INSTRUCTION,
            "model": answer.model,
            "drug": answer.drug,
            "seed": answer.seed,
            "subjects": answer.subjects,
            "crowd_id": plan.crowd_id,
            "effective_people": round(plan.effective, 1),
            "question": _question(plan.question),
            "routes": [_route(one) for one in plan.routes],
            "not_offered": [
                {"route": one.route.value, "rule": one.why.id, "why": one.why.sentence}
                for one in answer.not_offered
            ],
            "marks": [{"rule": one.id, "sentence": one.sentence} for one in answer.marks],
            "basis": list(answer.basis),
        }
    )


def _question(question: Question) -> Node:
    return [
        {"kind": one.kind.value, "happens": happening(one), "chance": one.chance} for one in question.asked
    ]


def _route(plan: RoutePlan) -> Node:
    grid = plan.grid
    return {
        "route": grid.route.value,
        "duration_min": min_from_h(grid.duration_h),
        "doses_mg": list(grid.doses_mg),
        "most_mg": grid.most_mg,
        "boosters": [_booster(one) for one in grid.boosters],
        "ranges": [_range(plan, one) for one in dose_ranges(plan)],
        # A row for each dose, with a number for each choice of booster.
        "offered": plan.offered.tolist(),
        "keeps": plan.keeps.tolist(),
        "chances": {kind.value: chances.tolist() for kind, chances in plan.chances.items()},
    }


def _range(plan: RoutePlan, found: DoseRange) -> Node:
    return {
        "booster": _booster(found.booster),
        "lowest_mg": found.lowest_mg,
        "highest_mg": found.highest_mg,
        "keeps_limits_up_to_mg": found.limit_mg,
        "wish_there": _estimate(found.reached),
        "ended_by": found.ended_by.value if found.ended_by else None,
        "beyond": _estimate(found.beyond) if found.beyond else None,
        "close": [kind.value for kind in found.close],
        "sentence": sentence(plan, found),
    }


def _booster(booster: Booster | None) -> Node:
    if booster is None:
        return None
    return {"after_min": round(min_from_h(booster.after_h), 6), "share": booster.share}


def _estimate(found: Estimate) -> Node:
    return {"share": found.share, "low": found.low, "high": found.high}
