"""The pharmacology engine: published models, regimens, and exact concentrations of a crowd over time.

    from slackwater.pharma import Dose, Regimen, Person, individuals, concentrations

Names are fetched when they are first asked for, because the compiler behind some of them is slow to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slackwater.pharma.analyte import Analyte, Site
    from slackwater.pharma.crowd import Crowd, Population, draw, typical
    from slackwater.pharma.curves import Curves, Summary
    from slackwater.pharma.disposition import Concentrations, areas, concentrations, measurements
    from slackwater.pharma.event_curves import EventCurves, simulate_events
    from slackwater.pharma.event_records import EventRecord
    from slackwater.pharma.event_rows import EventRow
    from slackwater.pharma.event_tables import EventTable, events_of, read_event_table, write_event_table
    from slackwater.pharma.exposure_changes import ExposureChange
    from slackwater.pharma.observe import Posterior, Rating, update
    from slackwater.pharma.parameters import Grade, ParameterError, PublishedModel
    from slackwater.pharma.person import Ancestry, Person
    from slackwater.pharma.plan import Plan, plan_doses
    from slackwater.pharma.plan_grid import Booster, RouteGrid
    from slackwater.pharma.plan_question import Kind, NotFit, Question, Systolic, TooDeep, Wish
    from slackwater.pharma.plan_range import dose_ranges
    from slackwater.pharma.population import Individuals, individuals
    from slackwater.pharma.quantity import Quantity
    from slackwater.pharma.regimen import Dose, Regimen
    from slackwater.pharma.regimen_text import parse_dose, parse_regimen

__all__ = [
    "Analyte",
    "Ancestry",
    "Booster",
    "Concentrations",
    "Crowd",
    "Curves",
    "Dose",
    "EventCurves",
    "EventRecord",
    "EventRow",
    "EventTable",
    "ExposureChange",
    "Grade",
    "Individuals",
    "Kind",
    "NotFit",
    "ParameterError",
    "Person",
    "Plan",
    "Population",
    "Posterior",
    "PublishedModel",
    "Quantity",
    "Question",
    "Rating",
    "Regimen",
    "RouteGrid",
    "Site",
    "Summary",
    "Systolic",
    "TooDeep",
    "Wish",
    "areas",
    "concentrations",
    "dose_ranges",
    "draw",
    "events_of",
    "individuals",
    "measurements",
    "parse_dose",
    "parse_regimen",
    "plan_doses",
    "read_event_table",
    "simulate_events",
    "typical",
    "update",
    "write_event_table",
]

_HOMES = {
    "Analyte": "analyte",
    "Ancestry": "person",
    "Booster": "plan_grid",
    "Concentrations": "disposition",
    "Crowd": "crowd",
    "Curves": "curves",
    "Dose": "regimen",
    "EventCurves": "event_curves",
    "EventRecord": "event_records",
    "EventRow": "event_rows",
    "EventTable": "event_tables",
    "ExposureChange": "exposure_changes",
    "Grade": "parameters",
    "Individuals": "population",
    "Kind": "plan_question",
    "NotFit": "plan_question",
    "ParameterError": "parameters",
    "Person": "person",
    "Plan": "plan",
    "Population": "crowd",
    "Posterior": "observe",
    "PublishedModel": "parameters",
    "Quantity": "quantity",
    "Question": "plan_question",
    "Rating": "observe",
    "Regimen": "regimen",
    "RouteGrid": "plan_grid",
    "Site": "analyte",
    "Summary": "curves",
    "Systolic": "plan_question",
    "TooDeep": "plan_question",
    "Wish": "plan_question",
    "areas": "disposition",
    "concentrations": "disposition",
    "dose_ranges": "plan_range",
    "draw": "crowd",
    "events_of": "event_tables",
    "individuals": "population",
    "measurements": "disposition",
    "parse_dose": "regimen_text",
    "parse_regimen": "regimen_text",
    "plan_doses": "plan",
    "read_event_table": "event_tables",
    "simulate_events": "event_curves",
    "typical": "crowd",
    "update": "observe",
    "write_event_table": "event_tables",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
