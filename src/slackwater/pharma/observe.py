"""Reweights a crowd by what the patient says, and says when nobody in it fits."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import gammaincinv

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.draws import Stream
from slackwater.pharma.kernels.likelihood import (
    effective_size,
    rating_log_likelihood,
    squared_misfit,
    tempered_weights,
)
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.refresh import refreshed
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import DEEPEST, RatingError
from slackwater.terms.refusal import Problem, RefusedError

# Ratings are worth simulating a few hundred times an hour at most; beyond this something is broken.
MOST_RATINGS = 1_000
_REFRESH_LANE = 1


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rating:
    """Depth as the patient rates it, a whole mark from 0 to 10, at a time on the regimen's clock."""

    at_h: float
    depth: int

    def __post_init__(self) -> None:
        if type(self.depth) is not int or not 0 <= self.depth <= DEEPEST:
            raise RefusedError.of(
                field="depth",
                code="out-of-range",
                message=f"{self.depth} is not a rating.",
                mend="Write a whole number from 0 to 10.",
            )
        if not math.isfinite(self.at_h):
            raise RefusedError.of(
                field="at",
                code="not-finite",
                message=f"{self.at_h} is not a time.",
                mend="Write when the rating was given.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """A crowd after the ratings.

    crowd:         reweighted, or refreshed where too few of it carried the weight
    n_ratings:     counted, each once
    ess:           effective sample size of the reweighted crowd, before any refreshing, 1 to n_subjects
    share_fitting: of the crowd as drawn, for whom all the ratings together are plausible, 0 to 1
    outside:       whether that is too few to believe the band
    sentence:      the same for people
    """

    crowd: Crowd
    n_ratings: int
    ess: float
    refreshed: bool
    share_fitting: float
    outside: bool
    sentence: str

    @property
    def ess_share(self) -> float:
        return self.ess / self.crowd.n_subjects


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Observed:
    """Ratings as arrays, in order of time; voice: how much each counts, 0 to 1."""

    at_h: Vector
    depth: Vector
    voice: Vector


def update(crowd: Crowd, regimen: Regimen, ratings: Iterable[Rating]) -> Posterior:
    """The crowd given every rating so far.

    A rating r is likely, for somebody whose depth is d, by the area of a normal curve about d between r - 0.5
    and r + 0.5 (open beyond 0 and 10), mixed with an even chance of any mark, so that one slip moves the band
    only so far. The same crowd and ratings give the same posterior to the last digit, in whatever order.

    crowd:   as drawn; ratings are never added to a crowd that has taken some in already
    ratings: all of them; the same mark at the same time counts once
    Raises RefusedError for a rating before the first dose, two marks at one time, and too many ratings.
    """
    observed = _observed(crowd, regimen, ratings)
    if observed.at_h.size == 0:
        return _unchanged(crowd)
    error = crowd.population.response.rating

    def depth_of(candidate: Crowd) -> Matrix:
        return candidate.simulate(regimen, observed.at_h, (Quantity.DEPTH,)).of(Quantity.DEPTH)

    def log_likelihood(candidate: Crowd) -> Vector:
        return _log_likelihood(depth_of(candidate), observed, error)

    weights = tempered_weights(crowd.weights, log_likelihood(crowd), 1.0)
    ess = effective_size(weights)
    needs_refresh = ess < crowd.population.response.fit.refresh_below * crowd.n_subjects
    if needs_refresh:
        stream = Stream(crowd.seed or 0, lane=_REFRESH_LANE)
        z = refreshed(crowd.z, lambda z: log_likelihood(crowd.refreshed(z)), stream)
        updated = crowd.refreshed(z)
    else:
        updated = crowd.reweighted(weights)
    fitting = _share_fitting(crowd, depth_of(crowd), observed)
    outside = fitting < crowd.population.response.fit.fewest_share
    return Posterior(
        crowd=updated,
        n_ratings=observed.at_h.size,
        ess=ess,
        refreshed=needs_refresh,
        share_fitting=fitting,
        outside=outside,
        sentence=_sentence(crowd.n_subjects, fitting, outside=outside, was_refreshed=needs_refresh),
    )


def _log_likelihood(depth: Matrix, observed: _Observed, error: RatingError) -> Vector:
    return rating_log_likelihood(depth, observed.depth, observed.voice, error.sd, error.slip)


def _share_fitting(crowd: Crowd, depth: Matrix, observed: _Observed) -> float:
    """Share of the crowd whose misfit is below the chi-square point for as many independent ratings."""
    response = crowd.population.response
    misfit = squared_misfit(
        depth, observed.depth, observed.voice, response.rating.sd, response.fit.largest_residual
    )
    n_voices = float(observed.voice.sum())
    largest = 2.0 * float(gammaincinv(0.5 * n_voices, response.fit.plausible_quantile))
    return min(float(crowd.weights[misfit <= largest].sum()), 1.0)


def _sentence(n_subjects: int, fitting: float, *, outside: bool, was_refreshed: bool) -> str:
    n_fitting = round(fitting * n_subjects)
    counted = f"{n_fitting:,} of {n_subjects:,} virtual patients could have given these ratings"
    if outside:
        return f"Outside my crowd: {counted}. Do not rely on the band."
    if was_refreshed:
        return f"{counted}; the crowd was drawn again around those who fit."
    return f"{counted}."


def _unchanged(crowd: Crowd) -> Posterior:
    return Posterior(
        crowd=crowd,
        n_ratings=0,
        ess=effective_size(crowd.weights),
        refreshed=False,
        share_fitting=1.0,
        outside=False,
        sentence="No ratings yet: this is the crowd as it was drawn.",
    )


def _observed(crowd: Crowd, regimen: Regimen, ratings: Iterable[Rating]) -> _Observed:
    counted = sorted(set(ratings))
    if problems := tuple(_problems(crowd, regimen, counted)):
        raise RefusedError(*problems)
    at_h = np.array([rating.at_h for rating in counted], dtype=np.float64)
    spacing_h = crowd.population.response.rating.spacing_h
    # A person's error does not start afresh within minutes, so close ratings share one voice.
    first = np.searchsorted(at_h, at_h - spacing_h, side="left")
    beyond = np.searchsorted(at_h, at_h + spacing_h, side="right")
    return _Observed(
        at_h=at_h,
        depth=np.array([rating.depth for rating in counted], dtype=np.float64),
        voice=1.0 / (beyond - first),
    )


def _problems(crowd: Crowd, regimen: Regimen, ratings: list[Rating]) -> Iterator[Problem]:
    if not crowd.is_as_drawn:
        yield Problem(
            field="crowd",
            code="already-observed",
            message="This crowd has already taken ratings in.",
            mend="Give all ratings at once, on the crowd as drawn.",
        )
    if len(ratings) > MOST_RATINGS:
        yield Problem(
            field="ratings",
            code="too-many",
            message=f"{len(ratings):,} ratings are more than a session can hold.",
            mend=f"Give at most {MOST_RATINGS:,}.",
        )
    if ratings and not regimen.doses:
        yield _before_first_dose(ratings[0], "nothing has been given")
        return
    for rating in ratings:
        if rating.at_h < regimen.doses[0].at_h:
            yield _before_first_dose(rating, "the first dose came later")
    for earlier, later in pairwise(ratings):
        if earlier.at_h == later.at_h:
            yield Problem(
                field="ratings",
                code="contradiction",
                message=f"Depth is rated both {earlier.depth} and {later.depth} at {earlier.at_h:g} h.",
                mend="Strike out the one that is mistaken.",
            )


def _before_first_dose(rating: Rating, why: str) -> Problem:
    return Problem(
        field="ratings",
        code="before-first-dose",
        message=f"The rating of {rating.depth} at {rating.at_h:g} h tells nothing of the drug: {why}.",
        mend="Leave ratings from before the first dose out.",
    )
