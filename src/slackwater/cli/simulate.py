"""`slackwater simulate`: what doses do in a crowd of virtual patients."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.formats import Format
from slackwater.cli.options import takes
from slackwater.terms.drug import Drug
from slackwater.terms.sex import Sex

_DOSES = (
    "Each dose in quotes: route, amount with its unit, then 'over' and 'at' where they apply. "
    "Routes: iv, im, nasal-device, nasal-solution, lozenge, film, oral. Units: mg, mcg, mg/kg. "
    'Examples: "iv 35 mg over 40 min", "im 0.5 mg/kg at 30 min", "nasal-device 56 mg".'
)

_MODELS = (
    "A model of `slackwater models`. Repeat it to draw one crowd from several, each with its share of the "
    "virtual patients: --model rk1:0.7 --model perez-ruixo-2021:0.3. Default: rk1."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateOptions:
    """What `slackwater simulate` was asked, as it was written."""

    doses: Annotated[list[str] | None, typer.Argument(help=_DOSES, metavar="DOSE...")] = None
    weight: Annotated[
        str | None,
        typer.Option(help="Body weight in kg, 20 to 300. With --events, of those without WT.", metavar="KG"),
    ] = None
    age: Annotated[str | None, typer.Option(help="Age in years, 18 to 120.", metavar="YEARS")] = None
    sex: Annotated[Sex, typer.Option(help="Sex at birth.")] = Sex.UNKNOWN
    drug: Annotated[Drug | None, typer.Option(help="Default: racemic, or what the model has.")] = None
    model: Annotated[list[str] | None, typer.Option(help=_MODELS, metavar="ID[:SHARE]")] = None
    medicine: Annotated[
        list[str] | None, typer.Option(help="A medicine the person takes; may be repeated.", metavar="NAME")
    ] = None
    subjects: Annotated[str, typer.Option(help="How many virtual patients.", metavar="N")] = "4096"
    seed: Annotated[str, typer.Option(help="The crowd's seed: same seed, same bytes.", metavar="N")] = "1"
    typical: Annotated[bool, typer.Option("--typical", help="The typical person alone, no crowd.")] = False
    causes: Annotated[bool, typer.Option("--causes", help="Say what the bands' width comes from.")] = False
    until: Annotated[str, typer.Option(help="How long to follow, such as 8h or 90min.", metavar="TIME")] = (
        "8h"
    )
    step: Annotated[str, typer.Option(help="Time between rows, such as 1min or 30s.", metavar="TIME")] = (
        "1min"
    )
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.TABLE
    output: Annotated[
        Path | None, typer.Option(help="Write to this file, not the screen.", metavar="FILE")
    ] = None
    plot: Annotated[str | None, typer.Option(help="Also draw a .png or .svg.", metavar="FILE")] = None
    events: Annotated[
        Path | None, typer.Option(help="A NONMEM-style event table, in place of doses.", metavar="FILE.csv")
    ] = None
    cmt: Annotated[
        list[str] | None,
        typer.Option(help="The route of a CMT number, such as 1=iv; may be repeated.", metavar="N=ROUTE"),
    ] = None
    as_events: Annotated[
        Path | None, typer.Option(help="Also write doses and times as an event table.", metavar="FILE.csv")
    ] = None


@takes(SimulateOptions)
def simulate(options: SimulateOptions) -> None:
    """Simulate doses in a crowd of virtual patients: concentrations, depth and blood pressure.

    JSON holds the 5th, 50th and 95th percentile of each quantity over time, and of each person's peak, time
    of peak and area under the curve. The same seed and inputs give the same bytes anywhere.

    An event table has ID, TIME (h), AMT (mg), EVID and CMT, and RATE, II, ADDL, SS, WT and AGE where needed;
    each ID is simulated and read at its own rows.
    """
    from slackwater.cli.formats import check_destination

    check_destination(options.format, options.output)
    if options.events:
        _simulate_events(options, options.events)
    else:
        _simulate_doses(options)


def _simulate_doses(options: SimulateOptions) -> None:
    from slackwater.cli.answer import answer
    from slackwater.cli.ask import ask
    from slackwater.cli.export_events import export_events
    from slackwater.cli.output import picture, write
    from slackwater.cli.plot_file import picture_path

    drawing = picture_path(options.plot, field="plot") if options.plot else None
    question = ask(options)
    if options.as_events:
        export_events(question, options.cmt or (), options.as_events)
    simulation = answer(question)
    write(simulation, options.format, options.output)
    if drawing:
        picture(simulation, drawing)


def _simulate_events(options: SimulateOptions, table: Path) -> None:
    from slackwater.cli.answer_events import answer_events
    from slackwater.cli.ask_events import ask_events
    from slackwater.cli.output_events import write_events

    write_events(answer_events(ask_events(options, table)), options.format, options.output)
