"""The words that tables of published figures use, as routes, analytes, drugs and doses."""

import re
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from slackwater.pharma.analyte import Analyte
from slackwater.pharma.person import Ancestry
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import h_from_min


class CannotScoreError(Exception):
    """A row that can be read but not simulated; its text is the cause, for people."""


_KINDS_NOT_SCORED: Final = MappingProxyType(
    {
        "steady_state": "it reports a plateau, and neither a peak nor its time",
        "observed_F_only": "it reports a bioavailability, and no concentration",
        "range_only": "it reports a range, and no single figure",
    }
)
_ANALYTES: Final = MappingProxyType({analyte.value: analyte for analyte in Analyte})
_DRUGS: Final = MappingProxyType({"racemic": Drug.RACEMIC, "esketamine": Drug.ESKETAMINE})

_FILLER = re.compile(r"\b(?:single|bolus|infusion|infused|injection|dose|over|sprays as labelled)\b|,")
_MINUTES = re.compile(r"(?P<minutes>\d+(?:\.\d+)?) min")
_STEP = re.compile(r"(?P<start>\d+)-(?P<end>\d+) min (?P<rate>\d+(?:\.\d+)?)(?P<unit> mg/kg/h)?")
_STEPS_PREFIX = "escalating: "
# A step's rates are printed to two figures, so their sum may stray this far from the dose.
_ROUNDING = 0.02


def check_kind(kind: str) -> None:
    """Raise CannotScoreError for a kind of row that holds no figure of a curve."""
    if cause := _KINDS_NOT_SCORED.get(kind):
        raise CannotScoreError(cause)


def analyte_of(text: str) -> Analyte:
    """The analyte named, where a model has it."""
    # An assay of the total reads every form together, which is what a name without S or R means here.
    if analyte := _ANALYTES.get(text.strip().lower().removesuffix(" (total)")):
        return analyte
    raise CannotScoreError(f"no model here follows {text.strip() or 'an analyte that is not named'}")


def drug_of(text: str) -> Drug:
    """What was given."""
    if drug := _DRUGS.get(text.strip().lower()):
        return drug
    raise CannotScoreError(f"no model here gives {text.strip() or 'a drug that is not named'}")


def ancestry_of(population: str) -> Ancestry:
    """The ancestry that a study names, as far as a published model tells it apart."""
    words = population.lower()
    if "non-japanese" not in words and "japanese" in words:
        return Ancestry.JAPANESE
    return Ancestry.ASIAN if "asian" in words.replace("caucasian", "") else Ancestry.NOT_STATED


def check_population(population: str) -> None:
    """Raise CannotScoreError for people of whom the table tells too little to simulate them."""
    words = population.lower()
    if re.search(r">\s*60\s*y", words):
        raise CannotScoreError("people over 60, whose ages the table does not give")
    if re.search(r"child|paediatric|pediatric|infant|neonat", words):
        raise CannotScoreError("children, for whom no model here was made")


def route_of(route: str, formulation: str) -> Route:
    """The route of the engine that a table's route and formulation mean together."""
    words, form = route.strip().lower(), formulation.strip().lower()
    if "prolonged" in form or "extended" in form:
        raise CannotScoreError("no model here has a prolonged release")
    if words.startswith("iv"):
        return Route.IV
    if words in {"im", "intramuscular"}:
        return Route.IM
    if words in {"intranasal", "nasal"}:
        return Route.NASAL_DEVICE if "device" in form else Route.NASAL_SOLUTION
    if words.startswith(("sublingual", "buccal")):
        return Route.FILM if "film" in form else Route.LOZENGE
    if words == "oral":
        return Route.ORAL
    raise CannotScoreError(f"no model here has a {words or 'route that is not named'} route")


def regimen_of(text: str, *, route: Route, dose_mg: float, weight_kg: float) -> Regimen:
    """The doses that a regimen's words mean: "single", "40 min", "escalating: 0-60 min 0.14; ... mg/kg/h"."""
    words = text.strip()
    core = " ".join(_FILLER.sub(" ", words).split())
    if words and not core:
        return Regimen((Dose(route=route, amount_mg=dose_mg),))
    if route is Route.IV and (match := _MINUTES.fullmatch(core)):
        duration_h = h_from_min(float(match["minutes"]))
        return Regimen((Dose(route=route, amount_mg=dose_mg, duration_h=duration_h),))
    if route is Route.IV and words.startswith(_STEPS_PREFIX):
        regimen = _steps(words.removeprefix(_STEPS_PREFIX), weight_kg)
        if abs(regimen.total_mg - dose_mg) <= _ROUNDING * dose_mg:
            return regimen
        raise CannotScoreError(f"its steps add up to {regimen.total_mg:.4g} mg and not to {dose_mg:g} mg")
    raise CannotScoreError(f"its regimen “{words}” is not understood")


def _steps(text: str, weight_kg: float) -> Regimen:
    """Infusions one after another, each at a rate for each kilogram; the unit stands after the last."""
    matches = [_STEP.fullmatch(part.strip()) for part in text.split(";")]
    steps = [match for match in matches if match]
    follow = all(a["end"] == b["start"] for a, b in pairwise(steps))
    if len(steps) < len(matches) or not follow or not steps[-1]["unit"]:
        raise CannotScoreError(f"its steps “{text}” are not understood")
    return Regimen(tuple(_step(step, weight_kg) for step in steps))


def _step(step: re.Match[str], weight_kg: float) -> Dose:
    start_h, end_h = h_from_min(float(step["start"])), h_from_min(float(step["end"]))
    duration_h = end_h - start_h
    amount_mg = float(step["rate"]) * weight_kg * duration_h
    return Dose(route=Route.IV, amount_mg=amount_mg, at_h=start_h, duration_h=duration_h)
