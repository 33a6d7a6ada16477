"""W1's equations as every peer is given them: a 9 x 9 matrix whose ninth state is the infusion's rate."""

NAMES = ("CL", "V1", "Q2", "V2", "Q3", "V3", "kan", "kag", "FN", "FG", "CLM", "VM1", "QM", "VM2", "ke0")
FMM = 0.8 * 223.70 / 237.73
N_STEPS, INFUSION_RATE, INFUSION_MIN, BOLUS_MG, BOLUSES_AT = 480, 35.0 / 40.0, 40, 10.0, (30, 60)
NASAL_MG = 50.0


def entries(p):
    """(to, from, rate per minute): N, G, C, P2, P3, M1, M2, Ce, R."""
    return (
        (0, 0, -p["kan"]),
        (1, 1, -p["kag"]),
        (2, 0, p["kan"]),
        (2, 1, p["kag"]),
        (2, 8, 1.0),
        (2, 2, -(p["CL"] + p["Q2"] + p["Q3"]) / p["V1"]),
        (2, 3, p["Q2"] / p["V2"]),
        (3, 2, p["Q2"] / p["V1"]),
        (3, 3, -p["Q2"] / p["V2"]),
        (2, 4, p["Q3"] / p["V3"]),
        (4, 2, p["Q3"] / p["V1"]),
        (4, 4, -p["Q3"] / p["V3"]),
        (5, 2, FMM * p["CL"] / p["V1"]),
        (5, 5, -(p["CLM"] + p["QM"]) / p["VM1"]),
        (5, 6, p["QM"] / p["VM2"]),
        (6, 5, p["QM"] / p["VM1"]),
        (6, 6, -p["QM"] / p["VM2"]),
        (7, 2, p["ke0"] / p["V1"]),
        (7, 7, -p["ke0"]),
    )
