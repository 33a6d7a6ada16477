"""Which published figures the response record reaches, and which it does not.

What the record says of depth, alertness, pressure and heart rate is judgement (response.toml). Each test
below names a published figure, its source in the evidence, and what a crowd of 4096 people of 70 kg gives.
Two figures are missed, on the cautious side, and the tests say so: depth outlasts the label in two people of
five after 84 mg, and diastolic readings pass +25 mmHg more often than in the trials.
"""

import numpy as np
import pytest
from tests.crowds import FIRST_HOURS, INFUSION, SPRAY_56, SPRAY_84, people

from slackwater.pharma.crowd import draw, typical
from slackwater.pharma.curves import Curves
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.quantity import EFFECTS, Quantity
from slackwater.pharma.recovered import Part, recovered
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


def crowd_after(regimen: Regimen, drug: Drug = Drug.ESKETAMINE) -> Curves:
    return draw(people(drug)).simulate(regimen, FIRST_HOURS, EFFECTS)


def typical_depth(regimen: Regimen, drug: Drug = Drug.ESKETAMINE) -> np.ndarray:
    """By the minute."""
    return typical(people(drug)).simulate(regimen, FIRST_HOURS, EFFECTS).of(Quantity.DEPTH)[:, 0]


def share_feeling_it(curves: Curves) -> float:
    return float((curves.of(Quantity.DEPTH).max(axis=0) > 1.0).mean())


@pytest.fixture(scope="module")
def after_84() -> Curves:
    return crowd_after(SPRAY_84)


@pytest.fixture(scope="module")
def after_56() -> Curves:
    return crowd_after(SPRAY_56)


@pytest.fixture(scope="module")
def after_infusion() -> Curves:
    return crowd_after(INFUSION, Drug.RACEMIC)


def test_the_typical_depth_after_84_mg_peaks_near_40_minutes_and_has_gone_by_90():
    """pk.md section 4: dissociation peaks at 40 min, generally gone by 1.5 h."""
    depth = typical_depth(SPRAY_84)
    assert 30 <= depth.argmax() <= 45
    assert 6.0 <= depth.max() <= 8.0
    assert depth[90] < 1.0


def part_back(curves: Curves, part: Part, minute: int) -> float:
    """Share of the crowd in whom a part of recovery is back for good by a minute."""
    return float(recovered(curves).parts[part][minute])


def test_depth_has_gone_in_most_but_not_nearly_all_of_the_crowd_90_minutes_after_84_mg(after_84: Curves):
    """ "Generally gone by 1.5 h" would be three in four or more; the crowd has three in five, and errs late.

    The drug at the effect site falls by only two fifths from its peak to 1.5 h, so no steepness brings three
    in four below 1 while the spread between people stays what it is.
    """
    assert 0.55 <= part_back(after_84, Part.DEPTH, 90) <= 0.65
    assert part_back(after_84, Part.DEPTH, 120) >= 0.75
    assert part_back(after_84, Part.DEPTH, 180) >= 0.95


def test_thinking_is_impaired_in_nearly_all_at_40_minutes_and_errs_late_at_two_hours(after_84: Curves):
    """A62 (Morrison 2018): all five tests impaired 40 min after 84 mg in 24 people, none at 2 h.

    The crowd still has three in ten above the level at 2 h, which keeps people longer than the tests would.
    """
    assert part_back(after_84, Part.THINKING, 40) <= 0.15
    assert 0.65 <= part_back(after_84, Part.THINKING, 120) <= 0.75
    assert part_back(after_84, Part.THINKING, 240) >= 0.95


def test_recovery_after_84_mg_lengthens_the_two_hours_and_never_shortens_them(after_84: Curves):
    """M11 asks two hours; nine in ten of the crowd need nearly three."""
    found = recovered(after_84)
    assert found.p90_h is not None
    assert 2.0 < found.p90_h < 3.25
    assert np.all(found.chance <= np.minimum.reduce(list(found.parts.values())) + 1e-12)


def test_as_many_feel_it_as_were_counted_dissociated(after_56: Curves, after_84: Curves):
    """Sponsor page and label: dissociation by CADSS in 61-84 % after 56 or 84 mg."""
    assert 0.61 <= share_feeling_it(after_84) <= 0.84
    assert 0.61 <= 0.5 * (share_feeling_it(after_56) + share_feeling_it(after_84)) <= 0.84


def test_the_typical_depth_of_the_usual_infusion_is_light_and_ends_with_it():
    """0.5 mg/kg over 40 min: about 3 of 10 at its end, nothing left at 90 min."""
    depth = typical_depth(INFUSION, Drug.RACEMIC)
    assert 39 <= depth.argmax() <= 45
    assert 2.5 <= depth.max() <= 4.0
    assert depth[90] < 0.1


def test_mean_pressure_rise_at_the_end_of_the_usual_infusion(after_infusion: Curves):
    """741 infusions of 0.5 mg/kg over 40 min: maximum mean change +7.4/+6.0 mmHg at 30-40 min."""
    systolic = after_infusion.of(Quantity.SYSTOLIC_RISE).mean(axis=1)
    diastolic = after_infusion.of(Quantity.DIASTOLIC_RISE).mean(axis=1)
    assert systolic.max() == pytest.approx(7.4, abs=0.3)
    assert diastolic.max() == pytest.approx(6.0, abs=0.3)
    assert 30 <= systolic.argmax() <= 45


def test_pressure_after_the_spray_peaks_near_40_minutes_and_lasts_one_to_four_hours(after_84: Curves):
    """A21: peak near 40 min; lasts about 4 h (US label) or 1-2 h (EU label)."""
    systolic = after_84.of(Quantity.SYSTOLIC_RISE).mean(axis=1)
    assert 25 <= systolic.argmax() <= 45
    assert systolic[60] > 0.7 * systolic.max()
    assert systolic[240] < 0.3 * systolic.max()


def test_pressure_rises_less_than_in_proportion_at_anaesthetic_doses():
    """Långsjö 2005: mean pressure up to +27 % at 1,959 ng/mL of S-ketamine, about 24 mmHg on 90."""
    pressure = people().response.pressure
    share = 1.959 / (pressure.EC50 + 1.959)
    mean_rise = share * (pressure.systolic_Emax + 2.0 * pressure.diastolic_Emax) / 3.0
    assert mean_rise == pytest.approx(0.27 * 90.0, abs=2.0)


def test_a_bolus_raises_pressure_within_minutes_and_within_the_labels_range():
    """Ketamine label: +10 to 50 % after an anaesthetic bolus, peak in minutes; 2 mg/kg on 120 mmHg."""
    bolus = crowd_after(Regimen((Dose(route=Route.IV, amount_mg=140.0),)), Drug.RACEMIC)
    systolic = bolus.of(Quantity.SYSTOLIC_RISE).mean(axis=1)
    assert systolic.argmax() <= 12
    assert 0.10 * 120 <= systolic.max() <= 0.50 * 120


def ever_reached(curves: Curves | None, rng: np.random.Generator) -> tuple[float, float]:
    """Shares of people with any reading of +40 systolic, and of +25 diastolic, in four weeks.

    As the trials counted (A20): twice-weekly sessions for four weeks, readings before and at 40, 60 and 90
    min, every reading with its own cuff error. Nobody's true rise is assumed to differ between sessions.
    """
    response = people().response
    n_subjects, minutes, n_sessions = 4096, [40, 60, 90], 8
    shares = []
    for quantity, sd, limit in (
        (Quantity.SYSTOLIC_RISE, response.likelihood(Sign.SYSTOLIC).sd, 40.0),
        (Quantity.DIASTOLIC_RISE, response.likelihood(Sign.DIASTOLIC).sd, 25.0),
    ):
        rise = curves.of(quantity)[minutes] if curves else np.zeros((3, n_subjects))
        ever = np.zeros(n_subjects, dtype=bool)
        for _ in range(n_sessions):
            before = rng.normal(0.0, sd, n_subjects)
            ever |= (rise + rng.normal(0.0, sd, rise.shape) - before >= limit).any(axis=0)
        shares.append(float(ever.mean()))
    return shares[0], shares[1]


def test_cuff_error_alone_gives_the_rates_seen_on_placebo():
    """A60, A61: 0.5 % systolic and 3 % diastolic on placebo, under 65."""
    systolic, diastolic = ever_reached(None, np.random.default_rng(1))
    assert systolic == pytest.approx(0.005, abs=0.003)
    assert diastolic == pytest.approx(0.03, abs=0.01)


def test_systolic_readings_of_plus_40_are_as_common_as_in_the_trials(after_56: Curves, after_84: Curves):
    """A60: 8 % under 65 after 56 or 84 mg."""
    rng = np.random.default_rng(2)
    rates = [ever_reached(curves, rng)[0] for curves in (after_56, after_84)]
    assert rates[0] < 0.08 < rates[1]
    assert np.mean(rates) == pytest.approx(0.08, abs=0.02)


def test_diastolic_readings_of_plus_25_are_commoner_than_in_the_trials(after_56: Curves, after_84: Curves):
    """A61: 13 % under 65. Missed: a mean rise of 6 mmHg and the cuff's error give about 19 % already."""
    rng = np.random.default_rng(3)
    rates = [ever_reached(curves, rng)[1] for curves in (after_56, after_84)]
    assert 0.13 < rates[0] < rates[1] < 0.26


def ever_scored(score_at_most: int, *crowds: Curves) -> float:
    """Share of people with a true MOAA/S at or under a score at any minute, over equal crowds."""
    return float(
        np.mean([(each.of(Quantity.ALERTNESS) < score_at_most + 0.5).any(axis=0).mean() for each in crowds])
    )


def ever_written(score_at_most: int, curves: Curves, rng: np.random.Generator) -> float:
    """The same as a member of staff would write it, every 15 min for an hour and a half."""
    alertness = curves.of(Quantity.ALERTNESS)[[15, 30, 45, 60, 75, 90]]
    seen = alertness + rng.normal(0.0, people().response.likelihood(Sign.ALERTNESS).sd, alertness.shape)
    return float((seen < score_at_most + 0.5).any(axis=0).mean())


def test_sedation_is_written_as_often_as_in_the_trials(after_56: Curves, after_84: Curves):
    """A11: sedation by MOAA/S in 48-61 % after 56 or 84 mg."""
    rng = np.random.default_rng(4)
    assert 0.48 <= np.mean([ever_written(4, curves, rng) for curves in (after_56, after_84)]) <= 0.61


def test_no_response_at_all_is_as_rare_as_in_the_trials(after_56: Curves, after_84: Curves):
    """A12: MOAA/S 0 in 0.3-0.4 %; of 8192 people that is about 29, SE 5."""
    assert 0.0015 <= ever_scored(0, after_56, after_84) <= 0.0055


def test_sedation_is_mostly_mild(after_56: Curves, after_84: Curves):
    """Sponsor page: mostly MOAA/S 4, so that under half of the sedated go below it."""
    assert ever_scored(3, after_56, after_84) < 0.5 * ever_scored(4, after_56, after_84)


def test_sedation_begins_near_15_minutes_peaks_by_45_and_has_gone_by_90(after_56: Curves, after_84: Curves):
    """Sponsor page: starts about 15 min, peaks 30-45 min, gone by 1-1.5 h."""
    sedated = np.mean([(each.of(Quantity.ALERTNESS) < 4.5).mean(axis=1) for each in (after_56, after_84)], 0)
    assert sedated[5] < 0.02
    assert 0.3 * sedated.max() <= sedated[15] <= 0.8 * sedated.max()
    assert 25 <= sedated.argmax() <= 45
    assert sedated[90] < 0.2 * sedated.max()


def test_the_typical_person_goes_under_at_a_dose_within_the_labels_range_for_induction():
    """Ketamine label: induction at 1 to 4.5 mg/kg IV. Somebody of 70 kg, as a bolus."""
    lowest = {
        dose_mg: typical(people(Drug.RACEMIC))
        .simulate(Regimen((Dose(route=Route.IV, amount_mg=dose_mg),)), FIRST_HOURS, EFFECTS)
        .of(Quantity.ALERTNESS)
        .min()
        for dose_mg in (70.0, 140.0)
    }
    assert lowest[70.0] > 0.5 > lowest[140.0]


def test_heart_rate_rises_as_seen_at_the_end_of_the_usual_infusion(after_infusion: Curves):
    """741 infusions: pulse +1.9 a minute at 30-40 min."""
    rate = after_infusion.of(Quantity.HEART_RATE_RISE).mean(axis=1)
    assert rate.max() == pytest.approx(1.9, abs=0.1)
    assert 30 <= rate.argmax() <= 45


def test_heart_rate_rises_as_seen_at_anaesthetic_levels():
    """Långsjö 2005: up to +43.5 % at 1,959 ng/mL of S-ketamine; on a resting 67 that is 29 a minute."""
    heart_rate = people().response.heart_rate
    mean_rise = heart_rate.Emax * 1.959 / (heart_rate.EC50 + 1.959)
    assert mean_rise == pytest.approx(0.435 * 67.0, abs=1.0)
