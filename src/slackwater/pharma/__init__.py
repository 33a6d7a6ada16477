"""The pharmacology engine: published models, regimens, and exact concentrations of a crowd over time.

    from slackwater.pharma import Dose, Regimen, Person, individuals, concentrations

Names are fetched when they are first asked for, because the compiler behind some of them is slow to load. A
function that bears the name of its file is offered under another: `split_causes`, `recovery`, `mark_session`,
`needed_widening`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slackwater.pharma.analyte import Analyte, Site
    from slackwater.pharma.blueprint import Unit
    from slackwater.pharma.booster_plan import BoosterOffer, BoosterPlan, plan_booster
    from slackwater.pharma.carry import EarlierSession, carried
    from slackwater.pharma.causes import AllCauses, Causes
    from slackwater.pharma.causes import causes as split_causes
    from slackwater.pharma.correlation import Correlation
    from slackwater.pharma.coverage import Held, held
    from slackwater.pharma.coverage import widening as needed_widening
    from slackwater.pharma.crowd import Crowd, Population, draw, typical
    from slackwater.pharma.curves import Curves, Summary
    from slackwater.pharma.disposition import Concentrations, areas, concentrations, measurements
    from slackwater.pharma.event_curves import EventCurves, simulate_events
    from slackwater.pharma.event_records import EventRecord
    from slackwater.pharma.event_rows import EventRow
    from slackwater.pharma.event_tables import EventTable, events_of, read_event_table, write_event_table
    from slackwater.pharma.exposure_changes import ExposureChange
    from slackwater.pharma.likelihoods import Likelihood, Sign
    from slackwater.pharma.marks import Mark
    from slackwater.pharma.marks import marks as mark_session
    from slackwater.pharma.mixture import WeightedModel
    from slackwater.pharma.observations import Alertness, AnswersToName, Rise
    from slackwater.pharma.observe import Posterior, Rating, update
    from slackwater.pharma.parameters import (
        Block,
        EffectLink,
        Grade,
        Parameter,
        ParameterError,
        PublishedModel,
        Range,
        ResidualError,
        Use,
        WeightScaling,
    )
    from slackwater.pharma.person import Ancestry, Person
    from slackwater.pharma.plan import Plan, plan_doses
    from slackwater.pharma.plan_grid import Booster, RouteGrid
    from slackwater.pharma.plan_question import Kind, NotFit, Question, Systolic, TooDeep, Wish
    from slackwater.pharma.plan_range import dose_ranges
    from slackwater.pharma.population import Individuals, individuals
    from slackwater.pharma.quantity import Quantity
    from slackwater.pharma.recovered import Recovered
    from slackwater.pharma.recovered import recovered as recovery
    from slackwater.pharma.regimen import Dose, Regimen
    from slackwater.pharma.regimen_text import parse_dose, parse_regimen
    from slackwater.pharma.response import Response
    from slackwater.pharma.scoring import Scorecard, score
    from slackwater.pharma.streaming import bands
    from slackwater.pharma.structures import Structure
    from slackwater.pharma.variability import Eta, Scale
    from slackwater.pharma.widening import Widening, conformal_factor, widened
    from slackwater.terms.drug import Drug
    from slackwater.terms.refusal import Problem, RefusedError
    from slackwater.terms.route import Route
    from slackwater.terms.sex import Sex

__all__ = [
    "Alertness",
    "AllCauses",
    "Analyte",
    "Ancestry",
    "AnswersToName",
    "Block",
    "Booster",
    "BoosterOffer",
    "BoosterPlan",
    "Causes",
    "Concentrations",
    "Correlation",
    "Crowd",
    "Curves",
    "Dose",
    "Drug",
    "EarlierSession",
    "EffectLink",
    "Eta",
    "EventCurves",
    "EventRecord",
    "EventRow",
    "EventTable",
    "ExposureChange",
    "Grade",
    "Held",
    "Individuals",
    "Kind",
    "Likelihood",
    "Mark",
    "NotFit",
    "Parameter",
    "ParameterError",
    "Person",
    "Plan",
    "Population",
    "Posterior",
    "Problem",
    "PublishedModel",
    "Quantity",
    "Question",
    "Range",
    "Rating",
    "Recovered",
    "RefusedError",
    "Regimen",
    "ResidualError",
    "Response",
    "Rise",
    "Route",
    "RouteGrid",
    "Scale",
    "Scorecard",
    "Sex",
    "Sign",
    "Site",
    "Structure",
    "Summary",
    "Systolic",
    "TooDeep",
    "Unit",
    "Use",
    "WeightScaling",
    "WeightedModel",
    "Widening",
    "Wish",
    "areas",
    "bands",
    "carried",
    "concentrations",
    "conformal_factor",
    "dose_ranges",
    "draw",
    "events_of",
    "held",
    "individuals",
    "mark_session",
    "measurements",
    "needed_widening",
    "parse_dose",
    "parse_regimen",
    "plan_booster",
    "plan_doses",
    "read_event_table",
    "recovery",
    "score",
    "simulate_events",
    "split_causes",
    "typical",
    "update",
    "widened",
    "write_event_table",
]

# Each name's file, and the name that it bears there where that is another.
_HOMES = {
    "Alertness": "pharma.observations",
    "AllCauses": "pharma.causes",
    "Analyte": "pharma.analyte",
    "Ancestry": "pharma.person",
    "AnswersToName": "pharma.observations",
    "Block": "pharma.parameters",
    "Booster": "pharma.plan_grid",
    "BoosterOffer": "pharma.booster_plan",
    "BoosterPlan": "pharma.booster_plan",
    "Causes": "pharma.causes",
    "Concentrations": "pharma.disposition",
    "Correlation": "pharma.correlation",
    "Crowd": "pharma.crowd",
    "Curves": "pharma.curves",
    "Dose": "pharma.regimen",
    "Drug": "terms.drug",
    "EarlierSession": "pharma.carry",
    "EffectLink": "pharma.parameters",
    "Eta": "pharma.variability",
    "EventCurves": "pharma.event_curves",
    "EventRecord": "pharma.event_records",
    "EventRow": "pharma.event_rows",
    "EventTable": "pharma.event_tables",
    "ExposureChange": "pharma.exposure_changes",
    "Grade": "pharma.parameters",
    "Held": "pharma.coverage",
    "Individuals": "pharma.population",
    "Kind": "pharma.plan_question",
    "Likelihood": "pharma.likelihoods",
    "Mark": "pharma.marks",
    "NotFit": "pharma.plan_question",
    "Parameter": "pharma.parameters",
    "ParameterError": "pharma.parameters",
    "Person": "pharma.person",
    "Plan": "pharma.plan",
    "Population": "pharma.crowd",
    "Posterior": "pharma.observe",
    "Problem": "terms.refusal",
    "PublishedModel": "pharma.parameters",
    "Quantity": "pharma.quantity",
    "Question": "pharma.plan_question",
    "Range": "pharma.parameters",
    "Rating": "pharma.observe",
    "Recovered": "pharma.recovered",
    "RefusedError": "terms.refusal",
    "Regimen": "pharma.regimen",
    "ResidualError": "pharma.parameters",
    "Response": "pharma.response",
    "Rise": "pharma.observations",
    "Route": "terms.route",
    "RouteGrid": "pharma.plan_grid",
    "Scale": "pharma.variability",
    "Scorecard": "pharma.scoring",
    "Sex": "terms.sex",
    "Sign": "pharma.likelihoods",
    "Site": "pharma.analyte",
    "Structure": "pharma.structures",
    "Summary": "pharma.curves",
    "Systolic": "pharma.plan_question",
    "TooDeep": "pharma.plan_question",
    "Unit": "pharma.blueprint",
    "Use": "pharma.parameters",
    "WeightScaling": "pharma.parameters",
    "WeightedModel": "pharma.mixture",
    "Widening": "pharma.widening",
    "Wish": "pharma.plan_question",
    "areas": "pharma.disposition",
    "bands": "pharma.streaming",
    "carried": "pharma.carry",
    "concentrations": "pharma.disposition",
    "conformal_factor": "pharma.widening",
    "dose_ranges": "pharma.plan_range",
    "draw": "pharma.crowd",
    "events_of": "pharma.event_tables",
    "held": "pharma.coverage",
    "individuals": "pharma.population",
    "mark_session": "pharma.marks:marks",
    "measurements": "pharma.disposition",
    "needed_widening": "pharma.coverage:widening",
    "parse_dose": "pharma.regimen_text",
    "parse_regimen": "pharma.regimen_text",
    "plan_booster": "pharma.booster_plan",
    "plan_doses": "pharma.plan",
    "read_event_table": "pharma.event_tables",
    "recovery": "pharma.recovered:recovered",
    "score": "pharma.scoring",
    "simulate_events": "pharma.event_curves",
    "split_causes": "pharma.causes:causes",
    "typical": "pharma.crowd",
    "update": "pharma.observe",
    "widened": "pharma.widening",
    "write_event_table": "pharma.event_tables",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, _, own = _HOMES[name].partition(":")
    return getattr(import_module(f"slackwater.{home}"), own or name)
