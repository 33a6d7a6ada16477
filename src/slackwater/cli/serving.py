"""Running the web server, for a clinic and for the demonstration."""

import os
from types import FrameType
from typing import TYPE_CHECKING

from slackwater.terms.amounts import read_int
from slackwater.terms.refusal import RefusedError

if TYPE_CHECKING:
    import uvicorn

_HOST, _PORT = "127.0.0.1", "8000"
# Streams are ended first, so this is only for a page that is being made.
_LONGEST_STOP_S = 1
# Longer than clients and proxies keep an idle connection (5 to 60 s): a server that hangs up first can do so
# just as a request comes in, and the sender sees its connection reset.
KEEP_ALIVE_S = 75


def address(host: str | None, port: str | None) -> tuple[str, int]:
    """Where to listen: as asked, else as HOST and PORT say, else 127.0.0.1:8000."""
    chosen = port or os.environ.get("PORT") or _PORT
    return host or os.environ.get("HOST") or _HOST, read_int(chosen, field="port", low=1, high=65535)


def serve_with(settings: str, *, host: str, port: int) -> None:
    """Bring the database up to date, then answer until stopped. Raises RefusedError if it is another's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    prepare_database()
    import uvicorn

    config = uvicorn.Config(
        "slackwater.web.asgi:application",
        host=host,
        port=port,
        lifespan="on",
        timeout_graceful_shutdown=_LONGEST_STOP_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    _server(config).run()


def prepare_database() -> None:
    """Bring the database of the settings in use up to date. Raises RefusedError if it is another's."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise RefusedError.of(
            field="settings", code="incomplete", message=str(error), mend="Set it and start again."
        ) from None
    from django.core.management import call_command

    from slackwater.actions import installation

    call_command("migrate", verbosity=0, interactive=False)
    try:
        installation.claim()
    except installation.OtherKindError as error:
        raise RefusedError.of(
            field="database", code="other-kind", message=str(error), mend="Nothing was changed."
        ) from None


def _server(config: "uvicorn.Config") -> "uvicorn.Server":
    import uvicorn

    from slackwater.actions.events import hub

    class Server(uvicorn.Server):
        """Ends the open streams as soon as it is told to stop, since they would hold it up."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            hub.end()
            super().handle_exit(sig, frame)

    return Server(config)
