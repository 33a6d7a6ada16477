"""W1 of the performance protocol: eight states, three outputs, 481 minutes, and a crowd that is never ours.

The numbers are round ones, like ketamine's, chosen for the benchmark; they are no published model. Units are
minutes, litres and milligrams; the engine is told that a minute is an hour, which changes no number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slackwater.pharma.compartments import Input, Output, Sketch, System
from slackwater.pharma.schedule import inflow

Array = NDArray[np.float64]

TYPICAL = {
    "CL": 1.2, "V1": 20.0, "Q2": 1.5, "V2": 40.0, "Q3": 0.6, "V3": 120.0, "kan": 0.08, "kag": 0.02,
    "FN": 0.40, "FG": 0.12, "CLM": 0.9, "VM1": 30.0, "QM": 1.0, "VM2": 80.0, "ke0": 0.20,
}  # fmt: skip
OMEGA = (0.25, 0.35, 0.30, 0.30, 0.35, 0.35, 0.50, 0.50, 0.25, 0.40, 0.30, 0.30, 0.30, 0.30, 0.40)
SEED = 20260101
LARGEST_FRACTION = 0.95
# What is formed as metabolite, times the ratio of the two molar masses.
FMM = 0.8 * 223.70 / 237.73
TIME = np.arange(481.0)
NASAL_MG, INFUSION_MG, INFUSION_MIN = 50.0, 35.0, 40.0
BOLUS_MG, BOLUSES_AT = 10.0, (30.0, 60.0)
N_POINTS = TIME.size


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """theta: (n_subjects, 15), columns in the order of TYPICAL"""

    theta: Array

    @property
    def n_subjects(self) -> int:
        return len(self.theta)

    def __getitem__(self, name: str) -> Array:
        return np.ascontiguousarray(self.theta[:, list(TYPICAL).index(name)])

    def columns(self) -> dict[str, Array]:
        """All of them, read in one sweep."""
        return dict(zip(TYPICAL, np.ascontiguousarray(self.theta.T), strict=True))

    def some(self, which: Array) -> "Workload":
        return Workload(self.theta[which])


def drawn(n_subjects: int) -> Workload:
    """A smaller crowd is the beginning of a larger one."""
    return people_of(np.random.default_rng(SEED).standard_normal((n_subjects, len(OMEGA))))


def people_of(z: Array) -> Workload:
    """Whom these deviates stand for, (n_subjects, 15)."""
    theta = np.array(list(TYPICAL.values())) * np.exp(np.array(OMEGA) * z)
    for name in ("FN", "FG"):
        column = list(TYPICAL).index(name)
        theta[:, column] = np.minimum(theta[:, column], LARGEST_FRACTION)
    return Workload(theta)


def checked(people: Workload) -> Array:
    """The first sixteen and four extremes: fastest and slowest centre, largest kan, largest ke0."""
    centre = (people["CL"] + people["Q2"] + people["Q3"]) / people["V1"]
    extremes = [centre.argmax(), centre.argmin(), people["kan"].argmax(), people["ke0"].argmax()]
    return np.array([*range(16), *extremes])


def system(people: Workload) -> System:
    sketch, p = Sketch(people.n_subjects), people.columns()
    sketch.flow("nose", "centre", p["kan"])
    sketch.flow("gut", "centre", p["kag"])
    sketch.link("centre", "metabolite", FMM * p["CL"] / p["V1"])
    sketch.loss("centre", p["CL"] / p["V1"])
    sketch.exchange("centre", "second", p["Q2"], (p["V1"], p["V2"]))
    sketch.exchange("centre", "third", p["Q3"], (p["V1"], p["V3"]))
    sketch.loss("metabolite", p["CLM"] / p["VM1"])
    sketch.exchange("metabolite", "metabolite tissue", p["QM"], (p["VM1"], p["VM2"]))
    # The effect is followed as an amount in the central volume, and read over it.
    sketch.follow("centre", "effect", p["ke0"])
    sketch.link(inflow("centre"), "centre", np.ones(people.n_subjects))
    return sketch.system()


def inputs(p: Workload) -> list[Input]:
    everybody = np.ones(p.n_subjects)
    return [
        Input("nose", NASAL_MG * p["FN"], 0.0),
        Input("gut", NASAL_MG * p["FG"], 0.0),
        Input("centre", INFUSION_MG * everybody, 0.0, INFUSION_MIN),
        *(Input("centre", BOLUS_MG * everybody, at) for at in BOLUSES_AT),
    ]


def outputs(p: Workload) -> list[Output]:
    return [
        Output("centre", 1.0 / p["V1"]),
        Output("metabolite", 1.0 / p["VM1"]),
        Output("effect", 1.0 / p["V1"]),
    ]
