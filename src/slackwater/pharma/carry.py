"""From one session to the next: a crowd that has learned from earlier sessions of the same person.

A person brings to a session what is theirs (how they clear the drug and respond to it, and what was not known
of typical values) and leaves behind what belonged to one occasion. So the deviates of all sessions together
are standard normals times the likelihood of everything that was seen; a crowd for today is drawn from them by
its own columns, with the columns of today's occasion as the population has them. That is the posterior of one
session made the prior of the next, widened by the occasion, without the loss that handing on weights brings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.columns import Cause, Column
from slackwater.pharma.compared import compared
from slackwater.pharma.crowd import Crowd, Population, draw, with_deviates
from slackwater.pharma.draws import Stream
from slackwater.pharma.evidence import gather, log_likelihood, without_artefacts
from slackwater.pharma.fingerprint import fingerprint
from slackwater.pharma.learned import Learned
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Observation
from slackwater.pharma.refresh import refreshed
from slackwater.pharma.regimen import Regimen
from slackwater.terms.refusal import RefusedError

# The most that a crowd is asked to fit at once; of more, the latest count. A judgement: what a person was
# like many sessions ago says less, because dissociation is said to weaken with repeats.
MOST_EARLIER = 6
_EXTRA_LANE, _MOVING_LANE = 8, 9
# Less than a crowd is left with in the room, because this one is weighed again there.
_STALE = 0.05

_Key: TypeAlias = tuple[str, Cause, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSession:
    """What was given to a person in one session, and what was seen of them.

    people: the population that its crowd was drawn from; weight, medicines, drug and model may differ from
            today's, because what is carried are deviates from whatever is typical
    using:  the signs that its crowd listened to; None for those that the catalogue has in use
    """

    people: Population
    regimen: Regimen
    observations: tuple[Observation, ...]
    using: tuple[Sign, ...] | None = None


def carried(
    people: Population, earlier: Sequence[EarlierSession], *, n_subjects: int = 4096, seed: int = 1
) -> Crowd:
    """A crowd for today that has learned from earlier sessions, the oldest first; equally weighted.

    With no earlier session it is the population's own, to the last digit. The same arguments give the same
    digits. Copies that resampling makes are moved until hardly any is left.

    Raises RefusedError as `crowd.draw`, and for more sessions than MOST_EARLIER.
    """
    if len(earlier) > MOST_EARLIER:
        raise RefusedError.of(
            field="earlier",
            code="too-many",
            message=f"{len(earlier)} earlier sessions are more than a crowd can learn from.",
            mend=f"Give the latest {MOST_EARLIER}.",
        )
    drawn = draw(people, n_subjects=n_subjects, seed=seed)
    if not earlier:
        return drawn
    keys = _keys(people, earlier)
    extra = Stream(seed, lane=_EXTRA_LANE).normals(n_subjects, len(keys) - len(people.columns))
    z = np.hstack([drawn.z, extra])
    voices = [_voice(one, _places(one.people, keys, session), z, seed) for session, one in enumerate(earlier)]

    def all_said(rows: Matrix) -> Vector:
        total: Vector = np.sum([voice(rows) for voice in voices], axis=0)
        return total

    moved = refreshed(z, all_said, Stream(seed, lane=_MOVING_LANE), stale=_STALE)
    moved.setflags(write=False)
    today = with_deviates(drawn, moved[:, : len(people.columns)].copy())
    return replace(
        today,
        crowd_id=fingerprint(drawn.crowd_id, tuple(earlier)),
        learned=Learned(z=moved, log_likelihood=all_said, n_sessions=len(earlier)),
    )


def _keys(people: Population, earlier: Sequence[EarlierSession]) -> list[_Key]:
    """Today's columns, then what earlier sessions have besides: shared where a person keeps it."""
    found = [_key(column, _TODAY) for column in people.columns.columns]
    for session, one in enumerate(earlier):
        found += [_key(column, session) for column in one.people.columns.columns]
    return list(dict.fromkeys(found))


_TODAY, _EVERY = -1, -2


def _key(column: Column, session: int) -> _Key:
    return column.name, column.cause, _EVERY if column.cause.is_kept else session


def _places(people: Population, keys: list[_Key], session: int) -> list[int]:
    """Where the columns of one session's population stand among all."""
    place = {key: index for index, key in enumerate(keys)}
    return [place[_key(column, session)] for column in people.columns.columns]


def _voice(session: EarlierSession, places: list[int], z: Matrix, seed: int) -> Callable[[Matrix], Vector]:
    """What one session says of rows of deviates."""
    template = with_deviates(draw(session.people, n_subjects=len(z), seed=seed), z[:, places])
    evidence = gather(template, session.regimen, session.observations, session.using)
    if not evidence.strands:
        return lambda rows: np.zeros(len(rows))

    def seen(rows: Matrix) -> Vector:
        crowd = with_deviates(template, rows[:, places])
        return log_likelihood(evidence, compared(crowd, session.regimen, evidence))

    evidence = without_artefacts(evidence, compared(template, session.regimen, evidence))
    return seen
