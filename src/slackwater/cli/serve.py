"""`slackwater serve` and `slackwater serve-demo`: the clinic, and the demonstration of one."""

from typing import Annotated

import typer

Host = Annotated[str | None, typer.Option(help="Where to listen; else HOST, else 127.0.0.1.")]
Port = Annotated[str | None, typer.Option(help="On which port; else PORT, else 8000.")]


def serve(host: Host = None, port: Port = None) -> None:
    """Serve a clinic.

    SECRET_KEY and ALLOWED_HOSTS must be set; DATABASE_URL names a PostgreSQL database, else SQLite keeps it.
    """
    from slackwater.cli.serving import address, serve_with

    chosen, number = address(host, port)
    serve_with("slackwater.web.settings.clinic", host=chosen, port=number)


def serve_demo(host: Host = None, port: Port = None) -> None:
    """Serve the demonstration: invented patients, and rooms in which virtual patients play a session."""
    from slackwater.cli.serving import address, serve_with

    chosen, number = address(host, port)
    print(f"Slackwater's demonstration starts on http://{chosen}:{number} (Ctrl-C stops it)", flush=True)
    serve_with("slackwater.web.settings.demo", host=chosen, port=number)
