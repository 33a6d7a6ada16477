"""The page of interactions is written from the catalogue and leaves out no row of the evidence."""

import csv
from pathlib import Path

import pytest

from slackwater.catalogue.interactions_seen import read_interactions_seen
from slackwater.cli.reference_interactions import page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/interactions.md"
EVIDENCE = ROOT.parent / "shared/evidence/pk_interactions.csv"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_row_is_listed_with_its_source():
    text = page()
    for seen in read_interactions_seen():
        more = (seen.cmax_ratio, seen.norketamine_auc_ratio, seen.norketamine_share_ratio)
        assert text.count(f"| {seen.id} |") == 2 + sum(one is not None for one in more), seen.id
        assert seen.source in text


@pytest.mark.shared_data
@pytest.mark.skipif(not EVIDENCE.exists(), reason="../shared/evidence is not beside this checkout")
def test_every_ratio_is_the_one_of_the_evidence_and_none_is_left_out():
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        printed = {row["id"]: row for row in csv.DictReader(file)}
    ours = {seen.id: seen for seen in read_interactions_seen()}
    assert set(ours) == set(printed)
    for name, row in printed.items():
        wanted = [float(row[column]) if row[column] else None for column in ("auc_ratio", "cmax_ratio")]
        assert [ours[name].auc_ratio, ours[name].cmax_ratio] == wanted, name
        told = row["norketamine_effect"]
        for figure in (ours[name].norketamine_auc_ratio, ours[name].norketamine_share_ratio):
            # "norketamine AUC -50 %" is a ratio of 0.50.
            assert figure is None or f"-{100 * (1 - figure):.0f} %" in told, name
        assert ours[name].is_remembered == ("from memory" in row["verification"]), name
