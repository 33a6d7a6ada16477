"""Which doses would keep a prescriber's limits for one patient, asked of the crowd beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from slackwater.actions import basis, crowds, medicines, patients, widened
from slackwater.actions.basis import Footing
from slackwater.actions.marks import widening
from slackwater.actions.orders import Start, learns_from
from slackwater.actions.policy import Permission, require
from slackwater.catalogue import plans
from slackwater.catalogue.loader import load
from slackwater.pharma import exposure_changes
from slackwater.pharma.crowd import Population
from slackwater.pharma.less_sure import plan_less_sure
from slackwater.pharma.person import Person
from slackwater.pharma.plan import Plan, plan_doses
from slackwater.pharma.plan_question import Question
from slackwater.records.models import Patient, User
from slackwater.rules.dosing.offered import Asker, NotOffered
from slackwater.rules.findings import Finding
from slackwater.rules.room.log import EarlierLog
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.units import kg_from_g

_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """What a plan takes from the order as far as it is written, and what is asked.

    hard_max_ug, duration_s, booster_after_s: None where nothing is written yet, or no booster is wanted
    """

    question: Question
    drug: Drug
    model: str
    hard_max_ug: int | None = None
    duration_s: int | None = None
    booster_after_s: int | None = None
    seed: int = 1
    subjects: int = 4096
    start: Start = Start.LEARNED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Planned:
    """The crowd's answer, and what was not asked of it.

    marks:    why no booster was compared by a route, where one was wanted
    cautions: by route, why its chances are less sure than the crowd's own; none where bands have held
    """

    plan: Plan
    not_offered: tuple[NotOffered, ...]
    marks: tuple[Finding, ...]
    model_title: str
    basis: tuple[Footing, ...]
    cautions: tuple[tuple[Route, str], ...] = ()


def plan(draft: PlanDraft, patient: Patient, *, by: User, at: datetime) -> Planned:
    """Compare every dose that this patient could be ordered without a reason.

    Raises RefusedError where the crowd cannot answer: no weight, an age or weight beyond the model's people,
    a medicine of unknown effect, no dose that may be compared, or a chance too small to tell.
    """
    require(by, Permission.PREVIEW_ORDER, patient)
    weight = patients.current_weight(patient)
    if weight is None:
        raise RefusedError.of(
            field="weight",
            code="missing",
            message="The patient was not weighed.",
            mend="Weigh first: the crowd is drawn for this weight.",
        )
    person = Person(
        weight_kg=kg_from_g(weight.grams),
        age_years=patients.age_years(patient, on=at.date()),
        sex=Sex(patient.sex),
        medicines=patients.current_medicines(patient),
    )
    not_checked = tuple(one.label for one in medicines.listed(patient) if not one.counted)
    planned = _answer(draft, person, weight.grams, not_checked, learns_from(patient, draft.start).logs)
    return _less_sure(planned, draft.model)


def _less_sure(planned: Planned, model: str) -> Planned:
    """The same with chances as unsure as the bands that an order by each route would show."""
    wide = {one.grid.route: widening.in_force(model, one.grid.route.value) for one in planned.plan.routes}
    return replace(
        planned,
        plan=plan_less_sure(planned.plan, lambda route: widened.factors(wide[route])),
        cautions=tuple((route, told) for route, by in wide.items() if (told := widened.caution(by))),
    )


@lru_cache(maxsize=_KEPT)
def _answer(
    draft: PlanDraft,
    person: Person,
    weight_g: int,
    not_checked: Sequence[str],
    learned_from: tuple[EarlierLog, ...],
) -> Planned:
    catalogue = load()
    people = Population(
        model=catalogue.model(draft.model),
        response=catalogue.response,
        person=person,
        drug=draft.drug,
        changes=exposure_changes.taken(catalogue.exposure_changes, person.medicines),
    )
    limits = catalogue.limits
    asks_pressure = draft.question.systolic is not None
    plans.check_person(people, limits.plans, asks_pressure=asks_pressure, not_checked=not_checked)
    asker = Asker(
        drug=draft.drug,
        weight_g=weight_g,
        age_years=int(person.age_years or 0),
        hard_max_ug=draft.hard_max_ug,
        duration_s=draft.duration_s,
        booster_after_s=draft.booster_after_s,
    )
    offered, not_offered = plans.offers(people, asker, tuple(Route), limits.orders)
    drawn = crowds.informed_by(learned_from, people, n_subjects=draft.subjects, seed=draft.seed)
    grids = plans.grids(offered, booster_after_s=draft.booster_after_s)
    fewest = float(limits.plans.plan_fewest.value)
    return Planned(
        plan=plan_doses(drawn, draft.question, grids, fewest=fewest),
        not_offered=not_offered,
        marks=tuple(mark for one in offered for mark in one.marks),
        model_title=people.model.title,
        basis=basis.of(people),
    )
