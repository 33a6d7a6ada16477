"""The structure of Simons 2022: arterial S-ketamine by film or IV, and its metabolites behind delays.

A film's mucosal part enters blood. Its swallowed part never does: it passes gut and liver straight into
metabolism, where it meets all that blood is cleared of. Half-way compartments, two for each step, delay what
is formed by a mean transit time; each drains at 2 / MTT. A fixed share of it becomes the next substance.

Each substance is counted in its own mass, so a share is multiplied by the ratio of molecular weights.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.analyte import Analyte, Enantiomer, Site
from slackwater.pharma.arrays import Vector
from slackwater.pharma.blueprint import (
    FLOW,
    FRACTION,
    RATE,
    RATIO,
    TIME,
    VOLUME,
    Blueprint,
    Change,
    Form,
    Values,
    stays,
)
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

# g/mol: ketamine C13H16ClNO, norketamine C12H14ClNO, hydroxynorketamine C12H14ClNO2.
KETAMINE_G_MOL, NORKETAMINE_G_MOL, HYDROXYNORKETAMINE_G_MOL = 237.73, 223.70, 239.70

_STEPS = 2


def system(individuals: Individuals) -> System:
    """Every compartment, both routes included."""
    p = individuals
    sketch = Sketch(p.n_subjects)
    sketch.exchange("ketamine", "second", p["Q2"], (p["V1"], p["V2"]))
    sketch.exchange("ketamine", "third", p["Q3"], (p["V1"], p["V3"]))
    if "ke0" in p:
        sketch.follow("ketamine", "effect", p["ke0"])
    sketch.flow("mucosa", "ketamine", p["ka_mucosal"])
    to_norketamine = _chain(sketch, "norketamine", p["MTT_nk"])
    sketch.flow("ketamine", to_norketamine, p["CL"] / p["V1"])
    sketch.flow("gut", "liver", p["ka_swallowed"])
    sketch.flow("liver", to_norketamine, 1.0 / p["MTT_gut"])
    formed = p["fraction_nk"] * (NORKETAMINE_G_MOL / KETAMINE_G_MOL)
    _leave_chain(sketch, "norketamine", p["MTT_nk"], formed)
    sketch.exchange("norketamine", "norketamine tissue", p["Q_nk"], (p["V1"], p["Vp_nk"]))
    to_hydroxynorketamine = _chain(sketch, "hydroxynorketamine", p["MTT_hnk"])
    sketch.flow("norketamine", to_hydroxynorketamine, p["CL_nk"] / p["V1"])
    formed = p["fraction_hnk"] * (HYDROXYNORKETAMINE_G_MOL / NORKETAMINE_G_MOL)
    _leave_chain(sketch, "hydroxynorketamine", p["MTT_hnk"], formed)
    sketch.exchange("hydroxynorketamine", "hydroxynorketamine tissue", p["Q_hnk"], (p["V_hnk"], p["Vp_hnk"]))
    sketch.loss("hydroxynorketamine", p["CL_hnk"] / p["V_hnk"])
    for place in ("ketamine", "mucosa", "gut"):
        sketch.link(inflow(place), place, np.ones(p.n_subjects))
    return sketch.system()


def inputs(individuals: Individuals, dose: Dose) -> tuple[Input, ...]:
    """Where a dose enters. F_swallowed is of the whole film and may pass 1; see the model's caveats."""
    p = individuals
    amount = np.full(p.n_subjects, dose.amount_mg)
    if dose.route is Route.IV:
        return (Input("ketamine", amount, dose.at_h, dose.duration_h),)
    return (
        Input("mucosa", amount * p["f_mucosal"], dose.at_h, _typical(p, "D_mucosal")),
        Input("gut", amount * p["F_swallowed"], dose.at_h, _typical(p, "D_swallowed")),
    )


def _chain(sketch: Sketch, substance: str, MTT: Vector) -> str:
    """The delay before a substance; its entrance."""
    first, last = _steps(substance)
    sketch.flow(first, last, _STEPS / MTT)
    return first


def _leave_chain(sketch: Sketch, substance: str, MTT: Vector, formed: Vector) -> None:
    """What leaves the delay: the share that is formed; the rest is lost."""
    _, last = _steps(substance)
    sketch.link(last, substance, formed * _STEPS / MTT)
    sketch.loss(last, _STEPS / MTT)


def _steps(substance: str) -> tuple[str, str]:
    return f"first before {substance}", f"second before {substance}"


def _typical(p: Individuals, name: str) -> float:
    """Durations carry no spread between people, so the first person's is everybody's."""
    return float(p[name][0])


def _change_exposure(values: Values, _before: Mapping[str, float], change: Change) -> None:
    """Clearance alone: what is swallowed never reaches blood as ketamine, whatever the first pass does."""
    values["CL"] *= change.clearance_factor


def _system_of(individuals: Individuals, _drug: Drug, _form: Form) -> System:
    return system(individuals)


def _inputs_of(individuals: Individuals, dose: Dose, _form: Form) -> tuple[Input, ...]:
    return inputs(individuals, dose)


_PARAMETERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("V1", "V2", "V3", "Vp_nk", "V_hnk", "Vp_hnk"), VOLUME),
        **dict.fromkeys(("CL", "Q2", "Q3", "CL_nk", "Q_nk", "CL_hnk", "Q_hnk"), FLOW),
        **dict.fromkeys(("ka_mucosal", "ka_swallowed"), RATE),
        **dict.fromkeys(("D_mucosal", "D_swallowed", "MTT_gut", "MTT_nk", "MTT_hnk"), TIME),
        **dict.fromkeys(("f_mucosal", "fraction_nk", "fraction_hnk"), FRACTION),
        "F_swallowed": RATIO,
    }
)

# Norketamine shares ketamine's central volume: the paper sets VN1 = VK1.
_READINGS: Final = MappingProxyType(
    {
        (Analyte.S_KETAMINE, Site.ARTERIAL): ("ketamine", "V1"),
        (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "V1"),
        (Analyte.S_NORKETAMINE, Site.ARTERIAL): ("norketamine", "V1"),
        (Analyte.S_HYDROXYNORKETAMINE, Site.ARTERIAL): ("hydroxynorketamine", "V_hnk"),
    }
)

BLUEPRINT: Final = Blueprint(
    parameters=_PARAMETERS,
    routes=frozenset({Route.IV, Route.FILM}),
    forms=MappingProxyType(
        {Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=_READINGS),)}
    ),
    system=_system_of,
    inputs=_inputs_of,
    move_with_person=stays,
    change_exposure=_change_exposure,
)
