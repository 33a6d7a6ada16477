"""W3: one more observation, new weights, and bands at 481 times, beside NumPy sorting every time."""

import numpy as np

from benchmarks.clock import best_of
from benchmarks.result import Result, against, alone
from benchmarks.target import Target
from benchmarks.w1 import ours
from benchmarks.workload import Array, drawn
from slackwater.pharma.curves import BAND, _percentiles, _sorted_order
from slackwater.pharma.kernels.likelihood import effective_size, tempered_weights
from slackwater.pharma.weights import equal_weights

N_SUBJECTS, OBSERVED, AT, SD = 4096, 0.35, 75, 0.2
# What the protocol found after this observation.
EXPECTED_ESS = 2391


def weights(C: Array) -> Array:
    misfit = np.log(OBSERVED / C[AT]) / SD
    return tempered_weights(equal_weights(C.shape[1]), -0.5 * misfit * misfit, 1.0)


def by_numpy(C: Array) -> Array:
    w, quantiles = weights(C), np.array(BAND) / 100.0
    order = np.argsort(C, axis=1)
    running = np.cumsum(w[order], axis=1)
    places = (running[:, :, None] < quantiles * running[:, -1:, None]).sum(axis=1)
    return np.take_along_axis(C, np.take_along_axis(order, places, axis=1), axis=1).T


def run() -> list[Result]:
    C = ours(drawn(N_SUBJECTS))[0]
    order = _sorted_order(C)
    assert round(effective_size(weights(C))) == EXPECTED_ESS
    np.testing.assert_array_equal(_percentiles(C, order, weights(C), BAND), by_numpy(C))
    best = best_of(
        {
            "ours": lambda: _percentiles(C, order, weights(C), BAND),
            "numpy": lambda: by_numpy(C),
            "sort": lambda: _sorted_order(C),
        },
        15,
    )
    words = f"W3: {N_SUBJECTS} people, new weights and three bands at 481 times"
    asked = Target(
        what="W3, bands of one output", found=best["ours"] * 1e3, limit=3.0, unit="ms", stretch=1.6
    )
    return [
        against("W3", words, best["ours"], "NumPy, argsort at every update", best["numpy"], asked),
        alone("W3, the one sort before it", f"{N_SUBJECTS} people at 481 times", best["sort"]),
    ]
