import json

import pytest

from slackwater.catalogue.loader import load


@pytest.fixture
def document(cli):
    return json.loads(cli("models", "--format", "json").text)


def test_every_model_is_listed_with_what_it_rests_on(document):
    assert [model["id"] for model in document["models"]] == list(load().models)
    for model in document["models"]:
        for field in ("title", "source", "verification", "grade", "population", "drugs", "routes", "blocks"):
            assert model[field], (model["id"], field)
        for block in model["blocks"]:
            assert block["source"]
            assert block["verification"]
            assert block["grade"] in {"published", "derived", "judgement"}


def test_the_models_are_compared_on_one_dose(document):
    comparison = document["comparison"]
    assert (comparison["dose"], comparison["drug"]) == ("nasal-device 56 mg", "esketamine")
    assert [curve["model"] for curve in comparison["curves"]] == ["rk1", "perez-ruixo-2021", "rk2"]
    for curve in comparison["curves"]:
        assert len(curve["typical"]) == len(comparison["time_min"])
    # Published for 56 mg: 72.5 ng/mL (Perez-Ruixo 2021, Table 4), which its own model meets within 2 %.
    assert max(comparison["curves"][1]["typical"]) == pytest.approx(72.5, rel=0.02)


def test_a_model_that_cannot_give_the_dose_is_left_out_with_the_cause(cli):
    ran = cli("models", "--dose", "im 20 mg", "--format", "json")
    comparison = json.loads(ran.text)["comparison"]
    left_out = {one["model"]: one["cause"] for one in comparison["left_out"]}
    assert [curve["model"] for curve in comparison["curves"]] == ["rk1", "rk2"]
    assert set(left_out) == set(load().models) - {"rk1", "rk2"}
    assert "has no im route" in left_out["perez-ruixo-2021"]
    assert "has no esketamine" in left_out["herd-2007"]


def test_the_text_names_sources_draws_the_curves_and_says_how_far_apart_they_are(cli):
    text = " ".join(cli("models").text.split())
    for words in (
        "verification seen in code of nlmixr2lib",
        "routes iv, nasal-device, oral",
        "venous S-ketamine, typical person, ng/mL",
        "⠒⠒ rk1 •• perez-ruixo-2021",
        "The highest peak is 1.",
    ):
        assert words in text


def test_the_comparison_can_be_kept_as_a_chart(cli, tmp_path):
    file = tmp_path / "models.svg"
    assert cli("models", "--plot", str(file)).code == 0
    assert "perez-ruixo-2021" in file.read_text(encoding="utf-8")


def test_a_dose_that_cannot_be_read_is_refused(cli):
    ran = cli("models", "--dose", "56")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("dose: ")


@pytest.fixture
def disagreement(cli):
    words = ("models", "--disagree", "iv 35 mg over 40 min", "--weight", "70", "--format", "json")
    return json.loads(cli(*words).text)


def test_the_models_disagree_as_much_as_when_they_were_run_elsewhere(disagreement):
    """peers.md section 2.1: the same constants run in opentiva 1.1.2, peak and 60 and 120 min, ng/mL."""
    elsewhere = {
        "clements-1981": (177, 115, 59),
        "hijazi-2003": (225, 100, 13),
        "domino-1982": (240, 55, 36),
        "kamp-2020": (253, 96, 50),
    }
    assert (disagreement["drug"], disagreement["analyte"]) == ("racemic", "ketamine")
    lines = {line["model"]: line for line in disagreement["lines"]}
    for model, values in elsewhere.items():
        line = lines[model]
        got = (line["peak"], line["at_min"]["60"], line["at_min"]["120"])
        assert got == pytest.approx(values, rel=0.02), model


def test_like_is_compared_with_like_and_a_missing_spread_is_no_band(disagreement):
    lines = {(line["model"], line["site"]): line for line in disagreement["lines"]}
    assert lines["rk1", "venous"]["peak_band"][0] < lines["rk1", "venous"]["peak"]
    assert lines["clements-1981", "venous"]["peak_band"] is None
    assert lines["clements-1981", "venous"]["p05"] is None
    ratios = disagreement["largest_over_smallest"]
    venous = [line["peak"] for (_, site), line in lines.items() if site == "venous"]
    assert ratios["venous"]["peak"] == pytest.approx(max(venous) / min(venous))
    assert ratios["all"]["120 min"] > 4


def test_who_is_left_out_is_told_with_the_cause(cli, disagreement):
    causes = {one["model"]: one["cause"] for one in disagreement["left_out"]}
    assert "made from children of 1 to 14 years" in causes["herd-2007"]
    assert "has no racemic ketamine" in causes["perez-ruixo-2021"]
    text = " ".join(cli("models", "--disagree", "nasal-device 56 mg").text.split())
    assert "s-ketamine by every model that can give it" in text
    assert "clements-1981 is left out" in text


def test_the_disagreement_can_be_kept_as_a_chart_and_a_faulty_dose_is_refused(cli, tmp_path):
    file = tmp_path / "apart.svg"
    assert cli("models", "--disagree", "iv 35 mg over 40 min", "--plot", str(file)).code == 0
    assert "clements-1981" in file.read_text(encoding="utf-8")
    assert cli("models", "--disagree", "iv 35").err.startswith("dose: ")
