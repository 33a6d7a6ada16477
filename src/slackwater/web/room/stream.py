"""GET /stream: everything that happens in one session, as server-sent events.

A screen that was away names the last entry it has, and gets every later one before anything new. Who may
watch is asked again at every sign of life, so a stream ends within five seconds of signing out.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from uuid import UUID

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.core.handlers.asgi import ASGIRequest
from django.utils import timezone

from slackwater.actions import clock, watching
from slackwater.actions.events import Event, Subscription, compact, hub
from slackwater.records.models import Session
from slackwater.terms.refusal import Problem
from slackwater.web.shared import raw, raw_identity
from slackwater.web.shared.raw_threads import in_thread

PING_S = 5.0
_HEADERS: raw.Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def stream(scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Send a session's events until the screen goes or may no longer watch."""
    request = raw.request_of(scope)
    if request is None or request.method != "GET":
        await _refuse(send, 400, "host", "Use the clinic's own address, by GET.")
        return
    wanted = _wanted(request)
    if wanted is None:
        await _refuse(send, 422, "session", "Name the session by its UUID, and the last entry by its number.")
        return
    session_id, after = wanted
    screen = await in_thread(_screen, request, session_id, after=after)
    if isinstance(screen, int):
        await _refuse(send, screen, "session", "Sign in, or open the session from its patient.")
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS, "trailers": False})
    await _until_gone(receive, _sent(screen, send))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Screen:
    request: ASGIRequest
    session: Session
    after: int


def _wanted(request: ASGIRequest) -> tuple[UUID, int] | None:
    """Which session, and the last entry that the screen has."""
    after = request.headers.get("Last-Event-ID") or request.GET.get("after") or "0"
    try:
        session_id = UUID(request.GET.get("session", ""))
    except ValueError:
        return None
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return None
    return session_id, int(after)


def _screen(request: ASGIRequest, session_id: UUID, *, after: int) -> _Screen | int:
    """The screen, or the status that says why there is none: a stranger's session is as one that is not."""
    identity = raw_identity.by_session(request)
    if identity is None:
        return 401
    session = watching.session_for(identity.user, session_id)
    return _Screen(request=request, session=session, after=after) if session else 404


async def _sent(screen: _Screen, send: ASGISendCallable) -> None:
    subscription = hub.subscribe(screen.session.public_id)
    try:
        async for text in _Stream(screen, subscription).texts():
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        hub.unsubscribe(subscription)


class _Stream:
    """One screen's stream: what it has been told so far, and what comes next."""

    def __init__(self, screen: _Screen, subscription: Subscription) -> None:
        self._screen = screen
        self._subscription = subscription
        self._last = screen.after

    async def texts(self) -> AsyncIterator[str]:
        """What was missed, then what happens, with signs of life, for as long as it may be watched."""
        yield ": here\nretry: 2000\n\n"
        yield _text(await in_thread(_ping, self._screen.session))
        async for missed in self._missed():
            yield _text(missed)
        now = asyncio.get_running_loop().time
        ping_at = now() + PING_S
        while not self._subscription.is_over:
            event = await self._subscription.next(max(ping_at - now(), 0.0))
            if event is None:
                if not await in_thread(_may_stay, self._screen):
                    yield _text(Event(name="ended", data=compact({"why": "signed-out"})))
                    return
                yield _text(await in_thread(_ping, self._screen.session))
                ping_at = now() + PING_S
            async for news in self._news(event):
                yield _text(news)

    async def _news(self, event: Event | None) -> AsyncIterator[Event]:
        """The event; where entries before it have not come, or after silence, what was missed."""
        if event is None or (event.sequence is not None and event.sequence > self._last + 1):
            async for missed in self._missed():
                yield missed
        elif event.sequence is None:
            yield event
        elif event.sequence == self._last + 1:
            self._last = event.sequence
            yield event

    async def _missed(self) -> AsyncIterator[Event]:
        # The subscription began before this reads: what is written meanwhile waits there, and comes once.
        while page := await in_thread(watching.entry_events, self._screen.session, after=self._last):
            for event in page:
                self._last = event.sequence or self._last
                yield event


def _may_stay(screen: _Screen) -> bool:
    return isinstance(_screen(screen.request, screen.session.public_id, after=0), _Screen)


def _ping(session: Session) -> Event:
    wall = timezone.now()
    return Event(name="ping", data=compact(clock.clock_json(clock.of_session(session), wall)))


def _text(event: Event) -> str:
    number = f"id: {event.sequence}\n" if event.sequence is not None else ""
    return f"{number}event: {event.name}\ndata: {event.data}\n\n"


async def _until_gone(receive: ASGIReceiveCallable, sending: Coroutine[None, None, None]) -> None:
    """Send, and stop as soon as the screen has gone."""
    sender = asyncio.create_task(sending)
    leaver = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({sender, leaver}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sender, leaver):
            task.cancel()
        results = await asyncio.gather(sender, leaver, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, OSError):
            raise result


async def _gone(receive: ASGIReceiveCallable) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: ASGISendCallable, status: int, field: str, mend: str) -> None:
    message = "Nobody is signed in." if status == 401 else "This stream cannot be opened."
    problem = Problem(field=field, code="no-stream", message=message, mend=mend)
    await raw.send_json(send, status, raw.problems_json([problem]))
