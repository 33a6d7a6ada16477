"""The one thread that writes what many screens send, as many in one commit as have come in meanwhile."""

import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import OperationalError, connections
from django.utils import timezone

from slackwater.actions.entries.command import Command, Outcome
from slackwater.actions.entries.record import record
from slackwater.terms.refusal import RefusedError

_MOST_WAITING = 2_000
_MOST_IN_A_COMMIT = 500
_LONGEST_STOP_S = 2.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Asked:
    commands: Sequence[Command]
    answer: "Future[list[Outcome]]" = field(default_factory=Future)


class Writer:
    """Takes commands from any thread and answers when they are kept."""

    def __init__(self) -> None:
        self._asked: queue.Queue[_Asked | None] = queue.Queue(_MOST_WAITING)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start writing, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Write what is queued, then end."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._asked.put(None)
            thread.join(_LONGEST_STOP_S)

    def write(self, commands: Sequence[Command]) -> "Future[list[Outcome]]":
        """Queue these commands. The answer comes after the commit, or carries the error that prevented it.

        Raises RefusedError when too much is waiting: nothing is lost, as the sender keeps what has no answer.
        """
        asked = _Asked(commands)
        if self._thread is None:
            _answer([asked])
            return asked.answer
        try:
            self._asked.put_nowait(asked)
        except queue.Full:
            raise RefusedError.of(
                field="entries",
                code="busy",
                message="The server has too much to write just now.",
                mend="Send it again in a few seconds; nothing is lost.",
            ) from None
        return asked.answer

    def _work(self) -> None:
        try:
            while (first := self._asked.get()) is not None:
                batch, ends = self._batch(first)
                _answer(batch)
                if ends:
                    return
        finally:
            connections.close_all()

    def _batch(self, first: _Asked) -> tuple[list[_Asked], bool]:
        batch, size = [first], len(first.commands)
        while size < _MOST_IN_A_COMMIT:
            try:
                asked = self._asked.get_nowait()
            except queue.Empty:
                break
            if asked is None:
                return batch, True
            batch.append(asked)
            size += len(asked.commands)
        return batch, False


def _answer(batch: list[_Asked]) -> None:
    try:
        outcomes = record([command for asked in batch for command in asked.commands], wall=timezone.now())
    except Exception as error:  # whoever asked must hear, and the thread must live
        logger.exception("a commit of %d requests failed", len(batch))
        if len(batch) > 1 and not isinstance(error, OperationalError):
            # One request may have spoilt the rest: each by itself, so that only that one fails.
            for asked in batch:
                _answer([asked])
            return
        for asked in batch:
            asked.answer.set_exception(error)
        return
    start = 0
    for asked in batch:
        end = start + len(asked.commands)
        asked.answer.set_result(outcomes[start:end])
        start = end


writer = Writer()
