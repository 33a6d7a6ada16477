"""Answers a question: draws the crowd, simulates it, and reads bands and peaks from its curves."""

from collections.abc import Sequence

import numpy as np

from slackwater.cli.ask import Question
from slackwater.cli.basis import basis
from slackwater.cli.grid import grid
from slackwater.cli.mixed_models import show_models
from slackwater.cli.simulation import PERCENTILES, Exposure, Series, Simulation, Split, Spread, Vector
from slackwater.pharma.analyte import Site
from slackwater.pharma.causes import causes, sentence
from slackwater.pharma.crowd import Crowd, draw, typical
from slackwater.pharma.curves import Curves
from slackwater.pharma.quantity import Quantity
from slackwater.units import UCUM, min_from_h, ng_ml_from_mg_l

# Depth and pressure have no site of their own; they follow the drug at the effect site.
_SITE_OF_EFFECTS = Site.EFFECT.value
_UNIT_OF_DEPTH = "0-10"
# What a band comes from changes slowly, so that it need not be asked every minute.
_COARSE_MIN = 5.0


def answer(question: Question) -> Simulation:
    """The crowd's answer, or the typical person's.

    Raises RefusedError when the curves would not fit in memory.
    """
    crowd = _crowd(question)
    times = grid(question.regimen, until_min=question.until_min, step_min=question.step_min)
    curves = crowd.simulate(question.regimen, times.time_h)
    simulation = Simulation(
        asked=question.asked,
        model=show_models(question.people.models),
        drug=question.people.drug.value,
        seed=question.seed,
        subjects=crowd.n_subjects,
        crowd_id=crowd.crowd_id,
        is_typical=question.is_typical,
        time_min=times.shown_min,
        series=tuple(
            series_of(quantity, curves.band(quantity, PERCENTILES)[:, times.rows])
            for quantity in crowd.quantities
        ),
        summary=tuple(_exposure(quantity, curves) for quantity in crowd.quantities if quantity.is_raised),
        basis=(*question.marks, *basis(question.people)),
        causes=_split(question, crowd) if question.with_causes else (),
    )
    # Everybody's concentrations are the same there, and a band of no width would be read as certainty.
    return simulation if question.people.has_spread else simulation.without_bands()


def _split(question: Question, crowd: Crowd) -> tuple[Split, ...]:
    """The bands of depth, pressure and recovery, split over the times that are shown."""
    times = grid(question.regimen, until_min=question.until_min, step_min=max(question.step_min, _COARSE_MIN))
    found = causes(crowd, question.regimen, times.time_h[times.rows])
    return tuple(
        Split(what=one.what, sentence=sentence(one), shares=tuple((c.value, p) for c, p in one.overall()))
        for one in (found.depth, found.systolic, found.diastolic, found.recovered)
    )


def _crowd(question: Question) -> Crowd:
    if question.is_typical:
        return typical(question.people)
    return draw(question.people, n_subjects=question.subjects, seed=question.seed)


def series_of(quantity: Quantity, band: Vector) -> Series:
    """One quantity's band, (3, n_times), as it is shown: concentrations in ng/mL, effects as they are."""
    analyte, site = _names(quantity)
    p05, p50, p95 = _shown(quantity, band)
    return Series(analyte=analyte, site=site, unit=_unit(quantity), p05=p05, p50=p50, p95=p95)


def _exposure(quantity: Quantity, curves: Curves) -> Exposure:
    analyte, site = _names(quantity)
    summary = curves.summary(quantity, PERCENTILES)
    return Exposure(
        analyte=analyte,
        site=site,
        cmax=_spread(_shown(quantity, np.array(summary.Cmax))),
        tmax_min=_spread([min_from_h(hours) for hours in summary.tmax_h]),
        auc_ng_h_ml=_spread(_shown(quantity, np.array(summary.AUC))) if quantity.is_concentration else None,
    )


def _names(quantity: Quantity) -> tuple[str, str]:
    if not quantity.is_concentration:
        return quantity.value, _SITE_OF_EFFECTS
    analyte, site = quantity.measurement
    return analyte.value, site.value


def _unit(quantity: Quantity) -> str:
    if quantity.is_concentration:
        return UCUM.NANOGRAM_PER_MILLILITRE
    return _UNIT_OF_DEPTH if quantity is Quantity.DEPTH else quantity.unit


def _shown(quantity: Quantity, values: Vector) -> Vector:
    """Concentrations in ng/mL; effects as they are."""
    return values * ng_ml_from_mg_l(1.0) if quantity.is_concentration else values


def _spread(percentiles: Sequence[float] | Vector) -> Spread:
    p05, p50, p95 = (float(value) for value in percentiles)
    return Spread(p05=p05, p50=p50, p95=p95)
