"""Every row of every page holds, and the pages in docs/ are the ones these rows print."""

from typing import TYPE_CHECKING

import pytest
from tests.spec.page import Case, render
from tests.spec.pages import FOLDER, PAGES, index

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


def test_the_list_of_pages_is_up_to_date() -> None:
    assert _written("index.md") == index()
    assert {path.stem for path in FOLDER.glob("*.md")} == {page.slug for page in PAGES} | {"index"}


def _written(name: str) -> str:
    path: Path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
