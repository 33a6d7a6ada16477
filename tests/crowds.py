"""People and regimens that tests of the crowd share."""

import numpy as np

from slackwater.catalogue.loader import load
from slackwater.pharma.crowd import Population
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import h_from_min

FIRST_HOURS = np.arange(361) * h_from_min(1.0)

# The three regimens whose time courses pk.md section 4 describes.
INFUSION = Regimen((Dose(route=Route.IV, amount_mg=35.0, duration_h=h_from_min(40.0)),))
SPRAY_56 = Regimen((Dose(route=Route.NASAL_DEVICE, amount_mg=56.0),))
SPRAY_84 = Regimen((Dose(route=Route.NASAL_DEVICE, amount_mg=84.0),))


def people(drug: Drug = Drug.ESKETAMINE, *, model: str = "rk1", weight_kg: float = 70.0) -> Population:
    catalogue = load()
    return Population(
        model=catalogue.model(model),
        response=catalogue.response,
        person=Person(weight_kg=weight_kg, age_years=35.0),
        drug=drug,
        changes=catalogue.exposure_changes,
    )
