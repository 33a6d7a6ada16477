"""What else could have happened: explanations of a record that the crowd does not hold.

Each is the crowd's own people with one thing gone wrong. They are the other side of the question whether a
patient is like anybody in the crowd: a record speaks against the crowd as far as one of these explains it
better.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum, auto

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.crowd import Crowd, with_deviates
from slackwater.pharma.effects import effects
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.response import DEEPEST, Responders

# Of the crowd, for each rival: enough that a mean over them tells more from less likely by far.
N_PEOPLE = 128


class Rated(Enum):
    """How depth becomes what is said."""

    AS_FELT = auto()
    UPSIDE_DOWN = auto()
    NEVER = auto()
    HALF_OF_THEM = auto()
    ANYHOW = auto()

    @property
    def blind(self) -> float:
        """Share of the ratings that say nothing, beyond the slips that everybody makes."""
        return {Rated.HALF_OF_THEM: 0.5, Rated.ANYHOW: 1.0}.get(self, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One thing gone wrong.

    looks:  what it would look like, after "It looks as if"
    share:  its weight among the rivals; all sum to 1
    dose:   factor on every dose
    needs:  factor on the concentration that gives half the depth, alertness and pressure unchanged
    late_h: by how much everything comes later, h
    pace:   factor on all times; above 1 is slower
    """

    looks: str
    share: float
    dose: float = 1.0
    needs: float = 1.0
    late_h: float = 0.0
    pace: float = 1.0
    rated: Rated = Rated.AS_FELT

    def own_time(self, time_h: Vector) -> Vector:
        """The time on the crowd's own clock that looks like this one."""
        return np.maximum((time_h - self.late_h) / self.pace, 0.0)


_NOTHING = "nothing had reached the patient"
_LESS, _MORE = "far less had reached the patient", "far more had reached the patient"
_DULL, _KEEN = (
    f"the patient felt it only at a far {level} concentration than anybody in the crowd"
    for level in ("higher", "lower")
)
_LATE, _SLOW, _FAST = (
    "everything came late",
    "everything went far more slowly",
    "everything went far faster",
)
_UPSIDE_DOWN, _ANYHOW = "the scale was read upside down", "the ratings had nothing to do with the drug"
# Judgement: that nothing arrived is the likeliest of all mishaps and the hardest to tell from a crowd in
# which some feel little, so it gets half. The rest is shared by kind, and within a kind by size.
_MOST, _PART = 0.5, 0.05

RIVALS = (
    Rival(looks=_NOTHING, share=_MOST, dose=0.0),
    *(Rival(looks=_LESS, share=_PART / 2, dose=factor) for factor in (0.1, 0.3)),
    *(Rival(looks=_MORE, share=_PART / 3, dose=factor) for factor in (2.0, 4.0, 10.0)),
    *(Rival(looks=_DULL, share=_PART / 2, needs=factor) for factor in (3.0, 5.0)),
    *(Rival(looks=_KEEN, share=_PART / 2, needs=factor) for factor in (0.35, 0.2)),
    *(Rival(looks=_LATE, share=_PART / 3, late_h=hours) for hours in (0.25, 0.5, 1.0)),
    *(Rival(looks=_SLOW, share=_PART / 3, pace=factor) for factor in (1.5, 2.0, 4.0)),
    Rival(looks=_FAST, share=_PART, pace=0.5),
    Rival(looks=_UPSIDE_DOWN, share=_PART, rated=Rated.UPSIDE_DOWN),
    Rival(looks=_ANYHOW, share=_PART / 2, rated=Rated.HALF_OF_THEM),
    Rival(looks=_ANYHOW, share=_PART / 2, rated=Rated.ANYHOW),
    Rival(looks=_ANYHOW, share=_PART / 2, rated=Rated.ANYHOW, dose=5.0),
    Rival(looks=_ANYHOW, share=_PART / 2, rated=Rated.NEVER, dose=5.0),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Others:
    """People of whom some group after group went wrong; the groups are equally large.

    curves: of every effect, (n_times, n_people)
    blind:  (n_people,), the share of each one's ratings that say nothing beyond the usual slips
    shares: of each group, sum 1
    """

    curves: Mapping[Quantity, Matrix]
    blind: Vector
    shares: Vector


def rivals_of(crowd: Crowd, regimen: Regimen, time_h: Vector) -> Others:
    """The crowd's first N_PEOPLE, or all of a smaller one, under each rival in turn."""
    n_people = min(N_PEOPLE, crowd.n_subjects)
    some = with_deviates(crowd, crowd.z[:n_people].copy())
    responders = _repeated(some.responders(), n_people)
    found = effects(crowd.population.response, _concentrations(some, regimen, time_h), responders)
    for number, one in enumerate(RIVALS):
        block = found[Quantity.DEPTH][:, number * n_people : (number + 1) * n_people]
        if one.rated is Rated.UPSIDE_DOWN:
            block[:] = DEEPEST - block
        elif one.rated is Rated.NEVER:
            block[:] = 0.0
    return Others(
        curves=found,
        blind=np.repeat([one.rated.blind for one in RIVALS], n_people),
        shares=np.array([one.share for one in RIVALS]),
    )


def _concentrations(some: Crowd, regimen: Regimen, time_h: Vector) -> Matrix:
    """At the effect site, mg/L, rival by rival, (n_times, len(RIVALS) * n_people)."""
    own = np.stack([one.own_time(time_h) for one in RIVALS])
    grid, place = np.unique(own, return_inverse=True)
    site = Quantity.S_KETAMINE_EFFECT
    Ce = some.simulate(regimen, grid, (site,)).of(site)[place.reshape(own.shape)]
    Ce *= np.array([one.dose for one in RIVALS])[:, None, None]
    return np.ascontiguousarray(np.moveaxis(Ce, 0, 1).reshape(time_h.size, -1))


def _repeated(responders: Responders, n_people: int) -> Responders:
    """The same people once for each rival, with the concentrations that each has them need."""
    tiled = Responders(
        **{one.name: np.tile(getattr(responders, one.name), len(RIVALS)) for one in fields(Responders)}
    )
    needs = np.repeat([one.needs for one in RIVALS], n_people)
    return replace(tiled, EC50=tiled.EC50 * needs)
