"""A thread that hears what is entered and works on one session at a time, apart from whoever waits."""

import threading
from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.db import connections

from slackwater.actions.events import Event, hub


class SessionThread:
    """One thread. Of many askings for one session it answers the last."""

    name: ClassVar[str]
    longest_stop_s: ClassVar[float]

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[UUID, None] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False

    def hears(self, event: Event) -> bool:
        """Whether this event asks for work on its session."""
        raise NotImplementedError

    def left_over(self) -> Iterable[UUID]:
        """The sessions that wait already when the thread starts."""
        return ()

    def work_on(self, session_id: UUID) -> None:
        """The work; what it raises ends the thread."""
        raise NotImplementedError

    @property
    def is_working(self) -> bool:
        """Whether what is entered will be worked on without anybody asking."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start working, once."""
        if self._thread is None:
            self._stopping = False
            hub.listen(self._hear)
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after the session in hand, waiting for it no longer than `longest_stop_s`."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        hub.stop_listening(self._hear)
        with self._changed:
            self._stopping = True
            self._changed.notify()
        thread.join(self.longest_stop_s)

    def ask(self, session_id: UUID) -> None:
        """Work on this session when there is time."""
        with self._changed:
            self._waiting[session_id] = None
            self._changed.notify()

    def rest(self, seconds: float) -> None:
        """Let others work for so long, or until the thread is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, timeout=seconds)

    def _hear(self, session_id: UUID, event: Event) -> None:
        if self.hears(event):
            self.ask(session_id)

    def _run(self) -> None:
        try:
            for session_id in self.left_over():
                self.ask(session_id)
            while (waiting := self._next()) is not None:
                self.work_on(waiting)
        finally:
            connections.close_all()

    def _next(self) -> UUID | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting)
            if self._stopping:
                return None
            session_id = next(iter(self._waiting))
            del self._waiting[session_id]
            return session_id
