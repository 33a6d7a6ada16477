"""Hearing from the other workers of the same clinic, where PostgreSQL carries the news."""

import logging
import threading

import psycopg
from django.db import connection, connections

from slackwater.actions.entries.broadcast import CHANNEL, Notice, tell_of

_WAIT_S = 0.5
_PAUSE_S = 1.0
_LONGEST_STOP_S = 2.0

logger = logging.getLogger(__name__)


class Listener:
    """A thread with a connection of its own that tells this worker's screens what others wrote."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Listen, if the database can tell; with SQLite there is one worker and nobody to hear from."""
        if connection.vendor != "postgresql" or self._thread is not None:
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._listen, name="other-workers", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        if thread is not None:
            thread.join(_LONGEST_STOP_S)

    def _listen(self) -> None:
        # What is missed while the connection is down, each stream finds by itself at its next sign of life.
        try:
            while not self._stopping.is_set():
                try:
                    self._hear()
                except psycopg.OperationalError:
                    logger.warning("lost the connection that listens; trying again")
                    self._stopping.wait(_PAUSE_S)
        finally:
            connections.close_all()

    def _hear(self) -> None:
        parameters = connection.get_connection_params()
        for name in ("cursor_factory", "context", "pool", "prepare_threshold", "server_side_binding"):
            parameters.pop(name, None)
        with psycopg.connect(**parameters, autocommit=True) as heard:
            heard.execute(f"LISTEN {CHANNEL}")
            while not self._stopping.is_set():
                for notification in heard.notifies(timeout=_WAIT_S):
                    tell_of(Notice.read(notification.payload))


listener = Listener()
