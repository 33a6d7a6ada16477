"""What the concentration at the effect site does: depth, alertness, and rises in pressure and heart rate."""

import math
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.kernels.effect import sigmoid_emax, steep_emax
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.kernels.vectors import SIXTEEN
from slackwater.pharma.likelihoods import FitLimits, Likelihood, Sign, check_within
from slackwater.pharma.parameters import Grade
from slackwater.pharma.threads import share_out
from slackwater.pharma.variability import settled

DEEPEST = 10.0
# Fewer are done before a second thread has started.
_VALUES_WORTH_A_THREAD = 2**17
FULLY_ALERT = 5.0
# A hypothesis under this would be flatter than a plain Emax curve, which is known to outlast what is seen.
_LEAST_STEEP = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What one assumption says, where it comes from and how sure we are."""

    what: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class DepthResponse:
    """Sigmoid Emax model of the depth that a patient rates from 0 to 10.

    depth(Ce) = Emax * Ce**gamma / (EC50**gamma + Ce**gamma)

    Emax:    the top of the scale
    EC50:    S-ketamine at the effect site giving half of Emax in the typical person, mg/L, > 0
    EC50_cv: spread of EC50 between people (log-normal), as a share of its value, 0 to 2
    gamma:   steepness (Hill coefficient), dimensionless, 0.1 to 30
    """

    Emax: float
    EC50: float
    EC50_cv: float
    gamma: float

    def __post_init__(self) -> None:
        check_within("depth.Emax", self.Emax, DEEPEST, DEEPEST)
        check_within("depth.EC50", self.EC50, 1e-6, 1e3)
        check_within("depth.EC50_cv", self.EC50_cv, 0.0, 2.0)
        check_within("depth.gamma", self.gamma, 0.1, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureResponse:
    """Emax model of the rise in blood pressure above baseline, mmHg.

    rise(Ce) = Emax * Ce / (EC50 + Ce), with Emax log-normal between people

    EC50:               S-ketamine at the effect site giving half of Emax, mg/L, > 0
    systolic_Emax:      mean over people of the largest rise, mmHg, 0 to 200; diastolic_Emax likewise
    systolic_cv:        spread of Emax between people, as a share of its mean, 0 to 2; diastolic_cv likewise
    correlation:        between a person's two (log) sizes, -1 to 1
    """

    EC50: float
    systolic_Emax: float
    systolic_cv: float
    diastolic_Emax: float
    diastolic_cv: float
    correlation: float

    def __post_init__(self) -> None:
        check_within("pressure.EC50", self.EC50, 1e-6, 1e3)
        check_within("pressure.systolic_Emax", self.systolic_Emax, 0.0, 200.0)
        check_within("pressure.diastolic_Emax", self.diastolic_Emax, 0.0, 200.0)
        check_within("pressure.systolic_cv", self.systolic_cv, 0.0, 2.0)
        check_within("pressure.diastolic_cv", self.diastolic_cv, 0.0, 2.0)
        check_within("pressure.correlation", self.correlation, -1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What one spread is made of, as shares of its variance on the log scale; the rest is between people.

    of:       the column of standard normals, one of `Response.eta_names`
    occasion: new in each session of the same person, 0 to 1
    unknown:  the typical value itself is not known: each virtual patient carries a hypothesis of its own,
              because one hypothesis for all would make a band narrower than what is known
    """

    of: str
    occasion: float
    unknown: float

    def __post_init__(self) -> None:
        check_within(f"spread.{self.of}_occasion_share", self.occasion, 0.0, 1.0)
        check_within(f"spread.{self.of}_unknown_share", self.unknown, 0.0, 1.0 - self.occasion)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertnessResponse:
    """Sigmoid fall of alertness from 5 to 0, on the scale of MOAA/S but without its steps.

    alertness(Ce) = 5 * EC50**gamma / (EC50**gamma + Ce**gamma)

    A person's MOAA/S is alertness rounded to a whole score: 5 from 4.5 up, 4 from 3.5 up, 0 under 0.5. So the
    chance of a score given alertness is a cumulative probit with its thresholds midway between scores.

    EC50:    S-ketamine at the effect site that halves alertness in the typical person, mg/L, > 0
    EC50_cv: spread of EC50 between people (log-normal), as a share of its value, 0 to 2
    gamma:   steepness (Hill coefficient), dimensionless, 0.1 to 30
    """

    EC50: float
    EC50_cv: float
    gamma: float

    def __post_init__(self) -> None:
        check_within("alertness.EC50", self.EC50, 1e-6, 1e3)
        check_within("alertness.EC50_cv", self.EC50_cv, 0.0, 2.0)
        check_within("alertness.gamma", self.gamma, 0.1, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartRateResponse:
    """Emax model of the rise in heart rate above baseline, beats a minute.

    rise(Ce) = Emax * Ce / (EC50 + Ce), with Emax log-normal between people

    EC50:    S-ketamine at the effect site giving half of Emax, mg/L, > 0
    Emax:    mean over people of the largest rise, beats a minute, 0 to 300
    Emax_cv: spread of Emax between people, as a share of its mean, 0 to 2
    """

    EC50: float
    Emax: float
    Emax_cv: float

    def __post_init__(self) -> None:
        check_within("heart_rate.EC50", self.EC50, 1e-6, 1e3)
        check_within("heart_rate.Emax", self.Emax, 0.0, 300.0)
        check_within("heart_rate.Emax_cv", self.Emax_cv, 0.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLevels:
    """A virtual patient has recovered when all three hold and stay so.

    depth:     depth is at or under this, 0 to 10
    alertness: alertness is at or over this, 0 to 5; from 4.5 up it is scored 5 (awake)
    thinking:  S-ketamine at the effect site is at or under this in the typical person, mg/L, > 0. Who needs
               more drug than the typical person for half the depth bears as much more before thinking suffers
    """

    depth: float
    alertness: float
    thinking: float

    def __post_init__(self) -> None:
        check_within("recovery.depth", self.depth, 0.0, DEEPEST)
        check_within("recovery.alertness", self.alertness, 0.0, FULLY_ALERT)
        check_within("recovery.thinking", self.thinking, 1e-6, 1e3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Responders:
    """Each virtual patient's own response; every array (n_subjects,)."""

    EC50: Vector
    gamma: Vector
    ke0_factor: Vector
    systolic_Emax: Vector
    diastolic_Emax: Vector
    alertness_EC50: Vector
    heart_rate_Emax: Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Every assumption between the effect site and what is seen in the room.

    ke0_cv:          spread of the equilibration half-life, as a share of its value
    splits:          what the spreads are made of; one that is not named is all between people
    gamma_unknown_cv: how far the steepness itself is unknown, as a share of its value, 0 to 1
    on_screen:       what a screen that shows a depth says about it
    """

    id: str
    version: str
    title: str
    on_screen: str
    depth: DepthResponse
    ke0_cv: float
    pressure: PressureResponse
    alertness: AlertnessResponse
    heart_rate: HeartRateResponse
    likelihoods: tuple[Likelihood, ...]
    fit: FitLimits
    recovery: RecoveryLevels
    basis: tuple[Basis, ...]
    splits: tuple[Split, ...] = ()
    gamma_unknown_cv: float = 0.0

    def __post_init__(self) -> None:
        check_within("effect_site.ke0_cv", self.ke0_cv, 0.0, 2.0)
        check_within("spread.gamma_unknown_cv", self.gamma_unknown_cv, 0.0, 1.0)
        if {one.sign for one in self.likelihoods} != set(Sign) or len(self.likelihoods) != len(Sign):
            raise ValueError("each kind of observation has one likelihood")
        for split in self.splits:
            if split.of not in self.eta_names:
                raise ValueError(f"{split.of} is no column of this response")

    def likelihood(self, sign: Sign) -> Likelihood:
        """How observations of this kind stray from the truth."""
        return next(one for one in self.likelihoods if one.sign is sign)

    @property
    def rating(self) -> Likelihood:
        """How ratings stray from depth."""
        return self.likelihood(Sign.RATING)

    @property
    def in_use(self) -> frozenset[Sign]:
        """What reweights a crowd."""
        return frozenset(one.sign for one in self.likelihoods if one.in_use)

    @property
    def eta_names(self) -> tuple[str, ...]:
        """Columns of standard normals that `responders` reads, in order."""
        return ("EC50", "ke0", "systolic", "diastolic", "alertness", "heart_rate")

    def split(self, name: str) -> Split:
        """What the spread behind one column is made of."""
        alone = Split(of=name, occasion=0.0, unknown=0.0)
        return next((split for split in self.splits if split.of == name), alone)

    def responders(self, z: Matrix, steepness: Vector | None = None) -> Responders:
        """Individual responses from standard normals, (n_subjects, n_etas); zeros give the typical one.

        steepness: (n_subjects,), each one's hypothesis of gamma as a standard normal; None for the typical
        """
        pressure, heart_rate = self.pressure, self.heart_rate
        rho = pressure.correlation
        z_diastolic = rho * z[:, 2] + math.sqrt(1.0 - rho * rho) * z[:, 3]
        return Responders(
            EC50=self.depth.EC50 * exponential(_omega(self.depth.EC50_cv) * z[:, 0]),
            gamma=self._gammas(np.zeros(len(z)) if steepness is None else steepness),
            ke0_factor=exponential(_omega(self.ke0_cv) * z[:, 1]),
            systolic_Emax=_median(pressure.systolic_Emax, pressure.systolic_cv)
            * exponential(_omega(pressure.systolic_cv) * z[:, 2]),
            diastolic_Emax=_median(pressure.diastolic_Emax, pressure.diastolic_cv)
            * exponential(_omega(pressure.diastolic_cv) * z_diastolic),
            alertness_EC50=self.alertness.EC50 * exponential(_omega(self.alertness.EC50_cv) * z[:, 4]),
            heart_rate_Emax=_median(heart_rate.Emax, heart_rate.Emax_cv)
            * exponential(_omega(heart_rate.Emax_cv) * z[:, 5]),
        )

    def depth_at(self, Ce: Matrix, responders: Responders) -> Matrix:
        """Depth of effect at each effect-site concentration.

        Ce: shape (n_times, n_subjects), mg/L, finite, 0 or more
        Returns the same shape, 0 to 10.
        """
        return _steep(Ce, self.depth.Emax, responders.EC50, responders.gamma)

    def systolic_rise_at(self, Ce: Matrix, responders: Responders) -> Matrix:
        """Systolic pressure above baseline, mmHg; shapes as `depth_at`."""
        return _rise(Ce, responders.systolic_Emax, self.pressure.EC50)

    def diastolic_rise_at(self, Ce: Matrix, responders: Responders) -> Matrix:
        """Diastolic pressure above baseline, mmHg; shapes as `depth_at`."""
        return _rise(Ce, responders.diastolic_Emax, self.pressure.EC50)

    def alertness_at(self, Ce: Matrix, responders: Responders) -> Matrix:
        """Alertness, 5 (awake) to 0 (no response), without the steps of MOAA/S; shapes as `depth_at`."""
        fall = sigmoid_emax(
            Ce, np.full(Ce.shape[1], FULLY_ALERT), responders.alertness_EC50, self.alertness.gamma
        )
        return np.subtract(FULLY_ALERT, fall, out=fall)

    def heart_rate_rise_at(self, Ce: Matrix, responders: Responders) -> Matrix:
        """Heart rate above baseline, beats a minute; shapes as `depth_at`."""
        return _rise(Ce, responders.heart_rate_Emax, self.heart_rate.EC50)

    def _gammas(self, steepness: Vector) -> Vector:
        """Whole steps from the typical value, because a whole power takes a few products."""
        gamma = self.depth.gamma
        steps = np.round(gamma * (exponential(_omega(self.gamma_unknown_cv) * steepness) - 1.0))
        return np.maximum(gamma + steps, min(gamma, _LEAST_STEEP))


def _steep(Ce: Matrix, Emax: float, EC50: Vector, gamma: Vector) -> Matrix:
    """Each person's own sigmoid; a crowd too small for the kernel is filled up with its last person."""
    n_subjects = Ce.shape[1]
    people = np.minimum(np.arange(max(n_subjects, len(SIXTEEN))), n_subjects - 1)
    if n_subjects < people.size:
        Ce, EC50, gamma = Ce[:, people], EC50[people], gamma[people]
    effect = np.empty(Ce.shape)
    flat, result = np.ascontiguousarray(Ce).ravel(), effect.ravel()
    largest = np.full(people.size, Emax)

    def some(first: int, last: int) -> None:
        steep_emax(first, last, flat, largest, EC50, gamma, result)

    share_out(some, Ce.shape[0], max(1, _VALUES_WORTH_A_THREAD // people.size))
    return effect if n_subjects == people.size else np.ascontiguousarray(effect[:, :n_subjects])


def _rise(Ce: Matrix, Emax: Vector, EC50: float) -> Matrix:
    rise: Matrix = Ce / (Ce + EC50)
    rise *= Emax
    return rise


def _omega(cv: float) -> float:
    """SD of the logarithm of a log-normal quantity with this coefficient of variation."""
    return settled(math.sqrt(math.log1p(cv * cv)))


def _median(mean: float, cv: float) -> float:
    return mean / math.sqrt(1.0 + cv * cv)
