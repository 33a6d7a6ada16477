"""Random numbers that can be drawn again."""

import numpy as np

from slackwater.pharma.draws import Stream


def test_fewer_rows_are_the_beginning_of_more():
    np.testing.assert_array_equal(Stream(7).normals(100, 9), Stream(7).normals(5000, 9)[:100])


def test_seeds_and_lanes_give_different_numbers():
    first = Stream(1).uniforms(1000)
    for other in (Stream(2).uniforms(1000), Stream(1, lane=1).uniforms(1000)):
        assert abs(np.corrcoef(first, other)[0, 1]) < 0.1
        assert not np.any(first == other)


def test_a_stream_goes_on_where_it_was():
    stream = Stream(3)
    np.testing.assert_array_equal(
        np.concatenate([stream.uniforms(4), stream.uniforms(6)]), Stream(3).uniforms(10)
    )


def test_uniforms_lie_strictly_between_0_and_1_and_normals_are_normal():
    uniforms = Stream(11).uniforms(100_000)
    assert 0.0 < uniforms.min() < 1e-4
    assert 1.0 - 1e-4 < uniforms.max() < 1.0
    normals = Stream(11).normals(100_000, 1)
    # Four standard errors of a mean, a variance and a fourth moment.
    assert abs(normals.mean()) < 4 / np.sqrt(100_000)
    assert abs(normals.var() - 1.0) < 4 * np.sqrt(2 / 100_000)
    assert abs((normals**4).mean() - 3.0) < 4 * np.sqrt(96 / 100_000)


def test_the_first_digits_of_seed_1_never_change():
    """Sessions already recorded are rebuilt from their seed, so a new library must not move these.

    Philox's raw bits, which NumPy documents as stable, through the published quantile function.
    """
    raw = np.random.Philox(np.random.SeedSequence(1, spawn_key=(0,))).random_raw(3)
    expected = [((int(bits) >> 12) + 0.5) / 2**52 for bits in raw]
    np.testing.assert_array_equal(Stream(1).uniforms(3), expected)
    np.testing.assert_allclose(Stream(1).normals(1, 3)[0], [-0.79906139, 0.91916322, 0.38959848], atol=1e-8)
