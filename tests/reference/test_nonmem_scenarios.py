"""What NONMEM printed for scenarios of doses by which mrgsolve's authors hold their tool to it.

Source: repository mrgsolve/nmtests, dosing/1001/TAB (NONMEM 7, ADVAN2; CL 1.1 L/h, V 20 L, ka 1.5 per h),
with its scenarios in shared/data.R; ug/L to five figures. Theirs have F and lag for the central compartment,
which a table of ours lacks; so F is multiplied into AMT and the lag added to TIME. Doses before a reset go
into the depot as infusions there, which we refuse; after the reset nothing of them is left, and that is held.
"""

import numpy as np
import pytest
from tests.reference.small_systems import Mammillary, table

ADVAN2 = Mammillary(CL=1.1, V1=20.0, ka=1.5)
UG_PER_MG = 1000.0

# Name, doses as TIME,AMT,RATE,EVID,CMT,II,ADDL,SS, and ug/L at hours.
DEPOT = ("0,100,0,1,1,24,3,0",)
DEPOT_READ = {1: 3754.4, 2: 4391.2, 24: 1386.5, 25: 5066.8, 50: 5965.1, 74: 6053.8, 96: 1882.3, 130: 290.10}
INFUSION = ("0,100,10,1,2,24,3,0",)
INFUSION_READ = {
    1: 486.50, 2: 946.96, 24: 1780.7, 25: 2171.9, 50: 2968.3, 74: 3082.2, 96: 2417.4, 130: 372.58,
}  # fmt: skip
SCENARIOS = [
    ("1: doses into the depot by ADDL", DEPOT, DEPOT_READ),
    (
        "2: boluses by ADDL after a lag, with F",
        ("12.13,223,0,1,2,24,3,0",),
        {12: 0.0, 13: 10629.0, 36: 2999.9, 37: 13468.0, 61: 14227.0, 85: 14430.0, 130: 1214.4},
    ),
    ("3: infusions by ADDL", INFUSION, INFUSION_READ),
    (
        "4: one infusion with F",
        ("0,240,10,1,2,0,0,0",),
        {1: 486.50, 12: 4392.3, 24: 6662.4, 25: 6305.9, 33: 4061.2},
    ),
    (
        "12: infusions twice as long as their interval, at steady state",
        ("0,100,8.3333,1,2,6,12,1",),
        {
            0: 15152.0,
            6: 15152.0,
            78: 15152.0,
            79: 14746.0,
            84: 13022.0,
            85: 12325.0,
            100: 5401.4,
            130: 1037.3,
        },
    ),
    (
        "14: infusions as long as their interval, at steady state",
        ("0,100,10,1,2,10,8,1",),
        {0: 9090.9, 45: 9090.9, 90: 9090.9, 91: 8604.4, 110: 3026.1, 130: 1007.3},
    ),
    (
        "15: boluses at steady state after a lag, with F",
        ("4,41.2,0,1,2,24,3,1",),
        {4: 2810.9, 5: 2660.5, 24: 935.66, 27: 793.34, 28: 2810.9, 33: 2135.1},
    ),
    (
        "20: a reset that is a dose (EVID 4) with ADDL",
        ("0,100,50,1,2,12,2,0", "50,120,0,4,1,12,3,0"),
        {50: 0.0, 51: 4505.3, 52: 5269.5, 62: 3219.1, 63: 7552.2, 76: 9643.8, 88: 10414.0, 130: 1064.5},
    ),
    (
        "26: a reset (EVID 3), then doses by ADDL",
        ("0,100,50,1,2,12,3,0", "50,0,0,3,2,0,0,0", "54,120,0,1,1,16,2,0"),
        {50: 0.0, 53: 0.0, 54: 0.0, 55: 4505.3, 70: 2583.4, 71: 6950.5, 88: 8543.8, 130: 878.84},
    ),
    (
        "28: a steady state in the depot (SS 1), and another added to it (SS 2)",
        ("0,100,0,1,1,24,3,1", "12,50,0,1,1,24,3,2"),
        {
            0: 1891.9,
            1: 5545.1,
            2: 6086.1,
            12: 4606.4,
            13: 6237.1,
            24: 3722.1,
            25: 7277.4,
            84: 4606.4,
            130: 573.67,
        },
    ),
]


@pytest.mark.parametrize(
    ("doses", "expected"), [case[1:] for case in SCENARIOS], ids=[case[0] for case in SCENARIOS]
)
def test_nonmem_prints_the_same_to_its_five_figures(doses, expected):
    found = ADVAN2.at_rows(table(*doses, read=expected)) * UG_PER_MG
    np.testing.assert_allclose(found, list(expected.values()), rtol=5.1e-5)


def test_doses_into_two_compartments_of_one_table_add_up():
    """The model is linear, so scenarios 1 and 3 in one table give the sum of what NONMEM prints for each."""
    assert list(DEPOT_READ) == list(INFUSION_READ)
    expected = np.add(list(DEPOT_READ.values()), list(INFUSION_READ.values()))
    found = ADVAN2.at_rows(table(*DEPOT, *INFUSION, read=DEPOT_READ)) * UG_PER_MG
    np.testing.assert_allclose(found, expected, rtol=5.1e-5)
