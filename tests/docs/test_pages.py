"""What a page shows is what its code does: the output beneath it, and the figures.

After a change that is meant: UPDATE_SNAPSHOTS=1 pytest tests/docs, then read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from tests.docs.page_code import run, with_outputs

ROOT = Path(__file__).parents[2]
TO_RENEW = "If the change is meant: UPDATE_SNAPSHOTS=1 pytest tests/docs"
IMAGES = ROOT / "docs/images"
PAGES = ("tutorial/the-engine-by-itself.md", "how-to/check-our-numbers.md")
LARGEST_FIGURE_BYTES = 60_000


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_its_code_prints_and_draws(name, tmp_path):
    page = ROOT / "docs" / name
    blocks = run(page, tmp_path)
    drawn = {path.name: path.read_bytes() for path in tmp_path.glob("*.svg")}
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        page.write_text(with_outputs(page, blocks), encoding="utf-8")
        for figure, picture in drawn.items():
            (IMAGES / figure).write_bytes(picture)
        return
    for block in blocks:
        assert block.printed == block.shown, f"{name}, line {block.line}. {TO_RENEW}"
    for figure, picture in drawn.items():
        assert (IMAGES / figure).read_bytes() == picture, f"{figure}. {TO_RENEW}"
        assert len(picture) < LARGEST_FIGURE_BYTES, figure


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_page_says_in_words_what_it_shows(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for words, _ in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert len(words.split()) > 10
