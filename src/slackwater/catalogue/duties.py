"""Reads a table of duties: the examples that ship with the package, or a clinic's own file."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from slackwater.rules.incidents.duties import Duty
from slackwater.rules.incidents.log import Subject
from slackwater.terms.refusal import RefusedError

_FILE = "duties.csv"
_COLUMNS = (
    "name", "jurisdiction", "subject", "duty", "within_days", "asks_patient", "source", "reference",
    "verified", "checked_by",
)  # fmt: skip
_FEWEST_DAYS, _MOST_DAYS = 0, 366


@cache
def load_duties(own: str = "") -> tuple[Duty, ...]:
    """The clinic's own table where it has one, else the examples; RefusedError names a wrong row."""
    if own:
        return parse_duties(Path(own).read_text(encoding="utf-8"), name=Path(own).name)
    return parse_duties(
        resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8"), name=_FILE
    )


def parse_duties(text: str, *, name: str) -> tuple[Duty, ...]:
    """Raises RefusedError for a row that is incomplete, given twice, or says what cannot be."""
    found = tuple(_rows(text, name))
    names = [one.name for one in found]
    for one in sorted({one for one in names if names.count(one) > 1}):
        raise _refused(name, one, "This row stands there twice.")
    return found


def _rows(text: str, name: str) -> Iterator[Duty]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise _refused(name, "columns", f"The columns are {', '.join(_COLUMNS)}, in this order.")
    for row in reader:
        yield _duty({key: (value or "").strip() for key, value in row.items() if key}, name)


def _duty(row: dict[str, str], name: str) -> Duty:
    where = row["name"] or "a row without a name"
    for column in ("name", "jurisdiction", "subject", "duty", "source", "verified"):
        if not row[column]:
            raise _refused(name, where, f"Its {column} is missing.")
    if row["subject"] not in [one.value for one in Subject]:
        raise _refused(name, where, f"{row['subject']} is no subject of a report.")
    if row["asks_patient"] not in {"yes", "no"}:
        raise _refused(name, where, "asks_patient is yes or no.")
    return Duty(
        name=row["name"],
        jurisdiction=row["jurisdiction"],
        subject=Subject(row["subject"]),
        duty=row["duty"],
        within_days=_days(row["within_days"], name, where),
        asks_patient=row["asks_patient"] == "yes",
        source=row["source"],
        verified=row["verified"],
        checked_by=row["checked_by"],
    )


def _days(text: str, name: str, where: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not _FEWEST_DAYS <= int(text) <= _MOST_DAYS:
        raise _refused(name, where, f"within_days is a whole number up to {_MOST_DAYS}, or empty.")
    return int(text)


def _refused(name: str, where: str, what: str) -> RefusedError:
    return RefusedError.of(
        field=f"{name}: {where}", code="catalogue", message=what, mend=f"Correct {name} and start again."
    )
