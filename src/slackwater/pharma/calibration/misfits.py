"""Patients whom a crowd does not hold, planted to see whether it says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.calibration.truths import TIME_H, Truths, truths
from slackwater.pharma.crowd import Population
from slackwater.pharma.draws import Stream
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.terms.route import Route

_LANE = 23
# One for each ten minutes of the longest that a truth is followed, and the last.
_MOST_NUMBERS = 49


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One kind of planted patient: what is odd about them, and their curves.

    truths: from the population, what was thought to be given, a number and a seed
    route:  by which they are given it in truth; None for the ordered one
    """

    what: str
    truths: Callable[[Population, Regimen, int, int], Truths]
    route: Route | None = None

    def is_odd_after(self, regimen: Regimen) -> bool:
        """Whether that differs at all from what was ordered."""
        return self.route is None or any(dose.route is not self.route for dose in regimen.doses)


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
        given = Regimen(tuple(replace(dose, route=route, duration_h=0.0) for dose in regimen.doses))
        return truths(people, given, n_patients=n, seed=seed)

    return make


def _dosed(factor: float) -> Callable[[Population, Regimen, int, int], Truths]:
    def make(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
        given = tuple(replace(dose, amount_mg=factor * dose.amount_mg) for dose in regimen.doses)
        return truths(people, Regimen(given), n_patients=n, seed=seed)

    return make


def _rates_nothing(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    """Given five times the dose, and says 0 whatever is asked."""
    drowsy = _dosed(5.0)(people, regimen, n, seed)
    return replace(drowsy, curves={**drowsy.curves, Quantity.DEPTH: np.zeros_like(drowsy.depth)})


def _rates_anyhow(people: Population, regimen: Regimen, n: int, seed: int) -> Truths:
    """Anything from 0 to 10, another number every ten minutes."""
    honest = truths(people, regimen, n_patients=n, seed=seed)
    luck = Stream(seed, lane=_LANE).uniforms(_MOST_NUMBERS * n).reshape(_MOST_NUMBERS, n)
    anyhow = 10.0 * luck[np.floor(TIME_H * 6.0).astype(np.int64)]
    return replace(honest, curves={**honest.curves, Quantity.DEPTH: anyhow})


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
    Misfit(what="needs half the concentration", truths=_sensitive(0.5)),
    Misfit(what="needs five times the concentration", truths=_sensitive(5.0)),
    Misfit(what="needs a fifth of the concentration", truths=_sensitive(0.2)),
    Misfit(what="was given nothing", truths=_nothing),
    Misfit(what="was given a tenth of the dose", truths=_dosed(0.1)),
    Misfit(what="was given three times the dose", truths=_dosed(3.0)),
    Misfit(what="was given ten times the dose", truths=_dosed(10.0)),
    Misfit(what="swallowed the dose", truths=_by_route(Route.ORAL), route=Route.ORAL),
    Misfit(what="was given it into a muscle", truths=_by_route(Route.IM), route=Route.IM),
    Misfit(what="feels all of it half an hour late", truths=_later(0.5)),
    Misfit(what="feels all of it three quarters of an hour late", truths=_later(0.75)),
    Misfit(what="everything goes one and a half times as slowly", truths=_slowed(1.5)),
    Misfit(what="everything goes half as fast", truths=_slowed(2.0)),
    Misfit(what="was given something that acts five times as long", truths=_slowed(5.0)),
    Misfit(what="reads the scale upside down", truths=_upside_down),
    Misfit(what="feels nothing for 75 minutes, then much", truths=_late_and_deep),
    Misfit(what="goes up and down every quarter of an hour", truths=_waves),
    Misfit(what="rates anyhow", truths=_rates_anyhow),
    Misfit(what="rates 0, and is as drowsy as after five times the dose", truths=_rates_nothing),
)
