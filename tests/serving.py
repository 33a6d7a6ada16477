"""The clinic's own server, running in a thread beside the test, and a browser signed in to it."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from django.test import Client

from slackwater.actions.entries.writer import writer
from slackwater.actions.events import hub
from slackwater.records.models import User
from slackwater.rules.room.wire import moment_json
from slackwater.web.shared.raw_threads import threads

CSRF = "a" * 32


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its address."""
    from slackwater.web.asgi import application

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(application, lifespan="off", log_level="warning", timeout_graceful_shutdown=1)
        serving = uvicorn.Server(config)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]}, daemon=True)
        writer.start()
        thread.start()
        while not serving.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            hub.end()
            serving.should_exit = True
            thread.join(5)
            writer.stop()
            threads.stop()


def cookies(user: User) -> dict[str, str]:
    """What a browser holds that is signed in as somebody."""
    client = Client()
    client.force_login(user)
    return {"sessionid": client.cookies["sessionid"].value, "csrftoken": CSRF}


def now() -> str:
    return moment_json(datetime.now(UTC))


def entry(kind: str, payload: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One entry as a screen sends it."""
    return {"key": str(uuid4()), "kind": kind, "payload": payload, "happened_at": now()} | changes


def body(session: object, *entries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A whole request's body."""
    return {"session": str(session), "sent_at": now(), "entries": list(entries)} | changes


def post(address: str, user: User, content: Any, **headers: str) -> httpx.Response:
    """POST /ingest as somebody's browser does."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    with httpx.Client(base_url=address, cookies=cookies(user), timeout=20) as client:
        return client.post(
            "/ingest", content=data, headers={"X-CSRFToken": CSRF, "Origin": address} | headers
        )


async def events(client: httpx.AsyncClient, path: str, **headers: str) -> AsyncIterator[tuple[str, str, Any]]:
    """The events of a stream: name, id and data."""
    async with client.stream("GET", path, headers=headers, timeout=20) as answer:
        assert answer.status_code == 200, await answer.aread()
        name = number = ""
        async for line in answer.aiter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "id":
                number = value
            elif field == "data":
                yield name, number, json.loads(value)
            elif not line:
                name = number = ""


def watching(address: str, user: User) -> httpx.AsyncClient:
    """A browser that opens streams."""
    limits = httpx.Limits(max_connections=100)
    return httpx.AsyncClient(base_url=address, cookies=cookies(user), limits=limits)


async def gathered(stream: AsyncIterator[tuple[str, str, Any]], name: str, count: int) -> list[Any]:
    """The data of the first so many events of one name; fails after fifteen seconds."""
    found: list[Any] = []
    async with asyncio.timeout(15):
        async for event, _, data in stream:
            if event == name:
                found.append(data)
            if len(found) == count:
                break
    return found


async def screens(count: int) -> None:
    """Wait until so many screens are open; fails after ten seconds."""
    async with asyncio.timeout(10):
        while hub.screens() != count:  # noqa: ASYNC110  the server's thread knows no Event of ours
            await asyncio.sleep(0.02)
