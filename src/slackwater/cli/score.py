"""`slackwater score`: a model beside what studies have published."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.formats import TextFormat
from slackwater.cli.options import takes
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOptions:
    """What `slackwater score` was asked, as it was written."""

    file: Annotated[Path, typer.Argument(help="A table of published figures.", metavar="FILE.csv")]
    model: Annotated[str, typer.Option(help="A model of `slackwater models`.", metavar="ID")] = "rk1"
    format: Annotated[TextFormat, typer.Option(help="What to print.")] = TextFormat.TABLE
    every: Annotated[
        bool, typer.Option("--all", help="All models in sum, each beside --model on the same figures.")
    ] = False
    plot: Annotated[bool, typer.Option("--plot", help="Also draw every row's ratios.")] = False


@takes(ScoreOptions)
def score(options: ScoreOptions) -> None:
    """Score a model against published figures: simulated over observed, row by row and in sum.

    The typical person is simulated under each row's regimen and read where the study sampled. Rows that
    cannot be scored are named with the cause. With --all every model is scored on the same table.
    """
    from slackwater.catalogue.loader import load
    from slackwater.catalogue.observed import read_observed
    from slackwater.cli import output_score, output_score_all
    from slackwater.cli.files import read_text
    from slackwater.cli.patience import patience
    from slackwater.cli.scoring import scored
    from slackwater.pharma import scoring

    catalogue = load()
    model = catalogue.model(options.model)
    rows = read_observed(read_text(options.file, field="file"))
    if options.every:
        _refuse_a_plot(options)
        output_score_all.write(scored(catalogue, model, rows), options.format)
        return
    with patience(f"Scoring {model.id}, which takes some seconds the first time."):
        card = scoring.score(model, rows)
    output_score.write(card, model, options.format, with_plot=options.plot)


def _refuse_a_plot(options: ScoreOptions) -> None:
    if options.plot:
        raise RefusedError.of(
            field="plot",
            code="one-model",
            message="A plot shows the rows of one model, and --all prints sums.",
            mend="Leave out --all or --plot.",
        )
