"""The little of HTTP that the two raw ASGI functions need, beside Django's own handler.

Django's handler starts a thread for every request, which saturates near 190 writes a second; these two don't.
"""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest

from slackwater.terms.refusal import Problem

Headers = list[tuple[bytes, bytes]]

_JSON: Headers = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


class TooLargeError(Exception):
    """The body is larger than its limit."""


class GoneError(Exception):
    """The other side went away before all of the body had come."""


async def read_body(scope: HTTPScope, receive: ASGIReceiveCallable, *, limit: int) -> bytes:
    """The whole body. Raises TooLargeError past the limit, before reading more than that."""
    declared = header(scope, b"content-length")
    if declared.isdigit() and len(declared) < 20 and int(declared) > limit:
        raise TooLargeError
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        if message["type"] == "http.request":
            body += message["body"]
            more = message.get("more_body", False)
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)


async def send_json(
    send: ASGISendCallable, status: int, value: dict[str, Any], *, headers: Headers | None = None
) -> None:
    """One whole JSON answer."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    length = (b"content-length", str(len(body)).encode())
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [*_JSON, length, *(headers or [])],
            "trailers": False,
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})


def problems_json(problems: Iterable[Problem]) -> dict[str, Any]:
    """Why a whole request was refused."""
    return {"problems": [problem_json(problem) for problem in problems]}


def problem_json(problem: Problem) -> dict[str, str]:
    """One problem as the wire has it."""
    return {
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
        "mend": problem.mend,
    }


def header(scope: HTTPScope, name: bytes) -> str:
    """The last value of a header, or nothing."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return found[-1].decode("latin-1") if found else ""


def request_of(scope: HTTPScope) -> ASGIRequest | None:
    """Django's view of the request, for its checks; None where its host is not ours or its link is open."""
    request = ASGIRequest(dict(scope), BytesIO())
    try:
        request.get_host()
    except DisallowedHost:
        return None
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    return request
