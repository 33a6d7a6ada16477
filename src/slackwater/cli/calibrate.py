"""`slackwater calibrate`: do the crowd's bands hold virtual patients as often as they say?"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from slackwater.cli.options import takes

if TYPE_CHECKING:
    from slackwater.cli.output_json import Node

    # A section as Markdown, and its figures.
    Made: TypeAlias = tuple[str, Node]

_TITLE = """# Calibration on virtual patients

Printed by `slackwater calibrate`, the same on any machine; each section can be made alone, as it says.

"""


class Section(StrEnum):
    """One part of the report, which can be made alone."""

    COVERAGE = "coverage"
    MOVING = "moving"
    NEXT_SESSION = "next-session"
    OUTSIDE = "outside"
    WIDENING = "widening"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrateOptions:
    """What `slackwater calibrate` was asked, as it was written."""

    only: Annotated[
        list[Section] | None, typer.Option(help="Make this section alone; may be given more than once.")
    ] = None
    patients: Annotated[int, typer.Option(min=10, max=10_000, help="Patients of the first case.")] = 1000
    others: Annotated[int, typer.Option(min=10, max=10_000, help="Patients of each further case.")] = 200
    moved: Annotated[
        int, typer.Option(min=10, max=10_000, help="Patients of the first case, asked without moving too.")
    ] = 300
    followed: Annotated[int, typer.Option(min=10, max=10_000, help="Patients of each next session.")] = 250
    own: Annotated[
        int, typer.Option(min=10, max=10_000, help="The crowd's own, asked whether they are outside.")
    ] = 1500
    misfits: Annotated[int, typer.Option(min=10, max=10_000, help="Planted patients of each kind.")] = 100
    doses: Annotated[
        int, typer.Option(min=1, max=4, help="After how many of the doses it is asked who is outside.")
    ] = 4
    clinics: Annotated[int, typer.Option(min=10, max=10_000, help="Virtual clinics of each kind.")] = 500
    sessions: Annotated[
        int, typer.Option(min=10, max=10_000, help="Simulated sessions that the clinics of a kind share.")
    ] = 800
    subjects: Annotated[
        int, typer.Option(min=256, max=100_000, help="Size of the crowd; a room's has 4096.")
    ] = 4096
    seed: Annotated[int, typer.Option(min=0, help="What everything is drawn by.")] = 1
    json: Annotated[
        Path | None, typer.Option(help="Also write the figures here.", metavar="FILE.json", dir_okay=False)
    ] = None


@takes(CalibrateOptions)
def calibrate(options: CalibrateOptions) -> None:
    """Hold the crowd's bands against virtual patients whose truth is hidden from it, and print the report.

    Takes about ten minutes on two cores. The same options print the same report on any machine.
    """
    makers = {
        Section.COVERAGE: _coverage,
        Section.MOVING: _moving,
        Section.NEXT_SESSION: _next_session,
        Section.OUTSIDE: _outside,
        Section.WIDENING: _widening,
    }
    wanted = [one for one in Section if not options.only or one in options.only]
    made = {one: makers[one](options) for one in wanted}
    if options.json is not None:
        figures = {one.value: found for one, (_, found) in made.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    typer.echo(_TITLE + "\n".join(text for text, _ in made.values()), nl=False)


def _coverage(options: CalibrateOptions) -> "Made":
    from slackwater.cli.calibration_cases import cases
    from slackwater.cli.output_calibration import figures, page
    from slackwater.cli.patience import progress
    from slackwater.pharma.calibration.report import Size, questions
    from slackwater.pharma.calibration.report import calibrate as run

    size = Size(
        patients=options.patients, others=options.others, subjects=options.subjects, seed=options.seed
    )
    with progress("coverage", questions(cases(), size)) as advance:
        report = run(cases(), size, advance)
    return page(report), figures(report)


def _moving(options: CalibrateOptions) -> "Made":
    from slackwater.cli.calibration_cases import cases
    from slackwater.cli.output_moving import figures, section
    from slackwater.cli.patience import progress
    from slackwater.pharma.calibration.report import Size, moving

    size = Size(patients=options.moved, others=0, subjects=options.subjects, seed=options.seed)
    with progress("moving", 2 * options.moved) as advance:
        found = moving(cases()[0], size, advance)
    asked = f"--moved {options.moved} --subjects {options.subjects} --seed {options.seed}"
    return section(found, options=asked), figures(found)


def _next_session(options: CalibrateOptions) -> "Made":
    from slackwater.cli.calibration_cases import courses
    from slackwater.cli.output_next_session import figures, section
    from slackwater.cli.patience import progress
    from slackwater.pharma.calibration.next_session import following

    with progress("next session", options.followed * len(courses())) as advance:
        found = [
            row
            for course in courses()
            for row in following(
                course,
                n_patients=options.followed,
                n_subjects=options.subjects,
                seed=options.seed,
                tell=advance,
            )
        ]
    asked = f"--followed {options.followed} --subjects {options.subjects} --seed {options.seed}"
    return section(found, options=asked), figures(found)


def _outside(options: CalibrateOptions) -> "Made":
    from slackwater.cli.calibration_cases import dosed
    from slackwater.cli.output_outside import figures, section
    from slackwater.cli.patience import progress
    from slackwater.pharma.calibration.outside import outside, steps

    after = dosed()[: options.doses]
    with progress("outside", steps(after)) as advance:
        found = outside(
            after,
            n_own=options.own,
            n_planted=options.misfits,
            n_subjects=options.subjects,
            seed=options.seed,
            tell=advance,
        )
    asked = (
        f"--own {options.own} --misfits {options.misfits} --doses {options.doses}"
        f" --subjects {options.subjects} --seed {options.seed}"
    )
    return section(found, options=asked), figures(found)


def _widening(options: CalibrateOptions) -> "Made":
    from slackwater.cli.calibration_cases import dosed
    from slackwater.cli.output_widening import figures, section
    from slackwater.cli.patience import progress
    from slackwater.pharma.calibration.clinics import CLINICS, clinics

    first = dosed()[0]
    with progress("widening", len(CLINICS)) as advance:
        found = clinics(
            first, n_clinics=options.clinics, n_patients=options.sessions, seed=options.seed, tell=advance
        )
    asked = f"--clinics {options.clinics} --sessions {options.sessions} --seed {options.seed}"
    text = section(found, dose=first.dose, patients=options.sessions, options=asked)
    return text, figures(found)
