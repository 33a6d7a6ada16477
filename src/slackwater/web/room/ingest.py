"""POST /ingest: entries from a room's page or a device, written through the one path."""

import asyncio
import logging
from datetime import datetime
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError
from django.utils import timezone

from slackwater.actions import sessions
from slackwater.actions.clock import to_milliseconds
from slackwater.actions.entries.command import Author, Outcome
from slackwater.actions.entries.writer import writer
from slackwater.rules.room.wire import moment_json
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.web.room import ingest_body
from slackwater.web.shared import raw, raw_identity, strict_json
from slackwater.web.shared.raw_threads import in_thread

LARGEST_BODY = 1024 * 1024

logger = logging.getLogger(__name__)


async def ingest(scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Take entries, and answer each: saved, already there, or refused and why."""
    if scope["method"] != "POST":
        await raw.send_json(send, 405, _problem("method", "not-post", "Send it by POST."), headers=_ALLOW)
        return
    try:
        body = await raw.read_body(scope, receive, limit=LARGEST_BODY)
    except raw.GoneError:
        return
    except raw.TooLargeError:
        await raw.send_json(send, 413, _problem("body", "too-large", "Send fewer entries at a time."))
        return
    status, answer = await _answer(scope, body)
    await raw.send_json(send, status, answer)


async def _answer(scope: HTTPScope, body: bytes) -> tuple[int, dict[str, Any]]:
    received_at = to_milliseconds(timezone.now())
    request = raw.request_of(scope)
    if request is None:
        return 400, _problem("host", "unknown-host", "Use the clinic's own address.")
    try:
        identity = await in_thread(_who, request, received_at)
        if identity is None:
            return 401, _problem("session", "signed-out", "Sign in again; what is not sent yet is kept here.")
        if against := _against(request, identity):
            return against
        asked = ingest_body.parse(strict_json.read(body), author=_author(identity), received_at=received_at)
        commands = await in_thread(sessions.prepared, asked.commands)
        outcomes = await asyncio.wrap_future(writer.write(commands)) if commands else []
    except RefusedError as refusal:
        busy = any(problem.code == "busy" for problem in refusal.problems)
        return (503 if busy else 422), raw.problems_json(refusal.problems)
    except DatabaseError:
        logger.exception("entries were not kept")
        return 503, _problem("entries", "not-kept", "Send it again in a few seconds; nothing is lost.")
    return 200, {
        "server_time": moment_json(timezone.now()),
        "results": [_result(outcome) for outcome in asked.answered(outcomes)],
    }


def _who(request: ASGIRequest, at: datetime) -> raw_identity.Identity | None:
    if raw_identity.has_token(request):
        return raw_identity.by_token(request, at=at)
    return raw_identity.by_session(request)


def _against(request: ASGIRequest, identity: raw_identity.Identity) -> tuple[int, dict[str, Any]] | None:
    """What speaks against taking these, though somebody is signed in."""
    if identity.device is None and raw_identity.is_forged(request):
        return 403, _problem("X-CSRFToken", "forged", "Load the page again, then send once more.")
    # A page may have kept these for a person who is no longer the one signed in on its device.
    author = request.headers.get("X-Author")
    if author is not None and author != str(identity.user.pk):
        return 409, _problem("X-Author", "somebody-else", "Its author signs in again, and it is sent then.")
    return None


def _author(identity: raw_identity.Identity) -> Author:
    return Author(user_id=identity.user.pk, device_id=identity.device.pk if identity.device else None)


def _result(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.key,
        "status": outcome.status.value,
        "entry": outcome.entry,
        "problems": [raw.problem_json(problem) for problem in outcome.problems],
    }


_MESSAGES = {
    "not-post": "This address takes entries.",
    "too-large": "This is more than one mebibyte.",
    "unknown-host": "This host is not known here.",
    "signed-out": "Nobody is signed in.",
    "forged": "The page's token is missing or old.",
    "somebody-else": "Somebody else is signed in on this device now.",
    "not-kept": "The database did not take it.",
}
_ALLOW: raw.Headers = [(b"allow", b"POST")]


def _problem(field: str, code: str, mend: str) -> dict[str, Any]:
    return raw.problems_json([Problem(field=field, code=code, message=_MESSAGES[code], mend=mend)])
