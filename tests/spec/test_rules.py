"""Every row of every page holds, and the pages in docs/ are the ones these rows print."""

from typing import TYPE_CHECKING

import pytest
from tests.spec.page import Case, render
from tests.spec.pages import FOLDER, PAGES, by_identifier, index, rows_by_rule, spoken_in

if TYPE_CHECKING:
    from pathlib import Path

CASES = [one for page in PAGES for one in page.cases]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_the_rule_says_what_the_table_says(case: Case) -> None:
    assert tuple(said.key for said in case.asks()) == case.says


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_every_sentence_ends_and_is_said_once(case: Case) -> None:
    sentences = [said.sentence for said in case.asks()]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence and sentence[0].isupper() | sentence[0].isdigit() for sentence in sentences)


@pytest.mark.parametrize("page", PAGES, ids=[page.slug for page in PAGES])
def test_the_page_in_the_docs_is_up_to_date(page) -> None:
    assert _written(f"{page.slug}.md") == render(page), "Write it again: python -m tests.spec.write"


def test_the_lists_of_pages_and_of_rules_are_up_to_date() -> None:
    assert _written("index.md") == index()
    assert _written("by-identifier.md") == by_identifier()
    written = {path.stem for path in FOLDER.glob("*.md")}
    assert written == {page.slug for page in PAGES} | {"index", "by-identifier"}


# These never speak under their own name: a reading is marked, and a grace only moves a time.
# An agreement that was signed too late permits nothing, and says no more than that.
SILENT = {"AGR-01", "READ-01", "READ-02", "READ-03", "READ-04", "DUE-01", "D02", "ROOM-06"}
# A monitor's reading that has not held long enough is no alarm, and nothing is said of it.
SILENT |= {"ALM-02"}
# How long a ledger is kept is a promise; what keeps it is that the database lets nobody delete.
SILENT |= {"C01"}
# The months over which D19 counts; it speaks under D19.
SILENT |= {"D19.months"}
# These are where a plan starts from; the crowd speaks of them, and a test of the plan holds each.
SILENT |= {f"PLAN-0{number}" for number in range(1, 7)}


@pytest.mark.parametrize("rule", sorted(set(rows_by_rule()) - SILENT))
def test_every_rule_is_tried(rule: str) -> None:
    assert sum(spoken_in(page, rule) for page in PAGES)


def test_no_rule_speaks_that_has_no_row() -> None:
    spoken = {
        said.split()[0] for page in PAGES for _, case in page.cases for said in case.says
        if page.slug not in ("readings", "phases")
        and " yes" not in said and said != "wish kept"
    }  # fmt: skip
    assert spoken <= set(rows_by_rule())


def _written(name: str) -> str:
    path: Path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
