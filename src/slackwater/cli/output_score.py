"""A scorecard as a table, as JSON, and as ratios on a line."""

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.figures import percent, signed_percent
from slackwater.cli.formats import TextFormat, deliver
from slackwater.cli.output_json import Node, dump
from slackwater.cli.ratio_plot import ratio_plot
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.scoring import Performance, RowScore, Scorecard

_NOTES = (
    "1 is agreement. Not scored: the tmax of a drug given IV, which is the end of its input, and an area "
    "whose horizon is not printed."
)


def write(card: Scorecard, model: PublishedModel, form: TextFormat, *, with_plot: bool) -> None:
    """Print the scorecard. With JSON a plot goes to standard error, so that what is piped on stays JSON."""
    if form is TextFormat.JSON:
        deliver(scorecard_json(card, model), None)
    else:
        _show(card, model, Console())
    if with_plot:
        Console(file=sys.stderr if form is TextFormat.JSON else None).print(ratio_plot(card.rows))


def scorecard_json(card: Scorecard, model: PublishedModel) -> str:
    """Rows scored, rows not scored with the cause, and sums; shares and errors in per cent."""
    return dump(
        {
            "model": model.id,
            "rows": [_row(row) for row in card.rows],
            "not_scored": [{"row_id": row.row_id, "cause": row.cause} for row in card.not_scored],
            "summary": {name: performance_node(one) for name, one in sums(card).items()},
        }
    )


def sums(card: Scorecard) -> dict[str, Performance]:
    """The four kinds of figures by the names that JSON gives them."""
    return {"cmax": card.Cmax, "tmax": card.tmax, "auc": card.AUC, "points": card.points}


def _row(row: RowScore) -> Node:
    return {
        "row_id": row.row_id,
        "cmax_ratio": row.Cmax,
        "tmax_ratio": row.tmax,
        "auc_ratio": row.AUC,
        "points_ratio": list(row.points),
    }


def performance_node(one: Performance) -> Node:
    """One kind in sum, as JSON has it."""
    return {
        "n": one.n,
        "within_1_25": one.within_1_25,
        "within_2": one.within_2,
        "mdpe": one.mdpe,
        "mdape": one.mdape,
    }


def _show(card: Scorecard, model: PublishedModel, console: Console) -> None:
    console.print(Text.assemble((model.id, "bold"), ": simulated over observed, typical person"))
    console.print(_table_of_rows(card))
    console.print(_table_of_sums(card))
    console.print(Text(_NOTES, style="dim"))
    console.print(Text(f"{model.title}. Source: {model.source}. Grade: {model.grade.value}.", style="dim"))
    if card.not_scored:
        console.print(Text(f"\nNot scored, {len(card.not_scored)} rows:", style="bold"))
        for row in card.not_scored:
            console.print(Text(f"  {row.row_id}: {row.cause}"))


def _table_of_rows(card: Scorecard) -> Table:
    table = Table(box=None)
    table.add_column("row")
    for heading in ("Cmax", "tmax", "AUC", "points"):
        table.add_column(heading, justify="right")
    for row in card.rows:
        table.add_row(row.row_id, _ratio(row.Cmax), _ratio(row.tmax), _ratio(row.AUC), _range(row.points))
    return table


def _table_of_sums(card: Scorecard) -> Table:
    table = Table(box=None)
    table.add_column("in sum")
    for heading in ("n", "within 0.8-1.25", "within 0.5-2", "bias (MDPE)", "error (MDAPE)"):
        table.add_column(heading, justify="right")
    for name, one in zip(("Cmax", "tmax", "AUC", "points"), sums(card).values(), strict=True):
        shares = (percent(one.within_1_25), percent(one.within_2))
        table.add_row(name, str(one.n), *shares, signed_percent(one.mdpe), percent(one.mdape))
    return table


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _range(ratios: tuple[float, ...]) -> str:
    return f"{min(ratios):.2f}-{max(ratios):.2f} ({len(ratios)})" if ratios else ""
