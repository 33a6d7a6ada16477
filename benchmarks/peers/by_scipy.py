"""SciPy: one person at a time, one matrix exponential and a product a minute."""

import numpy as np
import scipy
from scipy.linalg import expm
from w1_matrix import BOLUS_MG, BOLUSES_AT, INFUSION_MIN, INFUSION_RATE, N_STEPS, NAMES, NASAL_MG, entries


def one(theta):
    p = dict(zip(NAMES, theta, strict=True))
    A = np.zeros((9, 9))
    for to, state, rate in entries(p):
        A[to, state] = rate
    phi, x = expm(A), np.zeros(9)
    x[[0, 1, 8]] = NASAL_MG * p["FN"], NASAL_MG * p["FG"], INFUSION_RATE
    rows = [x[[2, 5, 7]]]
    for minute in range(1, N_STEPS + 1):
        x = phi @ x
        if minute in BOLUSES_AT:
            x[2] += BOLUS_MG
        if minute == INFUSION_MIN:
            x[8] = 0.0
        rows.append(x[[2, 5, 7]])
    return np.array(rows) / (p["V1"], p["VM1"], 1.0)


def prepared(theta):
    return lambda: np.array([one(row) for row in theta]), f"SciPy {scipy.__version__}, expm and a loop"
