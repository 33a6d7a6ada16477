"""The solver on the textbook's systems: closed forms, and figures that another tool gave for ketamine.

Closed forms: Gabrielsson & Weiner, Pharmacokinetic and Pharmacodynamic Data Analysis; Rowland & Tozer,
Clinical Pharmacokinetics and Pharmacodynamics. k = CL / V throughout.
"""

import math

import numpy as np
import pytest
from tests.reference.small_systems import Mammillary, table

from slackwater.terms.refusal import RefusedError

CL, V, KA, DOSE = 12.0, 40.0, 2.2, 80.0
K = CL / V
HOURS = (0.25, 1.0, 3.5, 11.0)


def bolus_every(tau, t):
    """C(t) = D/V * exp(-k t) / (1 - exp(-k tau)), t after the last dose."""
    return DOSE / V * math.exp(-K * t) / -math.expm1(-K * tau)


def infusion_every(tau, T, t):
    """While it runs what is left of the last one, and what has come in; after it the sum falls."""
    R_CL = DOSE / T / CL
    left = R_CL * -math.expm1(-K * T) * math.exp(-K * (tau - T)) / -math.expm1(-K * tau)
    if t <= T:
        return left * math.exp(-K * t) + R_CL * -math.expm1(-K * t)
    return infusion_every(tau, T, T) * math.exp(-K * (t - T))


def oral_every(tau, t):
    """C(t) = D ka / (V (ka - k)) * (exp(-k t) / (1 - exp(-k tau)) - exp(-ka t) / (1 - exp(-ka tau)))."""
    slow, fast = (math.exp(-r * t) / -math.expm1(-r * tau) for r in (K, KA))
    return DOSE * KA / (V * (KA - K)) * (slow - fast)


@pytest.mark.parametrize("tau", [12.0, 24.0])
@pytest.mark.parametrize(
    ("dose", "closed_form"),
    [
        (f"0,{DOSE},0,1,2,TAU,0,1", bolus_every),
        (f"0,{DOSE},{DOSE / 2},1,2,TAU,0,1", lambda tau, t: infusion_every(tau, 2.0, t)),
        (f"0,{DOSE},0,1,1,TAU,0,1", oral_every),
    ],
    ids=["bolus", "infusion", "first order"],
)
def test_a_steady_state_is_the_closed_form_to_nine_figures(dose, closed_form, tau):
    found = Mammillary(CL=CL, V1=V, ka=KA).at_rows(table(dose.replace("TAU", str(tau)), read=HOURS))
    np.testing.assert_allclose(found, [closed_form(tau, t) for t in HOURS], rtol=1e-9)


def test_a_steady_state_that_takes_thousands_of_doses_is_right_too():
    """A half-life of 231 h and a dose every hour: 33 half-lives make 7,700 doses."""
    slow = Mammillary(CL=0.15, V1=50.0)
    found = slow.at_rows(table("0,10,0,1,2,1,0,1", read=(0.5,)))
    np.testing.assert_allclose(found, 10 / 50 * math.exp(-0.0015) / -math.expm1(-0.003), rtol=1e-9)


def test_a_steady_state_that_is_never_reached_is_refused():
    stays = Mammillary(CL=1e-6, V1=50.0)
    with pytest.raises(RefusedError, match="do not make a steady state"):
        stays.at_rows(table("0,10,0,1,2,1,0,1", read=(0.5,)))


def test_the_average_at_steady_state_is_dose_over_clearance_and_interval():
    """Css = F D / (CL tau), whatever the absorption (Rowland & Tozer); the area by Simpson's rule."""
    hours = np.linspace(0.0, 12.0, 481)
    found = Mammillary(CL=CL, V1=V, ka=KA, around=((5.0, 60.0),)).at_rows(
        table(f"0,{DOSE},0,1,1,12,1,1", read=hours)
    )
    weights = np.where(np.arange(481) % 2, 4.0, 2.0)
    weights[[0, -1]] = 1.0
    average = float(weights @ found) * (hours[1] / 3.0) / 12.0
    assert average == pytest.approx(DOSE / (CL * 12.0), rel=1e-7)


def from_rates(V1, k10, k12, k21, k13=0.0, k31=1.0):
    """Rates per minute and V1 in L to flows in L/h."""
    around = [(k12 * V1 * 60, k12 / k21 * V1)] + ([(k13 * V1 * 60, k13 / k31 * V1)] if k13 else [])
    return Mammillary(CL=k10 * V1 * 60, V1=V1, around=tuple(around))


# Of opentiva 1.1.2 for 70 kg, 175 cm, 35 years and 35 mg over 40 min: ng/mL at the peak, 60 and 120 min.
OPENTIVA = {
    "Clements": (from_rates(1.7522 * 70, 0.0109, 0.0186, 0.0137), (177, 115, 59)),
    "Hijazi": (from_rates(1.08 * 70, 0.0333, 0.0088, 0.0030), (225, 100, 13)),
    "Domino": (from_rates(0.063 * 70, 0.4381, 0.5921, 0.2470, 0.5900, 0.0146), (240, 55, 36)),
    "Kamp": (Mammillary(CL=84.0, V1=25.0, around=((161.0, 56.0), (79.0, 157.0))), (253, 96, 50)),
    "Herd": (Mammillary(CL=90.0, V1=38.7, around=((215.0, 102.0),)), (253, 119, 68)),
    "Hornik": (Mammillary(CL=38.9, V1=32.8, around=((54.9, 152.0),)), (496, 223, 71)),
}


@pytest.mark.parametrize("name", OPENTIVA)
def test_opentiva_gives_the_same_for_each_of_its_ketamine_models(name):
    model, expected = OPENTIVA[name]
    minutes = (40, 60, 120)
    found = 1000 * model.at_rows(table("0,35,52.5,1,2,0,0,0", read=[minute / 60 for minute in minutes]))
    np.testing.assert_allclose(found, expected, atol=0.5)
