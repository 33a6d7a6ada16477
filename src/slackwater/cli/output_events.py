"""An answered event table as text, JSON, CSV or Parquet: one block for each ID, in the table's order."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.answer_events import EventAnswer, EventBlock
from slackwater.cli.figures import figures
from slackwater.cli.formats import Format, deliver
from slackwater.cli.output_json import dump, series_node
from slackwater.cli.simulation import Series

COLUMNS = ("id", "time_h", "analyte", "site", "unit", "p05", "p50", "p95", "model", "crowd_id")
Row: TypeAlias = tuple[str, float, str, str, str, float | None, float, float | None, str, str]
_WIDTH_OF_A_FILE = 100
# What is usually compared, for what was given, in blood from a vein where the model has it; the other forms
# hold everything.
_SHOWN = {
    "racemic": ("ketamine", "norketamine", "depth"),
    "esketamine": ("s-ketamine", "s-norketamine", "depth"),
}
_SITES = ("venous", "arterial", "effect")


def write_events(answer: EventAnswer, form: Format, output: Path | None) -> None:
    """Print the answer, or write it to the file named."""
    match form:
        case Format.TABLE if output is None:
            _show(answer, Console())
        case Format.TABLE:
            page = io.StringIO()
            _show(answer, Console(file=page, width=_WIDTH_OF_A_FILE))
            deliver(page.getvalue(), output)
        case Format.JSON:
            deliver(_json(answer), output)
        case Format.CSV:
            deliver(_csv(answer), output)
        case Format.PARQUET:
            deliver(_parquet(answer), output)


def _json(answer: EventAnswer) -> str:
    return dump(
        {
            "seed": answer.seed,
            "events": [
                {
                    "id": block.id,
                    "model": block.model,
                    "drug": block.drug,
                    "subjects": block.subjects,
                    "crowd_id": block.crowd_id,
                    "time_h": block.time_h.tolist(),
                    "series": [series_node(one) for one in block.series],
                }
                for block in answer.blocks
            ],
        }
    )


def _csv(answer: EventAnswer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(answer))
    return text.getvalue()


def _parquet(answer: EventAnswer) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(dict(zip(COLUMNS, zip(*_rows(answer), strict=True), strict=True)))
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _rows(answer: EventAnswer) -> Iterator[Row]:
    for block in answer.blocks:
        for one in block.series:
            for at_h, (low, mid, high) in zip(block.time_h.tolist(), one.rows, strict=True):
                yield (
                    *(block.id, at_h, one.analyte, one.site, one.unit),
                    *(low, mid, high, block.model, block.crowd_id),
                )


def _show(answer: EventAnswer, console: Console) -> None:
    for block in answer.blocks:
        console.print(_headline(block, answer))
        console.print(_table(block, is_typical=answer.is_typical))
    for sentence in answer.basis:
        console.print(Text(f"· {sentence}", style="dim"))


def _headline(block: EventBlock, answer: EventAnswer) -> Text:
    who = (
        "the typical person"
        if answer.is_typical
        else f"{block.subjects:,} virtual patients, seed {answer.seed}"
    )
    return Text.assemble(
        (f"ID {block.id}", "bold"), f"  {block.model}, {block.drug}, {who}, crowd {block.crowd_id}"
    )


def _table(block: EventBlock, *, is_typical: bool) -> Table:
    shown = list(_shown(block))
    caption = "typical" if is_typical else "median (5-95 %)"
    table = Table(caption=caption, caption_justify="left", box=None)
    table.add_column("TIME, h", justify="right")
    for one in shown:
        place = "" if one.analyte == "depth" else f" {one.site}"
        table.add_column(f"{one.analyte}{place}, {one.unit}", justify="right")
    for row, at_h in enumerate(block.time_h.tolist()):
        table.add_row(f"{at_h:g}", *(_cell(one, row, is_typical=is_typical) for one in shown))
    return table


def _shown(block: EventBlock) -> Iterator[Series]:
    for analyte in _SHOWN[block.drug]:
        found = {one.site: one for one in block.series if one.analyte == analyte}
        yield from [found[site] for site in _SITES if site in found][:1]


def _cell(series: Series, row: int, *, is_typical: bool) -> str:
    mid = figures(float(series.p50[row]))
    if is_typical or series.p05 is None or series.p95 is None:
        return mid
    return f"{mid} ({figures(float(series.p05[row]))}-{figures(float(series.p95[row]))})"
