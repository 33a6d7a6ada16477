"""Reads exposure_changes.csv: what other medicines do to ketamine."""

import csv
from collections.abc import Iterator
from importlib import resources

from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.parameters import Grade
from slackwater.terms.refusal import RefusedError

_FILE = "exposure_changes.csv"
_COLUMNS = [
    "medicine",
    "name",
    "oral_auc_ratio",
    "systemic_auc_ratio",
    "evidence",
    "source",
    "grade",
    "note",
]


def read_exposure_changes() -> tuple[ExposureChange, ...]:
    """The table that ships with the package, in the order of its rows."""
    text = resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(parse_exposure_changes(text))


def parse_exposure_changes(text: str) -> Iterator[ExposureChange]:
    """The rows of a table in CSV.

    Raises RefusedError for a wrong header, a row that is incomplete, or a medicine given twice.
    """
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != _COLUMNS:
        raise _refused(f"{_FILE}: header", f"The columns are not {', '.join(_COLUMNS)}.")
    seen: set[str] = set()
    for row in reader:
        where = f"{_FILE}: line {reader.line_num}"
        if None in row or None in row.values() or not all(row[key] for key in ("medicine", "name", "source")):
            raise _refused(where, "The row is incomplete.")
        if row["medicine"] in seen:
            raise _refused(where, f"{row['medicine']} is given twice.")
        seen.add(row["medicine"])
        yield ExposureChange(
            medicine=row["medicine"],
            name=row["name"],
            oral_auc_ratio=_ratio(row["oral_auc_ratio"], where),
            systemic_auc_ratio=_ratio(row["systemic_auc_ratio"], where),
            evidence=tuple(row["evidence"].split()),
            source=row["source"],
            grade=_grade(row["grade"], where),
            note=row["note"],
        )


def _ratio(text: str, where: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise _refused(where, f"{text} is not a ratio.") from None


def _grade(text: str, where: str) -> Grade:
    try:
        return Grade(text)
    except ValueError:
        raise _refused(where, f"{text} is not a grade.") from None


def _refused(field: str, message: str) -> RefusedError:
    return RefusedError.of(field=field, code="catalogue", message=message, mend=f"Correct {_FILE}.")
