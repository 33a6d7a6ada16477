"""Event tables whose answers public tools have printed, from text to concentration.

NONMEM and mrgsolve: the solutions kept beside Pumas.jl's own tests of dosing events (examples/event_data, ev1
to ev23 with data1 to data23). Unless said otherwise one compartment, CL 1 L/h, V 30 L, ka 1.5 per h; ug/L.
pmxTools: its tests of closed forms (Bertrand & Mentre, Mathematical Expressions of the Pharmacokinetic and
Pharmacodynamic Models implemented in the Monolix software, 2008), four figures.
clinPK: its tests of two compartments against PKPDsim (vancomycin, Thomson 2009), two decimals.
"""

import numpy as np
import pytest
from tests.reference.small_systems import Mammillary, table

UG_PER_MG = 1000.0
PUMAS = Mammillary(CL=1.0, V1=30.0, ka=1.5)

# Name, model, doses as TIME,AMT,RATE,EVID,CMT,II,ADDL,SS, and ug/L at hours.
NONMEM = [
    (
        "ev1: four doses into the gut by ADDL",
        PUMAS,
        ("0,100,0,1,1,12,3,0",),
        {1: 2536.656614773555, 3: 3046.801436924036, 12: 2285.181923201112, 13: 4746.921402057334,
         36: 4843.783659665055, 38: 7550.893209484751, 72: 2485.718067384826},
    ),
    (
        "ev2: four infusions of ten hours by ADDL",
        PUMAS,
        ("0,100,10,1,2,12,3,0",),
        {1: 327.838995179941, 10: 2834.686894262108, 12: 2651.869389959785, 22: 4734.834343720508,
         46: 6862.332554651082, 72: 2884.584127974026},
    ),
    (
        "ev23: mrgsolve's irm1, two compartments with a depot",
        Mammillary(CL=1.0, V1=20.0, around=((2.0, 10.0),), ka=1.0),
        ("0,100,0,1,1,24,3,0",),
        {0.1: 472.2191239730195, 1: 2910.602239061292, 2.4: 3671.184023432923, 6: 2943.111821083658,
         12: 2145.487420498408},
    ),
    (
        "ev7: infusions that overlap at steady state",
        PUMAS,
        ("0,100,10,1,2,6,3,1",),
        {1: 16558.78099785712, 4: 16886.25628320476, 6: 16442.14085365592, 24: 16442.14159645982,
         28: 15637.99044271837, 29: 15125.31613538094, 72: 3607.577779303396},
    ),
    (
        "ev10: an infusion as long as its interval at steady state",
        PUMAS,
        ("0,100,10,1,2,10,3,1",),
        {1: 10_000.0, 25: 10_000.0, 40: 10_000.0},
    ),
    (
        # Its table says F 0.412; what is printed beside it is the solution with F 1.
        "ev11: a gut dose at steady state",
        PUMAS,
        ("0,100,0,1,1,12,3,1",),
        {1: 9240.93026484198, 2: 9503.981140902846, 12: 6931.515898902602, 38: 9503.981482726624,
         72: 3114.530991998285},
    ),
    (
        "ev15: a second drug added to a steady state by SS 2",
        PUMAS,
        ("0,10,0,1,2,24,99,1", "12,20,0,1,2,24,99,2"),
        {0: 605.3220674589887, 1: 585.4772496233888, 13: 1563.411641361469, 23: 1120.233392351052,
         24: 1416.841106712847, 36: 1616.403662543608, 72: 1416.841112667986},
    ),
    (
        "ev16: a second steady state in place of the first by SS 1",
        PUMAS,
        ("0,10,0,1,2,24,0,1", "12,20,0,1,2,24,0,2", "24,10,0,1,2,24,0,1"),
        {1: 585.4772496233888, 13: 1563.411641361469, 25: 585.4772636136622, 48: 271.9887440279502,
         72: 122.212420605623},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "doses", "expected"), [case[1:] for case in NONMEM], ids=[case[0] for case in NONMEM]
)
def test_nonmem_and_mrgsolve_give_the_same(model, doses, expected):
    found = model.at_rows(table(*doses, read=expected)) * UG_PER_MG
    # Their steady states were iterated to seven figures and drift by as much; the rest agrees to nine.
    is_steady = any(dose.endswith(("1", "2")) for dose in doses)
    np.testing.assert_allclose(found, list(expected.values()), rtol=2e-7 if is_steady else 1e-9)


def test_an_infusion_that_has_run_for_ever_ends_at_its_row():
    """ev17: AMT 0, RATE 10, SS 1 at 10 h, then 200 mg over ten hours at 15 h; mg/L to eight figures."""
    expected = {
        11: 9.672161,
        14: 8.7517332,
        15: 8.4648172,
        16: 8.8429855,
        25: 11.73468,
        26: 11.349972,
        60: 3.6542173,
    }
    doses = ("10,0,10,1,2,0,0,1", "15,200,20,1,2,0,0,0")
    found = PUMAS.at_rows(table(*doses, read=expected))
    np.testing.assert_allclose(found, list(expected.values()), rtol=1e-7)


def test_nothing_is_there_before_the_first_row_of_a_steady_state():
    """ev17 again: the steady state is put in at its TIME, and rows before it read 0."""
    assert (PUMAS.at_rows(table("10,0,10,1,2,0,0,1", read=(0, 5, 9))) == 0.0).all()


THREE = {"CL": 87.6, "V1": 20.1, "around": ((111.0, 186.0), (53.4, 749.0))}
TWO = {"CL": 7.5, "V1": 20.0, "around": ((0.5, 30.0),)}
EVERY_3_H = tuple(range(0, 25, 3))
PMXTOOLS = [
    ("one compartment, bolus", Mammillary(CL=6, V1=25), "0,600,0,1,2,0,0,0",
     (24.0, 11.68, 5.686, 2.768, 1.347, 0.6558, 0.3192, 0.1554, 0.07563)),
    ("one compartment, infusion", Mammillary(CL=6, V1=25), "0,600,600,1,2,0,0,0",
     (0, 13.2, 6.427, 3.128, 1.523, 0.7412, 0.3608, 0.1756, 0.08547)),
    ("one compartment, first order", Mammillary(CL=6, V1=25, ka=1.1), "0,600,0,1,1,0,0,0",
     (0, 13.81, 7.231, 3.539, 1.723, 0.8388, 0.4083, 0.1987, 0.09673)),
    ("one compartment, infusion, steady state", Mammillary(CL=2, V1=25), "0,600,600,1,2,24,1,1",
     (4.292, 23.03, 18.12, 14.25, 11.21, 8.819, 6.937, 5.457, 4.292)),
    ("one compartment, first order, steady state", Mammillary(CL=2, V1=25, ka=0.25), "0,600,0,1,1,24,1,1",
     (5.976, 15.82, 17.7, 16.4, 14.07, 11.62, 9.406, 7.522, 5.976)),
    ("two compartments, bolus", Mammillary(**TWO), "0,10,0,1,2,0,0,0",
     (0.5, 0.151, 0.04622, 0.01471, 0.005216, 0.002329, 0.001427, 0.001123, 0.001)),
    ("two compartments, infusion", Mammillary(**TWO), "0,10,10,1,2,0,0,0",
     (0, 0.1855, 0.05658, 0.01783, 0.006158, 0.002617, 0.001519, 0.001156, 0.001015)),
    ("two compartments, first order", Mammillary(**TWO, ka=1.5), "0,10,0,1,1,0,0,0",
     (0, 0.1981, 0.06255, 0.01965, 0.006707, 0.002784, 0.001571, 0.001174, 0.001022)),
    ("three compartments, bolus", Mammillary(**THREE), "0,280,0,1,2,0,0,0",
     (13.93, 0.144, 0.07859, 0.05187, 0.03945, 0.0325, 0.02782, 0.02421, 0.02122)),
    ("three compartments, infusion", Mammillary(**THREE), "0,280,280,1,2,0,0,0",
     (0, 0.1629, 0.08594, 0.05502, 0.04103, 0.03347, 0.02851, 0.02476, 0.02168)),
    ("three compartments, first order", Mammillary(**THREE, ka=1.5), "0,280,0,1,1,0,0,0",
     (0, 0.1884, 0.08987, 0.05655, 0.04174, 0.03386, 0.02878, 0.02497, 0.02185)),
    ("three compartments, bolus, steady state", Mammillary(**THREE), "0,280,0,1,2,12,0,1",
     (14.02, 0.2233, 0.1475, 0.1123, 0.09257, 0.07924, 0.06896, 0.06044, 0.05312)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "dose", "expected"), [case[1:] for case in PMXTOOLS], ids=[case[0] for case in PMXTOOLS]
)
def test_pmxtools_gives_the_same_to_its_four_figures(model, dose, expected):
    found = model.at_rows(table(dose, read=EVERY_3_H))
    np.testing.assert_allclose(found, expected, rtol=5.1e-4)


VANCOMYCIN = Mammillary(CL=2.99, V1=54.0, around=((2.28, 58.56),))
CLINPK = [
    ("bolus", "0,1000,0,1,2,0,0,0", range(5), (18.52, 16.81, 15.29, 13.93, 12.71)),
    ("infusions every 12 h", "0,1000,500,1,2,12,1,0", (0, 1, 2, 3, 4, 12, 13, 14, 15, 16, 17),
     (0, 8.82, 16.84, 15.31, 13.95, 7.14, 15.46, 23.03, 21.09, 19.36, 17.81)),
    ("infusions at steady state", "0,1000,500,1,2,12,1,1", range(5), (21.25, 29.2, 36.41, 34.14, 32.09)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("dose", "hours", "expected"), [case[1:] for case in CLINPK], ids=[case[0] for case in CLINPK]
)
def test_clinpk_and_pkpdsim_give_the_same_to_two_decimals(dose, hours, expected):
    found = VANCOMYCIN.at_rows(table(dose, read=hours))
    np.testing.assert_allclose(found, expected, atol=0.0051)


def test_mrgsolve_gives_the_same_peak_and_areas():
    """Its author's gist d5b1d588eb3a9c8996e342ca4c25e5ca: pk2, 100 mg, every 0.05 h to 36 h."""
    hours = np.arange(721) / 20
    found = Mammillary(CL=1.0, V1=20.0, around=((2.0, 10.0),), ka=1.0).at_rows(
        table("0,100,0,1,1,0,0,0", read=hours)
    )
    assert round(float(found.max()), 6) == 3.671298
    assert float(np.trapezoid(found, hours)) == pytest.approx(68.80677, abs=6e-6)
