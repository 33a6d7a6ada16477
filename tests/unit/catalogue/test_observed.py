import pytest

from slackwater.catalogue.observed import read_observed
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.person import Ancestry
from slackwater.pharma.scoring import NotScored, Observed
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

USUAL = {
    "row_id": "R1",
    "kind": "observed",
    "route": "IV infusion",
    "formulation": "injection",
    "drug_given": "racemic",
    "dose_mg": "35",
    "dose_mg_per_kg": "",
    "regimen": "40 min",
    "weight_kg": "70",
    "population": "healthy volunteers",
    "sampling": "venous",
    "analyte": "ketamine",
    "cmax_ng_ml": "185",
    "tmax_min": "",
    "auc_ng_h_ml": "",
    "auc_horizon_h": "",
    "points_h_ngml": "",
}


def read(**changed) -> Observed | NotScored:
    row = USUAL | changed
    quoted = ('"' + value + '"' for value in row.values())
    (found,) = read_observed(",".join(row) + "\n" + ",".join(quoted) + "\n")
    return found


def observed(**changed) -> Observed:
    found = read(**changed)
    assert isinstance(found, Observed), found
    return found


def cause(**changed) -> str:
    found = read(**changed)
    assert isinstance(found, NotScored), found
    return found.cause


def test_an_infusion_runs_for_its_minutes():
    (dose,) = observed().regimen.doses
    assert (dose.route, dose.amount_mg, dose.duration_h) == (Route.IV, 35.0, pytest.approx(2 / 3))


def test_figures_come_in_model_units():
    found = observed(auc_ng_h_ml="250", auc_horizon_h="4", points_h_ngml="0.5:56;1:27")
    assert (found.Cmax, found.AUC, found.horizon_h) == (pytest.approx(0.185), pytest.approx(0.25), 4.0)
    assert [(point.at_h, point.C) for point in found.points] == [
        (0.5, pytest.approx(0.056)),
        (1.0, pytest.approx(0.027)),
    ]


def test_steps_follow_each_other_at_their_rates():
    found = observed(
        dose_mg="139.3", regimen="escalating: 0-60 min 0.28; 60-120 min 0.57; 120-180 min 1.14 mg/kg/h"
    )
    assert [(dose.at_h, dose.duration_h) for dose in found.regimen.doses] == [
        (0.0, 1.0),
        (1.0, 1.0),
        (2.0, 1.0),
    ]
    assert [dose.amount_mg for dose in found.regimen.doses] == pytest.approx([19.6, 39.9, 79.8])


@pytest.mark.parametrize("text", ["40 min", "40 min infusion", "infusion over 40 min", "single, over 40 min"])
def test_the_same_infusion_in_other_words(text):
    assert observed(regimen=text).regimen == observed().regimen


@pytest.mark.parametrize(
    ("route", "formulation", "expected"),
    [
        ("IV bolus", "injection", Route.IV),
        ("IV", "injection (rate not stated in abstract)", Route.IV),
        ("IM", "injection", Route.IM),
        ("intranasal", "nasal atomised solution", Route.NASAL_SOLUTION),
        ("intranasal", "nasal spray (28 mg per device)", Route.NASAL_DEVICE),
        ("sublingual", "lozenge", Route.LOZENGE),
        ("sublingual/buccal", "oral thin film, held 10 min", Route.FILM),
        ("oral", "lozenge swallowed", Route.ORAL),
    ],
)
def test_route_and_formulation_together_name_a_route(route, formulation, expected):
    found = observed(route=route, formulation=formulation, regimen="single")
    assert [dose.route for dose in found.regimen.doses] == [expected]


def test_a_dose_may_be_given_for_each_kilogram():
    assert observed(dose_mg="", dose_mg_per_kg="0.5", weight_kg="80").regimen.total_mg == 40.0


@pytest.mark.parametrize(
    ("changed", "site"),
    [
        ({"sampling": "arterial"}, Site.ARTERIAL),
        ({"sampling": "venous"}, Site.VENOUS),
        ({"sampling": "not stated (blood)"}, Site.VENOUS),
        # A vein lags by a half-life of 11.5 min, so a peak 2 min after a bolus was not seen there.
        (
            {"sampling": "not stated (blood)", "route": "IV bolus", "regimen": "single", "tmax_min": "2"},
            Site.ARTERIAL,
        ),
        (
            {"sampling": "not stated (blood)", "route": "IV bolus", "regimen": "single", "tmax_min": "14"},
            Site.VENOUS,
        ),
        ({"sampling": "venous", "route": "IV bolus", "regimen": "single", "tmax_min": "2"}, Site.VENOUS),
        # A model has one compartment of a metabolite, which answers for either.
        ({"sampling": "arterial", "analyte": "norketamine"}, Site.ARTERIAL),
        ({"sampling": "not stated (blood)", "analyte": "norketamine", "tmax_min": "2"}, Site.VENOUS),
    ],
)
def test_blood_is_compared_where_it_was_taken(changed, site):
    assert observed(**changed).site is site


def test_a_total_is_every_form_read_together():
    assert observed(analyte="hydroxynorketamine (total)").analyte is Analyte.HYDROXYNORKETAMINE
    assert observed(analyte="S-hydroxynorketamine").analyte is Analyte.S_HYDROXYNORKETAMINE


def test_a_metabolite_has_no_spike_at_the_instant_of_a_bolus():
    bolus = {"route": "IV bolus", "regimen": "single", "sampling": "arterial", "tmax_min": "30"}
    assert observed(**bolus, analyte="norketamine").sampled_from_h == 0.0


def test_an_arterial_bolus_is_seen_from_its_first_sample():
    found = observed(route="IV bolus", regimen="single", sampling="arterial", tmax_min="2")
    assert found.sampled_from_h == pytest.approx(2 / 60)


def test_an_arterial_bolus_without_a_first_sample_has_no_peak_to_compare():
    spike = {"route": "IV bolus", "regimen": "single", "sampling": "arterial"}
    assert observed(**spike, points_h_ngml="1:20").Cmax is None


def test_the_tmax_of_ketamine_given_iv_is_not_scored_but_norketamine_s_is():
    assert observed(tmax_min="40").tmax_h is None
    assert observed(tmax_min="60", analyte="norketamine").tmax_h == 1.0


def test_an_area_without_a_horizon_is_not_scored():
    assert observed(auc_ng_h_ml="250").AUC is None


def test_an_endless_area_is_followed_for_ten_days():
    found = observed(auc_ng_h_ml="250", auc_horizon_h="inf")
    assert (found.AUC, found.horizon_h) == (pytest.approx(0.25), 240.0)


def test_without_a_horizon_the_curve_is_followed_past_its_peak_and_points():
    assert observed().horizon_h == pytest.approx(2 / 3 + 8.0)
    assert observed(points_h_ngml="12:1").horizon_h == 12.0


def test_a_point_of_zero_has_no_ratio_and_is_left_out():
    assert [point.at_h for point in observed(points_h_ngml="0:0;1:27").points] == [1.0]


@pytest.mark.parametrize(
    ("population", "ancestry"),
    [
        ("18-60 y Caucasian (pooled 13 studies)", Ancestry.NOT_STATED),
        ("18-60 y Asian non-Japanese (pooled 13 studies)", Ancestry.ASIAN),
        ("healthy Japanese volunteers", Ancestry.JAPANESE),
    ],
)
def test_an_ancestry_that_a_study_names_is_kept(population, ancestry):
    assert observed(population=population).person.ancestry is ancestry


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "steady_state"}, "a plateau"),
        ({"kind": "observed_F_only"}, "a bioavailability"),
        ({"kind": "range_only"}, "a range"),
        ({"analyte": "dehydronorketamine"}, "no model here follows dehydronorketamine"),
        ({"drug_given": "arketamine"}, "no model here gives arketamine"),
        ({"route": "rectal", "formulation": "suppository", "regimen": "single"}, "rectal"),
        ({"route": "oral", "formulation": "prolonged release tablet"}, "prolonged release"),
        ({"population": ">60 y Caucasian"}, "people over 60"),
        ({"population": "children 2-8 y"}, "children"),
        ({"regimen": "2 mg/kg then titrated"}, "“2 mg/kg then titrated” is not understood"),
        ({"regimen": ""}, "its regimen “” is not understood"),
        ({"regimen": "40 min", "route": "IM"}, "not understood"),
        ({"regimen": "escalating: 0-60 min 0.28; 90-120 min 0.57 mg/kg/h"}, "not understood"),
        ({"regimen": "escalating: 0-60 min 0.28 mg/kg/h"}, "its steps add up to 19.6 mg and not to 35 mg"),
        ({"dose_mg": ""}, "it gives no dose"),
        ({"cmax_ng_ml": ""}, "it has no Cmax"),
        ({"cmax_ng_ml": "1,5"}, "cmax_ng_ml: 1,5 has a comma"),
        ({"points_h_ngml": "0.5-56"}, "points_h_ngml: "),
        ({"weight_kg": "7"}, "7 kg is not a weight"),
    ],
)
def test_a_row_that_cannot_be_scored_says_why(changed, said):
    assert said in cause(**changed)


def test_every_missing_column_is_named():
    with pytest.raises(RefusedError) as refused:
        read_observed("row_id,route,drug_given,dose_mg,regimen\n")
    assert [problem.field for problem in refused.value.problems] == ["weight_kg", "analyte"]


def test_columns_may_stand_in_any_order_and_the_rest_may_be_missing():
    columns = "analyte,weight_kg,regimen,dose_mg,drug_given,route,row_id,cmax_ng_ml"
    text = f"{columns}\nketamine,70,40 min,35,racemic,IV,R1,185\n"
    (found,) = read_observed(text)
    assert isinstance(found, Observed)
    assert found.Cmax == pytest.approx(0.185)
