"""Virtual clinics whose patients may not be as the crowd expects: how soon bands are widened, then hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.calibration.outside import Dosed
from slackwater.pharma.calibration.sights import USUAL, look
from slackwater.pharma.calibration.truths import Truths, truths
from slackwater.pharma.crowd import draw
from slackwater.pharma.curves import Curves
from slackwater.pharma.draws import Stream
from slackwater.pharma.evidence import table_of
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.marks import BAND_SHARE, share_inside
from slackwater.pharma.observations import DEEPEST_MARK, MOST_ALERT
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.response import DEEPEST, Response
from slackwater.pharma.slipping import first_slip
from slackwater.pharma.widening import FEWEST_SESSIONS, LARGEST_FACTOR, MOST_SESSIONS, conformal_factor
from slackwater.units import h_from_min

# So long a clinic is followed, and so long once its bands are wide.
N_SESSIONS, N_AFTER = 100, 40
_SUBJECTS = 2048
_PER_MARK = 1000
_LANE = 24
# Marks at which what is expected is worked out; between them it is a straight line.
_GRID = np.arange(-5.0, 15.01, 0.1)
# A share that a float still tells from 0 and 1, as in `marks`.
_OUTERMOST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """What is wrong with the crowd's idea of a clinic's patients: their truths, and how they rate."""

    what: str
    truths: Callable[[Dosed, int, int], Truths]
    error: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Widened:
    """What became of many clinics of one kind.

    held:      share of readings that the crowd's own 9-in-10 bands held; held_se its standard error
    widened:   share of clinics whose bands were widened within N_SESSIONS
    after:     sessions until then, over those clinics: 10, 50 and 90 %; None where there was none
    factor:    by how much at first, and N_AFTER sessions later: middles; None likewise
    held_wide: share of readings that bands held as shown, over the N_AFTER sessions that followed
    """

    clinic: Clinic
    n_clinics: int
    held: float
    held_se: float
    widened: float
    after: tuple[float, float, float] | None
    factor: tuple[float, float] | None
    held_wide: float | None


def clinics(
    dosed: Dosed, *, n_clinics: int, n_patients: int, seed: int, tell: Callable[[], None]
) -> tuple[Widened, ...]:
    """Follow many clinics of each kind of CLINICS.

    n_patients: how many sessions are simulated of each kind; each clinic's are drawn from them, with return
    tell:       called once a kind
    """
    found = []
    for number, clinic in enumerate(CLINICS):
        pool = _pool(dosed, clinic, n_patients, seed + 10 * number)
        found.append(_followed(clinic, pool, n_clinics, seed + 10 * number))
        tell()
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Sessions of one kind of patient, each (n_sessions, n_readings), as `Mark` has them."""

    inside: Matrix
    own_factor: Matrix


def _followed(clinic: Clinic, pool: _Pool, n_clinics: int, seed: int) -> Widened:
    stream, n_sessions = Stream(seed, lane=_LANE), len(pool.inside)
    shares = pool.inside.mean(axis=1)
    when, factors, held = [], [], []
    for _ in range(n_clinics):
        drawn = np.floor(stream.uniforms(N_SESSIONS + N_AFTER) * n_sessions).astype(np.int64)
        slip = first_slip(shares[drawn[:N_SESSIONS]].tolist(), BAND_SHARE)
        if slip is None:
            continue
        first = max(slip, FEWEST_SESSIONS)
        when.append(float(first))
        wide = _wide(pool.own_factor[drawn], first)
        factors.append((wide[0], wide[-1]))
        held.append((pool.own_factor[drawn[first : first + N_AFTER]] <= wide[:, None]).mean())
    return Widened(
        clinic=clinic,
        n_clinics=n_clinics,
        held=float(shares.mean()),
        held_se=float(shares.std() / np.sqrt(n_sessions)),
        widened=len(when) / n_clinics,
        after=_three(when) if when else None,
        factor=_middles(factors) if when else None,
        held_wide=float(np.mean(held)) if when else None,
    )


def _wide(own_factor: Matrix, first: int) -> Vector:
    """The factor in force in each of the N_AFTER sessions from `first` on."""
    past = [own_factor[max(now - MOST_SESSIONS, 0) : now].tolist() for now in range(first, first + N_AFTER)]
    return np.array([min(conformal_factor(one, share=BAND_SHARE), LARGEST_FACTOR) for one in past])


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9)).tolist()
    return low, middle, high


def _middles(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    at_first, later = np.median(np.array(pairs), axis=0).tolist()
    return at_first, later


def _pool(dosed: Dosed, clinic: Clinic, n_patients: int, seed: int) -> _Pool:
    """Sessions with a rating and a score at each of the usual times, marked as `marks` does."""
    expected = _Expected.of(dosed, seed)
    response = dosed.people.response
    sights = look(
        clinic.truths(dosed, n_patients, seed + 1), _straying(response, clinic.error), seed=seed + 2
    )
    ratings, scores = (sights.seen[sign].astype(np.int64) for sign in (Sign.RATING, Sign.ALERTNESS))
    luck = Stream(seed, lane=_LANE + 1).uniforms(ratings.size).reshape(ratings.shape)
    marked = [expected.session(*one) for one in zip(ratings.T, scores.T, luck.T, strict=True)]
    return _Pool(
        inside=np.array([inside for inside, _ in marked]), own_factor=np.array([own for _, own in marked])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expected:
    """A crowd at the usual times: for each, the chance of every mark, score and reading under _GRID."""

    marks: Sequence[Matrix]
    scores: Sequence[Matrix]
    under: Sequence[Matrix]

    @classmethod
    def of(cls, dosed: Dosed, seed: int) -> "_Expected":
        response = dosed.people.response
        crowd = draw(dosed.people, n_subjects=_SUBJECTS, seed=seed)
        time_h = np.array([h_from_min(minute) for minute in USUAL[Sign.RATING]])
        curves = crowd.simulate(dosed.regimen, time_h, (Quantity.DEPTH, Quantity.ALERTNESS))
        sd, slip = response.rating.sd, response.rating.slip
        anywhere = slip * np.clip((_GRID + 0.5) / (DEEPEST + 1.0), 0.0, 1.0)
        return cls(
            marks=_chances(curves, response, Sign.RATING, DEEPEST_MARK),
            scores=_chances(curves, response, Sign.ALERTNESS, MOST_ALERT),
            under=[
                (1.0 - slip) * ndtr((_GRID[:, None] - row) / sd) + anywhere[:, None]
                for row in curves.of(Quantity.DEPTH)
            ],
        )

    def session(self, ratings: Vector, scores: Vector, luck: Vector) -> tuple[Vector, Vector]:
        """How much of each rating the 9-in-10 band held, and the factor that it needed."""
        weights = np.full(_SUBJECTS, 1.0 / _SUBJECTS)
        inside, own = np.empty(ratings.size), np.empty(ratings.size)
        for j in range(ratings.size):
            mark = int(ratings[j])
            edges = np.append(0.0, np.cumsum(self.marks[j] @ weights))
            low, high = edges[mark] / edges[-1], edges[mark + 1] / edges[-1]
            inside[j] = share_inside(low, high, BAND_SHARE)
            own[j] = self._needed(
                j, weights, min(max(low + luck[j] * (high - low), _OUTERMOST), 1.0 - _OUTERMOST)
            )
            weights = weights * self.marks[j][mark] * self.scores[j][int(scores[j])]
            weights /= weights.sum()
        return inside, own

    def _needed(self, j: int, weights: Vector, place: float) -> float:
        tail = 0.5 * (1.0 - BAND_SHARE)
        low, middle, high, at = np.interp((tail, 0.5, 1.0 - tail, place), self.under[j] @ weights, _GRID)
        return float((at - middle) / (high - middle) if at >= middle else (middle - at) / (middle - low))


def _chances(curves: Curves, response: Response, sign: Sign, highest: int) -> list[Matrix]:
    table = np.exp(table_of(response.likelihood(sign), highest))
    return [table[:, np.rint(row * _PER_MARK).astype(np.int64)] for row in curves.of(sign.quantity)]


def _straying(response: Response, factor: float) -> Response:
    """The response with ratings that stray so many times further."""
    errors = (
        replace(one, sd=factor * one.sd) if one.sign is Sign.RATING else one for one in response.likelihoods
    )
    return replace(response, likelihoods=tuple(errors))


def _as_expected(dosed: Dosed, n: int, seed: int) -> Truths:
    return truths(dosed.people, dosed.regimen, n_patients=n, seed=seed)


def _needing(factor: float) -> Callable[[Dosed, int, int], Truths]:
    def make(dosed: Dosed, n: int, seed: int) -> Truths:
        return truths(
            dosed.people,
            dosed.regimen,
            n_patients=n,
            seed=seed,
            altered=lambda one: replace(one, EC50=one.EC50 * factor),
        )

    return make


def _higher(marks: float) -> Callable[[Dosed, int, int], Truths]:
    def make(dosed: Dosed, n: int, seed: int) -> Truths:
        honest = _as_expected(dosed, n, seed)
        return replace(
            honest, curves={**honest.curves, Quantity.DEPTH: np.minimum(honest.depth + marks, DEEPEST)}
        )

    return make


CLINICS = (
    Clinic(what="as the crowd expects", truths=_as_expected),
    Clinic(what="need one and a half times the concentration", truths=_needing(1.5)),
    Clinic(what="need half the concentration", truths=_needing(0.5)),
    Clinic(what="rate 1.5 marks higher", truths=_higher(1.5)),
    Clinic(what="rate with twice the error that is known", truths=_as_expected, error=2.0),
    Clinic(
        what="recover slowly: all goes at two thirds of the pace",
        truths=lambda dosed, n, seed: _as_expected(dosed, n, seed).slowed(1.5),
    ),
)
