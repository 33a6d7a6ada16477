"""`slackwater fit` on a made table: the page, the model's file, and what it refuses."""

import tomllib
from pathlib import Path

import pytest

# Two studies, one row each: enough for every table, and quick.
MADE = """row_id,kind,route,formulation,drug_given,dose_mg,regimen,weight_kg,n,population,sampling,analyte,\
cmax_ng_ml,auc_ng_h_ml,auc_horizon_h,f_pct
ONE-1,observed,IV,injection,esketamine,10,30 min,70,10,healthy,venous,S-ketamine,60,,,
TWO-1,observed,oral,solution,esketamine,50,single,70,10,healthy,venous,S-ketamine,20,90,8,15
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    file = tmp_path / "made.csv"
    file.write_text(MADE, encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_fit_writes_the_model_the_page_and_the_tables(cli, made, tmp_path):
    model, page = tmp_path / "rk2.toml", tmp_path / "page.md"
    ran = cli("fit", str(made), "--starts", "1", "--leave-out", "--output", str(model), "--report", str(page))
    assert ran.code == 0, ran.err
    written = tomllib.loads(model.read_text(encoding="utf-8"))
    V1 = written["blocks"][0]["parameters"]["V1"]
    assert V1["value"] > 0
    assert 0 < V1["rse"] < 1
    text = page.read_text(encoding="utf-8")
    for heading in (
        "Estimates",
        "Scores",
        "Row by row, held out",
        "Bioavailability",
        "Other medicines, by route",
    ):
        assert f"## {heading}" in text
        assert heading in ran.text
    assert "| rk2, held out | Cmax | 2 |" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--model", "rk1"), "Nothing says how the model rk1 is fitted"),
        (("--against", "rk9"), "There is no model “rk9”"),
        (("--starts", "0"), "starts: "),
        (("--seed", "-1"), "seed: "),
    ],
)
def test_what_cannot_be_fitted_is_refused_before_anything_is_simulated(cli, made, arguments, message):
    ran = cli("fit", str(made), *arguments)
    assert ran.code == 2
    assert message in ran.err
