"""A published model beside the exposures that its own paper prints, each by the kind of figure that it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.special import ndtri

from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.draws import Stream
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.population import Individuals, individuals
from slackwater.pharma.regimen import Regimen
from slackwater.terms.drug import Drug
from slackwater.units import h_from_min

# So many weights, each with so many people, are a study's crowd: 4096 as everywhere else.
_N_WEIGHTS, _N_EACH = 16, 256
_SEED = 1
# The standard error of a median of normal figures, over that of their mean.
_OF_A_MEDIAN = math.sqrt(math.pi / 2.0)
# The typical person's peak is sought on steps of half a minute.
_FINE_H = h_from_min(0.5)


class Figure(StrEnum):
    """CMAX: the highest value sampled; AUC: to the last sample; POINT: the value at the only sample."""

    CMAX = "cmax"
    AUC = "auc"
    POINT = "point"


class Statistic(StrEnum):
    """MEAN, MEDIAN: of each person's own figure; TYPICAL: of the paper's own model for a typical person."""

    MEAN = "mean"
    MEDIAN = "median"
    TYPICAL = "typical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A study's people, kg: mean, standard deviation, and the range that none lies beyond."""

    mean: float
    sd: float
    low: float
    high: float

    def quantiles(self, n: int) -> Vector:
        """Weights of equal probability under a normal distribution, held in the range, shape (n,)."""
        normals: Vector = ndtri((np.arange(n) + 0.5) / n)
        return np.clip(self.mean + self.sd * normals, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExposure:
    """One printed figure.

    what:      the part of the study, for people
    person:    of the study's mean weight; age and ancestry where the paper tells them apart
    weights:   None where the figure is a model's for one typical person
    sampled_h: when blood was taken, h, (n_samples,); for a typical person only the last matters
    n:         how many people it is about
    observed:  mg/L, or mg*h/L of an area
    """

    model: str
    what: str
    doses: str
    regimen: Regimen
    person: Person
    weights: Weights | None
    analyte: Analyte
    site: Site
    figure: Figure
    sampled_h: tuple[float, ...]
    n: int
    statistic: Statistic
    observed: float
    source: str
    verification: str


def typical(model: PublishedModel, exposure: OwnExposure) -> float:
    """The typical person's figure at the study's mean weight: exact area, peak on steps of half a minute."""
    people = individuals(model, exposure.person, Drug.ESKETAMINE, np.zeros((1, len(model.eta_names))))
    if exposure.figure is Figure.AUC:
        wanted = [(exposure.analyte, exposure.site)]
        last = np.array(exposure.sampled_h[-1:])
        found = areas(model, people, Drug.ESKETAMINE, exposure.regimen, last, wanted)
        return float(found.of(*wanted[0])[0, 0])
    first_h = exposure.sampled_h[0] if len(exposure.sampled_h) > 1 or exposure.figure is Figure.POINT else 0.0
    n_steps = round((exposure.sampled_h[-1] - first_h) / _FINE_H)
    time_h = np.linspace(first_h, exposure.sampled_h[-1], n_steps + 1)
    return float(_at(model, people, exposure, time_h).max())


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCrowd:
    """The same statistic over a crowd, mg/L or mg*h/L.

    chance: the standard error of that statistic in a study of as many people, in the same unit
    """

    value: float
    chance: float


def of_a_crowd(model: PublishedModel, exposure: OwnExposure) -> OfCrowd | None:
    """The same statistic of the same figure over a crowd that is sampled and measured as the study was.

    Its weights are the study's; its spread between people and occasions and the error of its assay are the
    model's. An area is by the linear trapezoid rule between the samples. None where the printed figure is one
    typical person's, or the model has no spread.
    """
    if exposure.weights is None or not model.has_spread:
        return None
    people, assay = Stream(_SEED), Stream(_SEED, lane=1)
    found = []
    for weight_kg in exposure.weights.quantiles(_N_WEIGHTS):
        z = people.normals(_N_EACH, len(model.eta_names))
        person = replace(exposure.person, weight_kg=float(weight_kg))
        found.append(_measured(model, individuals(model, person, Drug.ESKETAMINE, z), exposure, assay))
    figures = np.concatenate(found)
    is_mean = exposure.statistic is Statistic.MEAN
    return OfCrowd(
        value=float(figures.mean() if is_mean else np.median(figures)),
        chance=float(figures.std()) / math.sqrt(exposure.n) * (1.0 if is_mean else _OF_A_MEDIAN),
    )


def over_all_doses(exposures: Sequence[OwnExposure]) -> tuple[OwnExposure, ...]:
    """Means after one dose, over every dose studied: each brought to the first dose, weighted by people.

    A linear model's figure is in proportion to the dose, so one model fitted to several doses at once is to
    be held against all of them at once.
    """
    groups: dict[tuple[str, ...], list[OwnExposure]] = {}
    for one in exposures:
        if one.statistic is Statistic.MEAN and len(one.regimen.doses) == 1:
            groups.setdefault((one.model, one.what, one.analyte, one.site, one.figure), []).append(one)
    return tuple(_together(group) for group in groups.values() if len(group) > 1)


def _together(group: Sequence[OwnExposure]) -> OwnExposure:
    n, dose_mg = sum(one.n for one in group), group[0].regimen.total_mg
    total = sum(one.n * one.observed * dose_mg / one.regimen.total_mg for one in group)
    return replace(group[0], n=n, observed=total / n, doses=f"all doses, for {dose_mg:g} mg")


def _measured(model: PublishedModel, people: Individuals, exposure: OwnExposure, assay: Stream) -> Vector:
    sampled_h = np.array(exposure.sampled_h)
    C = _at(model, people, exposure, sampled_h)
    C = C * (1.0 + _assay_cv(model, exposure.analyte) * assay.normals(*C.shape))
    return np.asarray(np.trapezoid(C, sampled_h, axis=0)) if exposure.figure is Figure.AUC else C.max(axis=0)


def _assay_cv(model: PublishedModel, analyte: Analyte) -> float:
    """What the model's residual error says of this analyte; 0 where it says nothing."""
    if model.residual is None or "hydroxy" in analyte:
        return 0.0
    cv = model.residual.norketamine_cv if "norketamine" in analyte else model.residual.ketamine_cv
    return cv or 0.0


def _at(model: PublishedModel, people: Individuals, exposure: OwnExposure, time_h: Vector) -> Matrix:
    wanted = [(exposure.analyte, exposure.site)]
    found = concentrations(model, people, Drug.ESKETAMINE, exposure.regimen, time_h, wanted)
    return found.of(*wanted[0])
