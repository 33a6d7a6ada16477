"""The whole calibration: which patients are asked about, and what is counted of the answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.arrays import Vector
from slackwater.pharma.calibration.sights import look
from slackwater.pharma.calibration.truths import truths
from slackwater.pharma.calibration.verdict import Asked, Verdict, judge
from slackwater.pharma.crowd import Crowd, Population, draw
from slackwater.pharma.regimen import Regimen

# After the third rating, and once the effect has begun to pass.
MOMENTS_MIN = (45, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Patients of one population under one regimen, asked of a crowd of another, or the same.

    dose:    the regimen in words
    crowd:   whom the crowd is drawn from
    truth:   whom the patients are drawn from
    shifted: factor by which every patient's EC50 differs, 1 for none
    """

    dose: str
    crowd: Population
    truth: Population
    regimen: Regimen
    shifted: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is drawn, and by which seed.

    patients: of the first case; others: of each further one
    """

    patients: int
    others: int
    subjects: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often one band held the truth: over all later times, and at the worst of them, with its time."""

    nominal: float
    mean: float
    worst: float
    worst_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What came of one case at one moment.

    width_share:      mean width of the 90 % band, as a share of the crowd's as drawn
    error_min:        mean size of the error of the predicted time of recovery, min; drawn_error_min: without
                      any observation; median_ likewise
    outside, refreshed: shares of patients
    """

    case: Case
    until_min: int
    n_patients: int
    half: Coverage
    most: Coverage
    width_share: float
    error_min: float
    drawn_error_min: float
    median_error_min: float
    median_drawn_error_min: float
    outside: float
    refreshed: float
    ess: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was counted."""

    size: Size
    rows: tuple[Row, ...]


def calibrate(cases: Sequence[Case], size: Size, tell: Callable[[], None]) -> Report:
    """Ask about every case.

    tell: called once for each question, of which there are `questions(cases, size)`
    """
    rows = [*_rows(cases[0], size, size.patients, tell)]
    rows += [row for case in cases[1:] for row in _rows(case, size, size.others, tell)]
    return Report(size=size, rows=tuple(rows))


def questions(cases: Sequence[Case], size: Size) -> int:
    """How many times a crowd will be asked."""
    return (size.patients + (len(cases) - 1) * size.others) * len(MOMENTS_MIN)


def _rows(case: Case, size: Size, n_patients: int, tell: Callable[[], None]) -> Iterator[Row]:
    patients = truths(
        case.truth,
        case.regimen,
        n_patients=n_patients,
        seed=size.seed + 1,
        altered=lambda one: replace(one, EC50=one.EC50 * case.shifted),
    )
    sights = look(patients, case.truth.response, seed=size.seed + 2)
    asked = _asked(case, size)
    for moment in MOMENTS_MIN:
        verdict = judge(asked, patients, sights, until_min=moment, tell=tell)
        yield _row(case, verdict)


def _row(case: Case, verdict: Verdict) -> Row:
    error = 60.0 * np.abs(verdict.recovered_h - verdict.recovered_true_h)
    drawn = 60.0 * np.abs(verdict.recovered_drawn_h - verdict.recovered_true_h)
    return Row(
        case=case,
        until_min=verdict.until_min,
        n_patients=error.size,
        half=_coverage(0.5, verdict.held[0].mean(axis=1), verdict.time_min),
        most=_coverage(0.9, verdict.held[1].mean(axis=1), verdict.time_min),
        width_share=float(verdict.width.mean() / verdict.width_drawn.mean()),
        error_min=float(error.mean()),
        drawn_error_min=float(drawn.mean()),
        median_error_min=float(np.median(error)),
        median_drawn_error_min=float(np.median(drawn)),
        outside=float(verdict.outside.mean()),
        refreshed=float(verdict.refreshed.mean()),
        ess=float(np.median(verdict.ess)),
    )


def _coverage(nominal: float, by_time: Vector, time_min: Vector) -> Coverage:
    worst = int(np.abs(by_time - nominal).argmax())
    return Coverage(
        nominal=nominal,
        mean=float(by_time.mean()),
        worst=float(by_time[worst]),
        worst_min=float(time_min[worst]),
    )


def _asked(case: Case, size: Size) -> Asked:
    crowd: Crowd = draw(case.crowd, n_subjects=size.subjects, seed=size.seed)
    return Asked.of(crowd, case.regimen, case.crowd.response.in_use)
