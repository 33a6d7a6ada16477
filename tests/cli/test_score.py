"""A model beside a made table, and beside the evidence where it is at hand."""

import csv
import json
import re
from pathlib import Path

import pytest

from slackwater.catalogue.loader import load

EVIDENCE = Path(__file__).parents[3] / "shared/evidence"
OBSERVED, EXPECTED = EVIDENCE / "pk_observed.csv", EVIDENCE / "pk_rk1_expected.csv"
needs_evidence = pytest.mark.skipif(not OBSERVED.exists(), reason="../shared/evidence is not here")
FIGURES = {"cmax_ratio": "cmax_ng_ml", "tmax_ratio": "tmax_min", "auc_ratio": "auc_ng_h_ml"}
COLUMNS = (
    "row_id,route,formulation,drug_given,dose_mg,regimen,weight_kg,sampling,analyte,cmax_ng_ml,points_h_ngml"
)
# 10 mg into V1 = 25 L is 400 ng/mL in the artery at once (Kamp 2020); the second row's route has no model.
MADE = f"""{COLUMNS}
BOLUS,IV,injection,racemic,10,single,70,arterial,ketamine,,0:400;0:800
RECTAL,rectal,suppository,racemic,50,single,70,venous,ketamine,20,
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    file = tmp_path / "made.csv"
    file.write_text(MADE, encoding="utf-8")
    return file


@pytest.fixture
def evidence(cli):
    ran = cli("score", str(OBSERVED), "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.text)


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["row_id"]: row for row in csv.DictReader(file)}


def test_json_has_the_promised_shape(cli, made):
    document = json.loads(cli("score", str(made), "--format", "json").text)
    assert list(document) == ["model", "rows", "not_scored", "summary"]
    assert document["rows"] == [
        {
            "row_id": "BOLUS",
            "cmax_ratio": None,
            "tmax_ratio": None,
            "auc_ratio": None,
            "points_ratio": pytest.approx([1.0, 0.5]),
        }
    ]
    assert document["not_scored"] == [{"row_id": "RECTAL", "cause": "no model here has a rectal route"}]
    assert list(document["summary"]) == ["cmax", "tmax", "auc", "points"]
    assert document["summary"]["points"] == pytest.approx(
        {"n": 2, "within_1_25": 50.0, "within_2": 100.0, "mdpe": -25.0, "mdape": 25.0}
    )
    assert document["summary"]["cmax"] == {
        "n": 0,
        "within_1_25": None,
        "within_2": None,
        "mdpe": None,
        "mdape": None,
    }


def test_the_table_names_what_is_not_scored_and_why(cli, made):
    text = cli("score", str(made)).text
    assert "Not scored, 1 rows:" in text
    assert "RECTAL: no model here has a rectal route" in text


def test_a_plot_puts_every_ratio_on_a_line(cli, made):
    text = cli("score", str(made), "--plot").text
    line = next(line for line in text.splitlines() if line.startswith("BOLUS") and "·" in line)
    # The median of 1 and 0.5 lies left of the shaded middle.
    assert line.index("p") < line.index("░")


def test_with_json_a_plot_goes_to_standard_error(cli, made):
    ran = cli("score", str(made), "--format", "json", "--plot")
    assert json.loads(ran.text)["model"] == "rk1"
    assert "C Cmax, t tmax" in ran.err


@pytest.mark.shared_data
@needs_evidence
def test_rk1_gives_every_expected_value_within_two_per_cent(evidence):
    observed, expected = rows_of(OBSERVED), rows_of(EXPECTED)
    found = {row["row_id"]: row for row in evidence["rows"]}
    assert set(found) == set(expected)
    for row_id, values in expected.items():
        for ratio, column in FIGURES.items():
            wanted = values[f"{column}_rk1_v1"]
            assert (found[row_id][ratio] is not None) == bool(wanted), (row_id, column)
            if wanted:
                simulated = found[row_id][ratio] * float(observed[row_id][column])
                assert simulated == pytest.approx(float(wanted), rel=0.02), (row_id, column)


@pytest.mark.shared_data
@needs_evidence
@pytest.mark.parametrize(
    ("figure", "n", "near", "twofold", "mdape"),
    # The last line of evidence/pk.md.
    [("cmax", 27, 67, 93, 18), ("tmax", 16, 75, 100, 12), ("auc", 16, 50, 94, 20)],
)
def test_rk1_scores_as_the_evidence_file_says(evidence, figure, n, near, twofold, mdape):
    found = evidence["summary"][figure]
    assert found["n"] == n
    assert [round(found[name]) for name in ("within_1_25", "within_2", "mdape")] == [near, twofold, mdape]


@pytest.mark.shared_data
@needs_evidence
def test_rk1_is_no_worse_at_the_published_points_than_the_evidence_file_says(evidence):
    """evidence/pk.md, section 6: of all 108 points 84 % and 99 %; of the 14 of Hasan, which are kept apart,
    50 % and 100 %. That leaves 84 and 93 of the 94 here. Bias of all +2 %, error of all 10 %.
    """
    points = evidence["summary"]["points"]
    assert points["within_1_25"] >= 100 * 84 / 94 - 1e-9
    assert points["within_2"] >= 100 * 93 / 94 - 1e-9
    assert abs(points["mdpe"]) <= 2
    assert points["mdape"] <= 10


@pytest.mark.shared_data
@needs_evidence
def test_only_what_is_comparable_is_compared_and_the_rest_names_its_cause(cli):
    document = json.loads(cli("score", str(OBSERVED), "--model", "domino-1982", "--format", "json").text)
    causes = {row["row_id"]: row["cause"] for row in document["not_scored"]}
    assert "no arterial s-ketamine" in causes["KAMP20-b"]
    assert "the instant of the bolus" in causes["CHONG06-IV-K"]
    assert "no arterial hydroxynorketamine" in causes["KAMP20-j"]
    assert "no esketamine" in causes["OTTO21-K"]


@pytest.mark.shared_data
@needs_evidence
def test_every_row_of_the_evidence_is_scored_or_named(evidence):
    scored = [row["row_id"] for row in evidence["rows"]]
    named = [row["row_id"] for row in evidence["not_scored"]]
    assert sorted(scored + named) == sorted(rows_of(OBSERVED))
    assert all(row["cause"] for row in evidence["not_scored"])


@pytest.mark.shared_data
@needs_evidence
def test_every_published_point_is_compared(evidence):
    # 78 of Kamp 2020 and 16 of Otto 2021.
    assert evidence["summary"]["points"]["n"] == 94


@pytest.mark.shared_data
@needs_evidence
def test_the_spray_model_reproduces_its_own_table(cli):
    """Perez-Ruixo 2021, Table 4: esketamine within 2 %, norketamine peaks within 1 % (pk_models.toml)."""
    ran = cli("score", str(OBSERVED), "--model", "perez-ruixo-2021", "--format", "json")
    own = [row for row in json.loads(ran.text)["rows"] if row["row_id"].startswith("PRUIXO21")]
    assert len(own) == 10
    for row in own:
        assert row["cmax_ratio"] == pytest.approx(1.0, abs=0.015), row["row_id"]
        if row["row_id"].endswith("-K"):
            assert row["auc_ratio"] == pytest.approx(1.0, abs=0.02), row["row_id"]


def test_all_models_are_scored_on_one_table_beside_one_model_on_the_same_figures(cli, made):
    document = json.loads(cli("score", str(made), "--all", "--format", "json").text)
    assert (document["beside"], document["rows"]) == ("rk1", 2)
    found = {one["model"]: one for one in document["models"]}
    assert set(found) == set(load().models)
    # 10 mg of the racemate into 25 L in both; the spray model has no racemate, so nothing stands beside it.
    for name in ("rk1", "kamp-2020"):
        assert found[name]["rows_scored"] == 1
        assert found[name]["summary"]["points"] == pytest.approx(found[name]["beside"]["points"])
        assert found[name]["summary"]["points"]["mdape"] == pytest.approx(25.0)
    assert found["perez-ruixo-2021"]["rows_scored"] == 0
    assert found["perez-ruixo-2021"]["beside"]["points"]["n"] == 0


def test_the_table_of_all_models_names_those_that_can_give_nothing(cli, made):
    text = cli("score", str(made), "--all", "--model", "kamp-2020").text
    assert "After the stroke: kamp-2020" in text
    assert re.search(r"^ kamp-2020 +points +2 / 2 +50 / 50", text, flags=re.MULTILINE)
    assert "Nothing of perez-ruixo-2021 can be scored." in " ".join(text.split())


def test_a_plot_of_all_models_is_refused(cli, made):
    ran = cli("score", str(made), "--all", "--plot")
    assert ran.code == 2
    assert "plot" in ran.err
    assert not ran.out


@pytest.mark.shared_data
@needs_evidence
def test_among_all_models_rk1_has_its_own_figures_beside_it(cli, evidence):
    document = json.loads(cli("score", str(OBSERVED), "--all", "--format", "json").text)
    (rk1,) = [one for one in document["models"] if one["model"] == "rk1"]
    assert rk1["summary"] == rk1["beside"] == evidence["summary"]
    (spray,) = [one for one in document["models"] if one["model"] == "perez-ruixo-2021"]
    # Six of its thirteen peaks are about one ancestry, which RK1 does not tell apart.
    assert (spray["summary"]["cmax"]["n"], spray["beside"]["cmax"]["n"]) == (13, 7)
