"""Published population models as records that cannot hold nonsense."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from slackwater.pharma.analyte import Site
from slackwater.pharma.blueprint import Blueprint, Unit
from slackwater.pharma.correlation import Correlation
from slackwater.pharma.structures import BLUEPRINTS, Structure
from slackwater.pharma.subjects import unknown_parameter
from slackwater.pharma.variability import Eta
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min, per_h_from_per_min


class ParameterError(RefusedError):
    """A model record that holds nonsense, with every fault found in it."""


class Grade(StrEnum):
    """How sure we are of a number.

    PUBLISHED: printed by its source for this use
    DERIVED:   computed from printed values
    JUDGEMENT: chosen here between printed values, or for want of them, with the reason given
    GUESS:     no basis; never used for a patient
    """

    PUBLISHED = "published"
    DERIVED = "derived"
    JUDGEMENT = "judgement"
    GUESS = "guess"


class Use(StrEnum):
    """What a model is in the catalogue for.

    ORDERS:    a patient's order may be planned with it
    COMPARING: it stands beside the others and is never offered for a patient
    """

    ORDERS = "orders"
    COMPARING = "comparing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Both ends belong to the range. `basis` says who set it."""

    low: float
    high: float
    basis: str

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and 0 <= self.low < self.high):
            raise ParameterError.of(
                field="range",
                code="order",
                message=f"{self.low} to {self.high} is no range.",
                mend="Give the lower end first.",
            )

    def holds(self, number: float) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number as its source prints it, with the block of the model it belongs to.

    rse: relative standard error of the estimate, or None where none is known
    """

    name: str
    value: float
    unit: Unit
    block: str
    rse: float | None = None

    @property
    def model_value(self) -> float:
        """In hours, mg and L."""
        if self.unit is Unit.MINUTE:
            return h_from_min(self.value)
        is_per_minute = self.unit in (Unit.PER_MINUTE, Unit.LITRE_PER_MINUTE)
        return per_h_from_per_min(self.value) if is_per_minute else self.value

    def problems(self) -> Iterator[Problem]:
        if not math.isfinite(self.value):
            yield _problem(self.name, "not-finite", f"{self.value} is not a number.", "Write its value.")
        elif self.unit is Unit.FRACTION and not 0 < self.value < 1:
            yield _problem(
                self.name, "fraction", f"{self.value} is no fraction.", "Write a value between 0 and 1."
            )
        elif self.unit is not Unit.LITRE_PER_HOUR_PER_YEAR and self.value <= 0:
            yield _problem(self.name, "sign", f"{self.value} is not positive.", "Write a positive value.")
        if self.rse is not None and not 0 < self.rse < math.inf:
            yield _problem(self.name, "rse", f"{self.rse} is no standard error.", "Write a positive share.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a model with one origin."""

    name: str
    source: str
    verification: str
    grade: Grade
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        yield from _untold(f"block {self.name}", source=self.source, verification=self.verification)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightScaling:
    """Flows grow as (weight / reference)**flow_exponent, volumes as (weight / reference)**volume_exponent.

    unscaled: flows and volumes that its source leaves as they are for everybody
    """

    reference_kg: float
    flow_exponent: float
    volume_exponent: float
    basis: str
    unscaled: tuple[str, ...] = ()

    def problems(self) -> Iterator[Problem]:
        field = "weight_scaling"
        if not 0 < self.reference_kg < math.inf:
            yield _problem(
                field, "range", f"{self.reference_kg} kg is nobody's weight.", "Write the reference weight."
            )
        for exponent in (self.flow_exponent, self.volume_exponent):
            if not math.isfinite(exponent):
                yield _problem(field, "not-finite", f"{exponent} is no exponent.", "Write its value.")
        yield from _untold(field, basis=self.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectLink:
    """First-order equilibration of S-ketamine with the effect site.

    dCe/dt = ke0 * (Cp - Ce),  ke0 = ln 2 / half-life

    driver: the blood it follows
    """

    driver: Site
    half_life_min: float
    source: str
    grade: Grade

    @property
    def ke0(self) -> float:
        """Per hour."""
        return math.log(2) / h_from_min(self.half_life_min)

    def problems(self) -> Iterator[Problem]:
        field = "effect_link"
        if not 0 < self.half_life_min < math.inf:
            yield _problem(
                field, "range", f"{self.half_life_min} min is no half-life.", "Write a number above 0."
            )
        yield from _untold(field, source=self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualError:
    """Coefficients of variation between what a model says and what an assay reads.

    norketamine_cv: None for a model that does not follow it
    """

    ketamine_cv: float
    norketamine_cv: float | None
    basis: str

    def problems(self) -> Iterator[Problem]:
        field = "residual"
        for cv in (self.ketamine_cv, self.norketamine_cv):
            if cv is not None and not 0 < cv < math.inf:
                yield _problem(
                    field, "range", f"{cv} is no coefficient of variation.", "Write a share above 0."
                )
        yield from _untold(field, basis=self.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedModel:
    """A population model: structure, typical values, spread between people, and how far to trust it.

    grade:         of the weakest block that a dose by any route passes
    use:           whether a patient's order may be planned with it
    age_range:     years of the people it was built from, or None where no source states it
    weight_range:  kg, likewise
    variability:   how people differ, empty where its source prints nothing that could be reached (see
                   `has_spread`); and, of a fitted model, how unsure its typical values are
    correlations:  of etas that do not vary independently
    weight_scaling: None for a model that found no effect of weight and has none
    effect_link:   None for a model whose effect cannot be followed
    residual:      None where no source that was reached prints one
    caveats:       what a reader must know before believing it, one sentence each
    """

    id: str
    title: str
    version: str
    source: str
    doi: str
    verification: str
    grade: Grade
    use: Use
    population: str
    drugs: frozenset[Drug]
    routes: frozenset[Route]
    age_range: Range | None
    weight_range: Range | None
    structure: Structure
    blocks: tuple[Block, ...]
    parameters: tuple[Parameter, ...]
    variability: tuple[Eta, ...]
    weight_scaling: WeightScaling | None
    effect_link: EffectLink | None
    residual: ResidualError | None
    caveats: tuple[str, ...]
    correlations: tuple[Correlation, ...] = ()

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise ParameterError(*problems)

    @property
    def eta_names(self) -> tuple[str, ...]:
        """What the columns of z move, in order."""
        return tuple(eta.name for eta in self.variability)

    @property
    def blueprint(self) -> Blueprint:
        return BLUEPRINTS[self.structure]

    @property
    def is_for_patients(self) -> bool:
        return self.use is Use.ORDERS and self.grade is not Grade.GUESS

    @property
    def has_spread(self) -> bool:
        """Whether its virtual patients differ. Where not, a band of concentrations has no width.

        Such a band says nothing of how people differ and must never be shown as certainty.
        """
        return bool(self.between_people)

    @property
    def between_people(self) -> tuple[Eta, ...]:
        """What of its variability is a difference between people or sessions."""
        return tuple(eta for eta in self.variability if not eta.is_estimate)

    def value(self, name: str) -> float:
        """The typical value in hours, mg and L. Raises RefusedError for a name that the model has not."""
        return self._parameter(name).model_value

    def block_of(self, name: str) -> Block:
        """Where the parameter comes from. Raises RefusedError for a name that the model has not."""
        wanted = self._parameter(name).block
        return next(block for block in self.blocks if block.name == wanted)

    def check_can_give(self, drug: Drug, route: Route) -> None:
        """Raises RefusedError naming what the model has, when it lacks this drug or route."""
        if drug not in self.drugs:
            known = " or ".join(sorted(each.label for each in self.drugs))
            raise RefusedError.of(
                field="drug",
                code="drug-not-in-model",
                message=f"The model {self.id} has no {drug.label}.",
                mend=f"It has {known}; or choose another model.",
            )
        if route not in self.routes:
            known = ", ".join(each.value for each in Route if each in self.routes)
            raise RefusedError.of(
                field="route",
                code="route-not-in-model",
                message=f"The model {self.id} has no {route.value} route.",
                mend=f"It has {known}; or choose another model.",
            )

    def _parameter(self, name: str) -> Parameter:
        found = next((each for each in self.parameters if each.name == name), None)
        if found is None:
            raise RefusedError(unknown_parameter(name, (each.name for each in self.parameters)))
        return found

    def _problems(self) -> Iterator[Problem]:
        for number in self.parameters:
            yield from number.problems()
        for block in self.blocks:
            yield from block.problems()
        for part in (self.weight_scaling, self.effect_link, self.residual):
            if part is not None:
                yield from part.problems()
        yield from self._fault_of_names()
        yield from self._faults_of_variability()
        for field in ("id", "title", "source", "verification", "population"):
            if not getattr(self, field).strip():
                yield _problem(field, "missing", f"The model has no {field}.", "Write it.")
        if not self.drugs:
            yield _problem("drugs", "missing", "The model has no drug.", "Name at least one.")
        if not self.drugs <= set(self.blueprint.forms):
            yield _problem("drugs", "unknown", "A drug has no compartments.", "Name only drugs it has.")
        if not self.routes or not self.routes <= self.blueprint.routes:
            yield _problem("routes", "unknown", "A route has no compartments.", "Name only routes it has.")

    def _faults_of_variability(self) -> Iterator[Problem]:
        for eta in self.variability:
            yield from eta.problems({parameter.name for parameter in self.parameters})
            yield from _untold(eta.name, basis=eta.basis)
        if len(set(self.eta_names)) != len(self.eta_names):
            yield _problem("variability", "twice", "An eta is named twice.", "Give each its own name.")
        for correlation in self.correlations:
            yield from correlation.problems(self.eta_names)
            yield from _untold("correlation of " + " and ".join(correlation.etas), basis=correlation.basis)
        correlated = [eta for correlation in self.correlations for eta in correlation.etas]
        if len(set(correlated)) != len(correlated):
            yield _problem("correlations", "twice", "An eta is in two of them.", "Put them into one.")

    def _fault_of_names(self) -> Iterator[Problem]:
        needed = self.blueprint.parameters
        names = [parameter.name for parameter in self.parameters]
        blocks = {block.name for block in self.blocks}
        for name in sorted(set(needed) - set(names)):
            yield _problem(name, "missing", "The structure needs it.", "Add it with its source.")
        for name in sorted(set(names) - set(needed)):
            yield _problem(name, "unknown", "The structure has no such parameter.", "Remove it.")
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield _problem(name, "twice", "It is given twice.", "Keep one.")
        for name in sorted(set(self.weight_scaling.unscaled if self.weight_scaling else ()) - set(names)):
            yield _problem(name, "unknown", "It cannot be left unscaled.", "Name a parameter of the model.")
        for parameter in self.parameters:
            units = needed.get(parameter.name, (parameter.unit,))
            if parameter.unit not in units:
                yield _problem(
                    parameter.name, "unit", f"It is in {parameter.unit}.", f"Give it in {units[0].value}."
                )
            if parameter.block not in blocks:
                yield _problem(
                    parameter.name, "block", "Its block has no source.", f"Describe {parameter.block}."
                )


def _untold(field: str, **said: str) -> Iterator[Problem]:
    """A part that does not say where it comes from; nobody could check it."""
    for what, words in said.items():
        if not words.strip():
            yield _problem(field, "missing", f"It has no {what}.", f"Write its {what}.")


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
