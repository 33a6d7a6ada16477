"""A crowd drawn from several published models: who follows which, and all their curves in one array."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from slackwater.pharma import disposition
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.disposition import Concentrations, Measurement, not_measured
from slackwater.pharma.kernels.normal import normal_quantiles
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.population import Individuals
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.variability import settled
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem, RefusedError


class _Solve(Protocol):
    def __call__(
        self,
        model: PublishedModel,
        individuals: Individuals,
        drug: Drug,
        regimen: Regimen,
        time_h: Vector,
        wanted: Collection[Measurement] | None = None,
        /,
    ) -> Concentrations: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedModel:
    """A published model and the share of the crowd that follows it, above 0 and up to 1."""

    model: PublishedModel
    share: float

    def __post_init__(self) -> None:
        # Written so that NaN fails it.
        if not 0.0 < self.share <= 1.0:
            raise RefusedError.of(
                field="share",
                code="out-of-range",
                message=f"The model {self.model.id} cannot have {self.share} of the crowd.",
                mend="Give each model a share above 0, and all of them together 1.",
            )


@dataclass(frozen=True, slots=True)
class Pooled:
    """Concentrations of a crowd whose members follow different models.

    time_h: (n_times,)
    values: of every measurement that was asked for, (n_times, n_subjects), mg/L (mg*h/L for areas)
    """

    time_h: Vector
    values: Mapping[Measurement, Matrix]

    def of(self, analyte: Analyte, site: Site) -> Matrix:
        """Shape (n_times, n_subjects), mg/L. Raises RefusedError for what was not asked for."""
        if (analyte, site) not in self.values:
            raise not_measured(analyte, site)
        return self.values[analyte, site]

    def at(self, rows: Indices) -> "Pooled":
        """The same at some of the times, each (n_rows, n_subjects)."""
        return Pooled(self.time_h[rows], {key: part[rows] for key, part in self.values.items()})


def problems(models: Sequence[WeightedModel], drug: Drug) -> Iterator[Problem]:
    """What keeps these models from sharing a crowd; `models` holds two or more."""
    total = sum(one.share for one in models)
    if abs(total - 1.0) > 1e-9:
        yield Problem(
            field="share",
            code="not-one",
            message=f"The models' shares add up to {total:g}.",
            mend="Give shares that add up to 1, such as 0.7 and 0.3.",
        )
    names = [one.model.id for one in models]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            field="model",
            code="twice",
            message=f"The model {name} is named twice.",
            mend="Name each model once, with its share.",
        )
    for one in models:
        if drug not in one.model.drugs:
            yield Problem(
                field="drug",
                code="drug-not-in-model",
                message=f"The model {one.model.id} has no {drug.label}.",
                mend="Leave it out of the crowd, or choose another drug.",
            )


def followed(selector: Vector, shares: Sequence[float]) -> Indices:
    """Which model each subject follows, from one standard normal each, (n_subjects,).

    The line of normals is cut where the shares before it end, so that a step along it can change the model:
    a crowd that is moved towards what was observed finds the models' shares by itself.
    """
    ends = np.cumsum(np.array(shares))[:-1]
    cuts = normal_quantiles(np.array([settled(float(end)) for end in ends]))
    which: Indices = np.searchsorted(cuts, selector, side="right")
    return which


def middle_of_first(share: float) -> float:
    """The selector of somebody who follows the first model for certain."""
    return float(normal_quantiles(np.array([settled(0.5 * share)]))[0])


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Those of a crowd who follow one model: where they stand in the crowd, and their parameters."""

    model: PublishedModel
    indices: Indices
    people: Individuals


def concentrations(
    groups: Sequence[Group], drug: Drug, regimen: Regimen, time_h: Vector, wanted: Collection[Measurement]
) -> Concentrations | Pooled:
    """The exact solution of every group, each set in the columns of its members.

    groups: one for each model of the crowd that somebody follows
    Raises RefusedError as `disposition.concentrations`.
    """
    return _set_together(disposition.concentrations, groups, drug, regimen, time_h, wanted)


def areas(
    groups: Sequence[Group], drug: Drug, regimen: Regimen, time_h: Vector, wanted: Collection[Measurement]
) -> Concentrations | Pooled:
    """The exact areas under the same curves from 0 to each time, mg*h/L."""
    return _set_together(disposition.areas, groups, drug, regimen, time_h, wanted)


def check_given(
    models: Sequence[WeightedModel], drug: Drug, regimen: Regimen, wanted: Collection[Measurement]
) -> None:
    """Raises RefusedError naming the first model that lacks a route, a measurement or an effect site."""
    for model in (one.model for one in models):
        for dose in regimen.doses:
            model.check_can_give(drug, dose.route)
        for analyte, site in wanted:
            if site is Site.EFFECT and model.effect_link is None:
                raise _lacks(model, "an effect site, so nothing is known of depth or pressure")
            if (analyte, site) not in given(model, drug):
                raise _lacks(model, f"{site.value} {analyte.value}")


def given(model: PublishedModel, drug: Drug) -> tuple[Measurement, ...]:
    """What the model gives for the drug; nothing at the effect site where it has none."""
    return tuple(
        (analyte, site)
        for analyte, site in disposition.measurements(model, drug)
        if site is not Site.EFFECT or model.effect_link is not None
    )


def _set_together(
    solve: _Solve,
    groups: Sequence[Group],
    drug: Drug,
    regimen: Regimen,
    time_h: Vector,
    wanted: Collection[Measurement],
) -> Concentrations | Pooled:
    found = [solve(one.model, one.people, drug, regimen, time_h, wanted) for one in groups]
    if len(groups) == 1:
        return found[0]
    n_subjects = sum(one.indices.size for one in groups)
    values = {measurement: np.empty((time_h.size, n_subjects)) for measurement in wanted}
    for group, solved in zip(groups, found, strict=True):
        for measurement, whole in values.items():
            whole[:, group.indices] = solved.of(*measurement)
    return Pooled(time_h, values)


def _lacks(model: PublishedModel, what: str) -> RefusedError:
    return RefusedError.of(
        field="analyte",
        code="not-in-model",
        message=f"The model {model.id} does not have {what}.",
        mend="Ask for what every model of the crowd has, or leave this model out.",
    )
