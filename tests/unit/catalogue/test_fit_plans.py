"""How a model is fitted is read strictly, and estimates go back into its file and nowhere else."""

from dataclasses import replace
from importlib import resources

import pytest

from slackwater.catalogue.estimates import model_text, with_estimates
from slackwater.catalogue.fitting import parse_fit_plan, read_evidence, read_fit_plan, study_of
from slackwater.catalogue.interactions_seen import Use, read_interactions_seen
from slackwater.catalogue.loader import load
from slackwater.catalogue.published_models import parse_model
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

TEXT = resources.files("slackwater.catalogue").joinpath("fits", "rk2.toml").read_text(encoding="utf-8")
TABLE = """row_id,kind,route,formulation,drug_given,dose_mg,regimen,weight_kg,n,population,sampling,analyte,\
cmax_ng_ml,f_pct
A-1,observed,oral,tablet,racemic,50,single,70,6,healthy,venous,ketamine,20,18
A-2,observed_F_only,intranasal,nasal spray,esketamine,84,single,70,,healthy,,S-ketamine,,48
A-3,observed,IV,injection,racemic,10,10 min,70,6,healthy,not stated (blood),ketamine,60,100
B-1,model_derived_exposure,intranasal,device,esketamine,56,single,70,820,pooled,venous,S-ketamine,70,54
B-2,model_derived_exposure,intranasal,device,esketamine,56,single,70,820,Japanese,venous,S-ketamine,90,
C-1,observed_F_only,rectal,suppository,racemic,50,single,70,3,healthy,venous,ketamine,,30
D-1,observed,IV,injection,esketamine,10,10 min,70,6,healthy,venous,s-hydroxynorketamine,60,
SINGH22-IV10-NK,observed,IV,injection,racemic,10,single,70,10,adults,venous,norketamine,2.8,
"""


@pytest.fixture
def evidence():
    return read_evidence(TABLE, read_fit_plan("rk2"), load().model("rk2"))


def test_rows_come_with_their_study_and_how_sure_they_are(evidence):
    found = {
        each.row_id: (each.study, each.n, each.is_model_derived, each.is_site_stated)
        for each in evidence.figures
    }
    assert found == {
        "A-1": ("A", 6, False, True),
        "A-3": ("A", 6, False, False),
        "B-1": ("B", 820, True, True),
    }


def test_a_bioavailability_is_taken_where_it_was_measured_by_a_route_we_have(evidence):
    found = {each.row_id: (each.F, each.dose.route) for each in evidence.bioavailabilities}
    assert found == {"A-1": (0.18, Route.ORAL), "A-2": (0.48, Route.NASAL_DEVICE)}


def test_a_study_is_what_stands_before_the_first_dash():
    assert study_of("SINGH22-IN10-K") == "SINGH22"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("schema_version = 1", "schema_version = 2", "rk2: schema_version"),
        ("nu = 4.0", 'nu = "4"', "rk2: error: nu"),
        ("nu = 4.0", "nu = 4.0\nmu = 1", "rk2: error: mu"),
        ('unit = "L"', 'unit = "l"', "rk2: priors.1: unit"),
        ("sd = 0.7", "sd = 0.7\nskew = 1", "rk2: priors.1: skew"),
        ('reason = "norketamine', 'why = "norketamine', "rk2: exclusions.1: reason"),
    ],
)
def test_each_fault_is_refused_by_its_key(old, new, field):
    assert old in TEXT
    with pytest.raises(RefusedError) as refused:
        parse_fit_plan(TEXT.replace(old, new, 1), name="rk2")
    assert refused.value.problems[0].field == field


def test_a_model_whose_priors_nobody_wrote_is_refused():
    with pytest.raises(RefusedError, match="Nothing says how the model rk1 is fitted"):
        read_fit_plan("rk1")


def test_estimates_replace_their_own_lines_only():
    model = load().model("rk2")
    V1 = replace(next(each for each in model.parameters if each.name == "V1"), value=33.3, rse=0.05)
    before, after = model_text("rk2"), with_estimates(model_text("rk2"), {"V1": V1})
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert [line for _, line in changed] == ['V1 = { value = 33.3, unit = "L", rse = 0.05 }']
    assert parse_model(after, name="rk2.toml").value("V1") == 33.3


def test_an_estimate_without_a_line_is_refused():
    model = load().model("rk2")
    stranger = replace(model.parameters[0], name="V9")
    with pytest.raises(RefusedError, match="no line for V9"):
        with_estimates(model_text("rk2"), {"V9": stranger})


def test_every_interaction_seen_is_about_a_medicine_of_the_catalogue_and_an_input_is_its_ratio():
    changes = {change.medicine: change for change in load().exposure_changes}
    for seen in read_interactions_seen():
        assert seen.source
        assert seen.verification
        if seen.is_modelled or seen.medicine:
            assert seen.id in changes[seen.medicine].evidence
            assert changes[seen.medicine].name == seen.name
        if seen.use is Use.INPUT:
            change = changes[seen.medicine]
            is_oral = seen.route is Route.ORAL
            assert seen.auc_ratio == (change.oral_auc_ratio if is_oral else change.systemic_auc_ratio)


def test_no_ratio_from_memory_is_an_input_or_a_prior():
    remembered = [seen for seen in read_interactions_seen() if seen.is_remembered]
    assert {seen.id for seen in remembered} >= {"clarithromycin_nasal", "rifampicin_nasal"}
    assert not {seen.use for seen in remembered} & {Use.INPUT, Use.PRIOR}


def test_a_row_that_is_not_modelled_has_no_ratio_in_the_table_of_changes():
    changes = {change.medicine: change for change in load().exposure_changes}
    for seen in read_interactions_seen():
        if not seen.is_modelled and seen.medicine:
            assert not changes[seen.medicine].is_measured
