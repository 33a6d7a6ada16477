"""Model files are read strictly: the key at fault is named."""

import tomllib
from importlib import resources

import pytest

from slackwater.catalogue.medicines import parse_exposure_changes, read_exposure_changes
from slackwater.catalogue.published_models import parse_model, read_models
from slackwater.pharma.exposure_changes import taken, unknown
from slackwater.pharma.structures import PARAMETERS
from slackwater.terms.refusal import RefusedError

TEXT = resources.files("slackwater.catalogue").joinpath("models", "rk1.toml").read_text(encoding="utf-8")
CHANGES = resources.files("slackwater.catalogue").joinpath("exposure_changes.csv").read_text(encoding="utf-8")


def refusal_of(old, new):
    assert old in TEXT
    with pytest.raises(RefusedError) as refused:
        parse_model(TEXT.replace(old, new, 1), name="rk1.toml")
    return refused.value.problems[0].field


def test_the_catalogue_holds_every_model_with_the_default_first():
    names = list(read_models())
    assert names[0] == "rk1"
    assert names[1:] == sorted(names[1:])
    assert {"perez-ruixo-2021", "kamp-2020", "otto-2021", "clements-1981"} <= set(names)


def test_only_models_made_for_it_are_for_orders():
    """Children's and intensive care's models, and those that follow too little, are there to be compared."""
    assert {model.id for model in read_models().values() if model.is_for_patients} == {
        "rk1",
        "perez-ruixo-2021",
    }


def test_a_model_without_a_printed_spread_says_so():
    for model in read_models().values():
        assert model.has_spread == bool(model.eta_names)
        assert model.has_spread or any("spread" in caveat for caveat in model.caveats), model.id


def test_every_number_of_the_file_is_in_the_record_as_printed():
    model = parse_model(TEXT, name="rk1.toml")
    printed = {
        name: row["value"]
        for block in tomllib.loads(TEXT)["blocks"]
        for name, row in block["parameters"].items()
    }
    assert {each.name: each.value for each in model.parameters} == printed
    assert set(printed) == set(PARAMETERS[model.structure])


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("schema_version = 1", "schema_version = 2", "rk1.toml: schema_version"),
        ('version = "1"\ntitle', "title", "rk1.toml: version"),
        ('grade = "judgement"', 'grade = "certain"', "rk1.toml: grade"),
        ('use = "orders"', 'use = "anything"', "rk1.toml: use"),
        ('routes = ["iv",', 'routes = ["snorted",', "rk1.toml: routes"),
        ("low = 18", 'low = "18"', "rk1.toml: age_range: low"),
        ("reference_kg = 70.0", "reference_kg = true", "rk1.toml: weight_scaling: reference_kg"),
        ("[residual]", "colour = 1\n[residual]", "rk1.toml: effect_link: colour"),
        ('V1 = { value = 25.0, unit = "L" }', "V1 = 25.0", "rk1.toml: blocks.1: parameters: V1"),
        ('value = 25.0, unit = "L"', 'value = 25.0, unit = "l"', "rk1.toml: blocks.1: parameters: V1: unit"),
        ("caveats = [", "caveats = [1,", "rk1.toml: caveats"),
        ("cv = 0.17", "cv = 0.17\nskew = 1", "rk1.toml: variability.1: skew"),
        ("V1 = { value = 25.0", "V1 = { value = -25.0", "V1"),
    ],
)
def test_each_fault_is_refused_by_its_key(old, new, field):
    assert refusal_of(old, new) == field


@pytest.mark.parametrize("matrix", ["1.0", "[1.0, 0.5]", '[["1", 0.5], [0.5, 1]]', "[[true, 0.5], [0.5, 1]]"])
def test_a_correlation_that_is_no_rows_of_numbers_is_refused(matrix):
    table = f'[[correlations]]\netas = ["eta_CL", "eta_V1"]\nbasis = "a test"\nmatrix = {matrix}\n'
    with pytest.raises(RefusedError) as refused:
        parse_model(TEXT + table, name="rk1.toml")
    assert refused.value.problems[0].field == "rk1.toml: correlations.1: matrix"


def test_medicines_carry_what_was_measured_and_say_what_was_not():
    changes = {change.medicine: change for change in read_exposure_changes()}
    assert changes["rifampicin"].clearance_factor == pytest.approx(1 / 0.86)
    assert changes["clarithromycin"].clearance_factor == 1.0
    assert not changes["barbiturates"].is_measured
    assert all(change.source for change in changes.values())


def test_only_the_medicines_a_person_takes_are_used_and_the_rest_are_named():
    changes = read_exposure_changes()
    medicines = ("rifampicin", "barbiturates", "paracetamol")
    assert [change.medicine for change in taken(changes, medicines)] == ["rifampicin", "barbiturates"]
    assert unknown(changes, medicines) == ("barbiturates", "paracetamol")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("medicine,name", "medicine,label"),
        ("Clarithromycin,2.6", "Clarithromycin,much"),
        ("Clarithromycin,2.6", "Clarithromycin,2600"),
        ("itraconazole,Itraconazole", "clarithromycin,Itraconazole"),
        ("published,Acts", "sure,Acts"),
        ("grapefruit-juice,Grapefruit juice", "grapefruit-juice,"),
    ],
)
def test_a_faulty_row_of_medicines_is_refused(old, new):
    assert old in CHANGES
    with pytest.raises(RefusedError):
        tuple(parse_exposure_changes(CHANGES.replace(old, new, 1)))
