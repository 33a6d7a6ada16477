"""From what was written on the command line to a question that can be answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackwater.catalogue.loader import load
from slackwater.cli.durations import read_minutes, show_minutes
from slackwater.cli.marks import check_slip, marks
from slackwater.cli.people import LARGEST_SEED, MOST_SUBJECTS, age_of, population
from slackwater.cli.simulate import SimulateOptions
from slackwater.pharma.crowd import Population
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.regimen_text import parse_dose
from slackwater.rules.dosing.ranges import OrderLimits
from slackwater.terms.amounts import read_int, read_weight_g
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.units import h_from_min, kg_from_g, min_from_h, min_from_s

_SECOND_MIN = min_from_s(1.0)
_WEEK_MIN = min_from_h(7 * 24.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One simulation, ready to run.

    until_min, step_min: how long to follow, and how often to report
    is_typical:          the typical person instead of a crowd
    with_causes:         whether to split the bands into what they come from
    marks:               what the clinical rules say of the amounts
    asked:               the doses and the weight as they were written
    """

    asked: str
    people: Population
    regimen: Regimen
    marks: tuple[str, ...]
    until_min: float
    step_min: float
    subjects: int
    seed: int
    is_typical: bool
    with_causes: bool


def ask(options: SimulateOptions) -> Question:
    """Read every option strictly; RefusedError names the one that cannot be used and how to mend it."""
    catalogue = load()
    until_min = read_minutes(options.until, field="until", low_min=_SECOND_MIN, high_min=_WEEK_MIN)
    written, weight = options.doses or (), options.weight
    if not written or weight is None:
        raise _not_given("doses" if not written else "weight")
    weight_g = read_weight_g(weight)
    people = population(options, catalogue, weight_kg=kg_from_g(weight_g), age_years=age_of(options.age))
    limits = catalogue.limits.orders
    doses = _Doses(people=people, weight_g=weight_g, until_min=until_min, limits=limits)
    regimen = doses.read(written)
    return Question(
        asked=f"{'; '.join(written)}; {weight} kg",
        people=people,
        regimen=regimen,
        marks=tuple(marks(people, regimen, limits)),
        until_min=until_min,
        step_min=read_minutes(options.step, field="step", low_min=_SECOND_MIN, high_min=until_min),
        subjects=read_int(options.subjects, field="subjects", low=1, high=MOST_SUBJECTS),
        seed=read_int(options.seed, field="seed", low=0, high=LARGEST_SEED),
        is_typical=options.typical,
        with_causes=split_wanted(options),
    )


def split_wanted(options: SimulateOptions) -> bool:
    """Whether bands are to be split; refused where there are none."""
    if options.causes and options.typical:
        raise RefusedError.of(
            field="causes",
            code="no-band",
            message="The typical person alone has no band to split.",
            mend="Leave out --typical or --causes.",
        )
    return options.causes


def _not_given(field: str) -> RefusedError:
    return RefusedError.of(
        field=field,
        code="missing",
        message="No doses were given." if field == "doses" else "No weight was given.",
        mend='Write them, such as "iv 35 mg over 40 min", or name an event table with --events.'
        if field == "doses"
        else "Add --weight with kg.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doses:
    """What a dose must fit: the model, the body, the time, and what is cited."""

    people: Population
    weight_g: int
    until_min: float
    limits: OrderLimits

    def read(self, texts: Sequence[str]) -> Regimen:
        """Every dose, with the problems of all of them told at once."""
        doses: list[Dose] = []
        problems: list[Problem] = []
        for text in texts:
            try:
                doses.append(self._one(text))
            except RefusedError as refusal:
                problems.extend(refusal.problems)
        if problems:
            raise RefusedError(*problems)
        return Regimen(tuple(doses))

    def _one(self, text: str) -> Dose:
        drug = self.people.drug
        dose = parse_dose(text, weight_kg=kg_from_g(self.weight_g))
        for one in self.people.models:
            one.model.check_can_give(drug, dose.route)
        check_slip(dose, text, drug=drug, weight_g=self.weight_g, limits=self.limits)
        if dose.at_h >= h_from_min(self.until_min):
            raise RefusedError.of(
                field="dose",
                code="after-the-end",
                message=f"“{text}” starts when the simulation has ended, at {show_minutes(self.until_min)}.",
                mend="Give --until a later time.",
            )
        return dose
