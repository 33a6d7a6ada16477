"""Observations as arrays: checked, each counted once, close ones sharing a voice; and how likely they are."""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from slackwater.pharma.arrays import Flags, Indices, Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import Curves
from slackwater.pharma.given import check_list
from slackwater.pharma.kernels.likelihood import (
    answer_log_likelihood,
    mark_log_likelihood,
    mark_table,
    rise_log_likelihood,
)
from slackwater.pharma.likelihoods import Likelihood, Sign
from slackwater.pharma.observations import ANSWERS_FROM, DEEPEST_MARK, MOST_ALERT, Observation
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.units import h_from_min, min_from_h

# Of marks that a person writes; beyond this something is broken.
MOST_WRITTEN = 1_000
MOST_READ = 100_000
# What people tell twice within a second is of one moment, whatever the rounding of its hours.
_SAME_MOMENT_H = 1.0 / 3600.0
# Readings of one kind that are compared with the crowd; where there are more, they are taken together.
_MOST_COMPARED = 40
# An artefact could be anything over so many SDs.
ARTEFACT_WIDTH_SD = 20.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Strand:
    """All that was seen of one kind, in order of time.

    rows:   where its times stand among `Evidence.time_h`
    values: marks, scores, 1 for yes, or rises
    voices: how much each counts, 0 to 1
    """

    likelihood: Likelihood
    rows: Indices
    values: Vector
    voices: Vector

    @property
    def sign(self) -> Sign:
        """What it is a strand of."""
        return self.likelihood.sign


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What a crowd is compared with.

    time_h:  (n_times,), every time at which it is compared, rising, each a whole minute
    strands: one for each kind in use of which something was seen
    counted: how much was seen of each kind, in use or not, each observation once
    in_use:  the kinds that count
    """

    time_h: Vector
    strands: tuple[Strand, ...]
    counted: tuple[tuple[Sign, int], ...]
    in_use: frozenset[Sign]

    @property
    def wanted(self) -> tuple[Quantity, ...]:
        """The curves that it is compared with."""
        return tuple(dict.fromkeys(strand.sign.quantity for strand in self.strands))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Told:
    """All that was told of one kind, in order of time, each once; at_h and values: of `those`."""

    sign: Sign
    those: list[Observation]
    at_h: Vector
    values: Vector


def gather(
    crowd: Crowd, regimen: Regimen, observations: Iterable[Observation], using: Collection[Sign] | None = None
) -> Evidence:
    """Observations of any kind, in any order, as evidence.

    using: the kinds that count; None for those that the catalogue has in use
    Raises RefusedError for a kind that there is none of, a crowd that has taken some in already, an
    observation before the first dose, two that contradict each other, and more than a session can hold.
    """
    told = _told(observations)
    if problems := tuple(_problems(crowd, regimen, told)):
        raise RefusedError(*problems)
    response = crowd.population.response
    in_use = response.in_use if using is None else _kinds(using)
    found = [
        (response.likelihood(each.sign), *_taken_together(each, response.likelihood(each.sign).spacing_h))
        for each in told
        if each.sign in in_use
    ]
    minutes = [_whole_minutes(at_h) for _, at_h, _ in found]
    time_h = np.unique(np.concatenate(minutes)) if found else np.empty(0)
    return Evidence(
        time_h=time_h,
        strands=tuple(
            Strand(
                likelihood=likelihood,
                rows=np.searchsorted(time_h, at_minute_h),
                values=values,
                voices=_voices(at_h, likelihood),
            )
            for (likelihood, at_h, values), at_minute_h in zip(found, minutes, strict=True)
        ),
        counted=tuple((each.sign, each.at_h.size) for each in told),
        in_use=in_use,
    )


def _kinds(using: Collection[Sign]) -> frozenset[Sign]:
    known = {*Sign}
    check_list("kinds of observation", using)
    if strangers := [repr(str(each)) for each in using if each not in known]:
        raise RefusedError.of(
            field="using",
            code="unknown",
            message=f"{', '.join(strangers)} is no kind of observation.",
            mend=f"Choose from {', '.join(each.value for each in Sign)}.",
        )
    return frozenset(Sign(each) for each in using)


def _told(observations: Iterable[Observation]) -> list[_Told]:
    """Kind by kind; a monitor gives so many that they are sorted as numbers."""
    by_sign: dict[Sign, list[Observation]] = {sign: [] for sign in Sign}
    for one in observations:
        by_sign[one.sign].append(one)
    return [_each_once(sign, those) for sign, those in by_sign.items() if those]


def _each_once(sign: Sign, those: list[Observation]) -> _Told:
    at_h, values = np.array([one.at_h for one in those]), np.array([one.value for one in those])
    order = np.lexsort((values, at_h))
    is_new = ~_is_same_moment(sign, at_h[order]) | (np.diff(values[order]) != 0.0)
    kept = order[np.append(True, is_new)]
    return _Told(
        sign=sign, those=[those[index] for index in kept.tolist()], at_h=at_h[kept], values=values[kept]
    )


def log_likelihood(evidence: Evidence, curves: Curves) -> Vector:
    """Of all evidence, for each virtual patient, up to a constant; curves: at the evidence's times."""
    return sum((of_strand(strand, curves) for strand in evidence.strands), np.zeros(curves.weights.size))


def of_strand(strand: Strand, curves: Curves) -> Vector:
    """Log-likelihood of one strand for each virtual patient."""
    error = strand.likelihood
    predicted = np.ascontiguousarray(curves.some(strand.sign.quantity, strand.rows))
    seen = predicted, strand.values, strand.voices
    match strand.sign:
        case Sign.RATING:
            return mark_log_likelihood(*seen, table_of(error, DEEPEST_MARK))
        case Sign.ALERTNESS:
            return mark_log_likelihood(*seen, table_of(error, MOST_ALERT))
        case Sign.ANSWERS:
            return answer_log_likelihood(*seen, error.sd, error.slip, ANSWERS_FROM - 0.5)
        case _:
            return rise_log_likelihood(*seen, error.sd)


@lru_cache(maxsize=16)
def table_of(error: Likelihood, highest: int) -> Matrix:
    """Log-likelihood of each mark, at equal steps of what is predicted; it is the same for every patient."""
    table = mark_table(error.sd, error.slip, highest)
    table.setflags(write=False)
    return table


def without_artefacts(evidence: Evidence, curves: Curves) -> Evidence:
    """The same with a lower voice for each reading that fits the whole crowd so badly that it may be none.

    A rise counts by the chance that it is no artefact, given how far it lies from what the crowd expects. The
    middle of all of them is taken out first, because an odd baseline shifts every rise alike.

    curves: of the crowd as drawn, at the evidence's times
    """
    return replace(evidence, strands=tuple(_doubted(strand, curves) for strand in evidence.strands))


def _doubted(strand: Strand, curves: Curves) -> Strand:
    if not strand.sign.is_rise:
        return strand
    predicted, weights = curves.some(strand.sign.quantity, strand.rows), curves.weights
    mean = predicted @ weights
    variance = strand.likelihood.sd**2 + np.maximum((predicted**2) @ weights - mean**2, 0.0)
    off = strand.values - mean
    off = off - np.median(off)
    return replace(strand, voices=strand.voices * belief(off, variance, strand.likelihood))


def belief(off: Matrix, variance: Matrix, error: Likelihood) -> Matrix:
    """Chance that a reading is no artefact, given how far it lies from what is expected; shapes agree."""
    true = (1.0 - error.slip) * np.exp(-0.5 * off**2 / variance) / np.sqrt(2.0 * np.pi * variance)
    believed: Matrix = true / (true + error.slip / (ARTEFACT_WIDTH_SD * error.sd))
    return believed


def _whole_minutes(at_h: Vector) -> Vector:
    """The nearest: whoever writes down what they saw knows no better when it was."""
    minutes = [min_from_h(at) for at in at_h.tolist()]
    # At minute 0 nobody has any drug yet, so that nothing could be learned from it.
    return np.array([h_from_min(max(round(minute), min(math.ceil(minute), 1))) for minute in minutes])


def _taken_together(told: _Told, spacing_h: float) -> tuple[Vector, Vector]:
    """Times and values to compare; a monitor's readings of one stretch speak by their median, mid-way."""
    at_h, values = told.at_h, told.values
    if not told.sign.is_rise:
        return at_h, values
    stretch_h = max(spacing_h, float(at_h[-1] - at_h[0]) / _MOST_COMPARED)
    groups = np.split(np.arange(at_h.size), _first_of_stretch(at_h, stretch_h)[1:])
    middles = np.array([at_h[(group[0] + group[-1]) // 2] for group in groups])
    return middles, np.array([np.median(values[group]) for group in groups])


def _first_of_stretch(at_h: Vector, stretch_h: float) -> list[int]:
    first = [0]
    while (start := int(np.searchsorted(at_h, at_h[first[-1]] + stretch_h, side="left"))) < at_h.size:
        # At least one further, whatever the rounding.
        first.append(max(start, first[-1] + 1))
    return first


def _voices(at_h: Vector, likelihood: Likelihood) -> Vector:
    if likelihood.sign.is_rise:
        return np.ones(at_h.size)
    # A person's error does not start afresh within minutes, so close marks share one voice.
    first = np.searchsorted(at_h, at_h - likelihood.spacing_h, side="left")
    beyond = np.searchsorted(at_h, at_h + likelihood.spacing_h, side="right")
    return 1.0 / (beyond - first)


def _problems(crowd: Crowd, regimen: Regimen, told: list[_Told]) -> Iterator[Problem]:
    if not crowd.is_as_drawn:
        yield Problem(
            field="crowd",
            code="already-observed",
            message="This crowd has already taken observations in.",
            mend="Give all of them at once, on the crowd as drawn.",
        )
    n_read = sum(each.at_h.size for each in told if each.sign.is_rise)
    n_written = sum(each.at_h.size for each in told) - n_read
    for n, most, field in ((n_written, MOST_WRITTEN, "observations"), (n_read, MOST_READ, "readings")):
        if n > most:
            yield Problem(
                field=field,
                code="too-many",
                message=f"{n:,} {field} are more than a session can hold.",
                mend=f"Give at most {most:,}.",
            )
    if told and not regimen.doses:
        first = min((each.those[0] for each in told), key=lambda one: one.at_h)
        yield _before_first_dose(first, "nothing has been given")
        return
    for each in told:
        for index in np.flatnonzero(each.at_h < regimen.doses[0].at_h).tolist():
            yield _before_first_dose(each.those[index], "the first dose came later")
    yield from _contradictions(told)


def _contradictions(told: list[_Told]) -> Iterator[Problem]:
    for each in told:
        for index in np.flatnonzero(_is_same_moment(each.sign, each.at_h)).tolist():
            yield _contradiction(each.those[index], each.those[index + 1])
    by_sign = {each.sign: each for each in told}
    if Sign.ALERTNESS not in by_sign or Sign.ANSWERS not in by_sign:
        return
    scores = by_sign[Sign.ALERTNESS]
    for one in by_sign[Sign.ANSWERS].those:
        for place in np.flatnonzero(np.abs(scores.at_h - one.at_h) < _SAME_MOMENT_H).tolist():
            if (scores.values[place] >= ANSWERS_FROM) != bool(one.value):
                yield _contradiction(scores.those[place], one)


def _is_same_moment(sign: Sign, at_h: Vector) -> Flags:
    """For each time but the first, whether it is that before it; a monitor may well read twice a second."""
    since_h = np.diff(at_h)
    same: Flags = since_h == 0.0 if sign.is_rise else since_h < _SAME_MOMENT_H
    return same


def _contradiction(earlier: Observation, later: Observation) -> Problem:
    return Problem(
        field=f"{earlier.sign.value}s" if earlier.sign is Sign.RATING else earlier.sign.value,
        code="contradiction",
        message=f"At {earlier.at_h:g} h it is both {earlier.told} and {later.told}.",
        mend="Strike out the one that is mistaken.",
    )


def _before_first_dose(one: Observation, why: str) -> Problem:
    return Problem(
        field="ratings" if one.sign is Sign.RATING else one.sign.value,
        code="before-first-dose",
        message=f"The {one.sign.word} at {one.at_h:g} h ({one.told}) tells nothing of the drug: {why}.",
        mend="Leave out what was seen before the first dose.",
    )
