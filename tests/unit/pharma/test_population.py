"""From standard normal numbers to people: scaling, spread, age, ancestry and medicines."""

import numpy as np
import pytest

from slackwater.catalogue.medicines import read_exposure_changes
from slackwater.catalogue.published_models import read_models
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import areas
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.population import individuals, typical_values
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

RK1 = read_models()["rk1"]
PEREZ_RUIXO = read_models()["perez-ruixo-2021"]
CHANGES = read_exposure_changes()
S = Drug.ESKETAMINE


def typical(model, **person):
    return typical_values(model, Person(**({"weight_kg": 70} | person)), CHANGES)


def drawn(model, n=4000):
    z = np.random.default_rng(3).standard_normal((n, len(model.eta_names)))
    return individuals(model, Person(weight_kg=70), S, z)


def total_area(model, route, *medicines, mg=28.0):
    """Area to infinity of S-ketamine in the typical person, mg*h/L."""
    person = Person(weight_kg=70, medicines=medicines)
    people = individuals(model, person, S, np.zeros((1, len(model.eta_names))), CHANGES)
    found = areas(model, people, S, Regimen((Dose(route=route, amount_mg=mg),)), np.array([500.0]))
    return found.of(Analyte.S_KETAMINE, Site.VENOUS)[0, 0]


def ratio(model, route, *medicines, mg=28.0):
    return total_area(model, route, *medicines, mg=mg) / total_area(model, route, mg=mg)


def test_flows_grow_with_the_three_quarter_power_and_volumes_in_proportion():
    light, heavy = typical(RK1), typical(RK1, weight_kg=140)
    assert heavy["CL"] / light["CL"] == pytest.approx(2**0.75)
    assert heavy["Q_nk"] / light["Q_nk"] == pytest.approx(2**0.75)
    assert heavy["V3"] / light["V3"] == pytest.approx(2.0)
    assert heavy["k_venous"] == light["k_venous"]
    assert heavy["F_im"] == light["F_im"]


def test_weight_does_nothing_in_a_model_that_found_no_effect_of_it():
    assert typical(PEREZ_RUIXO, weight_kg=140) == typical(PEREZ_RUIXO)


def test_liver_flow_falls_above_sixty():
    assert typical(PEREZ_RUIXO, age_years=60)["Qh"] == pytest.approx(151)
    assert typical(PEREZ_RUIXO, age_years=70)["Qh"] == pytest.approx(151 - 21.9)
    assert typical(PEREZ_RUIXO)["Qh"] == pytest.approx(151)


def test_ancestry_acts_as_the_paper_prints_it():
    asian = typical(PEREZ_RUIXO, ancestry=Ancestry.ASIAN)
    japanese = typical(PEREZ_RUIXO, ancestry=Ancestry.JAPANESE)
    assert (asian["kel"], asian["FRn"]) == (pytest.approx(1.11 * 0.36), 0.54)
    assert (japanese["kel"], japanese["FRn"]) == (asian["kel"], pytest.approx(0.54 * 1.34))
    assert japanese["CL_nk"] == pytest.approx(38 * 0.81)


def test_a_row_of_noughts_is_the_typical_person():
    people = individuals(RK1, Person(weight_kg=82), S, np.zeros((2, len(RK1.eta_names))))
    for name, value in typical(RK1, weight_kg=82).items():
        np.testing.assert_allclose(people[name], value, rtol=1e-14)
    assert people["ke0"][0] == pytest.approx(5.0107, rel=1e-4)


def test_spread_on_the_log_scale_is_the_printed_coefficient_of_variation():
    CL = drawn(RK1)["CL"]
    assert CL.std() / CL.mean() == pytest.approx(0.17, rel=0.05)
    assert np.median(CL) == pytest.approx(84.0, rel=0.02)


@pytest.mark.parametrize(("model", "name"), [(RK1, "F_oral_racemic"), (PEREZ_RUIXO, "FRn")])
def test_fractions_stay_fractions(model, name):
    fractions = drawn(model)[name]
    assert (fractions > 0).all()
    assert (fractions < 1).all()


def test_spread_of_a_fraction_is_about_its_coefficient_of_variation():
    F = drawn(RK1)["F_oral_racemic"]
    assert F.std() / np.median(F) == pytest.approx(0.50, rel=0.15)


def test_one_eta_moves_every_absorption_rate_of_a_person_together():
    people = drawn(RK1, 10)
    np.testing.assert_allclose(people["ka_oral"] / 2.0, people["device_ka_mucosal"] / 2.93, rtol=1e-14)


def test_kmet_has_no_spread_because_none_is_printed():
    assert np.ptp(drawn(PEREZ_RUIXO, 10)["kmet"]) == 0


def test_numbers_that_do_not_fit_the_model_are_a_programming_error():
    with pytest.raises(ValueError, match="needs"):
        individuals(RK1, Person(weight_kg=70), S, np.zeros((3, 2)))


def test_numbers_that_are_not_finite_are_refused():
    with pytest.raises(RefusedError):
        individuals(RK1, Person(weight_kg=70), S, np.full((1, len(RK1.eta_names)), np.nan))


def test_a_drug_the_model_lacks_is_refused():
    with pytest.raises(RefusedError, match="racemic"):
        individuals(
            PEREZ_RUIXO, Person(weight_kg=70), Drug.RACEMIC, np.zeros((1, len(PEREZ_RUIXO.eta_names)))
        )


@pytest.mark.parametrize(
    ("medicine", "oral"),
    [
        ("clarithromycin", 2.6),
        ("grapefruit-juice", 3.0),
        ("ticlopidine", 2.4),
        ("itraconazole", 1.0),
        ("rifampicin", 0.14),
        ("st-johns-wort", 0.42),
    ],
)
def test_rk1_gives_the_published_change_of_swallowed_s_ketamine(medicine, oral):
    assert ratio(RK1, Route.ORAL, medicine) == pytest.approx(oral, rel=1e-6)


def test_an_inducer_hardly_touches_an_infusion_and_nearly_abolishes_a_swallowed_dose():
    assert ratio(RK1, Route.IV, "rifampicin") == pytest.approx(0.86, rel=1e-6)
    assert ratio(RK1, Route.NASAL_DEVICE, "rifampicin", mg=56.0) == pytest.approx(0.72, rel=0.01)


def test_ticlopidines_ratio_by_the_nasal_device_follows_from_the_swallowed_one_alone():
    """56 mg, as in the study behind the label's 29 % (NCT03298906); clearance is left alone."""
    assert ratio(RK1, Route.NASAL_DEVICE, "ticlopidine", mg=56.0) == pytest.approx(1.29, rel=0.01)
    assert ratio(RK1, Route.IV, "ticlopidine") == pytest.approx(1.0, rel=1e-9)


def test_first_pass_and_clearance_are_changed_apart():
    """The closed form of a sprayed dose: V (1 - s) + O s, with s the share of exposure that was swallowed."""
    swallowed_share = 0.676 * 0.12 / (0.324 + 0.676 * 0.12)
    for medicine, oral, by_vein in (("clarithromycin", 2.6, 1.0), ("rifampicin", 0.14, 0.86)):
        expected = by_vein * (1.0 - swallowed_share) + oral * swallowed_share
        assert ratio(RK1, Route.NASAL_DEVICE, medicine, mg=56.0) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("medicine", "nasal"), [("clarithromycin", 1.04), ("rifampicin", 0.72)])
def test_perez_ruixo_leaves_its_nasal_route_nearly_as_the_label_does(medicine, nasal):
    assert ratio(PEREZ_RUIXO, Route.NASAL_DEVICE, medicine) == pytest.approx(nasal, rel=0.1)


def test_perez_ruixo_changes_clearance_by_the_published_ratio():
    assert ratio(PEREZ_RUIXO, Route.IV, "rifampicin") == pytest.approx(0.86, rel=1e-6)


def test_several_medicines_act_together_and_keep_a_fraction_under_one():
    both = typical(RK1, medicines=("grapefruit-juice", "clarithromycin"))
    alone = typical(RK1, medicines=("grapefruit-juice",))
    assert alone["F_oral_racemic"] < both["F_oral_racemic"] < 1


def test_a_medicine_that_is_not_in_the_table_changes_nothing():
    assert typical(RK1, medicines=("paracetamol",)) == typical(RK1)


@pytest.mark.parametrize("weight", [19.9, 300.1, float("nan")])
def test_a_weight_the_engine_cannot_use_is_refused(weight):
    with pytest.raises(RefusedError) as refused:
        Person(weight_kg=weight)
    assert refused.value.problems[0].field == "weight"


def test_an_age_before_birth_is_refused():
    with pytest.raises(RefusedError) as refused:
        Person(weight_kg=70, age_years=-1)
    assert refused.value.problems[0].field == "age"


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("cl", "Did you mean CL?"),
        ("v2", "Did you mean V2?"),
        ("ka_IM", "Did you mean ka_im?"),
        ("x", "It has CL, "),
    ],
)
def test_a_parameter_that_the_model_has_not_is_refused_and_never_left_unread(name, mend):
    """What another tool did with q, v2, q2, v3: it solved a different model without a word."""
    people = individuals(RK1, Person(weight_kg=70), S, np.zeros((1, len(RK1.eta_names))))
    for ask in (
        lambda: people.replacing(**{name: np.ones(1)}),
        lambda: RK1.value(name),
        lambda: RK1.block_of(name),
    ):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.problems[0].field == name
        assert refused.value.problems[0].mend.startswith(mend)


def test_a_parameter_is_replaced_in_everybody_by_its_own_name():
    people = individuals(RK1, Person(weight_kg=70), S, np.zeros((2, len(RK1.eta_names))))
    changed = people.replacing(CL=np.array([80.0, 90.0]))
    assert changed["CL"].tolist() == [80.0, 90.0]
    assert changed["V1"].tolist() == people["V1"].tolist()
