"""The forty-three criteria, each a row of the catalogue, with when and for which routes it is asked."""

from dataclasses import dataclass
from enum import StrEnum

from slackwater.rules.basis import Basis
from slackwater.rules.findings import Override
from slackwater.terms.route import Route


class Stage(StrEnum):
    """When somebody asks. PROGRAMME is before a sober exercise with or without a partner."""

    COURSE = "course"
    ORDER = "order"
    DAY = "day"
    PROGRAMME = "programme"


class Action(StrEnum):
    """What a criterion that is met asks for.

    EXCLUDE: no course; DEFER: not until it is settled; CAUTION: it may go ahead with the stated control, in
    writing; REFER: somebody else looks first
    """

    EXCLUDE = "exclude"
    DEFER = "defer"
    CAUTION = "caution"
    REFER = "refer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Basis):
    """One row.

    routes:  the routes it is asked for
    strict:  those among them where it weighs more; where it weighs the same on all, all of them
    control: what is to be done where it is met, as a sentence
    ask:     who can find out where nobody knows, as a sentence
    """

    domain: str
    action: Action
    override: Override
    routes: frozenset[Route]
    strict: frozenset[Route]
    stages: frozenset[Stage]
    control: str
    ask: str

    def is_asked(self, stage: Stage, route: Route | None) -> bool:
        """Whether it applies here. A route that nobody has chosen yet may turn out to be any."""
        return stage in self.stages and (route is None or route in self.routes)

    def is_strict(self, route: Route | None) -> bool:
        """Whether it has its full weight by this route."""
        return route is None or route in self.strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Every criterion. A field is the name of its row."""

    aneurysm: Criterion
    brain_haemorrhage: Criterion
    hypersensitivity: Criterion
    pressure_hazard: Criterion
    recent_event: Criterion
    heart_or_lung: Criterion
    pressure_raised: Criterion
    pressure_raised_older: Criterion
    pressure_ceiling: Criterion
    psychosis: Criterion
    mania: Criterion
    relative_psychosis: Criterion
    suicide_risk: Criterion
    dissociation: Criterion
    ketamine_use: Criterion
    other_use_disorder: Criterion
    not_sober: Criterion
    stimulant: Criterion
    depressant: Criterion
    pregnancy: Criterion
    breastfeeding: Criterion
    liver_severe: Criterion
    liver_moderate: Criterion
    liver_tests: Criterion
    bladder: Criterion
    thyroid: Criterion
    eye: Criterion
    sleep_apnoea: Criterion
    airway_today: Criterion
    seizures: Criterion
    brain_condition: Criterion
    under_age: Criterion
    senior: Criterion
    benzodiazepine: Criterion
    capacity: Criterion
    no_escort: Criterion
    unsafe_home: Criterion
    harm_contact: Criterion
    anaesthetic_class: Criterion
    fasting: Criterion
    no_indication: Criterion
    sexual_problem: Criterion
    baseline_tests: Criterion
