"""Patients whom a crowd does not hold, planted to see whether it says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.calibration.truths import TIME_H, Truths, truths
from slackwater.pharma.crowd import Population
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One kind of planted patient: what is odd about them, and their curves.

    truths: from the population, what was thought to be given, a number and a seed
    """

    what: str
    truths: Callable[[Population, Regimen, int, int], Truths]


def _sensitive(factor: float) -> Callable[[Population, Regimen, int, int], Truths]:
    def make(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
        return truths(
            people, regimen, n_patients=n, seed=seed, altered=lambda one: replace(one, EC50=one.EC50 * factor)
        )

    return make


def _slowed(factor: float) -> Callable[[Population, Regimen, int, int], Truths]:
    return lambda people, regimen, n, seed: truths(people, regimen, n_patients=n, seed=seed).slowed(factor)


def _later(hours: float) -> Callable[[Population, Regimen, int, int], Truths]:
    return lambda people, regimen, n, seed: truths(people, regimen, n_patients=n, seed=seed).later(hours)


def _by_route(route: Route) -> Callable[[Population, Regimen, int, int], Truths]:
    def make(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
        given = Regimen(tuple(replace(dose, route=route) for dose in regimen.doses))
        return truths(people, given, n_patients=n, seed=seed)

    return make


def _nothing(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    honest = truths(people, regimen, n_patients=n, seed=seed)
    curves = {quantity: np.zeros_like(values) for quantity, values in honest.curves.items()}
    curves[Quantity.ALERTNESS] += 5.0
    return replace(honest, curves=curves)


def _upside_down(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    honest = truths(people, regimen, n_patients=n, seed=seed)
    return replace(honest, curves={**honest.curves, Quantity.DEPTH: 10.0 - honest.depth})


def _waves(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    """Up and down every quarter of an hour, as no single dose can do."""
    honest = truths(people, regimen, n_patients=n, seed=seed)
    quarter = np.floor(TIME_H * 4.0 + 0.5) % 2.0
    waves = np.repeat(9.0 * quarter[:, None], n, axis=1)
    return replace(honest, curves={**honest.curves, Quantity.DEPTH: waves})


def _late_and_deep(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    honest = truths(people, regimen, n_patients=n, seed=seed)
    late = np.repeat(np.where(TIME_H >= 1.25, 8.0, 0.0)[:, None], n, axis=1)
    return replace(honest, curves={**honest.curves, Quantity.DEPTH: late})


MISFITS = (
    Misfit(what="needs twice the concentration", truths=_sensitive(2.0)),
    Misfit(what="needs three times the concentration", truths=_sensitive(3.0)),
    Misfit(what="needs half the concentration", truths=_sensitive(0.5)),
    Misfit(what="feels all of it half an hour late", truths=_later(0.5)),
    Misfit(what="feels all of it three quarters of an hour late", truths=_later(0.75)),
    Misfit(what="everything goes one and a half times as slowly", truths=_slowed(1.5)),
    Misfit(what="everything goes half as fast", truths=_slowed(2.0)),
    Misfit(what="was given nothing", truths=_nothing),
    Misfit(what="swallowed the dose", truths=_by_route(Route.ORAL)),
    Misfit(what="was given it into a muscle", truths=_by_route(Route.IM)),
    Misfit(what="reads the scale upside down", truths=_upside_down),
    Misfit(what="feels nothing for 75 minutes, then much", truths=_late_and_deep),
    Misfit(what="goes up and down every quarter of an hour", truths=_waves),
)
