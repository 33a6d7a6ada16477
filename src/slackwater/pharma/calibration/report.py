"""Coverage of one session: which patients are asked about, and what is counted of the answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.calibration.counts import Coverage, Errors, coverages
from slackwater.pharma.calibration.sights import look
from slackwater.pharma.calibration.truths import Truths, truths
from slackwater.pharma.calibration.verdict import Asked, Verdict, judge
from slackwater.pharma.calibration.worth import Worth, only_weighed, worth
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
class Row:
    """What came of one case at one moment.

    width_share: mean width of the 90 % band, as a share of the crowd's as drawn
    errors:      of the predicted time of recovery; drawn: of the crowd's as drawn
    outside, refreshed: shares of patients
    """

    case: Case
    until_min: int
    n_patients: int
    half: Coverage
    most: Coverage
    width_share: float
    errors: Errors
    drawn: Errors
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


def moving(case: Case, size: Size, tell: Callable[[], None]) -> tuple[Worth, ...]:
    """The first case's patients asked of a crowd that is only weighed, and of one that is moved.

    tell: called once for each question, of which there are two for each of `size.patients`
    """
    patients = _patients(case, size, size.patients)
    sights = look(patients, case.truth.response, seed=size.seed + 2)
    weighed, moved = (
        judge(_asked(people, case.regimen, size), patients, sights, until_min=MOMENTS_MIN[-1], tell=tell)
        for people in (only_weighed(case.crowd), case.crowd)
    )
    return tuple(worth(weighed, moved, n_subjects=size.subjects))


def _rows(case: Case, size: Size, n_patients: int, tell: Callable[[], None]) -> Iterator[Row]:
    patients = _patients(case, size, n_patients)
    sights = look(patients, case.truth.response, seed=size.seed + 2)
    asked = _asked(case.crowd, case.regimen, size)
    for moment in MOMENTS_MIN:
        verdict = judge(asked, patients, sights, until_min=moment, tell=tell)
        yield _row(case, verdict)


def _patients(case: Case, size: Size, n_patients: int) -> Truths:
    return truths(
        case.truth,
        case.regimen,
        n_patients=n_patients,
        seed=size.seed + 1,
        altered=lambda one: replace(one, EC50=one.EC50 * case.shifted),
    )


def _row(case: Case, verdict: Verdict) -> Row:
    half, most = coverages(verdict.held, verdict.time_min)
    return Row(
        case=case,
        until_min=verdict.until_min,
        n_patients=verdict.ess.size,
        half=half,
        most=most,
        width_share=float(verdict.width.mean() / verdict.width_drawn.mean()),
        errors=Errors.of(verdict.recovered_h, verdict.recovered_true_h),
        drawn=Errors.of(verdict.recovered_drawn_h, verdict.recovered_true_h),
        outside=float(verdict.outside.mean()),
        refreshed=float(verdict.refreshed.mean()),
        ess=float(np.median(verdict.ess)),
    )


def _asked(people: Population, regimen: Regimen, size: Size) -> Asked:
    crowd: Crowd = draw(people, n_subjects=size.subjects, seed=size.seed)
    return Asked.of(crowd, regimen, people.response.in_use)
