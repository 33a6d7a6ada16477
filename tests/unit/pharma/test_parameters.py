"""Model records that cannot hold nonsense."""

import math
from dataclasses import replace

import pytest

from slackwater.catalogue.published_models import read_models
from slackwater.pharma.parameters import Grade, ParameterError, Range
from slackwater.pharma.variability import Eta, Scale
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

RK1 = read_models()["rk1"]
PEREZ_RUIXO = read_models()["perez-ruixo-2021"]


def with_value(name, value):
    changed = (replace(each, value=value) if each.name == name else each for each in RK1.parameters)
    return replace(RK1, parameters=tuple(changed))


def problems_of(**changes):
    with pytest.raises(ParameterError) as refused:
        replace(RK1, **changes)
    return {(problem.field, problem.code) for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("CL", 0.0, "sign"),
        ("V1", -25.0, "sign"),
        ("Q2", math.nan, "not-finite"),
        ("k_venous", math.inf, "not-finite"),
        ("F_im", 1.0, "fraction"),
        ("first_pass_yield", 0.0, "fraction"),
        ("lozenge_D_mucosal", -1.0, "sign"),
    ],
)
def test_a_value_that_is_nonsense_is_refused_by_name(name, value, code):
    with pytest.raises(ParameterError) as refused:
        with_value(name, value)
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == (name, code)


def test_every_fault_is_named_at_once():
    with pytest.raises(ParameterError) as refused:
        replace(RK1, title=" ", source="", parameters=RK1.parameters[:-1])
    assert {problem.field for problem in refused.value.problems} >= {
        "title",
        "source",
        RK1.parameters[-1].name,
    }


def test_a_parameter_given_twice_or_unknown_is_refused():
    extra = replace(RK1.parameters[0], name="V9")
    found = problems_of(parameters=(*RK1.parameters, RK1.parameters[0], extra))
    assert found == {(RK1.parameters[0].name, "twice"), ("V9", "unknown")}


def test_a_parameter_in_the_wrong_unit_is_refused():
    volume = RK1.parameters[0]
    wrong = replace(volume, unit=RK1.parameters[3].unit)
    assert problems_of(parameters=(wrong, *RK1.parameters[1:])) == {(volume.name, "unit")}


def test_a_parameter_without_a_source_is_refused():
    adrift = replace(RK1.parameters[0], block="nowhere")
    assert problems_of(parameters=(adrift, *RK1.parameters[1:])) == {(adrift.name, "block")}


def test_an_eta_needs_one_spread_and_a_parameter_that_exists():
    eta = Eta(name="eta_x", moves=("V9",), scale=Scale.LOG, basis="none", cv=0.2, sd=0.2)
    with pytest.raises(ParameterError) as refused:
        replace(RK1, variability=(eta,))
    assert {problem.code for problem in refused.value.problems} == {"spread", "unknown"}


def test_routes_without_compartments_are_refused():
    with pytest.raises(ParameterError):
        replace(PEREZ_RUIXO, routes=frozenset(Route))


def test_minutes_are_hours_once_the_model_is_used():
    assert RK1.value("lozenge_D_mucosal") == pytest.approx(13.1 / 60)


def test_every_number_leads_to_its_source():
    for model in (RK1, PEREZ_RUIXO):
        for parameter in model.parameters:
            block = model.block_of(parameter.name)
            assert block.source
            assert block.verification


def test_the_weakest_block_sets_the_grade_of_rk1():
    assert RK1.grade is Grade.JUDGEMENT
    assert RK1.is_for_patients
    assert not replace(RK1, grade=Grade.GUESS).is_for_patients


def test_the_effect_link_gives_a_rate_per_hour():
    assert RK1.effect_link.ke0 == pytest.approx(math.log(2) / (8.3 / 60))


def test_a_range_holds_both_its_ends():
    ages = Range(low=18, high=65, basis="a test")
    assert ages.holds(18)
    assert ages.holds(65)
    assert not ages.holds(17.9)
    with pytest.raises(ParameterError):
        Range(low=65, high=18, basis="a test")


def test_a_route_the_model_lacks_is_refused_with_those_it_has():
    with pytest.raises(RefusedError) as refused:
        PEREZ_RUIXO.check_can_give(Drug.ESKETAMINE, Route.IM)
    (problem,) = refused.value.problems
    assert problem.field == "route"
    assert problem.mend.startswith("It has iv, nasal-device, oral")


def test_a_drug_the_model_lacks_is_refused_with_those_it_has():
    with pytest.raises(RefusedError, match="has no racemic ketamine") as refused:
        PEREZ_RUIXO.check_can_give(Drug.RACEMIC, Route.IV)
    assert refused.value.problems[0].field == "drug"


@pytest.mark.parametrize("words", ["", "  "])
def test_no_part_of_a_model_may_be_silent_about_its_source(words):
    block, eta = replace(RK1.blocks[0], source=words), replace(RK1.variability[0], basis=words)
    scaling = replace(RK1.weight_scaling, basis=words)
    assert problems_of(
        blocks=(block, *RK1.blocks[1:]),
        variability=(eta, *RK1.variability[1:]),
        effect_link=replace(RK1.effect_link, source=words),
        weight_scaling=scaling,
        residual=replace(RK1.residual, basis=words),
    ) == {
        (f"block {block.name}", "missing"),
        (eta.name, "missing"),
        ("effect_link", "missing"),
        ("weight_scaling", "missing"),
        ("residual", "missing"),
    }


@pytest.mark.parametrize("number", [0.0, -70.0, math.nan, math.inf])
def test_the_numbers_of_its_parts_cannot_be_nonsense_either(number):
    assert problems_of(
        effect_link=replace(RK1.effect_link, half_life_min=number),
        weight_scaling=replace(RK1.weight_scaling, reference_kg=number),
        residual=replace(RK1.residual, ketamine_cv=number),
    ) == {("effect_link", "range"), ("weight_scaling", "range"), ("residual", "range")}


def test_an_exponent_that_is_no_number_is_refused():
    scaling = replace(RK1.weight_scaling, flow_exponent=math.inf, volume_exponent=math.nan)
    assert problems_of(weight_scaling=scaling) == {("weight_scaling", "not-finite")}
