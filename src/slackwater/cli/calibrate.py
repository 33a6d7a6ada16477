"""`slackwater calibrate`: do the crowd's bands hold virtual patients as often as they say?"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from slackwater.cli.options import takes


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrateOptions:
    """What `slackwater calibrate` was asked, as it was written."""

    patients: Annotated[int, typer.Option(min=10, max=10_000, help="Patients of the first case.")] = 1000
    others: Annotated[int, typer.Option(min=10, max=10_000, help="Patients of each further case.")] = 250
    misfits: Annotated[int, typer.Option(min=10, max=10_000, help="Planted patients of each kind.")] = 60
    subjects: Annotated[int, typer.Option(min=256, max=100_000, help="Size of the crowd.")] = 16_384
    seed: Annotated[int, typer.Option(min=0, help="What everything is drawn by.")] = 1
    json: Annotated[
        Path | None, typer.Option(help="Also write the figures here.", metavar="FILE.json", dir_okay=False)
    ] = None


@takes(CalibrateOptions)
def calibrate(options: CalibrateOptions) -> None:
    """Hold the crowd's bands against virtual patients whose truth is hidden from it, and print the report.

    Takes about ten minutes on two cores. The same options print the same report on any machine.
    """
    from slackwater.cli.calibration_cases import cases
    from slackwater.cli.output_calibration import as_json, page
    from slackwater.pharma.calibration.report import Size, questions
    from slackwater.pharma.calibration.report import calibrate as run

    size = Size(
        patients=options.patients,
        others=options.others,
        misfits=options.misfits,
        subjects=options.subjects,
        seed=options.seed,
    )
    with typer.progressbar(length=questions(cases(), size), label="Asking", file=sys.stderr) as bar:
        report = run(cases(), size, lambda: bar.update(1))
    if options.json is not None:
        options.json.write_text(as_json(report) + "\n", encoding="utf-8")
    typer.echo(page(report), nl=False)
