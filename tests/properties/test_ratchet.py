"""No order of entries, no clock and no late arrival widens an agreement under the drug."""

from random import Random

import pytest
from tests.properties.agreement_world import World

from slackwater.rules.agreements.permits import NOTHING

STEPS, EPISODES = 60, 1_700


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_a_hundred_thousand_steps_never_widen_within_a_window(part: int):
    steps = locked = held = shrunk = reopened = 0
    for episode in range(part * EPISODES // 2, (part + 1) * EPISODES // 2):
        world = World(rng=Random(episode))
        before = world.standing()
        for _ in range(STEPS):
            name = world.step()
            after = world.standing()
            if before.is_locked and after.is_locked:
                assert after.permits <= before.permits, (episode, name)
                shrunk += after.permits < before.permits
            if world.dosed_at is not None and world.is_known:
                assert after.is_locked, (episode, name)
                assert after.permits <= world.promised, (episode, name)
            locked += after.is_locked
            held += after.is_locked and after.permits != NOTHING
            reopened += before.is_locked and not after.is_locked
            before, steps = after, steps + 1
    # Otherwise nothing was tried.
    assert steps >= 50_000
    assert min(locked, held, shrunk, reopened) > 100
