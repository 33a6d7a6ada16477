"""The thread that keeps the demonstration's rooms going, at the pace each room's clock has."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import connections
from django.utils import timezone

from slackwater.actions.demo import rooms
from slackwater.actions.demo.playing import play_due
from slackwater.actions.demo.scripts import IN_PROGRESS, OUTSIDER, Play
from slackwater.records.models import Entry

_TICK_S = 1.0
_LONGEST_STOP_S = 2.0
# After a patient has left, whoever watches has this long to look at the end before the play begins again.
_REST = timedelta(minutes=3)

logger = logging.getLogger(__name__)


class Driver:
    """Plays what is due, once a second."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start playing, once."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._work, name="demo", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after what is being written now."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        if thread is not None:
            thread.join(_LONGEST_STOP_S)

    def _work(self) -> None:
        try:
            while not self._stopping.wait(_TICK_S):
                for play in (IN_PROGRESS, OUTSIDER):
                    try:
                        tick(play, wall=timezone.now())
                    except Exception:  # the demonstration goes on with the next second
                        logger.exception("the play %s stumbled", play.name)
                        connections.close_all()
        finally:
            connections.close_all()


def tick(play: Play, *, wall: datetime) -> None:
    """Do what is due in this play's room; once it has been over for a while, begin again."""
    shown = rooms.current(play)
    if shown and not rooms.is_over(shown[0]):
        play_due(shown[0], play, wall=wall)
    elif not shown or wall - _ended_at(shown[0].pk) > _REST:
        rooms.begin_again(play, wall=wall)


def _ended_at(session_pk: int) -> datetime:
    return Entry.objects.filter(session=session_pk, kind="left").latest("sequence").written_at


driver = Driver()
