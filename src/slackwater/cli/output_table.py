"""A simulation as one long table, for CSV and Parquet: a row for each quantity at each moment."""

import csv
import io
from collections.abc import Iterator
from typing import TypeAlias

from slackwater.cli.simulation import Simulation

# Model and crowd stand in every row, because rows are pasted away from their file.
COLUMNS = ("time_min", "analyte", "site", "unit", "p05", "p50", "p95", "model", "crowd_id")
Row: TypeAlias = tuple[float, str, str, str, float | None, float, float | None, str, str]


def simulation_csv(simulation: Simulation) -> str:
    """Rows in the order of the series, each over all its times, under one header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(simulation))
    return text.getvalue()


def simulation_parquet(simulation: Simulation) -> bytes:
    """The rows of the CSV; model, drug, seed, subjects and crowd_id are the file's own metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table(dict(zip(COLUMNS, zip(*_rows(simulation), strict=True), strict=True)))
    about = {
        "model": simulation.model,
        "drug": simulation.drug,
        "seed": str(simulation.seed),
        "subjects": str(simulation.subjects),
        "crowd_id": simulation.crowd_id,
    }
    buffer = io.BytesIO()
    parquet.write_table(table.replace_schema_metadata(about), buffer, compression="zstd")
    return buffer.getvalue()


def _rows(simulation: Simulation) -> Iterator[Row]:
    minutes = simulation.time_min.tolist()
    for one in simulation.series:
        for at, (p05, p50, p95) in zip(minutes, one.rows, strict=True):
            yield (at, one.analyte, one.site, one.unit, p05, p50, p95, simulation.model, simulation.crowd_id)
