"""A simulation in the terminal: what it rests on, a table of peaks, and two curves."""

from itertools import accumulate, cycle

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slackwater.cli.curves import concentration_panel, depth_panel
from slackwater.cli.figures import figures, minutes, percent
from slackwater.cli.simulation import Exposure, Simulation, Split, Spread
from slackwater.cli.terminal_plot import draw

_NAMES = {
    "depth": "depth, 0-10",
    "systolic_rise": "systolic rise, mmHg",
    "diastolic_rise": "diastolic rise, mmHg",
}
_BAR = 30
_SIGNS = "█▓▒░▞·"


def show(simulation: Simulation, console: Console) -> None:
    """Print all of it; colour only where the console has colour."""
    console.print(_headline(simulation))
    console.print(_table(simulation))
    for panel in (concentration_panel(simulation), depth_panel(simulation)):
        if panel.curves:
            console.print(draw(panel, width=console.width))
    for split in simulation.causes:
        console.print(_bar(split))
    for sentence in simulation.basis:
        console.print(Text(f"· {sentence}", style="dim"))


def _headline(simulation: Simulation) -> Text:
    who = "the typical person" if simulation.is_typical else f"{simulation.subjects:,} virtual patients"
    drawn = "" if simulation.is_typical else f", seed {simulation.seed}"
    return Text.assemble(
        (simulation.asked, "bold"),
        f"\n{simulation.model}, {simulation.drug}, {who}{drawn}, crowd {simulation.crowd_id}",
    )


def _table(simulation: Simulation) -> Table:
    has_band = any(exposure.cmax.p05 is not None for exposure in simulation.summary)
    shown = "median (5-95 %)" if has_band and not simulation.is_typical else "typical"
    table = Table(caption=f"{shown}, over the time simulated", caption_justify="left", box=None)
    for heading in ("", "site"):
        table.add_column(heading)
    for heading in ("peak", "at, min", "AUC, ng·h/mL"):
        table.add_column(heading, justify="right")
    for exposure in simulation.summary:
        table.add_row(*_row(exposure, is_typical=simulation.is_typical))
    return table


def _bar(split: Split) -> Text:
    """A share of each cause as a length of its own sign, then the sentence."""
    shown = Text.assemble((f"{_NAMES.get(split.what, 'time of recovery')}: ", "bold"))
    # Where the lengths end, rounded once, so that together they fill the bar.
    ends = [round(_BAR * share) for share in accumulate(share for _, share in split.shares)]
    for (cause, share), start, end, sign in zip(split.shares, (0, *ends), ends, cycle(_SIGNS), strict=False):
        if end > start:
            shown.append(f"{sign * (end - start)} {cause} {percent(100.0 * share)}  ")
    return shown.append(f"\n{split.sentence}")


def _row(exposure: Exposure, *, is_typical: bool) -> tuple[str, ...]:
    is_effect = exposure.auc_ng_h_ml is None
    return (
        _NAMES.get(exposure.analyte, f"{exposure.analyte}, ng/mL"),
        "" if is_effect else exposure.site,
        _spread(exposure.cmax, is_typical=is_typical),
        _spread(exposure.tmax_min, is_typical=is_typical, is_time=True),
        "" if exposure.auc_ng_h_ml is None else _spread(exposure.auc_ng_h_ml, is_typical=is_typical),
    )


def _spread(spread: Spread, *, is_typical: bool, is_time: bool = False) -> str:
    write = minutes if is_time else figures
    if is_typical or spread.p05 is None or spread.p95 is None:
        return write(spread.p50)
    return f"{write(spread.p50)} ({write(spread.p05)}-{write(spread.p95)})"
