"""Concentrations of a crowd over time, exactly: from a model and a regimen to compartments and back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.analyte import Analyte, Measurement, Site
from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.blueprint import Form, Readings
from slackwater.pharma.compartments import Input, Output, System, area_of
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.solution import solve
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

__all__ = ["Concentrations", "Measurement", "areas", "concentrations", "measurements"]

_PARTS: Final = MappingProxyType(
    {
        Analyte.KETAMINE: (Analyte.S_KETAMINE, Analyte.R_KETAMINE),
        Analyte.NORKETAMINE: (Analyte.S_NORKETAMINE, Analyte.R_NORKETAMINE),
        Analyte.HYDROXYNORKETAMINE: (Analyte.S_HYDROXYNORKETAMINE,),
    }
)
_BLOOD: Final = (Site.VENOUS, Site.ARTERIAL)


@dataclass(frozen=True, slots=True)
class Concentrations:
    """What was asked of one simulation.

    time_h: shape (n_times,)
    parts:  for each enantiomer measured, shape (n_times, n_subjects), mg/L (mg*h/L for areas)
    """

    time_h: Vector
    parts: Mapping[Measurement, Matrix]

    def of(self, analyte: Analyte, site: Site) -> Matrix:
        """Shape (n_times, n_subjects), mg/L; an analyte without S or R is the sum of what there is of both.

        Raises RefusedError when the model or drug has no such analyte at that site.
        """
        found = [self.parts[part] for part in _answering(analyte, site, self.parts)]
        if not found:
            raise not_measured(analyte, site)
        return found[0] if len(found) == 1 else found[0] + found[1]

    def at(self, rows: Indices) -> "Concentrations":
        """The same at some of the times, each (n_rows, n_subjects)."""
        return Concentrations(self.time_h[rows], {key: part[rows] for key, part in self.parts.items()})


def measurements(model: PublishedModel, drug: Drug) -> tuple[Measurement, ...]:
    """Every analyte and site that this model gives for this drug.

    Each model has one concentration of a metabolite, in the blood that its study sampled. It answers for the
    other kind of blood too, but is listed once.
    """
    single = [reading for _, readings in _forms(model, drug) for reading in readings]
    sums = dict.fromkeys(
        (whole, site)
        for analyte, site in single
        for whole in _PARTS
        if analyte in _PARTS[whole] and site is not Site.EFFECT
    )
    return (*sums, *single)


def concentrations(
    model: PublishedModel,
    individuals: Individuals,
    drug: Drug,
    regimen: Regimen,
    time_h: Vector,
    wanted: Collection[Measurement] | None = None,
) -> Concentrations:
    """The exact solution at each time; at the instant of a dose, the value just after it.

    time_h: (n_times,), h from the start of the regimen, rising, 0 or more
    wanted: what will be asked for; less is faster. None for everything the model has
    Returns each enantiomer's curve, shape (n_times, n_subjects), mg/L.
    Raises RefusedError when the model lacks the drug, a route or a measurement.
    """
    return _Case(model, individuals, drug, regimen).solved(time_h, wanted, areas=False)


def areas(
    model: PublishedModel,
    individuals: Individuals,
    drug: Drug,
    regimen: Regimen,
    time_h: Vector,
    wanted: Collection[Measurement] | None = None,
) -> Concentrations:
    """The exact areas under the same curves from 0 to each time.

    Arguments and refusals are those of `concentrations`. Each area has shape (n_times, n_subjects), mg*h/L.
    """
    return _Case(model, individuals, drug, regimen).solved(time_h, wanted, areas=True)


@dataclass(frozen=True, slots=True)
class _Case:
    model: PublishedModel
    individuals: Individuals
    drug: Drug
    regimen: Regimen

    def solved(
        self, time_h: Vector, wanted: Collection[Measurement] | None, *, areas: bool
    ) -> Concentrations:
        for dose in self.regimen.doses:
            self.model.check_can_give(self.drug, dose.route)
        time_h = rising(time_h)
        asked = measurements(self.model, self.drug) if wanted is None else tuple(wanted)
        _check_wanted(self.model, self.drug, asked)
        forms = _forms(self.model, self.drug)
        has = [reading for _, readings in forms for reading in readings]
        needed = {part for analyte, site in asked for part in _answering(analyte, site, has)}
        parts: dict[Measurement, Matrix] = {}
        for form, readings in forms:
            chosen = {key: place for key, place in readings.items() if key in needed}
            if not chosen:
                continue
            outputs = [Output(state, 1.0 / self.individuals[volume]) for state, volume in chosen.values()]
            system, inputs = self._system(form)
            if areas:
                system = system.integrating([output.state for output in outputs])
                outputs = [replace(output, state=area_of(output.state)) for output in outputs]
            parts.update(zip(chosen, solve(system, inputs, outputs, time_h), strict=True))
        return Concentrations(time_h, MappingProxyType(parts))

    def _system(self, form: Form) -> tuple[System, list[Input]]:
        blueprint, people = self.model.blueprint, self.individuals
        entered = [each for dose in self.regimen.doses for each in blueprint.inputs(people, dose, form)]
        return blueprint.system(people, self.drug, form), entered


def _forms(model: PublishedModel, drug: Drug) -> list[tuple[Form, Readings]]:
    """What of the drug is followed, and what can be read of it: effect only where there is a link to it."""
    is_linked = model.effect_link is not None
    return [
        (form, {key: place for key, place in form.readings.items() if is_linked or key[1] is not Site.EFFECT})
        for form in model.blueprint.forms.get(drug, ())
    ]


def _answering(analyte: Analyte, site: Site, has: Collection[Measurement]) -> tuple[Measurement, ...]:
    """What is added up to give this analyte at this site; nothing where there is no such measurement."""
    in_any_blood = site in _BLOOD and analyte.value.endswith("norketamine")
    for place in dict.fromkeys((site, *_BLOOD)) if in_any_blood else (site,):
        if (analyte, place) in has:
            return ((analyte, place),)
        parts = tuple((part, place) for part in _PARTS.get(analyte, ()) if (part, place) in has)
        if parts and place is not Site.EFFECT:
            return parts
    return ()


def _check_wanted(model: PublishedModel, drug: Drug, asked: Collection[Measurement]) -> None:
    has = [reading for _, readings in _forms(model, drug) for reading in readings]
    for analyte, site in asked:
        if not _answering(analyte, site, has):
            raise not_measured(analyte, site)


def not_measured(analyte: Analyte, site: Site) -> RefusedError:
    """The refusal of what a simulation does not hold."""
    return RefusedError.of(
        field="analyte",
        code="not-in-model",
        message=f"There is no {site.value} {analyte.value} in this simulation.",
        mend="Name it in the simulation's `wanted`, or choose a model that lists it for this drug.",
    )


def rising(time_h: Vector | Sequence[float]) -> Vector:
    """The times as an array. Raises RefusedError unless they are a rising row of hours from 0 on."""
    times = np.ascontiguousarray(time_h, dtype=np.float64)
    is_row = times.ndim == 1 and times.size > 0
    if not is_row or not np.isfinite(times).all() or times[0] < 0 or not (np.diff(times) > 0).all():
        raise RefusedError.of(
            field="time",
            code="order",
            message="The times asked for are not a rising row of hours from 0 on.",
            mend="Give each time once, in order.",
        )
    return times
