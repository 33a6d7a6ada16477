"""The demonstration's past: finished visits of invented patients, for forecasts to answer for.

Their bodies are drawn from the crowd's own population and their readings stray as the catalogue says, so
bands ought to hold. Each visit is played through the one path, while the demonstration is already open.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connections
from django.db.models import Q
from django.utils import timezone

from slackwater.actions.demo import people, rooms
from slackwater.actions.demo.body import Hidden
from slackwater.actions.demo.people import Synthetic
from slackwater.actions.demo.playing import play_past
from slackwater.actions.demo.script import Noise, Script
from slackwater.actions.demo.scripts import Play
from slackwater.actions.orders import Draft
from slackwater.catalogue.loader import load
from slackwater.pharma.likelihoods import Sign
from slackwater.records.models import Session
from slackwater.records.models.sessions import PAST
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex

N_VISITS = 24
_FAMILY = (
    "Standin", "Stub", "Substitute", "Synthetic", "Teststand", "Trialrun",
    "Unreal", "Untrue", "Virtual", "Wished", "Xample", "Zero",
)  # fmt: skip
_GIVEN = ("Dee", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Max", "Nia", "Oz")
_KILOGRAMS = (58, 66, 71, 84, 62, 90, 77, 69, 55, 81, 73, 64)
_RATED_AT = (6.0, 14.0, 22.0, 30.0, 40.0, 52.0, 66.0, 82.0, 104.0, 128.0)
# Large enough for bands, small enough that a laptop finishes within a minute or two.
_SUBJECTS = 1024
_EVERY = timedelta(days=3)
_FIRST_OF_BODIES = 5000
_LONGEST = timedelta(hours=5)
_PAUSE_S = 0.5
_LONGEST_STOP_S = 2.0

logger = logging.getLogger(__name__)


class Past:
    """One thread that plays the visits that are still missing, one at a time."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start playing, once."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._work, name="past", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after the visit that is being played."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        if thread is not None:
            thread.join(_LONGEST_STOP_S)

    def _work(self) -> None:
        try:
            for number in range(1, N_VISITS + 1):
                if self._stopping.wait(_PAUSE_S):
                    return
                try:
                    play_visit(number, wall=timezone.now(), is_stopping=self._stopping.is_set)
                except Exception:  # one visit that cannot be played leaves the others
                    logger.exception("no past visit %s", number)
                    connections.close_all()
        finally:
            connections.close_all()


def play_visit(
    number: int, *, wall: datetime, is_stopping: Callable[[], bool] = lambda: False
) -> Session | None:
    """Play one past visit to its end; None where that was done before, or where it is cut short.

    number:      1 to N_VISITS, the oldest first
    is_stopping: asked before each entry; the rest is played after the next start
    """
    play = visit(number)
    session = Session.objects.filter(script=play.name).select_related("order").first()
    if session is None:
        opened_at = wall - _EVERY * (N_VISITS - number + 1)
        opened_at = opened_at.replace(hour=9, minute=30, second=0, microsecond=0)
        session = rooms.begin(play, opened_at=opened_at, until=opened_at)
    elif session.put_away_at is not None or rooms.is_over(session):
        return None
    else:
        # Cut short; what an earlier start was refused for want of is there now.
        people.patient(play.who, at=session.opened_at)
    # Each entry is written by itself: visitors write too, and the database has one pen.
    play_past(session, play, until=session.opened_at + _LONGEST, is_stopping=is_stopping)
    if is_stopping():
        return None
    if not rooms.is_over(session):
        # Nobody would ever close this room again.
        Session.objects.filter(pk=session.pk).update(put_away_at=wall)
    return session


def n_missing() -> int:
    """How many past visits are still to be played; 0 in a clinic."""
    if not settings.DEMO:
        return 0
    played = Session.objects.filter(script__startswith=PAST)
    is_done = Q(put_away_at__isnull=False) | Q(entries__kind="left")
    return N_VISITS - played.filter(is_done).distinct().count()


def visit(number: int) -> Play:
    """Who came to the visit of this number, what was ordered, and what happens."""
    person = (number - 1) % len(_FAMILY)
    kilograms = _KILOGRAMS[person]
    return Play(
        name=f"{PAST}{number:02d}",
        who=Synthetic(
            given_name=_GIVEN[person],
            family_name=_FAMILY[person],
            birth_date=date(1970 + 2 * person, 1 + person, 10),
            sex=(Sex.FEMALE, Sex.MALE)[person % 2],
            grams=1000 * kilograms,
        ),
        draft=_draft(500 * kilograms, in_muscle=number % 2 == 1),
        script=Script(
            # A body of its own at each visit: a person is not the same twice.
            hidden=Hidden(seed=_FIRST_OF_BODIES + number),
            room="Harbour room",
            resting=(112 + person, 70 + person % 6, 62 + person),
            ratings=tuple(minute + 0.5 * (number % 3) for minute in _RATED_AT),
            notes=(),
            leaving=170,
            noise=_noise(),
        ),
        comes_in=0,
    )


def _draft(dose_ug: int, *, in_muscle: bool) -> Draft:
    """Half a milligram a kilogram, over 40 minutes (D01) or into a muscle (D03)."""
    by_vein = Draft(
        drug=Drug.RACEMIC,
        route=Route.IV,
        dose_ug=dose_ug,
        duration_s=2400,
        hard_max_ug=dose_ug,
        model="rk1",
        subjects=_SUBJECTS,
    )
    return replace(by_vein, route=Route.IM, duration_s=0) if in_muscle else by_vein


def _noise() -> Noise:
    """As the catalogue says that readings stray."""
    response = load().response
    return Noise(
        rating=response.rating.sd,
        systolic=response.likelihood(Sign.SYSTOLIC).sd,
        diastolic=response.likelihood(Sign.DIASTOLIC).sd,
    )


past = Past()
