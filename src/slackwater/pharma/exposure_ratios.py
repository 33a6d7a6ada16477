"""Ratios of the typical person's areas and peaks: a route to a vein, a medicine to none."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from slackwater.pharma.analyte import Analyte, Measurement, Site
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.pharma.population import individuals
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

# Long enough that nothing is left to add.
_ENDLESS_H = 240.0
# Every peak of one dose lies within this, and half a minute is as near as a study says when.
_PEAK_TIME_H = np.arange(8 * 120 + 1) / 120.0
_WEIGHT_KG = 70.0


def bioavailability(model: PublishedModel, drug: Drug, dose: Dose) -> float:
    """F: the area after this dose over that of the same dose into a vein."""
    someone = Person(weight_kg=_WEIGHT_KG)
    by_vein = replace(dose, route=Route.IV, duration_h=0.0)
    return _area(model, drug, dose, someone) / _area(model, drug, by_vein, someone)


def medicine_ratio(model: PublishedModel, drug: Drug, dose: Dose, change: ExposureChange) -> float:
    """The area with the medicine over that without it."""
    without = Person(weight_kg=_WEIGHT_KG)
    taking = replace(without, medicines=(change.medicine,))
    return _area(model, drug, dose, taking, (change,)) / _area(model, drug, dose, without)


def norketamine_ratio(model: PublishedModel, drug: Drug, dose: Dose, change: ExposureChange) -> float:
    """Norketamine's area with the medicine over that without it."""
    without = Person(weight_kg=_WEIGHT_KG)
    taking = replace(without, medicines=(change.medicine,))
    of = Analyte.NORKETAMINE if drug is Drug.RACEMIC else Analyte.S_NORKETAMINE
    return _area(model, drug, dose, taking, (change,), of) / _area(model, drug, dose, without, (), of)


def norketamine_share_ratio(model: PublishedModel, drug: Drug, dose: Dose, change: ExposureChange) -> float:
    """Norketamine's area over ketamine's, with the medicine over without it."""
    return norketamine_ratio(model, drug, dose, change) / medicine_ratio(model, drug, dose, change)


def peak_ratio(model: PublishedModel, drug: Drug, dose: Dose, change: ExposureChange) -> float:
    """The highest venous concentration with the medicine over that without it."""
    without = Person(weight_kg=_WEIGHT_KG)
    taking = replace(without, medicines=(change.medicine,))
    return _peak(model, drug, dose, taking, (change,)) / _peak(model, drug, dose, without)


def _peak(
    model: PublishedModel, drug: Drug, dose: Dose, person: Person, changes: Iterable[ExposureChange] = ()
) -> float:
    people = individuals(model, person, drug, np.zeros((1, len(model.eta_names))), changes)
    wanted = [_venous(drug)]
    found = concentrations(model, people, drug, Regimen((dose,)), _PEAK_TIME_H, wanted)
    return float(found.of(*wanted[0]).max())


def _area(
    model: PublishedModel,
    drug: Drug,
    dose: Dose,
    person: Person,
    changes: Iterable[ExposureChange] = (),
    analyte: Analyte | None = None,
) -> float:
    people = individuals(model, person, drug, np.zeros((1, len(model.eta_names))), changes)
    wanted = [_venous(drug) if analyte is None else (analyte, Site.VENOUS)]
    found = areas(model, people, drug, Regimen((dose,)), np.array([_ENDLESS_H]), wanted)
    return float(found.of(*wanted[0])[0, 0])


def _venous(drug: Drug) -> Measurement:
    return (Analyte.KETAMINE if drug is Drug.RACEMIC else Analyte.S_KETAMINE), Site.VENOUS
