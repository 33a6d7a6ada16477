"""How odd a record is for the crowd: how much better something else explains it than its own people do.

    odds = log( sum over rivals of share * mean likelihood under the rival )
         - log( mean likelihood under the crowd )

The likelihood is the one that reweights the crowd, of every kind of observation in use. By Neyman and Pearson
no other test of the same level finds the rivals' patients more often on average. How odd is odd is measured
by the crowd itself: records of its own people are simulated at the very times of this one, each held against
everybody but the one who gave it. So the level holds for any dose, route, time and kind of observation,
without a constant.

Source: Box, JRSS A 1980;143:383-430 (a record against what was foreseen of it); Besag & Clifford, Biometrika
        1989;76:633-642 (a test whose level is exact by simulated records).
"""

import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.compared import at_minutes
from slackwater.pharma.crowd import Crowd, with_deviates
from slackwater.pharma.draws import Stream
from slackwater.pharma.evidence import Evidence
from slackwater.pharma.kernels.surprise import explained
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.records import Pattern, Records, cells, drawn_records, pattern_of, record_of
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.rivals import RIVALS, Others, rivals_of
from slackwater.pharma.threads import share_out

# Records of the crowd's own people, drawn a part at a time, since most patients are plainly not odd.
N_RECORDS, _PART = 2000, 250
_RECORDS_AT_A_TIME = 25
# Of the crowd, against whom a record is held; with more of them hardly more of the odd are found.
N_PEOPLE = 2048
# Standard errors of a simulated chance; nineteen crowds of twenty then keep the level.
_ERRORS = 1.645
_LANE = 1000
_KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """How odd a record is.

    chance: of a record at least as odd from one of the crowd's own people, above 0 to 1
    looks:  what explains the record best, after "It looks as if"
    """

    chance: float
    looks: str

    def is_rarer_than(self, level: float) -> bool:
        """Whether so odd a record is surely rarer than that among the crowd's own people."""
        return self.chance + _ERRORS * math.sqrt(self.chance * (1.0 - self.chance) / N_RECORDS) <= level


def surprise_of(crowd: Crowd, regimen: Regimen, evidence: Evidence) -> Surprise:
    """How odd this evidence is for the crowd.

    crowd:    as drawn
    evidence: of one kind at least, its doubted readings quieter
    """
    yardstick = yardstick_of(crowd, regimen, pattern_of(evidence.strands, evidence.time_h))
    return yardstick.of(record_of(evidence.strands))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """The crowd and its rivals at the times of one pattern, group after group.

    cells:  (n_cells, n_people), log-likelihood of each mark; levels: (n_rises, n_people), in SDs of a reading
    signs:  where each sign begins among the rises
    groups: where each group begins among the people; the crowd is first
    shares: of each rival among them, sum 1
    """

    cells: Matrix
    levels: Matrix
    signs: Indices
    groups: Indices
    shares: Vector

    def odds(self, records: Records, left_out: Indices) -> tuple[Vector, Indices]:
        """How odd each record is, and which rival explains it best.

        left_out: (n_records, n_groups), whose word does not count; -1 for nobody
        """
        logs = np.empty(left_out.shape)

        def some(first: int, last: int) -> None:
            logs[first:last] = explained(
                self.cells,
                records.chosen[first:last],
                self.levels,
                records.rises[first:last],
                records.voices[first:last],
                self.signs,
                self.groups,
                left_out[first:last],
            )

        share_out(some, len(logs), _RECORDS_AT_A_TIME)
        weighed = logs[:, 1:] + np.log(self.shares)
        highest = weighed.max(axis=1)
        # The sum over rivals, about the largest of them.
        others = np.log(np.exp(weighed - highest[:, None]).sum(axis=1))
        return highest + others - logs[:, 0], weighed.argmax(axis=1)


@dataclass(slots=True, kw_only=True, eq=False)
class Yardstick:
    """What records of one pattern are held against. Safe from any thread.

    predicted: of the crowd's own people, for each row of the pattern, (n_times, n_people)
    strangers: whether the others are other people, and not the same ones with one thing gone wrong
    seed:      what the crowd's records are drawn by
    odds:      of those drawn so far, part by part
    """

    people: People
    pattern: Pattern
    predicted: Sequence[Matrix]
    seed: int
    strangers: bool = False
    odds: list[Vector] = field(default_factory=list)
    _drawing: threading.Lock = field(default_factory=threading.Lock)

    def of(self, record: Records) -> Surprise:
        """How odd one record is.

        Of the crowd's own records no more are drawn once as many are as odd as it takes to be not rare: with
        more of them the answer to `is_rarer_than` 1 in 20 or less would be the same (Besag & Clifford,
        Biometrika 1991;78:301-304).
        """
        found, best = self.people.odds(record, np.full((1, self.people.groups.size - 1), -1))
        at_least, n_drawn = 0, 0
        for part in range(N_RECORDS // _PART):
            at_least += int(np.count_nonzero(self._part(part) >= found[0]))
            n_drawn += _PART
            if at_least > N_RECORDS // 20:
                break
        return Surprise(chance=(at_least + 1.0) / (n_drawn + 1.0), looks=RIVALS[best[0]].looks)

    def _part(self, part: int) -> Vector:
        with self._drawing:
            while len(self.odds) <= part:
                self.odds.append(self._drawn(len(self.odds)))
            return self.odds[part]

    def _drawn(self, part: int) -> Vector:
        """Records of the crowd's own people, each held against everybody but the one who gave it."""
        groups = self.people.groups
        n_own = int(groups[1])
        who = (np.arange(_PART) * n_own // _PART + part) % n_own
        records = drawn_records(self.pattern, self.predicted, who, Stream(self.seed, lane=_LANE + part))
        left_out = np.where(who[:, None] < np.diff(groups), groups[:-1] + who[:, None], -1)
        if self.strangers:
            left_out[:, 1:] = -1
        return self.people.odds(records, left_out)[0]


@lru_cache(maxsize=_KEPT)
def yardstick_of(crowd: Crowd, regimen: Regimen, pattern: Pattern) -> Yardstick:
    """The yardstick for records of this pattern. The same arguments give the same digits."""
    others = rivals_of(own_people(crowd), regimen, times_of(pattern))
    return held_against(crowd, regimen, pattern, others)


def held_against(
    crowd: Crowd, regimen: Regimen, pattern: Pattern, others: Others, *, strangers: bool = False
) -> Yardstick:
    """A yardstick of the crowd and any others."""
    own = own_people(crowd)
    curves = at_minutes(own, regimen, times_of(pattern), quantities_of(pattern))
    known = {one: curves.of(one) for one in quantities_of(pattern)}
    return Yardstick(
        people=people_of(pattern, known, others),
        pattern=pattern,
        predicted=tuple(_predicted(pattern, known)),
        seed=crowd.seed or 0,
        strangers=strangers,
    )


def own_people(crowd: Crowd) -> Crowd:
    """Those of the crowd against whom records are held, evenly taken from all of it."""
    n_own = min(N_PEOPLE, crowd.n_subjects)
    return with_deviates(crowd, crowd.z[np.arange(n_own) * crowd.n_subjects // n_own])


def people_of(pattern: Pattern, known: Mapping[Quantity, Matrix], others: Others) -> People:
    """The crowd and groups of others as records of the pattern see them.

    known: the curves of `own_people` at `times_of` the pattern, and so others', (n_times, n_people)
    """
    n_own, n_others = next(iter(known.values())).shape[1], others.blind.size
    blind = np.concatenate([np.zeros(n_own), others.blind])
    both = {one: np.hstack([known[one], others.curves[one]]) for one in known}
    marked, levels, signs = [np.empty((0, blind.size))], [np.empty((0, blind.size))], [0]
    for row, values in zip(pattern, _predicted(pattern, both), strict=True):
        if row.is_rise:
            levels.append(values / row.likelihood.sd)
            signs.append(signs[-1] + len(values))
        else:
            voiced = cells(row, values, blind) * np.array(row.voices)[:, None, None]
            marked.append(voiced.reshape(-1, blind.size))
    n_groups = others.shares.size
    return People(
        cells=np.concatenate(marked),
        levels=np.concatenate(levels),
        signs=np.array(signs),
        groups=np.append(0, n_own + n_others // n_groups * np.arange(n_groups + 1)),
        shares=others.shares,
    )


def times_of(pattern: Pattern) -> Vector:
    """Every time at which the pattern has something, rising, h."""
    return np.unique(np.concatenate([row.at_h for row in pattern]))


def quantities_of(pattern: Pattern) -> tuple[Quantity, ...]:
    """The curves that it is about."""
    return tuple(dict.fromkeys(row.likelihood.sign.quantity for row in pattern))


def _predicted(pattern: Pattern, curves: Mapping[Quantity, Matrix]) -> Iterator[Matrix]:
    """What each row of the pattern is about, (n_times, n_people)."""
    time_h = times_of(pattern)
    for row in pattern:
        yield curves[row.likelihood.sign.quantity][np.searchsorted(time_h, row.at_h)]
