"""`slackwater calibrate` prints a page, keeps its figures, and says the same again."""

import json
from pathlib import Path

import pytest

COVERAGE = ("--only", "coverage", "--patients", "10", "--others", "10", "--subjects", "256")
OUTSIDE = ("--only", "outside", "--own", "10", "--misfits", "10", "--doses", "1", "--subjects", "256")


@pytest.mark.slow
def test_coverage_is_a_section_with_a_row_a_case(cli, tmp_path: Path):
    file = tmp_path / "figures.json"
    ran = cli("calibrate", *COVERAGE, "--json", str(file))
    assert ran.code == 0
    assert ran.text.startswith("# Calibration on virtual patients\n")
    found = json.loads(file.read_text(encoding="utf-8"))["coverage"]
    assert {row["truth"] for row in found["rows"]} == {"rk1", "perez-ruixo-2021", "otto-2021"}
    assert ran.text.count(" min | 10 | ") == len(found["rows"]) == 16
    assert all(0.0 <= row["held_90"] <= 1.0 and row["held_50"] <= row["held_90"] for row in found["rows"])


@pytest.mark.slow
def test_outside_is_a_section_with_a_row_a_dose_and_one_a_misfit(cli, tmp_path: Path):
    file = tmp_path / "figures.json"
    ran = cli("calibrate", *OUTSIDE, "--json", str(file))
    assert ran.code == 0
    assert "## Outside my crowd" in ran.text
    assert "## Coverage" not in ran.text
    found = json.loads(file.read_text(encoding="utf-8"))["outside"]
    assert len(found["false_alarms"]) == 1
    assert "--doses 1" in ran.text
    for one in found["false_alarms"]:
        assert max(one["called"]) <= one["ever"] <= sum(one["called"])
    kinds = {one["what"] for one in found["planted"]}
    assert all(ran.text.count(f"| {what} |") == 1 for what in kinds)
    assert sum(one["held"] is not None for one in found["planted"]) <= len(kinds)


@pytest.mark.slow
def test_widening_is_a_section_with_a_row_a_kind_of_clinic(cli, tmp_path: Path):
    """Ratings with twice the error are found in every clinic, and their bands hold again."""
    file = tmp_path / "figures.json"
    ran = cli("calibrate", "--only", "widening", "--clinics", "20", "--sessions", "60", "--json", str(file))
    assert ran.code == 0
    assert "## Widening, in virtual clinics" in ran.text
    found = {
        one["patients"]: one for one in json.loads(file.read_text(encoding="utf-8"))["widening"]["clinics"]
    }
    assert all(ran.text.count(f"| {what} |") == 1 for what in found)
    scattered = found["rate with twice the error that is known"]
    assert scattered["own_held"] < 0.85
    assert scattered["widened"] == 1.0
    assert scattered["held_widened"] > 0.88


@pytest.mark.slow
def test_moving_is_a_section_with_a_row_for_all_and_one_for_each_class(cli, tmp_path: Path):
    file = tmp_path / "figures.json"
    ran = cli("calibrate", "--only", "moving", "--moved", "10", "--subjects", "256", "--json", str(file))
    assert ran.code == 0
    assert ran.text.count("\n## ") == ran.text.count("\n## What moving is worth\n") == 1
    whole, *classes = json.loads(file.read_text(encoding="utf-8"))["moving"]
    assert whole["n"] == sum(one["n"] for one in classes) == 10
    untouched = [one for one in classes if one["left_from"] >= 0.1]
    assert all(one["weighed_90"] == one["moved_90"] for one in untouched)
    assert "moving: 20 of 20" in ran.err


@pytest.mark.slow
def test_the_next_session_is_a_section_with_two_rows_a_course(cli, tmp_path: Path):
    file = tmp_path / "figures.json"
    ran = cli(
        "calibrate", "--only", "next-session", "--followed", "10", "--subjects", "256", "--json", str(file)
    )
    assert ran.code == 0
    assert ran.text.count("| nothing | 10 | ") == 3
    found = json.loads(file.read_text(encoding="utf-8"))["next-session"]
    assert [one["learned_from"] for one in found][::2] == ["nothing"] * 3
    assert all(one["width_share"] < 1.0 for one in found[1::2])


@pytest.mark.parametrize(("option", "value"), [("--patients", "9"), ("--subjects", "255"), ("--seed", "-1")])
def test_what_is_too_few_is_refused(cli, option: str, value: str):
    ran = cli("calibrate", option, value)
    assert ran.code == 2
    assert option in ran.err
