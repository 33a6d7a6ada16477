"""Telling every open screen what happened, once it is kept.

A hub serves the screens of one worker. With PostgreSQL the other workers hear by NOTIFY, which the database
sends only if the transaction commits.
"""

import asyncio
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from slackwater.actions.log import EntryJson

# A screen that falls this far behind is cut off; it comes back and asks for what it missed.
_MOST_WAITING = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing to tell the screens of a session. Entries carry their sequence, other events none."""

    name: str
    data: str
    sequence: int | None = None


class Subscription:
    """One screen's queue, read on the event loop that made it."""

    def __init__(self, session_id: UUID, loop: asyncio.AbstractEventLoop) -> None:
        self.session_id = session_id
        self.is_over = False
        self._loop = loop
        self._queue: asyncio.Queue[Event] = asyncio.Queue(_MOST_WAITING)

    async def next(self, timeout_s: float) -> Event | None:
        """The next event, or None when none came in time."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._queue.get()
        except TimeoutError:
            return None

    def push(self, event: Event) -> None:
        """Queue an event, from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._put, event)
        except RuntimeError:
            self.is_over = True  # its loop has closed, and the screen with it

    def end(self) -> None:
        """Let the stream end after what is queued, from any thread."""
        self.push(_END)

    def _put(self, event: Event) -> None:
        if event is _END or self._queue.full():
            # A screen that fell behind is told no more: it comes back and asks for what it missed.
            self.is_over = True
        if not self._queue.full():
            self._queue.put_nowait(event)


_END = Event(name="ended", data='{"why":"restart"}')


Listener = Callable[[UUID, Event], None]


class Hub:
    """Who wants to hear of which session. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._screens: dict[UUID, set[Subscription]] = defaultdict(set)
        self._listeners: list[Listener] = []

    def subscribe(self, session_id: UUID) -> Subscription:
        """A queue of what happens in this session from now on. Called on an event loop."""
        subscription = Subscription(session_id, asyncio.get_running_loop())
        with self._lock:
            self._screens[session_id].add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """The screen has gone."""
        with self._lock:
            screens = self._screens.get(subscription.session_id, set())
            screens.discard(subscription)
            if not screens:
                self._screens.pop(subscription.session_id, None)

    def listen(self, listener: Listener) -> None:
        """Call this for every event of every session, in the thread that publishes; it must be quick."""
        with self._lock:
            self._listeners.append(listener)

    def stop_listening(self, listener: Listener) -> None:
        """Undo `listen`."""
        with self._lock:
            self._listeners.remove(listener)

    def wanted(self, session_id: UUID) -> bool:
        """Whether anyone here would hear of this session."""
        with self._lock:
            return session_id in self._screens or bool(self._listeners)

    def end(self) -> None:
        """End every stream, as the server is about to stop."""
        with self._lock:
            screens = [screen for group in self._screens.values() for screen in group]
        for screen in screens:
            screen.end()

    def screens(self) -> int:
        """How many screens are open here."""
        with self._lock:
            return sum(len(screens) for screens in self._screens.values())

    def publish(self, session_id: UUID, events: Iterable[Event]) -> None:
        """Tell every screen of this session, in order."""
        with self._lock:
            screens, listeners = list(self._screens.get(session_id, ())), list(self._listeners)
        for event in events:
            for screen in screens:
                screen.push(event)
            for listener in listeners:
                listener(session_id, event)


hub = Hub()


def entry_event(entry: EntryJson) -> Event:
    """The event that carries an entry."""
    sequence = entry["sequence"]
    if not isinstance(sequence, int):
        raise TypeError("an entry's sequence is a whole number")
    return Event(name="entry", data=compact(entry), sequence=sequence)


def compact(value: object) -> str:
    """JSON on one line, as an event stream needs it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
