"""libroadrunner: one person at a time by CVODE, the model compiled once, tolerances 1e-8 and 1e-10."""

# ruff: noqa: FBT003  # this tool takes its flags by place
import numpy as np
import roadrunner
from w1_matrix import BOLUS_MG, BOLUSES_AT, FMM, INFUSION_MIN, INFUSION_RATE, N_STEPS, NAMES, NASAL_MG

RATES = {
    "N": "-kan*N",
    "G": "-kag*G",
    "C": "kan*N + kag*G + R - CL*C/V1 - Q2*(C/V1 - P2/V2) - Q3*(C/V1 - P3/V3)",
    "P2": "Q2*(C/V1 - P2/V2)",
    "P3": "Q3*(C/V1 - P3/V3)",
    "M1": f"{FMM!r}*CL*C/V1 - CLM*M1/VM1 - QM*(M1/VM1 - M2/VM2)",
    "M2": "QM*(M1/VM1 - M2/VM2)",
    "Ce": "ke0*(C/V1 - Ce)",
}


def model():
    made = roadrunner.RoadRunner()
    made.addCompartment("everywhere", 1.0, False)
    for name in (*NAMES, *RATES, "R"):
        made.addParameter(name, 1.0, False)
    for name, rate in RATES.items():
        made.addRateRule(name, rate, False)
    for minute in BOLUSES_AT:
        made.addEvent(f"bolus{minute}", True, f"time >= {minute}", False)
        made.addEventAssignment(f"bolus{minute}", "C", f"C + {BOLUS_MG}", False)
    made.addEvent("end", True, f"time >= {INFUSION_MIN}", False)
    made.addEventAssignment("end", "R", "0", True)
    made.integrator.relative_tolerance, made.integrator.absolute_tolerance = 1e-8, 1e-10
    made.timeCourseSelections = ["C", "M1", "Ce"]
    return made


def prepared(theta):
    made = model()

    def one(person):
        p = dict(zip(NAMES, map(float, person), strict=True))
        made.resetAll()
        start = dict.fromkeys(RATES, 0.0) | {"N": NASAL_MG * p["FN"], "G": NASAL_MG * p["FG"]}
        for name, value in (p | start | {"R": INFUSION_RATE}).items():
            made[name] = value
        rows = np.array(made.simulate(0, N_STEPS, N_STEPS + 1))
        return rows / (p["V1"], p["VM1"], 1.0)

    return (
        lambda: np.array([one(person) for person in theta]),
        f"libroadrunner {roadrunner.__version__}, CVODE 1e-8",
    )
