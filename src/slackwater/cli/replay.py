"""`slackwater replay`: play a monitor's recording into a session, through the door that devices use."""

import logging
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import typer

from slackwater.cli.options import takes
from slackwater.terms.refusal import Problem, RefusedError

if TYPE_CHECKING:
    import httpx

    from slackwater.actions.recordings import Recorded

_TRIES, _PAUSE_S = 20, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """What `slackwater replay` was asked, as it was written."""

    file: Annotated[Path, typer.Argument(help="A CSV with a column minute and HR, ABPSys, NBPSys, SpO2 ...")]
    session: Annotated[str, typer.Option(help="The session's identifier, as in the room's address.")]
    server: Annotated[str | None, typer.Option(help="Where the clinic answers.", metavar="URL")] = None
    token: Annotated[
        str | None,
        typer.Option(
            help="A device's token, else SLACKWATER_TOKEN; the demonstration on this machine needs none.",
            metavar="TEXT",
        ),
    ] = None
    speed: Annotated[str, typer.Option(help="Recorded minutes to play in one minute.", metavar="N")] = "60"
    first: Annotated[str, typer.Option(help="The recorded minute to start with.", metavar="N")] = "0"
    last: Annotated[str | None, typer.Option(help="The last one to play.", metavar="N")] = None


@takes(ReplayOptions)
def replay(options: ReplayOptions) -> None:
    """Play recorded vital signs into a session as a bedside monitor would send them.

    A 0 is kept as "disconnected", an empty cell was not measured, and a gross artefact is kept and marked:
    neither is ever shown as a reading.
    """
    import httpx

    from slackwater.actions.recordings import read_recording
    from slackwater.cli.files import read_text
    from slackwater.terms.amounts import read_int
    from slackwater.units import s_from_min

    session = _session(options.session)
    speed = read_int(options.speed, field="speed", low=1, high=6000)
    first = read_int(options.first, field="first", low=0, high=10**6)
    last = read_int(options.last, field="last", low=first, high=10**6) if options.last else None
    rows = [
        row
        for row in read_recording(read_text(options.file, field="file"))
        if row.minute >= first and (last is None or row.minute <= last)
    ]
    headers = {"Authorization": f"Bearer {_token(options, session)}"}
    server = options.server or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    with httpx.Client(base_url=server, headers=headers, timeout=10) as client:
        told = Counter(_played(client, session, rows, pause_s=s_from_min(1) / speed))
    print(", ".join(f"{count} {what}" for what, count in sorted(told.items())) or "Nothing to play.")


def _played(
    client: "httpx.Client", session: UUID, rows: "list[Recorded]", *, pause_s: float
) -> Iterator[str]:
    """Send each row at its time; yield what became of each reading."""
    start = time.monotonic()
    for row in rows:
        wait = start + float(row.minute - rows[0].minute) * pause_s - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        result = _sent(client, session, row)
        if result["status"] == "refused":
            raise RefusedError(*(Problem(**problem) for problem in result["problems"]))
        for reading in result["entry"]["payload"]["readings"]:
            yield f"readings {reading['quality']}"


def _sent(client: "httpx.Client", session: UUID, row: "Recorded") -> dict[str, Any]:
    """The server's answer for one row, asked again under the same key until there is one."""
    import httpx

    from slackwater.rules.room.wire import payload_json

    entry = {"key": str(uuid4()), "kind": "vitals", "payload": payload_json(row.vitals)}
    for _attempt in range(_TRIES):
        now = _now()
        entry.setdefault("happened_at", now)
        body = {"session": str(session), "sent_at": now, "entries": [entry]}
        try:
            answer = client.post("/ingest", json=body)
        except httpx.TransportError:
            time.sleep(_PAUSE_S)
            continue
        if answer.status_code == 200:
            result: dict[str, Any] = answer.json()["results"][0]
            return result
        if answer.status_code < 500:
            raise RefusedError(*(Problem(**problem) for problem in answer.json()["problems"]))
        time.sleep(_PAUSE_S)
    raise RefusedError.of(
        field="server",
        code="no-answer",
        message="The server does not answer.",
        mend="Start it, or name another with --server.",
    )


def _now() -> str:
    from datetime import UTC, datetime

    from slackwater.rules.room.wire import moment_json

    return moment_json(datetime.now(UTC))


def _session(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RefusedError.of(
            field="session",
            code="not-an-id",
            message=f"{text} is not a session's identifier.",
            mend="Copy it from the room's address.",
        ) from None


def _token(options: ReplayOptions, session: UUID) -> str:
    given = options.token or os.environ.get("SLACKWATER_TOKEN")
    if given:
        return given
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slackwater.web.settings.demo")
    import django

    django.setup()
    from django.db import DatabaseError

    from slackwater.actions.demo.rooms import device_token

    # The demonstration's settings let every library talk; a line for each reading would bury the answer.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        return device_token(session)
    except DatabaseError:
        raise RefusedError.of(
            field="token",
            code="no-demonstration",
            message="No demonstration was ever started here, so there is nobody to let a monitor in.",
            mend="Give --token, or run this where the demonstration runs (its SLACKWATER_VAR).",
        ) from None
