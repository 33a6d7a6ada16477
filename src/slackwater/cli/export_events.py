"""Writes the doses and times of a question as an event table that other tools read."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from slackwater.cli.ask import Question
from slackwater.cli.compartments import routes_of
from slackwater.cli.formats import deliver
from slackwater.cli.grid import grid
from slackwater.pharma.event_tables import events_of, write_event_table
from slackwater.units import h_from_min


def export_events(question: Question, compartments: Iterable[str], output: Path) -> None:
    """Write the table: a row for each dose, then for each moment shown, with the person's WT and AGE.

    Raises RefusedError for a CMT that stands for no route and a file that cannot be written.
    """
    person = question.people.person
    shown_min = grid(question.regimen, until_min=question.until_min, step_min=question.step_min).shown_min
    rows = events_of(
        question.regimen,
        [h_from_min(minute) for minute in shown_min.tolist()],
        compartments={route: number for number, route in routes_of(compartments).items()},
    )
    known = [replace(row, WT=person.weight_kg, AGE=person.age_years) for row in rows]
    deliver(write_event_table(known), output)
