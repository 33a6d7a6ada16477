"""`slackwater calibrate` prints a page, keeps its figures, and says the same again."""

import json
from pathlib import Path

import pytest

SMALL = ("calibrate", "--patients", "10", "--others", "10", "--misfits", "10", "--subjects", "256")


@pytest.mark.slow
def test_the_report_is_a_page_with_a_row_a_case_and_one_a_misfit(cli, tmp_path: Path):
    file = tmp_path / "figures.json"
    ran = cli(*SMALL, "--json", str(file))
    assert ran.code == 0
    assert ran.text.startswith("# Calibration on virtual patients\n")
    found = json.loads(file.read_text(encoding="utf-8"))
    assert {row["truth"] for row in found["rows"]} == {"rk1", "perez-ruixo-2021", "otto-2021"}
    assert ran.text.count(" min | 10 | ") == len(found["rows"]) == 16
    assert all(0.0 <= row["held_90"] <= 1.0 and row["held_50"] <= row["held_90"] for row in found["rows"])
    assert len(found["planted"]) == 13


@pytest.mark.parametrize(("option", "value"), [("--patients", "9"), ("--subjects", "255"), ("--seed", "-1")])
def test_what_is_too_few_is_refused(cli, option: str, value: str):
    ran = cli("calibrate", option, value)
    assert ran.code == 2
    assert option in ran.err
