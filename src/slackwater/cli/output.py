"""Sends a simulation out in the form that was asked for."""

import io
from pathlib import Path

from rich.console import Console

from slackwater.cli.curves import concentration_panel, depth_panel, pressure_panel
from slackwater.cli.formats import Format, deliver
from slackwater.cli.output_json import simulation_json
from slackwater.cli.output_table import simulation_csv, simulation_parquet
from slackwater.cli.plot_file import write_picture
from slackwater.cli.simulation import Simulation
from slackwater.cli.terminal import show

_WIDTH_OF_A_FILE = 100


def write(simulation: Simulation, form: Format, output: Path | None) -> None:
    """Print the simulation, or write it to the file named."""
    match form:
        case Format.TABLE if output is None:
            show(simulation, Console())
        case Format.TABLE:
            page = io.StringIO()
            show(simulation, Console(file=page, width=_WIDTH_OF_A_FILE))
            deliver(page.getvalue(), output)
        case Format.JSON:
            deliver(simulation_json(simulation), output)
        case Format.CSV:
            deliver(simulation_csv(simulation), output)
        case Format.PARQUET:
            deliver(simulation_parquet(simulation), output)


def picture(simulation: Simulation, path: Path) -> None:
    """Draw concentration, depth and pressure, as far as the model has them."""
    panels = [concentration_panel(simulation), depth_panel(simulation), pressure_panel(simulation)]
    who = (
        "typical person"
        if simulation.is_typical
        else f"{simulation.subjects:,} virtual patients, median and 5-95 %"
    )
    write_picture(
        [panel for panel in panels if panel.curves],
        path,
        title=f"{simulation.asked} · {simulation.model}, {simulation.drug}, {who}",
        basis=simulation.basis,
    )
