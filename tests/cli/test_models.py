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
