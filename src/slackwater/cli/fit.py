"""`slackwater fit`: a model's parameters fitted to published figures, and tried on rows held out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.options import takes


@dataclass(frozen=True, slots=True, kw_only=True)
class FitOptions:
    """What `slackwater fit` was asked, as it was written."""

    file: Annotated[Path, typer.Argument(help="A table of published figures.", metavar="FILE.csv")]
    model: Annotated[str, typer.Option(help="A model whose priors are known.", metavar="ID")] = "rk2"
    against: Annotated[str, typer.Option(help="The model to compare it with.", metavar="ID")] = "rk1"
    seed: Annotated[str, typer.Option(help="Of the starts: same seed, same result.", metavar="N")] = "1"
    starts: Annotated[str, typer.Option(help="How many starts, 1 to 100.", metavar="N")] = "8"
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="Also leave out each study in turn and predict it.")
    ] = False
    output: Annotated[
        Path | None, typer.Option(help="Write the model with its estimates.", metavar="FILE.toml")
    ] = None
    report: Annotated[Path | None, typer.Option(help="Write the tables as a page.", metavar="FILE.md")] = None


@takes(FitOptions)
def fit(options: FitOptions) -> None:
    """Fit a model to published figures, under its priors, and say how far to trust it.

    Prints the estimates with standard errors, what the rows told beyond the priors, and the scores. With
    --leave-out each study is predicted by a fit that saw neither its rows nor priors resting on it.
    """
    from slackwater.cli.files import read_text
    from slackwater.cli.fit_report import markdown, show
    from slackwater.cli.fit_sheets import sheets
    from slackwater.cli.fitting import estimates_text, fitted
    from slackwater.cli.formats import deliver
    from slackwater.terms.amounts import read_int

    result = fitted(
        read_text(options.file, field="file"),
        model=options.model,
        against=options.against,
        seed=read_int(options.seed, field="seed", low=0, high=2**31 - 1),
        n_starts=read_int(options.starts, field="starts", low=1, high=100),
        is_leaving_out=options.leave_out,
    )
    tables = sheets(result)
    if options.output:
        deliver(estimates_text(result), options.output)
    if options.report:
        deliver(markdown(result, tables), options.report)
    show(tables)
