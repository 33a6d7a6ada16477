"""Static files, served by WhiteNoise's rules beside Django's handler, which would take a thread for each."""

import asyncio
from typing import Any

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from whitenoise import WhiteNoise
from whitenoise.responders import Response, StaticFile
from whitenoise.string_utils import ensure_leading_trailing_slash

_CHUNK = 256 * 1024
# Names do not change with their content, so a browser asks each time and is mostly told "not modified".
_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


class Assets:
    """Answers for files under STATIC_URL; hands everything else to the application behind it."""

    def __init__(self, application: ASGI3Application) -> None:
        self._application = application
        self._prefix = ensure_leading_trailing_slash(settings.STATIC_URL)
        self._noise = WhiteNoise(
            None, max_age=None, allow_all_origins=False, add_headers_function=_add_headers
        )

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Serve the file, or pass on."""
        if not scope["path"].startswith(self._prefix):
            await self._application(scope, receive, send)
            return
        response = await asyncio.to_thread(self._response, scope)
        if response is None:
            await self._application(scope, receive, send)
            return
        await _send(response, send)

    def _response(self, scope: HTTPScope) -> Response | None:
        try:
            path = finders.find(scope["path"].removeprefix(self._prefix))
        except SuspiciousFileOperation:
            return None  # a path that climbs out of the folders
        if not isinstance(path, str):
            return None
        file: StaticFile = self._noise.get_static_file(path, scope["path"])
        return file.get_response(scope["method"], _environ(scope))


def _add_headers(headers: Any, _path: str, _url: str) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value


def _environ(scope: HTTPScope) -> dict[str, str]:
    return {
        "HTTP_" + name.decode("latin-1").upper().replace("-", "_"): value.decode("latin-1")
        for name, value in scope["headers"]
    }


async def _send(response: Response, send: ASGISendCallable) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    await send(
        {"type": "http.response.start", "status": int(response.status), "headers": headers, "trailers": False}
    )
    if response.file is not None:
        with response.file as file:
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
