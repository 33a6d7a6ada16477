"""How many earlier doses make a steady state.

The systems are linear, so a dose repeated for ever is the sum of ever older doses. They are added until twice
as many change nothing; what is left out then falls at least as fast as what was added last.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.event_records import MOST_DOSES, Episode
from slackwater.pharma.regimen import Regimen
from slackwater.terms.refusal import RefusedError

Measure: TypeAlias = Callable[[Regimen, Vector], Matrix]
"""The curves that must have settled: (n_curves, n_times), mg/L, from a regimen and times on its clock, h."""

# A tenth of what the solver itself promises.
_SETTLED = 1e-10
_FIRST = 16


def settled(episode: Episode, measure: Measure) -> tuple[Regimen, float]:
    """An episode's regimen with as many earlier doses as its steady state takes.

    Returns the regimen, on a clock that starts at 0, and the hours by which that clock is ahead of the table.
    No curve that is measured is then further than 1e-9 of its height from the steady state.
    Raises RefusedError where 20,000 doses are not enough.
    """
    if not episode.repeated:
        return episode.begun()
    at_h = max(one.dose.at_h for one in episode.repeated)
    n_before, before = _FIRST, _measured(episode, measure, _FIRST, at_h)
    while n_before * len(episode.repeated) <= MOST_DOSES // 2:
        n_before *= 2
        now = _measured(episode, measure, n_before, at_h)
        if (np.abs(now - before) <= _SETTLED * now).all():
            return episode.begun(n_before)
        before = now
    raise RefusedError.of(
        field="SS",
        code="not-settled",
        message=f"{MOST_DOSES:,} earlier doses do not make a steady state.",
        mend="Give the doses of the last days with ADDL, in place of SS.",
    )


def _measured(episode: Episode, measure: Measure, n_before: int, at_h: float) -> Matrix:
    regimen, moved_h = episode.begun(n_before)
    return measure(regimen, np.array([at_h + moved_h]))
