"""A clinic of virtual patients who may not be as the crowd expects, marked session by session.

`python -m tests.reference.virtual_clinic 150` writes what each kind of patient does to bands, and what
widening does about it. The figures in docs/explanation/did-the-bands-hold.md come from it.
"""

import sys
from dataclasses import dataclass

import numpy as np
from tests.crowds import people
from tests.virtual import MINUTES, REGIMEN, ratings

from slackwater.pharma import crowd
from slackwater.pharma.coverage import Held, claimed_of, held, widening
from slackwater.pharma.marks import Mark, Seen, before, marks
from slackwater.pharma.observations import Rating
from slackwater.pharma.quantity import Quantity
from slackwater.terms.drug import Drug

PEOPLE = people(Drug.RACEMIC)
CROWD = crowd.draw(PEOPLE, n_subjects=256, seed=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is wrong with the crowd's idea of these patients; nothing where nothing is named.

    bias: marks by which every rating lies too high; scatter: SD by which ratings stray beyond what is known;
    EC50: as a share of what the crowd takes it to be
    """

    name: str
    bias: float = 0.0
    scatter: float = 0.0
    EC50: float = 1.0


TRUTHS = (
    Truth(name="as the crowd expects"),
    Truth(name="EC50 30 % lower", EC50=0.7),
    Truth(name="ratings 1.5 higher", bias=1.5),
    Truth(name="ratings 3 higher", bias=3.0),
    Truth(name="ratings scattered twice as far", scatter=2.1),
)


def session(truth: Truth, number: int, *, factor: float) -> list[Mark]:
    """The marks of one session that the crowd stood by."""
    said = ratings(PEOPLE, seed=number, bias=truth.bias, scatter=truth.scatter, EC50=truth.EC50)
    told = [Rating(at_h=minute / 60, depth=depth) for minute, depth in zip(MINUTES, said, strict=True)]
    found = marks(CROWD, REGIMEN, before(told), map(Seen.of, told), factors=[(Quantity.DEPTH, factor)])
    return claimed_of(found, Quantity.DEPTH)


def sessions(truth: Truth, n_sessions: int, *, first: int = 0) -> list[list[Mark]]:
    """So many sessions, each with the bands that the ones before it ask for."""
    past: list[list[Mark]] = []
    for number in range(first, first + n_sessions):
        asked = widening(Quantity.DEPTH, past)
        past.append(session(truth, number, factor=asked.factor if asked else 1.0))
    return past


def told(found: Held | None) -> str:
    """A share with its interval."""
    if found is None or found.low is None or found.high is None:
        return "-"
    return f"{100 * found.share:.1f} % ({100 * found.low:.0f} to {100 * found.high:.0f}, {found.n_sessions})"


def account(truth: Truth, n_sessions: int) -> str:
    """What one kind of patient did to bands, and what widening did about it."""
    past = sessions(truth, n_sessions)
    wide = [one for one in past if any(mark.factor > 1.0 for mark in one)]
    plain = [one for one in past if not any(mark.factor > 1.0 for mark in one)]
    factors = [mark.factor for one in wide for mark in one]
    by = f"by {100 * (np.mean(factors) - 1):.0f} % on average" if factors else "never"
    lines = (
        f"{truth.name}: the crowd's own bands held {told(held(past, 0.9, own=True))}",
        f"  as shown {told(held(past, 0.9))}, 50 % bands {told(held(past, 0.5))}",
        f"  before widening {told(held(plain, 0.9))}, widened {told(held(wide, 0.9))}, {by}",
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for one in TRUTHS:
        sys.stdout.write(account(one, int(sys.argv[1])))
        sys.stdout.flush()
