"""Reads a table of published figures, shaped as evidence/pk_observed.csv, into rows that can be scored.

A row that cannot be read or simulated is kept with its cause, so that no row disappears from a score.
"""

import csv
import io
from collections.abc import Callable, Mapping
from typing import TypeAlias

from slackwater.catalogue import observed_words as words
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.scoring import NotScored, Observed, Point
from slackwater.terms.amounts import read_decimal
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min, mg_l_from_ng_ml

_NEEDED = ("row_id", "route", "drug_given", "dose_mg", "regimen", "weight_kg", "analyte")
_PLACES = 6
_LARGEST = 10_000_000
_USUAL_WEIGHT_KG = 70.0
# Where no horizon is printed the curve is followed this long after the last dose: past every peak.
_FOLLOWED_H = 8.0
_ENDLESS_H = 240.0
# Venous blood lags arterial by a half-life of 11.5 min and cannot peak this soon after a bolus.
_ARTERIAL_PEAK_H = h_from_min(5.0)
_KETAMINES = frozenset({Analyte.KETAMINE, Analyte.S_KETAMINE, Analyte.R_KETAMINE})

Row: TypeAlias = Mapping[str, str | None]


def read_observed(text: str) -> tuple[Observed | NotScored, ...]:
    """Every row of the table, in its order.

    Raises RefusedError naming every missing column.
    """
    reader = csv.DictReader(io.StringIO(text))
    if missing := [name for name in _NEEDED if name not in (reader.fieldnames or ())]:
        raise RefusedError(*(_missing(name) for name in missing))
    return tuple(_row(row) for row in reader)


def _row(row: Row) -> Observed | NotScored:
    try:
        return _observed(row)
    except (words.CannotScoreError, RefusedError) as error:
        return NotScored(row_id=_text(row, "row_id"), cause=str(error))


def _observed(row: Row) -> Observed:
    words.check_kind(_text(row, "kind"))
    words.check_population(_text(row, "population"))
    analyte = words.analyte_of(_text(row, "analyte"))
    drug = words.drug_of(_text(row, "drug_given"))
    regimen, weight_kg = _regimen(row)
    tmax_h = _number(row, "tmax_min", h_from_min)
    site = _site(_text(row, "sampling"), analyte, regimen, tmax_h)
    points, printed_horizon_h = _points(row), _horizon_h(row)
    last_point_h = max((point.at_h for point in points), default=0.0)
    is_iv = regimen.doses[0].route is Route.IV
    # A bolus is highest in the artery at once; what a study saw is its first sample.
    is_bolus = is_iv and regimen.end_h == 0.0
    is_spike = is_bolus and site is Site.ARTERIAL and analyte in _KETAMINES
    return _checked(
        Observed(
            row_id=_text(row, "row_id"),
            person=Person(weight_kg=weight_kg, ancestry=words.ancestry_of(_text(row, "population"))),
            drug=drug,
            regimen=regimen,
            analyte=analyte,
            site=site,
            horizon_h=printed_horizon_h or max(regimen.end_h + _FOLLOWED_H, last_point_h),
            sampled_from_h=(tmax_h or 0.0) if is_spike else 0.0,
            Cmax=None if is_spike and tmax_h is None else _number(row, "cmax_ng_ml", mg_l_from_ng_ml),
            # The tmax of a drug given IV is the end of its input and says nothing of the model.
            tmax_h=None if is_iv and analyte in _KETAMINES else tmax_h,
            AUC=_number(row, "auc_ng_h_ml", mg_l_from_ng_ml) if printed_horizon_h else None,
            points=points,
        )
    )


def _checked(observed: Observed) -> Observed:
    if observed.Cmax is observed.tmax_h is observed.AUC is None and not observed.points:
        raise words.CannotScoreError("it has no Cmax, no tmax, no AUC with its horizon and no points")
    return observed


def _regimen(row: Row) -> tuple[Regimen, float]:
    route = words.route_of(_text(row, "route"), _text(row, "formulation"))
    weight_kg = _number(row, "weight_kg") or _USUAL_WEIGHT_KG
    per_kg = _number(row, "dose_mg_per_kg")
    dose_mg = _number(row, "dose_mg") or (per_kg * weight_kg if per_kg else None)
    if dose_mg is None:
        raise words.CannotScoreError("it gives no dose")
    regimen = words.regimen_of(_text(row, "regimen"), route=route, dose_mg=dose_mg, weight_kg=weight_kg)
    return regimen, weight_kg


def _site(sampling: str, analyte: Analyte, regimen: Regimen, tmax_h: float | None) -> Site:
    """Where the blood was taken; from a vein unless the row says or shows otherwise.

    A metabolite has one compartment in every model here, which stands for either.
    """
    if sampling.lower().startswith("arterial"):
        return Site.ARTERIAL
    if analyte not in _KETAMINES:
        return Site.VENOUS
    is_bolus = regimen.doses[0].route is Route.IV and regimen.end_h == 0.0
    is_stated = sampling.lower().startswith("venous")
    peaks_at_once = is_bolus and tmax_h is not None and tmax_h <= _ARTERIAL_PEAK_H
    return Site.ARTERIAL if peaks_at_once and not is_stated else Site.VENOUS


def _horizon_h(row: Row) -> float | None:
    """The horizon printed; an endless one is cut where nothing is left to add."""
    endless = _text(row, "auc_horizon_h").lower() in {"inf", "infinity", "∞"}
    return _ENDLESS_H if endless else _number(row, "auc_horizon_h")


def _points(row: Row) -> tuple[Point, ...]:
    """Points written "0.5:56;1:27": hours and ng/mL. A concentration of 0 has no ratio and is left out."""
    pairs = [part.partition(":") for part in _text(row, "points_h_ngml").split(";") if part.strip()]
    read = [(_read(at_h, "points_h_ngml"), _read(ng_ml, "points_h_ngml")) for at_h, _, ng_ml in pairs]
    return tuple(Point(at_h=at_h, C=mg_l_from_ng_ml(ng_ml)) for at_h, ng_ml in read if ng_ml > 0.0)


def _number(row: Row, column: str, convert: Callable[[float], float] = float) -> float | None:
    """The number in the cell, converted; None where it is empty or 0, which is no published figure."""
    text = _text(row, column)
    number = _read(text, column) if text else 0.0
    return convert(number) if number > 0.0 else None


def _read(text: str, column: str) -> float:
    return float(read_decimal(text.strip(), field=column, places=_PLACES, low=0, high=_LARGEST))


def _text(row: Row, column: str) -> str:
    return (row.get(column) or "").strip()


def _missing(column: str) -> Problem:
    return Problem(
        field=column,
        code="missing-column",
        message=f"The table has no column {column}.",
        mend="Give it the columns of the evidence table, in any order.",
    )
