import numpy as np
import pytest

from slackwater.catalogue.loader import load
from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.scoring import (
    NotScored,
    Observed,
    Point,
    RowScore,
    on_the_same_figures,
    performance,
    score,
    scorecard,
)
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

RK1 = load().model("rk1")
BOLUS = Regimen((Dose(route=Route.IV, amount_mg=10.0),))


def row(**changed) -> Observed:
    usual = {
        "row_id": "row",
        "person": Person(weight_kg=70.0),
        "drug": Drug.RACEMIC,
        "regimen": BOLUS,
        "analyte": Analyte.KETAMINE,
        "site": Site.ARTERIAL,
        "horizon_h": 4.0,
    }
    return Observed(**(usual | changed))


def scored(**changed):
    card = score(RK1, [row(**changed)])
    assert card.not_scored == ()
    return card.rows[0]


def test_performance_of_known_ratios():
    # Errors -50, -20, 0, 25 and 100 %: median 0, median size 25; both ends of each share count.
    found = performance([0.5, 0.8, 1.0, 1.25, 2.0])
    assert (found.n, found.within_1_25, found.within_2) == (5, 60.0, 100.0)
    assert found.mdpe == pytest.approx(0.0)
    assert found.mdape == pytest.approx(25.0)


@pytest.mark.parametrize(
    ("ratio", "near", "twofold"), [(0.799, 0, 100), (1.251, 0, 100), (0.499, 0, 0), (2.001, 0, 0)]
)
def test_just_outside_a_share_does_not_count(ratio, near, twofold):
    found = performance([ratio])
    assert (found.within_1_25, found.within_2) == (near, twofold)


def test_no_ratios_give_no_figures():
    found = performance([])
    assert (found.n, found.within_1_25, found.within_2, found.mdpe, found.mdape) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_what_is_not_published_is_not_scored():
    found = scored(Cmax=0.4)
    assert (found.tmax, found.AUC, found.points) == (None, None, ())


def test_an_arterial_bolus_peaks_at_dose_over_central_volume():
    # 10 mg in V1 = 25 L (Kamp 2020) is 0.4 mg/L.
    assert scored(Cmax=0.4).Cmax == pytest.approx(1.0, rel=1e-9)


def test_a_peak_before_sampling_began_cannot_have_been_seen():
    assert scored(Cmax=0.4, sampled_from_h=2 / 60).Cmax < 0.7


def test_a_point_is_read_where_it_was_taken():
    found = scored(points=(Point(at_h=0.0, C=0.4), Point(at_h=0.0111, C=0.4)))
    assert found.points[0] == pytest.approx(1.0, rel=1e-9)
    assert 0.5 < found.points[1] < 1.0


def test_the_area_is_dose_over_clearance_in_the_long_run():
    # Half of 10 mg through CL = 84 L/h * 1.08, half through 84 * 0.92 (RK1).
    expected = 5.0 / (84.0 * 1.08) + 5.0 / (84.0 * 0.92)
    assert pytest.approx(1.0, rel=1e-5) == scored(AUC=expected, horizon_h=72.0).AUC


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"drug": Drug.RACEMIC}, "has no racemic ketamine"),
        (
            {"drug": Drug.ESKETAMINE, "site": Site.ARTERIAL, "analyte": Analyte.S_KETAMINE},
            "no arterial s-ketamine",
        ),
        (
            {"drug": Drug.ESKETAMINE, "regimen": Regimen((Dose(route=Route.FILM, amount_mg=50.0),))},
            "no film route",
        ),
    ],
)
def test_a_row_that_a_model_lacks_is_named_with_its_cause(changed, cause):
    card = score(load().model("perez-ruixo-2021"), [row(Cmax=0.1, **changed)])
    assert card.rows == ()
    assert card.not_scored[0].row_id == "row"
    assert cause in card.not_scored[0].cause
    assert card.Cmax.n == 0


def test_ancestry_is_scored_only_by_a_model_that_tells_it_apart():
    spray = {
        "person": Person(weight_kg=74.0, ancestry=Ancestry.JAPANESE),
        "drug": Drug.ESKETAMINE,
        "analyte": Analyte.S_KETAMINE,
        "site": Site.VENOUS,
        "regimen": Regimen((Dose(route=Route.NASAL_DEVICE, amount_mg=28.0),)),
        # Perez-Ruixo 2021, Table 4: 57.5 ng/mL after 28 mg in the Japanese stratum.
        "Cmax": 0.0575,
    }
    assert score(RK1, [row(**spray)]).not_scored[0].cause == "rk1 does not tell ancestries apart"
    own = score(load().model("perez-ruixo-2021"), [row(**spray)]).rows[0]
    assert own.Cmax == pytest.approx(1.0, abs=0.02)


def test_rows_that_were_never_scorable_are_passed_on():
    unread = NotScored(row_id="x", cause="it reports a range")
    assert score(RK1, [unread]).not_scored == (unread,)


def test_every_ratio_counts_once():
    card = score(
        RK1, [row(points=(Point(at_h=1.0, C=0.02),) * 3), row(Cmax=0.4, points=(Point(at_h=2.0, C=0.01),))]
    )
    assert (card.Cmax.n, card.points.n) == (1, 4)


def test_the_grid_holds_every_moment_that_is_read():
    observed = row(
        regimen=Regimen((Dose(route=Route.IV, amount_mg=10.0, duration_h=0.123),)), sampled_from_h=0.0333
    )
    assert {0.123, 0.0333, 0.0, 4.0} <= set(np.round(observed.time_h, 12))


def test_another_model_is_judged_on_the_figures_that_both_have():
    own = scorecard(
        [
            RowScore(row_id="A", Cmax=1.0, tmax=None, AUC=1.0, points=()),
            RowScore(row_id="B", Cmax=None, tmax=1.0, AUC=None, points=(1.0,)),
        ]
    )
    other = scorecard(
        [
            RowScore(row_id="A", Cmax=2.0, tmax=2.0, AUC=None, points=(2.0,)),
            RowScore(row_id="B", Cmax=3.0, tmax=3.0, AUC=3.0, points=(3.0,)),
            RowScore(row_id="C", Cmax=4.0, tmax=4.0, AUC=4.0, points=(4.0,)),
        ]
    )
    found = on_the_same_figures(other, own)
    assert found.rows == (
        RowScore(row_id="A", Cmax=2.0, tmax=None, AUC=None, points=()),
        RowScore(row_id="B", Cmax=None, tmax=3.0, AUC=None, points=(3.0,)),
    )
    assert [one.n for one in (found.Cmax, found.tmax, found.AUC, found.points)] == [1, 1, 0, 1]
