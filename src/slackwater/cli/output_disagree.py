"""How far the models disagree, as a table and a chart, as JSON, and as a picture."""

from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.curves import Colour, Curve, Panel
from slackwater.cli.disagree import READ_AT_MIN, Disagreement, Line
from slackwater.cli.figures import figures, minutes
from slackwater.cli.formats import TextFormat, deliver
from slackwater.cli.output_json import Node, dump
from slackwater.cli.plot_file import write_picture
from slackwater.cli.terminal_plot import draw
from slackwater.units import h_from_min

# The terminal draws four shapes in turn; three colours beside them tell twelve lines apart.
_COLOURS = 3
_SITES = ("arterial", "venous")


def write(found: Disagreement, form: TextFormat) -> None:
    """Print what each model makes of the doses, and how many times the largest is the smallest."""
    if form is TextFormat.JSON:
        deliver(disagreement_json(found), None)
        return
    console = Console()
    console.print(Text(_title(found), style="bold"))
    console.print(_table(found))
    for site in _SITES:
        if panel := _panel(found, site, with_bands=False):
            console.print(draw(panel, width=console.width))
    for sentence in sentences(found):
        console.print(Text(sentence))


def picture(found: Disagreement, path: Path) -> None:
    """Draw arterial and venous blood to a file, with the band of each model that has one."""
    panels = [panel for site in _SITES if (panel := _panel(found, site, with_bands=True))]
    write_picture(panels, path, title=_title(found), basis=sentences(found))


def sentences(found: Disagreement) -> list[str]:
    """How far apart they are, of like with like, and who is left out."""
    said = []
    for site in (*_SITES, None):
        where = f"{site} blood" if site else "any blood"
        if spread := found.spread(site):
            ratios = ", ".join(f"{name} {ratio:.1f}" for name, ratio in spread)
            said.append(f"In {where} the largest is so many times the smallest: {ratios}.")
    if not said:
        said.append("Only one model can give these doses, so nothing can be compared.")
    return said + [f"{one.model} is left out: {one.cause}" for one in found.left_out]


def disagreement_json(found: Disagreement) -> str:
    """Every line in full; no band (null) where no spread between people is known."""
    return dump(
        {
            "asked": found.asked,
            "drug": found.drug,
            "analyte": found.analyte,
            "unit": "ng/mL",
            "time_min": found.time_min.tolist(),
            "lines": [_line(line) for line in found.lines],
            "largest_over_smallest": {site or "all": dict(found.spread(site)) for site in (*_SITES, None)},
            "left_out": [{"model": one.model, "cause": one.cause} for one in found.left_out],
        }
    )


def _line(line: Line) -> Node:
    return {
        "model": line.model,
        "grade": line.grade,
        "site": line.site,
        "peak": line.peak,
        "peak_min": line.peak_min,
        "peak_band": None if line.peak_band is None else list(line.peak_band),
        "at_min": {str(minute): value for minute, value in zip(READ_AT_MIN, line.at, strict=True)},
        "auc_ng_h_ml": line.auc,
        "typical": line.ng_ml.tolist(),
        "p05": None if line.low is None else line.low.tolist(),
        "p95": None if line.high is None else line.high.tolist(),
    }


def _title(found: Disagreement) -> str:
    return f"{found.asked}: {found.analyte} by every model that can give it, typical person, {found.drug}"


def _table(found: Disagreement) -> Table:
    table = Table(caption="band: 5-95 % of people, where a spread is known", caption_justify="left", box=None)
    for heading in ("model", "blood"):
        table.add_column(heading, no_wrap=True)
    read = [f"{minute} min" for minute in READ_AT_MIN]
    for heading in ("peak, ng/mL", "band", "at, min", *read, "AUC, ng·h/mL"):
        table.add_column(heading, justify="right")
    for line in found.lines:
        low_high = "" if line.peak_band is None else "-".join(figures(edge) for edge in line.peak_band)
        values = [figures(value) for value in line.at]
        table.add_row(
            line.model, line.site, figures(line.peak), low_high, minutes(line.peak_min),
            *values, figures(line.auc),
        )  # fmt: skip
    return table


def _panel(found: Disagreement, site: str, *, with_bands: bool) -> Panel | None:
    lines = [line for line in found.lines if line.site == site]
    if not lines:
        return None
    colours = cycle(islice(Colour, _COLOURS))
    return Panel(
        title=f"{found.analyte}, {site} blood, typical person",
        unit="ng/mL",
        hours=found.time_min * h_from_min(1.0),
        curves=tuple(
            Curve(
                label=line.model,
                y=line.ng_ml,
                colour=colour,
                low=line.low if with_bands else None,
                high=line.high if with_bands else None,
            )
            for line, colour in zip(lines, colours, strict=False)
        ),
    )
