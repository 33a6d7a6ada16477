"""`slackwater plan`: what it prints, what it promises in JSON, what it refuses."""

import json

import pytest
from tests.cli.conftest import Cli

from slackwater.catalogue.loader import load

ASKED = ("--weight", "70", "--age", "35", "--want", "depth 3 with 40 %", "--subjects", "512")
WITH_PRESSURE = (*ASKED, "--baseline", "120/80")


def test_it_prints_terms_ranges_what_ends_them_and_the_basis(cli: Cli):
    ran = cli("plan", *WITH_PRESSURE, "--route", "iv")
    assert ran.code == 0
    for part in (
        "depth 3 reached: at least 40 %",
        "deeper than 9: at most 10 %",
        "systolic at 160 mmHg or over: at most 5 %",
        "not fit to leave 4 h after the first dose: at most 10 %",
        "not an instruction",
        "PLAN-01",
        "design",
        "dose, mg",
        "seed 1",
    ):
        assert part in " ".join(ran.text.split())


def test_without_a_baseline_it_says_that_pressure_was_not_asked_about(cli: Cli):
    said = " ".join(cli("plan", *ASKED, "--route", "iv").text.split())
    assert "Blood pressure was not asked about" in said
    assert "systolic at" not in said


def test_json_holds_a_chance_for_every_regimen_and_the_same_bytes_for_the_same_seed(cli: Cli):
    words = ("plan", *WITH_PRESSURE, "--booster-at", "30min", "--format", "json")
    ran = cli(*words)
    assert ran.out == cli(*words).out
    document = json.loads(ran.out)
    for route in document["routes"]:
        shape = (len(route["doses_mg"]), len(route["boosters"]))
        for kind in ("wish", "too-deep", "systolic", "not-fit"):
            assert [len(row) for row in route["chances"][kind]] == [shape[1]] * shape[0]
        assert route["doses_mg"] == sorted(route["doses_mg"])
    assert {one["route"] for one in document["not_offered"]} == {"nasal-device", "nasal-solution", "film"}


def test_only_doses_that_are_cited_for_this_body_are_compared(cli: Cli):
    document = json.loads(cli("plan", *ASKED, "--format", "json").out)
    doses = {one["route"]: one["doses_mg"] for one in document["routes"]}
    # D01: 0.1 to 0.75 mg/kg; D03: 0.5 to 0.75 mg/kg; D04: 100 to 400 mg; all for 70 kg.
    assert (doses["iv"][0], doses["iv"][-1]) == (7.0, 52.5)
    assert (doses["im"][0], doses["im"][-1]) == (35.0, 52.5)
    assert (doses["lozenge"][0], doses["lozenge"][-1]) == (100.0, 400.0)


def test_nasal_esketamine_is_compared_in_whole_devices_without_a_booster(cli: Cli):
    words = ("--drug", "esketamine", "--booster-at", "60min", "--format", "json")
    document = json.loads(cli("plan", *ASKED, *words).out)
    (route,) = document["routes"]
    assert (route["route"], route["doses_mg"], route["boosters"]) == ("nasal-device", [56.0, 84.0], [None])
    assert [one["rule"] for one in document["marks"]] == ["D15"]


def test_a_hard_maximum_bounds_first_dose_and_booster_together(cli: Cli):
    words = ("--route", "im", "--booster-at", "20min", "--hard-max", "45mg", "--format", "json")
    (route,) = json.loads(cli("plan", *ASKED, *words).out)["routes"]
    for dose, row in zip(route["doses_mg"], route["offered"], strict=True):
        for booster, is_offered in zip(route["boosters"], row, strict=True):
            total = dose * (1.0 + (booster["share"] if booster else 0.0))
            assert is_offered == (total <= 45.0)


def test_it_draws_a_picture(cli: Cli, tmp_path):
    path = tmp_path / "plan.svg"
    assert cli("plan", *WITH_PRESSURE, "--plot", str(path)).code == 0
    drawn = path.read_text(encoding="utf-8")
    assert "dose, mg" in drawn
    assert "not an instruction" in drawn


def test_it_writes_a_table_to_a_file(cli: Cli, tmp_path):
    path = tmp_path / "plan.txt"
    assert cli("plan", *ASKED, "--route", "iv", "--output", str(path)).out == b""
    assert "depth 3 reached" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--want", "3"), "want: “3” cannot be read."),
        (("--want", "depth 3"), "want: “depth 3” cannot be read. Write a depth and its least chance"),
        (("--want", "depth 3 with 40"), "Write the chance after the word with"),
        (("--want", "depth 0 with 40 %"), "want: 0 is not a depth that can be passed."),
        (("--want", "depth 3 with 0,4 %"), "want: 0,4 has a comma in it."),
        (("--want", "depth 3 with 100 %"), "want-chance: A crowd cannot show a chance of 100 %."),
        (("--want", "depth 9.5 with 40 %"), "too-deep: Depth 9 is too deep, yet 9.5 is wished for."),
        (("--too-deep", "depth 9 with 0 %"), "too-deep-chance: A crowd cannot show a chance of 0 %."),
        (("--ceiling", "160"), "baseline: The pressure before the drug is not known"),
        (("--baseline", "160/90"), "baseline: The pressure is 160 mmHg before any drug"),
        (("--baseline", "12/8"), "baseline: 8 mmHg is too low."),
        (("--baseline", "120/80", "--ceiling", "16 kPa"), "ceiling: “16 kPa” cannot be read."),
        (("--closing", "4"), "closing: “4” has no unit of time."),
        (("--closing", "25h"), "closing: 25h is outside the range."),
        (("--age", "66"), "age: 66 years is outside the people rk1 was made from, 18 to 65 years."),
        (("--age", "65", "--baseline", "120/80"), "ceiling: From 65 pressure rises further"),
        (("--weight", "121"), "weight: 121 kg is outside the people rk1 was made from"),
        (("--hard-max", "60"), "hard-max: “60” has no unit of mass."),
        (("--booster-at", "30"), "booster-at: “30” has no unit of time."),
        (("--subjects", "100"), "too-deep: The crowd is worth 100 people, too few to tell a chance of 10 %."),
        (("--hard-max", "1mg"), "routes: No route has a cited range"),
        (
            ("--model", "perez-ruixo-2021", "--route", "im"),
            "route: The model perez-ruixo-2021 has no im route.",
        ),
        (("--plot", "plan.pdf"), "plot: plan.pdf ends neither in .png nor in .svg."),
    ],
)
def test_a_refusal_names_field_and_mend(cli: Cli, words: tuple[str, ...], said: str):
    ran = cli("plan", *ASKED, *words)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == b""


def test_a_person_of_65_is_planned_for_without_the_ceiling(cli: Cli):
    assert cli("plan", *ASKED, "--age", "65", "--route", "iv").code == 0


def test_a_chance_may_be_written_with_each_limit(cli: Cli):
    limits = (
        "--too-deep",
        "depth 8.5 with 20 %",
        "--ceiling",
        "150 mmHg with 2.5 %",
        "--closing",
        "3 h with 5 %",
    )
    words = ("--baseline", "120", *limits, "--subjects", "2048", "--format", "json")
    document = json.loads(cli("plan", *ASKED, *words).out)
    chances = {one["kind"]: one["chance"] for one in document["question"]}
    assert chances == pytest.approx({"wish": 0.4, "too-deep": 0.2, "systolic": 0.025, "not-fit": 0.05})


def test_a_crowd_of_several_models_is_planned_with_by_the_routes_that_all_of_them_have(cli: Cli):
    models = ("--model", "rk1:0.7", "--model", "perez-ruixo-2021:0.3", "--drug", "esketamine")
    document = json.loads(cli("plan", *ASKED, *models, "--format", "json").out)
    assert [one["route"] for one in document["routes"]] == ["nasal-device"]
    assert "perez-ruixo-2021" in document["model"]


def test_a_model_for_comparing_only_is_no_model_to_plan_with(cli: Cli):
    only = next(model.id for model in load().models.values() if not model.is_for_patients)
    ran = cli("plan", *ASKED, "--model", only)
    assert ran.code == 2
    assert f"The model {only} is for comparing only." in ran.err
