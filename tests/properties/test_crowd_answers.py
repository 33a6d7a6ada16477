"""What must hold of effects, bands and chances for any numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from slackwater.pharma.curves import weighted_percentiles
from slackwater.pharma.kernels.effect import sigmoid_emax
from slackwater.pharma.kernels.likelihood import effective_size, tempered_weights

# The first call compiles, which a deadline would take for slowness.
compiled = settings(deadline=None)

positive = st.floats(1e-12, 1e12)
figures = st.floats(-1e9, 1e9)


def effect_at(Ce: float, EC50: float, gamma: float) -> float:
    return float(sigmoid_emax(np.array([[Ce]]), np.array([10.0]), np.array([EC50]), gamma)[0, 0])


@compiled
@given(EC50=positive, gamma=st.floats(0.3, 30.0))
def test_half_effect_at_ec50(EC50: float, gamma: float):
    assert effect_at(EC50, EC50, gamma) == 5.0


@compiled
@given(Ce=st.floats(0.0, 1e300), EC50=st.floats(1e-300, 1e300), gamma=st.floats(0.1, 30.0))
def test_depth_is_finite_and_on_its_scale_for_any_concentration(Ce: float, EC50: float, gamma: float):
    assert 0.0 <= effect_at(Ce, EC50, gamma) <= 10.0


@compiled
@given(Ce=positive, factor=st.floats(1.0, 1e6), EC50=positive, gamma=st.floats(0.3, 30.0))
def test_more_drug_never_gives_less_effect(Ce: float, factor: float, EC50: float, gamma: float):
    assert effect_at(Ce * factor, EC50, gamma) >= effect_at(Ce, EC50, gamma) * (1.0 - 1e-12)


@compiled
@given(Ce=st.floats(1e-3, 1e3), EC50=st.floats(1e-3, 1e3), gamma=st.sampled_from((1.0, 2.0, 6.0, 2.5, 7.25)))
def test_the_effect_is_the_formula_where_the_formula_can_be_reckoned(Ce: float, EC50: float, gamma: float):
    expected = 10.0 * Ce**gamma / (EC50**gamma + Ce**gamma)
    np.testing.assert_allclose(effect_at(Ce, EC50, gamma), expected, rtol=1e-12)


@compiled
@given(
    values=hnp.arrays(np.float64, st.integers(1, 60), elements=figures),
    percentiles=st.lists(st.floats(0.0, 100.0), min_size=1, max_size=6),
)
def test_equal_weights_give_numpys_inverted_cdf(values: np.ndarray, percentiles: list[float]):
    found = weighted_percentiles(values, np.full(values.size, 1.0 / values.size), percentiles)
    np.testing.assert_array_equal(found, np.percentile(values, percentiles, method="inverted_cdf"))


@compiled
@given(st.data())
def test_percentiles_are_values_of_somebody_who_counts_and_never_cross(data: st.DataObject):
    values = data.draw(hnp.arrays(np.float64, st.integers(1, 40), elements=figures))
    weights = data.draw(hnp.arrays(np.float64, values.size, elements=st.floats(0.0, 1.0)))
    weights[0] = 1.0
    found = weighted_percentiles(values, weights, (0.0, 5.0, 50.0, 95.0, 100.0))
    assert set(found) <= set(values[weights > 0.0].tolist())
    assert list(found) == sorted(found)


@compiled
@given(
    weights=hnp.arrays(np.float64, 20, elements=st.floats(0.0, 1.0)),
    log_likelihood=hnp.arrays(np.float64, 20, elements=st.floats(-1e6, 1e6)),
    share=st.floats(0.0, 1.0),
)
def test_tempered_weights_are_weights_for_any_likelihood(
    weights: np.ndarray, log_likelihood: np.ndarray, share: float
):
    weights[0] = 1.0
    tempered = tempered_weights(weights, log_likelihood, share)
    assert np.all(tempered >= 0.0)
    np.testing.assert_allclose(tempered.sum(), 1.0, rtol=1e-12)
    assert 1.0 - 1e-9 <= effective_size(tempered) <= 20.0 + 1e-9
