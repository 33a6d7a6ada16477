"""The tables of a fit on a screen, and as a page of the documentation."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.fit_sheets import Sheet
from slackwater.cli.fitting import Fitted


def show(tables: Iterable[Sheet]) -> None:
    """Print them, one under another."""
    console = Console()
    for sheet in tables:
        console.print(Text(f"\n{sheet.title}", style="bold"))
        console.print(_table(sheet))
        if sheet.note:
            console.print(Text(sheet.note, style="dim"))


def markdown(result: Fitted, tables: Iterable[Sheet]) -> str:
    """The whole page. It holds no date, so that the same seed and rows give the same bytes."""
    return "\n".join(line.rstrip() for line in _page(result, tables)) + "\n"


def _page(result: Fitted, tables: Iterable[Sheet]) -> Iterator[str]:
    plan, evidence = result.plan, result.evidence
    yield f"# The fit of {plan.model.upper()}"
    yield ""
    yield (
        f"Written by `slackwater fit FILE.csv --model {plan.model} --seed {result.seed} --leave-out --report "
        "PAGE.md`; what it means is said in [RK2, and why it is not the default](../explanation/rk2.md)."
    )
    yield ""
    yield (
        f"Fitted to {len(evidence.figures)} rows and {len(evidence.bioavailabilities)} bioavailabilities of "
        f"{len(evidence.studies)} studies, under {len(evidence.priors)} priors. Left out: "
        + "; ".join(f"{each.row_id}, {each.reason}" for each in plan.exclusions)
        + "."
    )
    for sheet in tables:
        yield from ("", f"## {sheet.title}", "", _line(sheet.headings), _rule(sheet))
        yield from (_line(row) for row in sheet.rows)
        if sheet.note:
            yield from ("", sheet.note)


def _rule(sheet: Sheet) -> str:
    return _line(("---", *("--:" for _ in sheet.headings[1:])))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(sheet: Sheet) -> Table:
    table = Table(box=None)
    table.add_column(sheet.headings[0])
    for heading in sheet.headings[1:]:
        table.add_column(heading, justify="right")
    for row in sheet.rows:
        table.add_row(*row)
    return table
