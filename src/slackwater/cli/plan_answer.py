"""Answers a plan: draws the crowd and asks it, with what the answer rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from slackwater.catalogue.loader import load
from slackwater.cli.basis import basis
from slackwater.cli.mixed_models import show_models
from slackwater.cli.plan_ask import PlanAsked
from slackwater.pharma.crowd import draw
from slackwater.pharma.plan import Plan, plan_doses
from slackwater.pharma.plan_words import NOT_AN_INSTRUCTION
from slackwater.rules.basis import Threshold
from slackwater.rules.dosing.offered import NotOffered
from slackwater.rules.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """The answer to one `slackwater plan`.

    not_offered: routes by which nothing was compared; marks: boosters that were not, each with its rule
    basis:       what the numbers rest on, one sentence each, for people
    """

    asked: str
    model: str
    drug: str
    seed: int
    subjects: int
    plan: Plan
    not_offered: tuple[NotOffered, ...]
    marks: tuple[Finding, ...]
    basis: tuple[str, ...]


def answer(asked: PlanAsked) -> PlanAnswer:
    """The crowd's answer. Raises RefusedError where it is too thin for what was asked."""
    crowd = draw(asked.people, n_subjects=asked.subjects, seed=asked.seed)
    return PlanAnswer(
        asked=asked.asked,
        model=show_models(asked.people.models),
        drug=asked.people.drug.value,
        seed=asked.seed,
        subjects=asked.subjects,
        plan=plan_doses(crowd, asked.question, asked.grids, fewest=asked.fewest),
        not_offered=asked.not_offered,
        marks=tuple(mark for one in asked.offered for mark in one.marks),
        basis=tuple(_basis(asked)),
    )


def _basis(asked: PlanAsked) -> Iterator[str]:
    yield NOT_AN_INSTRUCTION
    limits = load().limits
    rows = (
        limits.plans.plan_too_deep,
        limits.plans.plan_too_deep_chance,
        limits.plans.plan_systolic_chance,
        limits.plans.plan_closing,
        limits.plans.plan_not_fit_chance,
    )
    yield f"Where no limit was written, the house's stands: {'; '.join(_usual(row) for row in rows)}."
    if asked.question.systolic is None:
        yield "Blood pressure was not asked about: no baseline was given."
    yield from basis(asked.people)


def _usual(row: Threshold) -> str:
    return f"{row.rule} {row.value} {row.unit}, {row.verified.partition(':')[0]}"
