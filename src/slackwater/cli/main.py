"""`slackwater`: the entry point. Importing it loads neither Django nor the engine, so that help is quick."""

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

import typer

from slackwater.cli.add_person import add_person
from slackwater.cli.calibrate import calibrate
from slackwater.cli.check_logs import check_logs
from slackwater.cli.exits import EXPECTED, exit_code, explain
from slackwater.cli.fit import fit
from slackwater.cli.models import models
from slackwater.cli.plan import plan
from slackwater.cli.replay import replay
from slackwater.cli.score import score
from slackwater.cli.serve import serve, serve_demo
from slackwater.cli.simulate import simulate

app = typer.Typer(
    name="slackwater",
    help="Ketamine-assisted therapy in a licensed clinic: simulate doses, score models, serve the clinic. "
    "Estimates, not monitoring and not medical advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def register(command: Callable[..., None]) -> None:
    """Add a command under its function's name, with its docstring as help."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    app.command(help="\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs))(command)


def registered() -> list[str]:
    """The names of the commands, as help lists them."""
    names = (each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands)
    return [name.replace("_", "-") for name in names]


for each in (
    simulate,
    plan,
    score,
    fit,
    calibrate,
    models,
    serve,
    serve_demo,
    add_person,
    replay,
    check_logs,
):
    register(each)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 when done, 2 when refused, with what to mend on stderr."""
    try:
        app(args=arguments, prog_name="slackwater")
    except EXPECTED as error:
        explain(error)
        sys.exit(exit_code(error))
    sys.exit(0)
