"""What the template sets: words and their places. `sheet.py` makes them from a report."""

from dataclasses import dataclass

from slackwater.reports.chart.drawing import Chart
from slackwater.reports.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A name and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow:
    """One dose as a row."""

    number: str
    words: str
    given: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check before leaving. `mark` is `yes`, `no` or `not recorded`."""

    label: str
    mark: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One entry. `late` and `struck` are empty where they don't apply."""

    sequence: str
    elapsed: str
    clock: str
    late: str
    kind: str
    text: str
    by: str
    struck: str
    is_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRow:
    """One line under the basis of the numbers."""

    what: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything the template sets, in words."""

    title: str
    paper: str
    clinic: str
    visit_date: str
    running: str
    status: str
    demo: str
    patient: tuple[Field, ...]
    visit: tuple[Field, ...]
    figures: tuple[Figure, ...]
    chart: Chart
    chart_alt: str
    order: tuple[Field, ...]
    remarks: tuple[str, ...]
    doses: tuple[DoseRow, ...]
    checks: tuple[CheckRow, ...]
    set_aside: tuple[str, ...]
    log: tuple[LogRow, ...]
    log_note: str
    warning: str
    crowd: tuple[Field, ...]
    basis: tuple[BasisRow, ...]
    people: tuple[Field, ...]
    seal_note: str
    seal: str
