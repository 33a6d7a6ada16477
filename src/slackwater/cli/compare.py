"""The same dose in every model, so that their disagreement can be seen."""

from dataclasses import dataclass

import numpy as np

from slackwater.catalogue.loader import Catalogue
from slackwater.cli.simulation import Vector
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import concentrations
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.regimen_text import parse_dose
from slackwater.terms.amounts import read_weight_g
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min, kg_from_g, ng_ml_from_mg_l

_MEASURED = (Analyte.S_KETAMINE, Site.VENOUS)
_LAST_MIN = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCurve:
    """The typical person's venous S-ketamine in one model, ng/mL, one value a minute."""

    model: str
    ng_ml: Vector

    @property
    def peak_ng_ml(self) -> float:
        return float(self.ng_ml.max())

    @property
    def peak_min(self) -> int:
        return int(self.ng_ml.argmax())


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A model that cannot give the dose, and why."""

    model: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One dose in every model that can give it."""

    dose: str
    drug: str
    weight_kg: float
    time_min: Vector
    curves: tuple[ModelCurve, ...]
    left_out: tuple[LeftOut, ...]


def compare(catalogue: Catalogue, *, dose: str, drug: Drug, weight: str) -> Comparison:
    """Simulate the dose in the typical person of each model.

    Raises RefusedError for a dose or weight that cannot be read.
    """
    weight_kg = kg_from_g(read_weight_g(weight))
    regimen = Regimen((parse_dose(dose, weight_kg=weight_kg),))
    time_min = np.arange(_LAST_MIN + 1, dtype=np.float64)
    found = [
        _curve(model, Person(weight_kg=weight_kg), drug, regimen, time_min)
        for model in catalogue.models.values()
    ]
    return Comparison(
        dose=dose,
        drug=drug.value,
        weight_kg=weight_kg,
        time_min=time_min,
        curves=tuple(one for one in found if isinstance(one, ModelCurve)),
        left_out=tuple(one for one in found if isinstance(one, LeftOut)),
    )


def _curve(
    model: PublishedModel, person: Person, drug: Drug, regimen: Regimen, time_min: Vector
) -> ModelCurve | LeftOut:
    typical = np.zeros((1, len(model.eta_names)))
    time_h = time_min * h_from_min(1.0)
    try:
        people = individuals(model, person, drug, typical)
        found = concentrations(model, people, drug, regimen, time_h, (_MEASURED,))
    except RefusedError as refusal:
        return LeftOut(model=model.id, cause=" ".join(problem.message for problem in refusal.problems))
    return ModelCurve(model=model.id, ng_ml=found.of(*_MEASURED)[:, 0] * ng_ml_from_mg_l(1.0))
