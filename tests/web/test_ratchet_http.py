"""Through the clinic's own addresses, too, nothing widens an agreement under the drug.

Nine hundred steps in every run of the tests; `make ratchet` takes a hundred thousand.
"""

import os
from collections import Counter
from collections.abc import Iterator
from random import Random

import httpx
import pytest
from django.utils import timezone
from pytest_django import Settings
from tests import serving
from tests.clinic import Clinic
from tests.web.ratchet_world import NEEDED, Clock, Server, World

STEPS = int(os.environ.get("RATCHET_STEPS", "900"))
FIRST = int(os.environ.get("RATCHET_FIRST", "0"))
_HAPPENED = (
    "shrunk", "held", "widened when sober", "over", "widened afterwards", "said_no saved", "said_no already",
    "asked saved", "draw-up 422", "tell-back 422", "signed refused", "device vitals saved",
)  # fmt: skip
_WITHIN, _AFTER = 34, 26


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of everything in this process: the server's threads, the pages, what is kept."""
    made = Clock(began=timezone.now())
    monkeypatch.setattr(timezone, "now", made.now)
    return made


@pytest.fixture
def server(live_clinic: Clinic, settings: Settings) -> Iterator[Server]:
    """Nobody is signed out however far the clock goes."""
    settings.SESSION_COOKIE_AGE = 100 * 366 * 86_400
    with serving.server() as running, httpx.Client(timeout=20) as http:
        yield Server(address=running, http=http)


@pytest.mark.slow
def test_no_sequence_of_requests_widens_a_permission_within_a_window(
    server: Server, live_clinic: Clinic, clock: Clock
):
    tried: Counter[str] = Counter()
    episode = FIRST
    while tried["steps"] < STEPS:
        episode += 1
        world = World.of(live_clinic, clock, server, Random(episode))
        _sober(world, tried)
        _under_the_drug(world, tried, episode)
        _afterwards(world, tried, episode)
        _the_next_time(world, tried)
        tried += world.tried
    tally = f"{tried['steps']} steps, {episode - FIRST} patients: {dict(sorted(tried.items()))}"
    print(tally)  # noqa: T201  it is what a long run is for
    # Otherwise nothing was tried.
    for name in _HAPPENED:
        assert tried[name], name


def _sober(world: World, tried: Counter[str]) -> None:
    """Agreed as it is meant to go: all that is needed and some of the rest."""
    assert world.standing().permits == frozenset()
    more = [one for one in world.everything() if one not in NEEDED and world.rng.random() < 0.7]
    world.agree([*NEEDED, *more])
    tried["widened when sober"] += world.texts(world.standing().permits) == {*NEEDED, *more}
    world.dose()


def _under_the_drug(world: World, tried: Counter[str], episode: int) -> None:
    promised = before = world.standing().permits
    tried["held"] += bool(promised)
    for number in range(_WITHIN):
        name = world.step()
        after = world.standing()
        assert after.is_locked, (episode, number, name)
        assert after.permits <= before, (episode, number, name)
        assert after.permits <= promised, (episode, number, name)
        if number % 8 == 0:
            assert world.shown() <= world.texts(after.permits), (episode, number, name)
        tried["shrunk"] += after.permits < before
        tried["steps"] += 1
        before = after.permits


def _afterwards(world: World, tried: Counter[str], episode: int) -> None:
    """Recovered and gone home: the window ends by sleep, a day and a teach-back, and by nothing less."""
    world.ends()
    before = world.standing()
    assert before.is_locked
    for number in range(_AFTER):
        might = world.may_have_ended
        name = world.step()
        after = world.standing()
        if not (might or world.may_have_ended):
            assert after.is_locked, (episode, number, name)
        if before.is_locked and after.is_locked:
            assert after.permits <= before.permits, (episode, number, name)
        if before.is_locked and not after.is_locked:
            assert name == "tell_back", (episode, number, name)
            tried["reopened"] += 1
        tried["steps"] += 1
        before = after


def _the_next_time(world: World, tried: Counter[str]) -> None:
    """Where the crowd has said so too the window is over, and more is agreed as it was the first time."""
    world.closes()
    if world.standing().is_locked:
        tried["still locked"] += 1
        return
    tried["over"] += 1
    world.agree(world.everything())
    tried["widened afterwards"] += world.texts(world.standing().permits) == set(world.everything())
