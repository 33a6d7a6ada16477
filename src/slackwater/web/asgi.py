"""The way in for a web server: `uvicorn slackwater.web.asgi:application`.

Two addresses that many screens use all the time are raw ASGI functions; everything else is Django's.
"""

import os
from typing import TYPE_CHECKING, cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slackwater.web.settings.demo")
_django = cast("ASGI3Application", get_asgi_application())

# Django must be set up before anything that imports its models.
from slackwater.web.lifespan import lifespan  # noqa: E402  Django first
from slackwater.web.room.ingest import ingest  # noqa: E402  Django first
from slackwater.web.room.stream import stream  # noqa: E402  Django first
from slackwater.web.shared.assets import Assets  # noqa: E402  Django first

if TYPE_CHECKING:
    from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope

_RAW = {"/ingest": ingest, "/stream": stream}
_assets = Assets(_django)


async def application(scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
    """Send each request to whoever answers it."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http":
        raw = _RAW.get(scope["path"])
        await (raw(scope, receive, send) if raw else _assets(scope, receive, send))
