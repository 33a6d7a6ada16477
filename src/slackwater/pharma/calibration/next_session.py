"""The next session of the same people: what a crowd that has learned from the ones before says of it.

A patient keeps what is theirs and has every session's occasion anew, as the population says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.calibration.counts import Coverage, Errors, coverages
from slackwater.pharma.calibration.sights import Sights, look
from slackwater.pharma.calibration.truths import Truths, evenly, truths_of
from slackwater.pharma.calibration.verdict import BAND_MIN, foretold, held_by, recovered_true_h
from slackwater.pharma.carry import EarlierSession, carried
from slackwater.pharma.columns import Cause
from slackwater.pharma.crowd import Crowd, Population, draw, with_deviates
from slackwater.pharma.draws import Stream
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.threads import share_out

# All that is usually seen of a session.
_UNTIL_MIN = 180
_LANE = 23
_PATIENTS_AT_A_TIME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Sessions of one person: what was given in the earlier ones, in order, and what is given today.

    words: the earlier ones for people
    Its populations are of one model, whose columns of deviates are then the same.
    """

    words: str
    earlier: tuple[tuple[Population, Regimen], ...]
    today: tuple[Population, Regimen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How the crowd's bands for today's session held, before anything was seen in it.

    width_share: mean width of the 90 % band, as a share of that of a crowd that knows the population alone
    errors:      of the predicted time of recovery; fresh: of the crowd that knows the population alone
    """

    words: str
    n_patients: int
    half: Coverage
    most: Coverage
    width_share: float
    errors: Errors
    fresh: Errors


def following(
    course: Course, *, n_patients: int, n_subjects: int, seed: int, tell: Callable[[], None]
) -> Iterator[Following]:
    """First the crowd that knows the population alone, then the one that has learned.

    tell: called once for each patient, from several threads
    """
    people, regimen = course.today
    lives = _Lives(evenly(people, n_patients, seed + 1), Stream(seed + 1, lane=_LANE))
    seen = [
        (whom, given, look(lives.session(whom, given), whom.response, seed=seed + 2 + number))
        for number, (whom, given) in enumerate(course.earlier)
    ]
    truth = lives.session(people, regimen)
    found: dict[int, tuple[Matrix, float]] = {}

    def ask(first: int, last: int) -> None:
        for patient in range(first, last):
            earlier = [_earlier(whom, given, sights, patient) for whom, given, sights in seen]
            crowd = carried(people, earlier, n_subjects=n_subjects, seed=seed)
            found[patient] = foretold(crowd, regimen)
            tell()

    share_out(ask, n_patients, _PATIENTS_AT_A_TIME)
    bands = np.stack([found[patient][0] for patient in range(n_patients)], axis=-1)
    middles = np.array([found[patient][1] for patient in range(n_patients)])
    band, middle = foretold(draw(people, n_subjects=n_subjects, seed=seed), regimen)
    fresh = np.repeat(band[:, :, None], n_patients, axis=-1)
    yield _counted("nothing", truth, fresh, np.full(n_patients, middle), band, middle)
    yield _counted(course.words, truth, bands, middles, band, middle)


@dataclass(frozen=True, slots=True)
class _Lives:
    """Patients who keep what is theirs from session to session."""

    patients: Crowd
    stream: Stream

    def session(self, people: Population, regimen: Regimen) -> Truths:
        """One more session of everybody, with an occasion of its own."""
        z = self.patients.z.copy()
        occasion = people.columns.of([Cause.OCCASION])
        z[:, occasion] = self.stream.normals(len(z), len(occasion))
        return truths_of(with_deviates(draw(people, n_subjects=len(z)), z), regimen)


def _earlier(people: Population, regimen: Regimen, sights: Sights, patient: int) -> EarlierSession:
    seen = sights.of(patient, until_min=_UNTIL_MIN, using=people.response.in_use)
    return EarlierSession(people=people, regimen=regimen, observations=tuple(seen))


def _counted(
    words: str, truth: Truths, bands: Matrix, middles: Vector, fresh: Matrix, fresh_middle: float
) -> Following:
    half, most = coverages(held_by(bands, truth.depth[BAND_MIN]), BAND_MIN.astype(np.float64))
    true_h = recovered_true_h(truth)
    return Following(
        words=words,
        n_patients=truth.n_patients,
        half=half,
        most=most,
        width_share=float((bands[4] - bands[0]).mean() / (fresh[4] - fresh[0]).mean()),
        errors=Errors.of(middles, true_h),
        fresh=Errors.of(fresh_middle, true_h),
    )
