"""The dose grammar: what is read, and the reason given for each slip."""

import pytest

from slackwater.pharma.regimen import Dose
from slackwater.pharma.regimen_text import parse_dose, parse_regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

READ = [
    ("iv 35 mg over 40 min", Route.IV, 35, 0, 40 / 60),
    ("im 20 mg at 30 min", Route.IM, 20, 0.5, 0),
    ("iv 0.5 mg/kg over 40 min", Route.IV, 35, 0, 40 / 60),
    ("iv 60 mg/h over 40 min", Route.IV, 40, 0, 40 / 60),
    ("iv 60 mg/h for 40 min", Route.IV, 40, 0, 40 / 60),
    ("iv 1 mg/min for 30 min", Route.IV, 30, 0, 0.5),
    ("iv 0.25 mg/kg/h for 2 h", Route.IV, 35, 0, 2),
    ("iv 10 mcg/kg/min for 30 min", Route.IV, 21, 0, 0.5),
    ("nasal device 56 mg", Route.NASAL_DEVICE, 56, 0, 0),
    ("nasal-device 56 mg", Route.NASAL_DEVICE, 56, 0, 0),
    ("nasal solution 30 mg", Route.NASAL_SOLUTION, 30, 0, 0),
    ("lozenge 100 mg", Route.LOZENGE, 100, 0, 0),
    ("film 50 mg", Route.FILM, 50, 0, 0),
    ("oral 100 mg at 1.5 h", Route.ORAL, 100, 1.5, 0),
    ("iv 500 mcg", Route.IV, 0.5, 0, 0),
    ("IV  35MG  at 5 min  over 90 s", Route.IV, 35, 5 / 60, 0.025),
    ("iv 35mg over 40min", Route.IV, 35, 0, 40 / 60),
    ("iv 35 mg over 24 h", Route.IV, 35, 0, 24),
]

REFUSED = [
    ("", "missing"),
    ("iv", "missing"),
    ("iv over 40 min", "missing"),
    ("iv 35 mg over", "missing"),
    ("35 mg", "route"),
    ("rectal 30 mg", "route"),
    ("nasal 30 mg", "route"),
    ("iv 35", "unit-missing"),
    ("iv 35 over 40 min", "unit-missing"),
    ("iv 35 ug", "unit"),
    ("iv 35 µg", "unit"),
    ("iv 3.5 ml", "unit"),
    ("iv 0.035 g", "unit"),
    ("iv 35 iu", "unit"),
    ("nasal device 2 sprays", "unit"),
    ("iv 0,5 mg", "comma"),
    ("iv -5 mg", "sign"),
    ("iv 1e9 mg", "exponent"),
    ("iv nan mg", "not-finite"),
    ("iv inf mg", "not-finite"),
    ("iv .5 mg", "leading-dot"),
    ("iv 5. mg", "trailing-dot"),
    ("iv 05 mg", "leading-zero"),
    ("iv 35 000 mg", "space"),
    ("iv 1000000000 mg", "too-high"),
    ("iv 0 mg", "too-low"),
    ("iv 35 mg over 40", "time-unit"),
    ("iv 35 mg at 30 weeks", "time-unit"),
    ("iv 35 mg at -5 min", "sign"),
    ("iv 35 mg at 30 h", "too-late"),
    ("iv 35 mg over 25 h", "too-late"),
    ("iv 60 mg/h", "duration"),
    ("iv 60 mg/h over 0 min", "duration"),
    ("iv 35 mg over 40 min over 3 min", "twice"),
    ("iv 35 mg over 40 min for 3 min", "twice"),
    ("iv 35 mg at 1 h at 2 h", "twice"),
    ("iv 35 mg in 3 min", "extra"),
    ("im 20 mg over 3 min", "duration-route"),
]


@pytest.mark.parametrize(("text", "route", "mg", "at_h", "duration_h"), READ)
def test_doses_are_read_as_people_write_them(text, route, mg, at_h, duration_h):
    dose = parse_dose(text, weight_kg=70)
    assert dose.route is route
    assert dose.amount_mg == pytest.approx(mg, rel=1e-12)
    assert dose.at_h == pytest.approx(at_h)
    assert dose.duration_h == pytest.approx(duration_h)


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_each_slip_is_refused_with_its_mend(text, code):
    with pytest.raises(RefusedError) as refused:
        parse_dose(text, weight_kg=70, field="booster")
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("booster", code)
    assert problem.message.endswith(".")
    assert problem.mend.endswith(".")


def test_a_comma_is_mended_with_the_number_meant():
    with pytest.raises(RefusedError, match=r"Write 0\.5, not 0,5\."):
        parse_dose("iv 0,5 mg")


def test_an_amount_per_kg_needs_a_weight():
    with pytest.raises(RefusedError, match="needs a weight"):
        parse_dose("iv 0.5 mg/kg over 40 min")


def test_a_thousandfold_slip_is_read_because_judging_it_is_not_grammar():
    assert parse_dose("iv 35000 mg").amount_mg == 35_000


def test_a_regimen_names_every_dose_it_cannot_read():
    with pytest.raises(RefusedError) as refused:
        parse_regimen(["iv 35", "im 20 mg", "nasal 3 mg"])
    assert [problem.code for problem in refused.value.problems] == ["unit-missing", "route"]


def test_a_regimen_is_put_in_order_of_time():
    regimen = parse_regimen(["im 20 mg at 30 min", "iv 35 mg over 40 min"])
    assert regimen.doses == (
        Dose(route=Route.IV, amount_mg=35, duration_h=40 / 60),
        Dose(route=Route.IM, amount_mg=20, at_h=0.5),
    )
