"""`slackwater plan`: which doses keep every chance limit and reach what is wished for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.formats import TextFormat
from slackwater.cli.options import takes
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What `slackwater plan` was asked, as it was written."""

    want: Annotated[
        str, typer.Option(help='The wish, such as "depth 5 with 60 %".', metavar="DEPTH with CHANCE")
    ]
    weight: Annotated[str, typer.Option(help="Body weight in kg, 20 to 300.", metavar="KG")]
    age: Annotated[str, typer.Option(help="Age in years, 18 to 120.", metavar="YEARS")]
    baseline: Annotated[
        str | None,
        typer.Option(help="Pressure before the drug, such as 120/80. Without it no ceiling.", metavar="MMHG"),
    ] = None
    ceiling: Annotated[
        str | None,
        typer.Option(help='Systolic, "160 with 5 %". Default: M04, PLAN-03.', metavar="MMHG [with CHANCE]"),
    ] = None
    too_deep: Annotated[
        str | None,
        typer.Option(help='"depth 9 with 10 %". Default: PLAN-01.', metavar="DEPTH with CHANCE"),
    ] = None
    closing: Annotated[
        str | None,
        typer.Option(
            help='After the first dose, "4 h with 10 %". Default: PLAN-04.', metavar="TIME [with CHANCE]"
        ),
    ] = None
    route: Annotated[
        list[Route] | None, typer.Option(help="Only this route; may be repeated. Default: all cited.")
    ] = None
    booster_at: Annotated[
        str | None, typer.Option(help="Compare one booster at this time too, such as 30min.", metavar="TIME")
    ] = None
    hard_max: Annotated[
        str | None, typer.Option(help="The most in the session, such as 60mg.", metavar="MG")
    ] = None
    sex: Annotated[Sex, typer.Option(help="Sex at birth.")] = Sex.UNKNOWN
    drug: Annotated[Drug | None, typer.Option(help="Default: racemic, or what the model has.")] = None
    model: Annotated[
        list[str] | None,
        typer.Option(help="A model of `slackwater models`; repeat it for several.", metavar="ID[:SHARE]"),
    ] = None
    medicine: Annotated[
        list[str] | None, typer.Option(help="A medicine the person takes; may be repeated.", metavar="NAME")
    ] = None
    subjects: Annotated[str, typer.Option(help="How many virtual patients.", metavar="N")] = "4096"
    seed: Annotated[str, typer.Option(help="The crowd's seed: same seed, same bytes.", metavar="N")] = "1"
    format: Annotated[TextFormat, typer.Option(help="What to print.")] = TextFormat.TABLE
    output: Annotated[
        Path | None, typer.Option(help="Write to this file, not the screen.", metavar="FILE")
    ] = None
    plot: Annotated[str | None, typer.Option(help="Also draw a .png or .svg.", metavar="FILE")] = None


@takes(PlanOptions)
def plan(options: PlanOptions) -> None:
    """Compare doses: which keep every chance limit and reach the wished depth, route by route.

    Only doses that are cited for this body and need no reason are compared. What comes out is a range to
    choose from, with what ends it; it is never an instruction.
    """
    from slackwater.cli import output_plan
    from slackwater.cli.patience import patience
    from slackwater.cli.plan_answer import answer
    from slackwater.cli.plan_ask import ask
    from slackwater.cli.plot_file import picture_path

    drawing = picture_path(options.plot, field="plot") if options.plot else None
    question = ask(options)
    with patience(f"Asking {question.subjects:,} virtual patients. The first time takes longest."):
        found = answer(question)
    output_plan.write(found, options.format, options.output)
    if drawing:
        output_plan.picture(found, drawing)
