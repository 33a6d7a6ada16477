"""All models' scores as one table or as JSON."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.formats import TextFormat, deliver
from slackwater.cli.output_json import Node, dump
from slackwater.cli.output_score import performance_node, sums
from slackwater.cli.scoring import AllScored, Scored
from slackwater.pharma.scoring import Performance

_LABELS = {"cmax": "Cmax", "tmax": "tmax", "auc": "AUC", "points": "points"}


def write(found: AllScored, form: TextFormat) -> None:
    """Print it to standard output."""
    if form is TextFormat.JSON:
        deliver(dump(_document(found)), None)
    else:
        _show(found, Console())


def _document(found: AllScored) -> dict[str, Node]:
    return {
        "beside": found.beside.id,
        "rows": found.n_rows,
        "models": [
            {
                "model": one.model.id,
                "rows_scored": len(one.card.rows),
                "summary": {name: performance_node(each) for name, each in sums(one.card).items()},
                "beside": {name: performance_node(each) for name, each in sums(one.beside).items()},
            }
            for one in found.models
        ],
    }


def _show(found: AllScored, console: Console) -> None:
    beside = found.beside.id
    console.print(
        Text(f"Simulated over observed, typical person. After the stroke: {beside} on the same figures.")
    )
    console.print(_table(found))
    console.print(
        Text(
            f"Within 0.8-1.25 and within 0.5-2: share of ratios. MDPE: bias. MDAPE: error. Of {found.n_rows} "
            f"rows each model is scored on those that it can give, so compare it with {beside} beside it and "
            "not with the model below it.",
            style="dim",
        )
    )
    for one in found.models:
        if not one.card.rows:
            console.print(Text(f"Nothing of {one.model.id} can be scored. Mostly: {one.usual_cause}"))


def _table(found: AllScored) -> Table:
    table = Table(box=None)
    table.add_column("model", no_wrap=True)
    table.add_column("figure")
    for heading in ("n", "0.8-1.25, %", "0.5-2, %", "MDPE, %", "MDAPE, %"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found.models:
        for cells in _lines(one):
            table.add_row(*cells)
    return table


def _lines(one: Scored) -> Iterator[tuple[str, ...]]:
    beside, name = sums(one.beside), one.model.id
    for kind, own in sums(one.card).items():
        if own.n:
            yield name, _LABELS[kind], *_pairs(own, beside[kind])
            name = ""


def _pairs(own: Performance, other: Performance) -> Iterator[str]:
    yield f"{own.n} / {other.n}"
    for mine, its in ((own.within_1_25, other.within_1_25), (own.within_2, other.within_2)):
        yield f"{_whole(mine)} / {_whole(its)}"
    yield f"{_signed(own.mdpe)} / {_signed(other.mdpe)}"
    yield f"{_whole(own.mdape)} / {_whole(other.mdape)}"


def _whole(number: float | None) -> str:
    return "-" if number is None else f"{number:.0f}"


def _signed(number: float | None) -> str:
    return "-" if number is None else f"{number:+.0f}"
