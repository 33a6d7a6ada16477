"""A plan as a table with charts in the terminal, as JSON, and as a picture."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.curves import Colour, Curve, Level, Panel
from slackwater.cli.formats import TextFormat, deliver
from slackwater.cli.output_plan_json import plan_json
from slackwater.cli.plan_answer import PlanAnswer
from slackwater.cli.plot_file import write_picture
from slackwater.cli.terminal_plot import draw
from slackwater.pharma.plan import RoutePlan
from slackwater.pharma.plan_question import Kind
from slackwater.pharma.plan_range import dose_ranges
from slackwater.pharma.plan_words import happening, sentence, show_chance, show_range, terms, with_booster

_WIDTH_OF_A_FILE = 100
_COLOURS = {
    Kind.WISH: Colour.TIDE,
    Kind.TOO_DEEP: Colour.SAND,
    Kind.SYSTOLIC: Colour.HEATHER,
    Kind.NOT_FIT: Colour.DUSK,
}


def write(answer: PlanAnswer, form: TextFormat, output: Path | None) -> None:
    """Print the plan, or write it to the file named."""
    if form is TextFormat.JSON:
        deliver(plan_json(answer), output)
    elif output is None:
        _show(answer, Console())
    else:
        page = io.StringIO()
        _show(answer, Console(file=page, width=_WIDTH_OF_A_FILE))
        deliver(page.getvalue(), output)


def picture(answer: PlanAnswer, path: Path) -> None:
    """Draw each route's chances over the dose, with the limits across and the range marked."""
    panels = [_panel(route) for route in answer.plan.routes]
    title = f"{answer.asked} · {answer.model}, {answer.drug}, {answer.subjects:,} virtual patients"
    write_picture(panels, path, title=title, basis=answer.basis)


def _show(answer: PlanAnswer, console: Console) -> None:
    console.print(_headline(answer))
    console.print(_table(answer))
    for route in answer.plan.routes:
        console.print(Text(f"{route.grid.route.value}:", style="bold"), *_sentences(route), sep="\n")
        if len(route.grid.doses_mg) > 1:
            console.print(draw(_panel(route), width=console.width))
    for finding in answer.marks:
        console.print(Text(f"· {finding.id}: {finding.sentence} ({finding.source})"))
    for left_out in answer.not_offered:
        console.print(Text(f"· {left_out.why.id}: {left_out.why.sentence}"))
    for line in answer.basis:
        console.print(Text(f"· {line}", style="dim"))


def _headline(answer: PlanAnswer) -> Text:
    plan = answer.plan
    return Text.assemble(
        (answer.asked, "bold"),
        f"\n{answer.model}, {answer.drug}, {answer.subjects:,} virtual patients, seed {answer.seed},"
        f" crowd {plan.crowd_id}, {plan.n_regimens:,} regimens\n",
        "\n".join(terms(plan.question)),
    )


def _table(answer: PlanAnswer) -> Table:
    table = Table(caption="doses that keep every limit and reach the wish", caption_justify="left", box=None)
    for heading in ("route", "with", "range", "ended by", "wish at most"):
        table.add_column(heading)
    for route in answer.plan.routes:
        for found in dose_ranges(route):
            ended = next((one for one in route.question.limits if one.kind is found.ended_by), None)
            table.add_row(
                route.grid.route.value,
                with_booster(found.booster),
                show_range(found),
                happening(ended) if ended else "what may be given",
                "-" if found.limit_mg is None else show_chance(found.reached.share),
            )
    return table


def _sentences(route: RoutePlan) -> Iterator[Text]:
    for found in dose_ranges(route):
        lead = "" if len(route.grid.boosters) == 1 else f"{with_booster(found.booster)}: "
        yield Text(f"  {lead}{sentence(route, found)}")


def _panel(route: RoutePlan) -> Panel:
    """The first dose alone: chances in per cent over the dose."""
    alone = dose_ranges(route)[0]
    marked = None
    if alone.lowest_mg is not None and alone.highest_mg is not None:
        marked = (alone.lowest_mg, alone.highest_mg)
    return Panel(
        title=f"{route.grid.route.value}, no booster: chance",
        unit="%",
        hours=np.array(route.grid.doses_mg),
        curves=tuple(
            Curve(
                label=happening(one),
                y=100.0 * route.chances[one.kind][:, 0],
                colour=_COLOURS[one.kind],
            )
            for one in route.question.asked
        ),
        top=100.0,
        x_label="dose, mg",
        levels=tuple(Level(at=100.0 * one.chance, colour=_COLOURS[one.kind]) for one in route.question.asked),
        marked=marked,
    )
