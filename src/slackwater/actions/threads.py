"""Threads that keep their database connection from job to job, and close it when they end."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connections

_P = ParamSpec("_P")
_T = TypeVar("_T")
_LONGEST_STOP_S = 2.0

logger = logging.getLogger(__name__)


class DatabaseThreads:
    """A few threads for work that asks the database, apart from the event loop."""

    def __init__(self, name: str, *, count: int) -> None:
        self._name = name
        self._count = count
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    @property
    def is_running(self) -> bool:
        """Whether jobs are taken."""
        return bool(self._threads)

    def start(self) -> None:
        """Start the threads, once."""
        if self._threads:
            return
        for number in range(self._count):
            thread = threading.Thread(target=self._work, name=f"{self._name}-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Finish what is queued and end the threads; a job that hangs is left behind after two seconds."""
        threads, self._threads = self._threads, []
        for _thread in threads:
            self._jobs.put(None)
        for thread in threads:
            thread.join(_LONGEST_STOP_S)

    def submit(self, job: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Run the job on one of the threads."""
        future: Future[_T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(job(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001  whoever waits for the future gets it
                future.set_exception(error)
                if isinstance(error, DatabaseError):
                    connections.close_all()

        self._jobs.put(run)
        return future

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                job()
        finally:
            connections.close_all()
