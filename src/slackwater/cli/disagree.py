"""One regimen in every model that can give it: how far published models of the same drug disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.catalogue.loader import Catalogue
from slackwater.cli.compare import LeftOut
from slackwater.cli.simulation import Vector
from slackwater.pharma.analyte import Site
from slackwater.pharma.crowd import Crowd, Population, draw, typical
from slackwater.pharma.curves import Curves
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.regimen_text import parse_dose
from slackwater.terms.amounts import read_weight_g
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min, kg_from_g, min_from_h, ng_ml_from_mg_l

_LAST_MIN = 480
# Where the curves are read besides their peaks, as peers.md section 2.1 reads them.
READ_AT_MIN = (60, 120)
_SUBJECTS, _GROWN_UP = 1024, 18.0
_LOW, _HIGH = 5.0, 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One model's drug in one kind of blood: the typical person, and a band where the model has a spread.

    ng_ml, low, high: one value a minute; low and high None where no spread between people is known
    peak_band:        5th and 95th percentile of the peak, ng/mL, likewise
    at:               ng/mL at each of READ_AT_MIN
    auc:              ng*h/mL from 0 to the end
    """

    model: str
    grade: str
    site: str
    ng_ml: Vector
    low: Vector | None
    high: Vector | None
    peak_min: float
    peak_band: tuple[float, float] | None
    auc: float

    @property
    def peak(self) -> float:
        return float(self.ng_ml.max())

    @property
    def at(self) -> tuple[float, ...]:
        return tuple(float(self.ng_ml[minute]) for minute in READ_AT_MIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """The same doses in the same body, model by model."""

    asked: str
    drug: str
    analyte: str
    time_min: Vector
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]

    def spread(self, site: str | None = None) -> tuple[tuple[str, float], ...]:
        """How many times the largest of what is read is the smallest, in one kind of blood or in all."""
        lines = [line for line in self.lines if site in (None, line.site)]
        if len(lines) < 2:
            return ()
        read = {"peak": [line.peak for line in lines]}
        read |= {f"{minute} min": [line.at[k] for line in lines] for k, minute in enumerate(READ_AT_MIN)}
        read["area"] = [line.auc for line in lines]
        return tuple((name, max(values) / min(values)) for name, values in read.items() if min(values) > 0.0)


def disagree(catalogue: Catalogue, *, doses: Sequence[str], drug: Drug | None, weight: str) -> Disagreement:
    """Simulate the doses in every model for grown-ups that can give them.

    drug: None for the one that most models can give so; of two with as many, the racemate
    Raises RefusedError for a dose or weight that cannot be read.
    """
    weight_kg = kg_from_g(read_weight_g(weight))
    regimen = Regimen(tuple(parse_dose(dose, weight_kg=weight_kg) for dose in doses))
    chosen = drug or max(Drug, key=lambda one: (_how_many(catalogue, one, regimen), one is Drug.RACEMIC))
    analyte = "ketamine" if chosen is Drug.RACEMIC else "s-ketamine"
    lines: list[Line] = []
    left_out: list[LeftOut] = []
    for model in catalogue.models.values():
        if cause := _why_not(model, chosen, regimen):
            left_out.append(LeftOut(model=model.id, cause=cause))
            continue
        people = Population(
            model=model, response=catalogue.response, person=Person(weight_kg=weight_kg), drug=chosen
        )
        lines += _lines(people, regimen, analyte)
    return Disagreement(
        asked=f"{'; '.join(doses)}; {weight} kg",
        drug=chosen.value,
        analyte=analyte,
        time_min=np.arange(_LAST_MIN + 1, dtype=np.float64),
        lines=tuple(sorted(lines, key=lambda line: (line.site, line.peak))),
        left_out=tuple(left_out),
    )


def _how_many(catalogue: Catalogue, drug: Drug, regimen: Regimen) -> int:
    return sum(not _why_not(model, drug, regimen) for model in catalogue.models.values())


def _why_not(model: PublishedModel, drug: Drug, regimen: Regimen) -> str:
    """Why a model is left out; empty where it is not."""
    ages = model.age_range
    if ages is not None and ages.high < _GROWN_UP:
        return f"The model {model.id} was made from children of {ages.low:g} to {ages.high:g} years."
    try:
        for dose in regimen.doses:
            model.check_can_give(drug, dose.route)
    except RefusedError as refusal:
        return " ".join(problem.message for problem in refusal.problems)
    return ""


def _lines(people: Population, regimen: Regimen, analyte: str) -> Iterator[Line]:
    model = people.model
    found = [Quantity(f"{analyte}-{site}") for site in (Site.ARTERIAL, Site.VENOUS)]
    has = typical(people).quantities
    one = _curves(typical(people), regimen, [quantity for quantity in found if quantity in has])
    many = draw(people, n_subjects=_SUBJECTS, seed=1) if model.has_spread else None
    for quantity in found:
        if quantity not in has:
            continue
        summary = one.summary(quantity, (50.0,))
        crowd = _curves(many, regimen, [quantity]) if many else None
        band = crowd.band(quantity, (_LOW, _HIGH)) * ng_ml_from_mg_l(1.0) if crowd else None
        peaks = crowd.summary(quantity, (_LOW, _HIGH)).Cmax if crowd else None
        yield Line(
            model=model.id,
            grade=model.grade.value,
            site=quantity.measurement[1].value,
            ng_ml=one.of(quantity)[:, 0] * ng_ml_from_mg_l(1.0),
            low=None if band is None else band[0],
            high=None if band is None else band[1],
            peak_min=min_from_h(summary.tmax_h[0]),
            peak_band=None if peaks is None else (ng_ml_from_mg_l(peaks[0]), ng_ml_from_mg_l(peaks[1])),
            auc=ng_ml_from_mg_l(summary.AUC[0]),
        )


def _curves(crowd: Crowd, regimen: Regimen, wanted: Sequence[Quantity]) -> Curves:
    time_h = np.arange(_LAST_MIN + 1, dtype=np.float64) * h_from_min(1.0)
    return crowd.simulate(regimen, time_h, wanted)
