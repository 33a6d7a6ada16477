"""The pharmacology engine: published models, regimens, and exact concentrations of a crowd over time.

    from slackwater.pharma import Dose, Regimen, Person, individuals, concentrations

Names are fetched when they are first asked for, because the compiler behind some of them is slow to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slackwater.pharma.analyte import Analyte, Site
    from slackwater.pharma.crowd import Crowd, Population, draw, typical
    from slackwater.pharma.disposition import Concentrations, areas, concentrations, measurements
    from slackwater.pharma.exposure_changes import ExposureChange
    from slackwater.pharma.observe import Rating, update
    from slackwater.pharma.parameters import Grade, ParameterError, PublishedModel
    from slackwater.pharma.person import Ancestry, Person
    from slackwater.pharma.population import Individuals, individuals
    from slackwater.pharma.regimen import Dose, Regimen
    from slackwater.pharma.regimen_text import parse_dose, parse_regimen

__all__ = [
    "Analyte",
    "Ancestry",
    "Concentrations",
    "Crowd",
    "Dose",
    "ExposureChange",
    "Grade",
    "Individuals",
    "ParameterError",
    "Person",
    "Population",
    "PublishedModel",
    "Rating",
    "Regimen",
    "Site",
    "areas",
    "concentrations",
    "draw",
    "individuals",
    "measurements",
    "parse_dose",
    "parse_regimen",
    "typical",
    "update",
]

_HOMES = {
    "Analyte": "analyte",
    "Ancestry": "person",
    "Concentrations": "disposition",
    "Crowd": "crowd",
    "Dose": "regimen",
    "ExposureChange": "exposure_changes",
    "Grade": "parameters",
    "Individuals": "population",
    "ParameterError": "parameters",
    "Person": "person",
    "Population": "crowd",
    "PublishedModel": "parameters",
    "Rating": "observe",
    "Regimen": "regimen",
    "Site": "analyte",
    "areas": "disposition",
    "concentrations": "disposition",
    "draw": "crowd",
    "individuals": "population",
    "measurements": "disposition",
    "parse_dose": "regimen_text",
    "parse_regimen": "regimen_text",
    "typical": "crowd",
    "update": "observe",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
