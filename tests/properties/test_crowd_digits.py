"""The same inputs give the same last digit on any thread count, and with the compiler switched off."""

import os
import subprocess
import sys

import pytest

# Draws, simulates, weighs and refreshes; prints a digest of every digit.
SCRIPT = """
import hashlib
from dataclasses import replace
import numpy as np
from slackwater.pharma.carry import EarlierSession, carried
from slackwater.pharma.causes import causes
from slackwater.pharma.crowd import draw
from slackwater.pharma.mixture import WeightedModel
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.recovered import recovered
from tests.crowds import SPRAY_84, people

times = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 3.0])
crowd = draw(people(), n_subjects={n_subjects})
curves = crowd.simulate(SPRAY_84, times)
marks = ((0.25, 9), (0.5, 10), (2.0, 9), (3.0, 8))
ratings = [Rating(at_h=at_h, depth=depth) for at_h, depth in marks]
posterior = update(crowd, SPRAY_84, ratings)
assert posterior.refreshed
parts = [crowd.z, posterior.crowd.z, recovered(curves).chance, np.array([posterior.ess])]
parts += [curves.band(quantity) for quantity in crowd.quantities]
both = replace(people(), others=(WeightedModel(model=people(model="perez-ruixo-2021").model, share=0.3),))
mixed = draw(both, n_subjects={n_subjects})
parts += [mixed.simulate(SPRAY_84, times, (Quantity.DEPTH,)).band(Quantity.DEPTH)]
earlier = EarlierSession(people=people(), regimen=SPRAY_84, observations=tuple(ratings[:2]))
parts += [carried(both, [earlier], n_subjects={n_subjects} // 10).z]
parts += [share for _, share in causes(mixed, SPRAY_84, times).depth.shares]
digest = hashlib.sha256()
for part in parts:
    digest.update(np.ascontiguousarray(part).tobytes())
print(crowd.crowd_id, digest.hexdigest())
"""


def digits(n_subjects: int, **environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT.format(n_subjects=n_subjects)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.mark.slow
def test_the_thread_count_changes_no_digit():
    assert digits(1500, NUMBA_NUM_THREADS="1") == digits(1500, NUMBA_NUM_THREADS="3")


@pytest.mark.slow
def test_the_compiler_changes_no_digit():
    assert digits(40, NUMBA_DISABLE_JIT="1") == digits(40)
