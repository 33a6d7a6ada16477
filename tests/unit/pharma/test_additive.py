"""Sharing a variance out among deviates that hang together, against cases known in closed form."""

import numpy as np
import pytest

from slackwater.pharma.additive import additive
from slackwater.pharma.columns import Cause
from slackwater.pharma.draws import Stream

N = 8192
Z = Stream(3).normals(N, 3)
GROUPS = [(Cause.RESPONSE, [0]), (Cause.DRUG, [1]), (Cause.OCCASION, [2]), (Cause.MODELS, [])]
# The standard error of a covariance of N pairs is at most about 1 / sqrt(N) of the variance; four of them.
WITHIN = 4 / N**0.5


def shares(answers: np.ndarray, z: np.ndarray = Z) -> dict[Cause, float]:
    _, found = additive(np.atleast_2d(answers), z, GROUPS)
    return {cause: float(share[0]) for cause, share in found}


def dependent(rho: float) -> np.ndarray:
    """The first two columns with this correlation."""
    z = Z.copy()
    z[:, 1] = rho * Z[:, 0] + np.sqrt(1 - rho**2) * Z[:, 1]
    return z


def test_of_independent_deviates_each_brings_its_squared_coefficient():
    """Y = 2 z0 + z1 + z2: its variance is 4 + 1 + 1."""
    found = shares(Z @ np.array([2.0, 1.0, 1.0]))
    assert found[Cause.RESPONSE] == pytest.approx(4 / 6, abs=WITHIN)
    assert found[Cause.DRUG] == pytest.approx(1 / 6, abs=WITHIN)
    assert found[Cause.TOGETHER] == pytest.approx(0.0, abs=2 * WITHIN)
    assert Cause.MODELS not in found


@pytest.mark.parametrize("rho", [0.6, -0.6])
def test_of_dependent_deviates_each_brings_its_covariance_with_the_whole(rho: float):
    """Y = 2 z0 + z1 with correlation r: Var = 5 + 4 r; z0 brings 4 + 2 r of it, z1 the rest."""
    z = dependent(rho)
    found = shares(z @ np.array([2.0, 1.0, 0.0]), z)
    whole = 5 + 4 * rho
    wanted = np.clip([(4 + 2 * rho) / whole, (1 + 2 * rho) / whole], 0.0, None)
    wanted /= max(wanted.sum(), 1.0)
    assert [found[Cause.RESPONSE], found[Cause.DRUG]] == pytest.approx(wanted.tolist(), abs=2 * WITHIN)
    assert sum(found.values()) == pytest.approx(1.0)


def test_a_curve_counts_as_much_as_a_line():
    """Y = z0**2 + sqrt(2) z1: each has a variance of 2."""
    found = shares(Z[:, 0] ** 2 + np.sqrt(2.0) * Z[:, 1])
    assert found[Cause.RESPONSE] == pytest.approx(0.5, abs=2 * WITHIN)
    assert found[Cause.DRUG] == pytest.approx(0.5, abs=2 * WITHIN)


def test_a_product_is_what_they_do_only_together():
    assert shares(Z[:, 0] * Z[:, 1])[Cause.TOGETHER] > 1.0 - 2 * WITHIN


def test_what_no_deviate_brings_is_given_to_none_of_them():
    """A fit of nine terms to chance, among few, would explain a tenth of it; held out it explains none."""
    few = Stream(4).normals(96, 4)
    found = shares(few[:, 3], few[:, :3])
    assert sum(share for cause, share in found.items() if cause is not Cause.TOGETHER) < 0.1


def test_what_does_not_vary_has_no_causes():
    variance, found = additive(np.full((2, N), 3.0), Z, GROUPS)
    assert variance.tolist() == [0.0, 0.0]
    assert all(share.tolist() == [0.0, 0.0] for _, share in found)
