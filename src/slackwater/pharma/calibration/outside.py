"""How often "outside my crowd" is said of the crowd's own people, and of planted ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.calibration.misfits import MISFITS, Misfit
from slackwater.pharma.calibration.sights import USUAL, Sights, look
from slackwater.pharma.calibration.truths import TIME_H, Truths, truths
from slackwater.pharma.calibration.verdict import Asked, judge
from slackwater.pharma.crowd import Crowd, Population, draw
from slackwater.pharma.evidence import gather, without_artefacts
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.records import Pattern, Records, pattern_of, record_of
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.rivals import Others
from slackwater.pharma.yardstick import held_against, quantities_of, times_of, yardstick_of

# As many as a room draws.
# A planted patient's own people, against whom the best test holds a record.
_LIKE_THEM = 2048
LOOKS_MIN = USUAL[Sign.RATING]
_LATE_MIN = LOOKS_MIN[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosed:
    """Whom "outside" is asked about: one population under one regimen, in words and as it is."""

    dose: str
    people: Population
    regimen: Regimen


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """Shares of the crowd's own people who are called outside: at each of LOOKS_MIN, and at any of them."""

    dose: str
    n_patients: int
    by_look: tuple[float, ...]
    ever: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Planted patients of one kind after one dose.

    called: share called outside at the last look
    best:   share that the best possible test of the same level would call: likelihood ratio of this very kind
            of patient to the crowd, which no room can have, since it knows what was planted
    held:   how often the 90 % band held the true depth of those who were not called, at all times after it;
            None where nobody was left, and where it was not asked
    """

    dose: str
    misfit: Misfit
    n_patients: int
    called: float
    best: float
    held: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """All of it."""

    level: float
    alarms: tuple[FalseAlarms, ...]
    found: tuple[Found, ...]


def outside(
    dosed: Sequence[Dosed],
    *,
    n_own: int,
    n_planted: int,
    n_subjects: int,
    seed: int,
    tell: Callable[[], None],
) -> Outside:
    """Ask after every dose, of so many of the crowd's own people and of each kind of misfit.

    tell: called once for each dose and kind, of which there are `steps(dosed)`
    """
    alarms, found = [], []
    for one in dosed:
        room = _Room.of(one, n_subjects=n_subjects, seed=seed)
        alarms.append(_alarms(room, n_own, seed))
        tell()
        for number, misfit in enumerate(MISFITS):
            if misfit.is_odd_after(one.regimen):
                found.append(_found(room, misfit, n_planted, seed + 100 + number, is_held=one is dosed[0]))
            tell()
    return Outside(level=dosed[0].people.response.fit.false_alarms, alarms=tuple(alarms), found=tuple(found))


def steps(dosed: Sequence[Dosed]) -> int:
    """How many times `outside` tells that it moves on."""
    return len(dosed) * (1 + len(MISFITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """One crowd under one regimen, as a room has it."""

    dosed: Dosed
    crowd: Crowd

    @classmethod
    def of(cls, dosed: Dosed, *, n_subjects: int, seed: int) -> "_Room":
        return cls(dosed=dosed, crowd=draw(dosed.people, n_subjects=n_subjects, seed=seed))

    def records(self, sights: Sights, n_patients: int, *, until_min: int) -> tuple[Pattern, list[Records]]:
        """What was seen of each patient up to a minute."""
        using, regimen = self.dosed.people.response.in_use, self.dosed.regimen
        drawn, found, pattern = None, [], None
        for patient in range(n_patients):
            seen = sights.of(patient, until_min=until_min, using=using)
            evidence = gather(self.crowd, regimen, seen, using)
            if drawn is None or pattern is None:
                drawn = self.crowd.simulate(regimen, evidence.time_h, evidence.wanted)
                pattern = pattern_of(evidence.strands, evidence.time_h)
            found.append(record_of(without_artefacts(evidence, drawn).strands))
        if pattern is None:
            raise ValueError("nobody was seen")
        return pattern, found


def _alarms(room: _Room, n_patients: int, seed: int) -> FalseAlarms:
    dosed, level = room.dosed, room.dosed.people.response.fit.false_alarms
    sights = look(_own(dosed, n_patients, seed + 1), dosed.people.response, seed=seed + 2)
    called = np.zeros((len(LOOKS_MIN), n_patients), dtype=np.bool_)
    for row, minute in enumerate(LOOKS_MIN):
        pattern, records = room.records(sights, n_patients, until_min=minute)
        yardstick = yardstick_of(room.crowd, dosed.regimen, pattern)
        called[row] = [yardstick.of(one).is_rarer_than(level) for one in records]
    return FalseAlarms(
        dose=dosed.dose,
        n_patients=n_patients,
        by_look=tuple(called.mean(axis=1).tolist()),
        ever=float(called.any(axis=0).mean()),
    )


def _own(dosed: Dosed, n_patients: int, seed: int) -> Truths:
    return truths(dosed.people, dosed.regimen, n_patients=n_patients, seed=seed)


def _found(room: _Room, misfit: Misfit, n_patients: int, seed: int, *, is_held: bool) -> Found:
    dosed, level = room.dosed, room.dosed.people.response.fit.false_alarms
    planted = misfit.truths(dosed.people, dosed.regimen, n_patients, seed)
    sights = look(planted, dosed.people.response, seed=seed + 100)
    pattern, records = room.records(sights, n_patients, until_min=_LATE_MIN)
    yardstick = yardstick_of(room.crowd, dosed.regimen, pattern)
    like_them = misfit.truths(dosed.people, dosed.regimen, _LIKE_THEM, seed + 200)
    return Found(
        dose=dosed.dose,
        misfit=misfit,
        n_patients=n_patients,
        called=float(np.mean([yardstick.of(one).is_rarer_than(level) for one in records])),
        best=_best(room, pattern, records, like_them),
        held=_held(room, planted, sights) if is_held else None,
    )


def _held(room: _Room, planted: Truths, sights: Sights) -> float | None:
    asked = Asked.of(room.crowd, room.dosed.regimen, room.dosed.people.response.in_use)
    verdict = judge(asked, planted, sights, until_min=_LATE_MIN, tell=lambda: None)
    left = verdict.held[1][:, ~verdict.outside]
    return float(left.mean()) if left.size else None


def _best(room: _Room, pattern: Pattern, records: Sequence[Records], like_them: Truths) -> float:
    """Share of records that the likelihood ratio of their own kind to the crowd calls, at the same level."""
    minutes = np.rint(times_of(pattern) / TIME_H[1]).astype(np.int64)
    planted = {one: like_them.curves[one][minutes] for one in quantities_of(pattern)}
    others = Others(curves=planted, blind=np.zeros(_LIKE_THEM), shares=np.ones(1))
    best = held_against(room.crowd, room.dosed.regimen, pattern, others, strangers=True)
    level = room.dosed.people.response.fit.false_alarms
    return float(np.mean([best.of(one).is_rarer_than(level) for one in records]))
