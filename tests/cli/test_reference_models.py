"""The page of published models is written from the catalogue and leaves out nothing that the evidence has."""

import re
import tomllib
from pathlib import Path

import pytest

from slackwater.catalogue.loader import load
from slackwater.cli.reference_models import page as written

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/models.md"
EVIDENCE = ROOT.parent / "shared/evidence/pk_models.toml"


@pytest.fixture(scope="module")
def text():
    return written()


def test_the_page_is_current(text):
    assert PAGE.read_text(encoding="utf-8") == text


def test_every_model_has_its_row_its_section_and_how_it_was_held_to_its_paper(text):
    lists = text.split("## Their papers' own exposures", 1)[0]
    for model in load().models.values():
        # Its row of what it is, its row of how it was held to its paper, and the section with its numbers.
        assert len(re.findall(rf"^\| {model.id} \|", lists, flags=re.MULTILINE)) == 2, model.id
        assert f"\n## {model.id}\n" in text
        assert all(caveat in text for caveat in model.caveats)


@pytest.mark.shared_data
@pytest.mark.skipif(not EVIDENCE.exists(), reason="../shared/evidence is not beside this checkout")
def test_every_set_of_the_evidence_is_in_the_catalogue_or_named_with_why_not(text):
    for name in tomllib.loads(EVIDENCE.read_text(encoding="utf-8"))["models"]:
        match = re.match(r"(?P<who>[a-z_]+)(?P<year>\d{4})?", name)
        is_in = f"{match['who'].replace('_', '-')}-{match['year']}" in load().models
        assert is_in or re.search(rf"^\| {match[0]}\b", text, flags=re.MULTILINE), name
