import csv
import io
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

INFUSION = "iv 35 mg over 40 min"
FEW = ("--weight", "70", "--subjects", "64", "--until", "2h", "--step", "5min")
EFFECTS = {"depth", "systolic_rise", "diastolic_rise"}


def find(document, analyte, site, part="series"):
    return next(one for one in document[part] if (one["analyte"], one["site"]) == (analyte, site))


@pytest.fixture
def simulated(cli):
    def simulate(*words):
        ran = cli("simulate", *words, "--format", "json")
        assert ran.code == 0, ran.err
        return json.loads(ran.text)

    return simulate


def test_json_has_the_promised_shape(simulated):
    document = simulated(INFUSION, "im 20 mg at 30 min", *FEW)
    assert list(document) == [
        "model", "drug", "seed", "subjects", "crowd_id", "time_min", "series", "summary",
    ]  # fmt: skip
    assert (document["model"], document["drug"], document["seed"], document["subjects"]) == (
        "rk1", "racemic", 1, 64,
    )  # fmt: skip
    assert document["time_min"] == list(range(0, 121, 5))
    for series in document["series"]:
        assert list(series) == ["analyte", "site", "unit", "p05", "p50", "p95"]
        for name in ("p05", "p50", "p95"):
            assert len(series[name]) == 25
        assert all(
            low <= mid <= high
            for low, mid, high in zip(series["p05"], series["p50"], series["p95"], strict=True)
        )
    for summary in document["summary"]:
        assert list(summary) == ["analyte", "site", "cmax", "tmax_min", "auc_ng_h_ml"]
        for figure in ("cmax", "tmax_min", "auc_ng_h_ml"):
            assert list(summary[figure]) == ["p05", "p50", "p95"]


def test_every_analyte_and_site_of_rk1_is_there_with_its_unit(simulated):
    document = simulated(INFUSION, *FEW)
    units = {(one["analyte"], one["site"]): one["unit"] for one in document["series"]}
    sampled = {(f"{form}ketamine", site) for form in ("", "s-", "r-") for site in ("arterial", "venous")}
    norketamine = {(f"{form}norketamine", "venous") for form in ("", "s-", "r-")}
    concentrations = sampled | norketamine | {("s-ketamine", "effect")}
    assert units == dict.fromkeys(concentrations, "ng/mL") | {
        ("depth", "effect"): "0-10",
        ("systolic_rise", "effect"): "mm[Hg]",
        ("diastolic_rise", "effect"): "mm[Hg]",
        ("alertness", "effect"): "{0-5}",
        ("heart_rate_rise", "effect"): "/min",
    }


def test_a_sum_of_both_forms_is_their_sum_in_the_typical_person(simulated):
    document = simulated(INFUSION, "--weight", "70", "--typical")
    both = find(document, "ketamine", "venous")["p50"]
    s, r = (find(document, f"{form}-ketamine", "venous")["p50"] for form in "sr")
    np.testing.assert_allclose(both, np.add(s, r), rtol=1e-12)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(cli):
    words = ("simulate", INFUSION, *FEW, "--format", "json")
    first, again, other = cli(*words), cli(*words), cli(*words, "--seed", "2")
    assert first.out == again.out
    assert json.loads(first.text)["series"] != json.loads(other.text)["series"]


def test_the_typical_person_has_three_equal_percentiles(simulated):
    document = simulated(INFUSION, "--weight", "70", "--typical", "--step", "10min")
    assert document["subjects"] == 1
    for one in document["series"]:
        assert one["p05"] == one["p50"] == one["p95"]
    for one in document["summary"]:
        assert len(set(one["cmax"].values())) == len(set(one["tmax_min"].values())) == 1


def test_effects_have_a_peak_and_no_area(simulated):
    document = simulated(INFUSION, *FEW)
    for analyte in EFFECTS:
        summary = find(document, analyte, "effect", "summary")
        assert set(summary["auc_ng_h_ml"].values()) == {None}
        assert summary["cmax"]["p50"] > 0


def test_a_bolus_shows_the_value_just_after_it(simulated):
    # 10 mg into V1 = 25 L at 70 kg is 400 ng/mL at once, and again 30 minutes later on what is left.
    document = simulated("iv 10 mg", "iv 10 mg at 30 min", "--weight", "70", "--typical", "--step", "10min")
    arterial = dict(zip(document["time_min"], find(document, "ketamine", "arterial")["p50"], strict=True))
    assert arterial[0.0] == pytest.approx(400.0, rel=1e-9)
    assert arterial[30.0] - 400.0 == pytest.approx(arterial[20.0] * 0.8, rel=0.2)


def test_the_peak_does_not_depend_on_what_is_shown(simulated):
    fine, coarse = (
        simulated(INFUSION, "--weight", "70", "--typical", "--step", step) for step in ("1min", "1h")
    )
    for figure in ("cmax", "tmax_min", "auc_ng_h_ml"):
        assert find(fine, "ketamine", "arterial", "summary")[figure] == pytest.approx(
            find(coarse, "ketamine", "arterial", "summary")[figure]
        )
    assert find(coarse, "ketamine", "arterial", "summary")["tmax_min"]["p50"] == pytest.approx(40.0)


def test_weight_scales_flows_and_volumes(simulated):
    # The same dose for each kg starts at the same concentration: volumes grow with weight.
    light, heavy = (
        simulated(f"iv {mg} mg", "--weight", kg, "--typical", "--until", "1h", "--step", "1h")
        for mg, kg in ((7, "50"), (14, "100"))
    )
    first, second = (find(one, "ketamine", "arterial")["p50"][0] for one in (light, heavy))
    assert first == pytest.approx(second, rel=1e-12)


def test_the_labelled_spray_model_gives_esketamine_by_itself(simulated):
    document = simulated("nasal-device 56 mg", "--model", "perez-ruixo-2021", *FEW)
    assert document["drug"] == "esketamine"
    assert {one["site"] for one in document["series"]} == {"venous", "effect"}


def test_an_inhibitor_raises_a_swallowed_dose_and_says_so(cli, simulated):
    words = ("oral 100 mg", "--drug", "esketamine", "--weight", "70", "--typical", "--step", "1h")
    alone = find(simulated(*words), "s-ketamine", "venous", "summary")["auc_ng_h_ml"]["p50"]
    taken = find(simulated(*words, "--medicine", "Clarithromycin"), "s-ketamine", "venous", "summary")
    assert taken["auc_ng_h_ml"]["p50"] > 1.5 * alone
    assert "Clarithromycin" in cli("simulate", *words, "--medicine", "clarithromycin").text


def test_csv_and_parquet_hold_the_json_s_numbers(cli, simulated, tmp_path: Path):
    document = simulated(INFUSION, *FEW)
    expected = [
        (at, one["analyte"], one["site"], one["unit"], low, mid, high)
        for one in document["series"]
        for at, low, mid, high in zip(document["time_min"], one["p05"], one["p50"], one["p95"], strict=True)
    ]
    rows = csv.DictReader(io.StringIO(cli("simulate", INFUSION, *FEW, "--format", "csv").text))
    read = [
        (
            float(row["time_min"]),
            row["analyte"],
            row["site"],
            row["unit"],
            *map(float, (row["p05"], row["p50"], row["p95"])),
        )
        for row in rows
    ]
    assert read == expected

    file = tmp_path / "curves.parquet"
    assert cli("simulate", INFUSION, *FEW, "--format", "parquet", "--output", str(file)).code == 0
    table = pq.read_table(file)
    columns = ("time_min", "analyte", "site", "unit", "p05", "p50", "p95")
    assert list(zip(*(table[name].to_pylist() for name in columns), strict=True)) == expected
    assert table.schema.metadata[b"crowd_id"].decode() == document["crowd_id"]
    assert set(table["model"].to_pylist()) == {"rk1"}


def test_the_table_says_what_it_rests_on(cli):
    text = " ".join(cli("simulate", INFUSION, *FEW).text.split())
    for words in (
        "64 virtual patients, seed 1, crowd",
        "depth, 0-10",
        "are our judgement",
        "Source: Composite of Kamp 2020",
    ):
        assert words in text


def test_the_table_draws_venous_drug_and_depth(cli):
    text = cli("simulate", INFUSION, *FEW).text
    for words in ("concentration, ng/mL", "ketamine, venous", "depth, a judgement", "░ 5-95 %", "hours"):
        assert words in text


def test_a_table_can_be_kept_in_a_file(cli, tmp_path: Path):
    file = tmp_path / "table.txt"
    ran = cli("simulate", INFUSION, *FEW, "--output", str(file))
    assert (ran.code, ran.out) == (0, b"")
    assert "ketamine, ng/mL" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("iv 70 mg over 40 min",), "D01: 70 mg, 1 mg/kg, is outside 0.1 to 0.75 mg/kg"),
        (("nasal-device 56 mg",), "ORD-11: The nasal device holds esketamine only."),
        ((INFUSION, "--age", "80"), "Outside the model's population: 80 years"),
    ],
)
def test_what_leaves_the_cited_ranges_is_marked(cli, words, said):
    text = cli("simulate", *words, *FEW).text
    assert said in " ".join(text.split())


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_chart_is_the_same_bytes_twice(cli, tmp_path: Path, suffix):
    first, second = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    for file in (first, second):
        assert cli("simulate", INFUSION, *FEW, "--plot", str(file)).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 5_000


def test_a_crowd_of_two_models_is_named_with_their_shares_and_has_both_bases(cli, simulated):
    words = ("nasal-device 56 mg", *FEW, "--model", "rk1:0.7", "--model", "perez-ruixo-2021:0.3")
    document = simulated(*words)
    assert (document["model"], document["drug"]) == ("rk1:0.7 + perez-ruixo-2021:0.3", "esketamine")
    assert not any(one["site"] == "arterial" for one in document["series"])
    text = " ".join(cli("simulate", *words).text.split())
    assert "70 % of the virtual patients follow it" in text
    assert "Its venous central volume of 192 L" in text


def test_models_named_without_shares_have_equal_ones(simulated):
    document = simulated("nasal-device 56 mg", *FEW, "--model", "rk1", "--model", "perez-ruixo-2021")
    assert document["model"] == "rk1:0.5 + perez-ruixo-2021:0.5"


def test_causes_are_shares_that_add_up_to_one_with_a_sentence(cli, simulated):
    words = (INFUSION, *FEW, "--causes")
    causes = simulated(*words)["causes"]
    assert [one["quantity"] for one in causes] == ["depth", "systolic_rise", "diastolic_rise", "recovered"]
    for one in causes:
        assert sum(one["shares"].values()) == pytest.approx(1.0)
        assert "width is that" in one["sentence"] or "uncertainty about recovery" in one["sentence"]
    assert "causes" not in simulated(INFUSION, *FEW)
    assert causes[0]["sentence"] in " ".join(cli("simulate", *words).text.split())


def test_a_model_without_a_spread_gives_one_line_and_never_a_band_of_no_width(cli, simulated):
    document = simulated(INFUSION, *FEW, "--model", "clements-1981")
    for series in document["series"]:
        assert (series["p05"], series["p95"]) == (None, None)
        assert len(series["p50"]) == 25
    for summary in document["summary"]:
        assert summary["cmax"]["p05"] is summary["auc_ng_h_ml"]["p95"] is None
    rows = cli("simulate", INFUSION, *FEW, "--model", "clements-1981", "--format", "csv").text.splitlines()
    assert rows[-1].split(",")[4] == rows[-1].split(",")[6] == ""
    text = " ".join(cli("simulate", INFUSION, *FEW, "--model", "clements-1981").text.split())
    assert "That is a gap, not certainty." in text
    assert "5-95 %" not in text


def test_effects_keep_their_band_where_concentrations_have_none(simulated):
    """How people answer to a concentration varies even where the concentration is not known to."""
    document = simulated(INFUSION, *FEW, "--model", "kamp-2020", "--drug", "esketamine")
    bands = {one["analyte"]: one["p05"] for one in document["series"]}
    assert bands["s-ketamine"] is None
    assert bands["depth"] is not None


def test_a_model_of_arterial_blood_is_drawn_there(cli):
    assert "ketamine, arterial" in cli("simulate", INFUSION, *FEW, "--model", "kamp-2020").text


def test_a_model_without_an_effect_says_nothing_of_depth(cli, simulated):
    document = simulated(INFUSION, *FEW, "--model", "otto-2021")
    assert {one["site"] for one in document["series"]} == {"venous"}
    assert "steepness" not in cli("simulate", INFUSION, *FEW, "--model", "otto-2021").text
