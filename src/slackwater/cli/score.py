"""`slackwater score`: a model beside what studies have published."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.formats import TextFormat
from slackwater.cli.options import takes


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOptions:
    """What `slackwater score` was asked, as it was written."""

    file: Annotated[Path, typer.Argument(help="A table of published figures.", metavar="FILE.csv")]
    model: Annotated[str, typer.Option(help="A model of `slackwater models`.", metavar="ID")] = "rk1"
    format: Annotated[TextFormat, typer.Option(help="What to print.")] = TextFormat.TABLE
    plot: Annotated[bool, typer.Option("--plot", help="Also draw every row's ratios.")] = False


@takes(ScoreOptions)
def score(options: ScoreOptions) -> None:
    """Score a model against published figures: simulated over observed, row by row and in sum.

    The typical person is simulated under each row's regimen and read where the study sampled. Rows that
    cannot be scored are named with the cause.
    """
    from slackwater.catalogue.loader import load
    from slackwater.catalogue.observed import read_observed
    from slackwater.cli import output_score
    from slackwater.cli.files import read_text
    from slackwater.pharma import scoring

    model = load().model(options.model)
    card = scoring.score(model, read_observed(read_text(options.file, field="file")))
    output_score.write(card, model, options.format, with_plot=options.plot)
