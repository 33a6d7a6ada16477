"""From an entry's POST to its sight on a second screen, 50 rooms at once, on SQLite and a real server.

Each room has one screen that posts a blood pressure a second and another that watches. Latency is from the
client's clock before the POST to the event read from the other screen's stream; the entry is committed before
it is sent.

The load shares the machine's cores with the server, so the figures are pessimistic. No public peer offers
this as a function, so there is no ratio.
"""

import asyncio
import json
import logging
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx

from benchmarks.result import Result, alone
from slackwater.cli.serving import KEEP_ALIVE_S

ROOMS = 50
SECONDS = 15
PORT = 8471
BASE = f"http://127.0.0.1:{PORT}"
SETTINGS = "slackwater.web.settings.test"
QUIETLY = ("--log-level", "error", "--timeout-graceful-shutdown", "1")
WORKLOAD = f"{ROOMS} rooms, each an entry a second for {SECONDS} s, SQLite, one worker"


@dataclass(slots=True)
class Room:
    """One session, its signed-in cookie, and the latencies seen."""

    session: str
    cookie: str
    sent: dict[str, float] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)


def seed() -> list[Room]:
    """A clinic of so many rooms, made the way the tests make one."""
    # Django may only be set up once the settings are named.
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from tests import clinic

    call_command("migrate", verbosity=0)
    rooms = []
    for _ in range(ROOMS):
        made = clinic.clinic()
        store = SessionStore()
        store[SESSION_KEY] = str(made.monitor.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = made.monitor.get_session_auth_hash()
        store.create()
        rooms.append(Room(str(made.session.public_id), f"{settings.SESSION_COOKIE_NAME}={store.session_key}"))
    return rooms


@contextmanager
def server() -> Iterator[None]:
    command = [sys.executable, "-m", "uvicorn", "slackwater.web.asgi:application", "--port", str(PORT)]
    process = subprocess.Popen(
        [*command, *QUIETLY, "--timeout-keep-alive", str(KEEP_ALIVE_S)], env=os.environ.copy()
    )
    try:
        wait_until_up()
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_until_up() -> None:
    for _ in range(300):
        try:
            httpx.get(BASE, timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not come up")


async def watch(client: httpx.AsyncClient, room: Room, ready: asyncio.Event) -> None:
    address = f"{BASE}/stream?session={room.session}"
    async with client.stream("GET", address, headers={"Cookie": room.cookie}, timeout=None) as answer:
        answer.raise_for_status()
        ready.set()
        async for line in answer.aiter_lines():
            if line.startswith("data: ") and '"key"' in line:
                began = room.sent.pop(json.loads(line[6:])["key"], None)
                if began is not None:
                    room.seen.append(time.perf_counter() - began)


async def post(client: httpx.AsyncClient, room: Room, token: str) -> None:
    for turn in range(SECONDS):
        began = time.perf_counter()
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        key = str(uuid4())
        readings = [reading("sbp", 1200 + turn), reading("dbp", 800), reading("hr", 700)]
        payload = {"source": "hand", "readings": readings}
        entry = {"key": key, "kind": "vitals", "payload": payload, "happened_at": now}
        body = {"session": room.session, "sent_at": now, "entries": [entry]}
        headers = {"Cookie": f"{room.cookie}; csrftoken={token}", "X-CSRFToken": token, "Origin": BASE}
        room.sent[key] = began
        answer = await client.post(f"{BASE}/ingest", json=body, headers=headers)
        answer.raise_for_status()
        assert answer.json()["results"][0]["status"] == "saved", answer.text
        await asyncio.sleep(max(0.0, 1.0 - (time.perf_counter() - began)))


def reading(code: str, tenths: int) -> dict[str, object]:
    return {"code": code, "tenths": tenths, "quality": "ok"}


async def drive(rooms: list[Room]) -> None:
    token = "a" * 32
    limits = httpx.Limits(max_connections=ROOMS * 2 + 10)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:
        ready = [asyncio.Event() for _ in rooms]
        watching = [asyncio.create_task(watch(client, *pair)) for pair in zip(rooms, ready, strict=True)]
        await asyncio.gather(*(event.wait() for event in ready))
        posting = []
        for room in rooms:
            posting.append(asyncio.create_task(post(client, room, token)))
            await asyncio.sleep(1.0 / ROOMS)
        await asyncio.gather(*posting)
        await asyncio.sleep(2)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)


def run() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite://{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        rooms = seed()
        logging.getLogger("httpx").setLevel(logging.WARNING)
        with server():
            asyncio.run(drive(rooms))
    seen = sorted(latency for room in rooms for latency in room.seen)
    lost = sum(len(room.sent) for room in rooms)
    assert lost == 0, f"{lost} entries were not seen on the second screen"
    assert len(seen) == ROOMS * SECONDS
    at_99 = seen[int(0.99 * (len(seen) - 1))]
    return [
        alone("POST to a second screen, median", WORKLOAD, statistics.median(seen)),
        alone("POST to a second screen, 99th percentile", WORKLOAD, at_99),
    ]
