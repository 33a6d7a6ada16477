"""A clinical rule as a table that is run as a test and printed as a page of the documentation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from slackwater.catalogue.signable import number_of, rows_in
from slackwater.rules.basis import Basis
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.findings import Finding, Override

DESIGN = "◇"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing a rule said: the identifier, one word for its weight, the sentence."""

    rule: str
    word: str
    sentence: str

    @property
    def key(self) -> str:
        return f"{self.rule} {self.word}".strip()


@dataclass(frozen=True, kw_only=True)
class Case:
    """One row: when this is so, the rule says that, in this order; nothing, when it is content."""

    when: str
    asks: Callable[[], Iterable[Said]]
    says: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """Rows about one subject."""

    title: str
    cases: tuple[Case, ...]
    content: str = "Nothing stands against it."


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of rules, with the rows of the catalogue that it rests on."""

    slug: str
    title: str
    intro: str
    sections: tuple[Section, ...]
    rows: tuple[Basis, ...]

    @cached_property
    def cases(self) -> tuple[tuple[str, Case], ...]:
        return tuple((f"{self.slug}: {case.when}", case) for part in self.sections for case in part.cases)


def from_findings(findings: Iterable[Finding]) -> tuple[Said, ...]:
    """Findings as a page tells them; a mark shows which may be set aside, and by whom."""
    return tuple(
        Said(rule=one.id, word=f"{one.severity.value}{_aside(one)}", sentence=one.sentence)
        for one in findings
    )


def rows_of(*records: object) -> tuple[Basis, ...]:
    """Every row of the catalogue in these records, each once, in the order of its fields."""
    found: dict[str, Basis] = {}
    for record in records:
        for row in rows_in(record):
            found.setdefault(f"{row.rule} {row.name} {row.what}", row)
    return tuple(found.values())


def render(page: Page) -> str:
    """The page in Markdown."""
    parts = [f"# {page.title}", page.intro]
    for part in page.sections:
        rows = [f"| {_cell(case.when)} | {_cell(_told(case, part))} |" for case in part.cases]
        parts.append("\n".join([f"## {part.title}", "", "| When | Then |", "| --- | --- |", *rows]))
    rows = ["| " + " | ".join(_cell(text) for text in _cells(row)) + " |" for row in page.rows]
    number = "Number, or action" if any(isinstance(row, Criterion) for row in page.rows) else "Number"
    head = [f"| Rule | What | {number} | Source | How sure |", "| --- | --- | --- | --- | --- |"]
    parts.append("\n".join(["## What it rests on", "", *head, *rows]))
    return "\n\n".join(parts) + "\n"


def _cells(row: Basis) -> tuple[str, ...]:
    return row.rule, row.what, number_of(row), row.source, _sure(row)


def _told(case: Case, part: Section) -> str:
    said = [f"**{one.key}** {one.sentence}" for one in case.asks()]
    return "<br>".join(said) or part.content


def _aside(finding: Finding) -> str:
    return {Override.NONE: "", Override.PRESCRIBER: "*", Override.PRESCRIBER_AND_SECOND: "†"}[
        finding.override
    ]


def _sure(row: Basis) -> str:
    return f"{DESIGN} {row.verified}" if row.is_design else row.verified


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("*", "\\*").replace("\\*\\*", "**")
