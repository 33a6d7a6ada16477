"""4096 virtual patients, 481 points, five doses: simulated and summarised, beside scipy."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from benchmarks.result import Result, against, alone
from slackwater.catalogue.loader import load
from slackwater.pharma import arterial, crowd
from slackwater.pharma.arterial import Enantiomer
from slackwater.pharma.compartments import Input, System
from slackwater.pharma.crowd import Crowd, Population
from slackwater.pharma.person import Person
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.pharma.schedule import inflow
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex

N_SUBJECTS = 4096
# The peers take a patient at a time, so they are given these many and the time is scaled.
PEER_SUBJECTS = 8
ROUNDS = 5
TIME_H = np.arange(481) / 60.0
WORKLOAD = "4096 people x 481 points, racemic, five doses by five routes"
SUMMARISED = f"{WORKLOAD}, with bands and summaries of all 13 quantities"
REGIMEN = Regimen(
    (
        Dose(route=Route.IV, amount_mg=35.0, duration_h=40 / 60),
        Dose(route=Route.IM, amount_mg=20.0, at_h=0.5),
        Dose(route=Route.LOZENGE, amount_mg=100.0, at_h=1.0),
        Dose(route=Route.ORAL, amount_mg=50.0, at_h=1.5),
        Dose(route=Route.NASAL_SOLUTION, amount_mg=30.0, at_h=2.0),
    )
)
Array = NDArray[np.float64]


@dataclass(frozen=True)
class OneSystem:
    """One enantiomer of one patient as a dense matrix, with its doses."""

    A: Array
    states: tuple[str, ...]
    inputs: tuple[Input, ...]
    person: int

    def events(self) -> list[tuple[float, int, float, bool]]:
        """Instants, in order: (hours, state, value, whether it sets a rate)."""
        found = []
        for each in self.inputs:
            amount = float(each.amount[self.person])
            if each.duration_h == 0:
                found.append((each.at_h, self.states.index(each.state), amount, False))
            else:
                place = self.states.index(inflow(each.state))
                found.append((each.at_h, place, amount / each.duration_h, True))
                found.append((each.at_h + each.duration_h, place, 0.0, True))
        return sorted(found)


def population() -> Population:
    data = load()
    person = Person(weight_kg=70.0, age_years=34.0, sex=Sex.FEMALE)
    return Population(model=data.default_model, response=data.response, person=person, drug=Drug.RACEMIC)


def ours(people: Crowd) -> None:
    curves = people.simulate(REGIMEN, TIME_H)
    for quantity in people.quantities:
        curves.band(quantity)
        curves.summary(quantity)


def peer_systems(people: Crowd) -> list[OneSystem]:
    p = people.groups()[0].people
    found = []
    for form in (Enantiomer.S, Enantiomer.R):
        system = arterial.system(p, Drug.RACEMIC, form)
        inputs = tuple(each for dose in REGIMEN.doses for each in arterial.inputs(p, dose, 0.5))
        needed = [inflow(each.state) if each.duration_h else each.state for each in inputs]
        live = system.fed_by(needed)
        found += [OneSystem(dense(live, i), live.states, inputs, i) for i in range(PEER_SUBJECTS)]
    return found


def dense(system: System, person: int) -> Array:
    A = np.diag(-system.losses[:, person])
    A[system.targets, system.sources] += system.rates[:, person]
    return A


def by_lsoda(one: OneSystem) -> Array:
    """Restarted at each event, as any user of it must."""
    A = one.A
    x, out, start = np.zeros(len(A)), np.zeros((TIME_H.size, len(A))), 0.0
    events = [*one.events(), (TIME_H[-1], -1, 0.0, False)]
    for at, state, value, is_rate in events:
        if at > start:
            inside = (start < TIME_H) & (at >= TIME_H)
            wanted = np.unique(np.append(TIME_H[inside], at))
            found = solve_ivp(
                lambda _, y: A @ y, (start, at), x, "LSODA", wanted, rtol=1e-8, atol=1e-10, jac=lambda *_: A
            )
            out[inside], x, start = found.y.T[: inside.sum()], found.y[:, -1].copy(), at
        if state >= 0:
            x[state] = value if is_rate else x[state] + value
    return out


def by_expm(one: OneSystem) -> Array:
    """One matrix exponential for the grid, then a product a minute; events on the grid's instants only."""
    phi = expm(one.A / 60.0)
    due: dict[int, list[tuple[int, float, bool]]] = {}
    for at, state, value, is_rate in one.events():
        due.setdefault(round(at * 60), []).append((state, value, is_rate))
    x, out = np.zeros(len(one.A)), np.zeros((TIME_H.size, len(one.A)))
    for k in range(TIME_H.size):
        x = phi @ x if k else x
        for state, value, is_rate in due.get(k, ()):
            x[state] = value if is_rate else x[state] + value
        out[k] = x
    return out


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def run() -> list[Result]:
    people = crowd.draw(population(), n_subjects=N_SUBJECTS, seed=1)
    systems = peer_systems(crowd.draw(population(), n_subjects=PEER_SUBJECTS, seed=1))
    ours(people)
    scale = N_SUBJECTS / PEER_SUBJECTS
    taken: dict[str, list[float]] = {"ours": [], "curves": [], "lsoda": [], "expm": [], "depth": []}
    for _ in range(ROUNDS):
        taken["curves"].append(timed(lambda: people.simulate(REGIMEN, TIME_H)))
        taken["ours"].append(timed(lambda: ours(people)))
        taken["lsoda"].append(timed(lambda: [by_lsoda(one) for one in systems]) * scale)
        taken["expm"].append(timed(lambda: [by_expm(one) for one in systems]) * scale)
        taken["depth"].append(
            timed(lambda: people.simulate(REGIMEN, TIME_H, [Quantity.DEPTH]).band(Quantity.DEPTH))
        )
    middle = {name: statistics.median(times) for name, times in taken.items()}
    scaled = f"scipy, one patient at a time ({PEER_SUBJECTS} run, time scaled; curves only)"
    lsoda, stepping = f"solve_ivp LSODA 1e-8, {scaled}", f"expm stepping, {scaled}"
    return [
        against("simulate and summarise", SUMMARISED, middle["ours"], lsoda, middle["lsoda"]),
        against("simulate and summarise", SUMMARISED, middle["ours"], stepping, middle["expm"]),
        against("simulate", WORKLOAD, middle["curves"], lsoda, middle["lsoda"]),
        against("simulate", WORKLOAD, middle["curves"], stepping, middle["expm"]),
        alone("depth band", "the same people and doses, depth only, as the room asks", middle["depth"]),
    ]
