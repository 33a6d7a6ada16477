"""The well-stirred structure of RK2: arterial ketamine with a liver that every swallowed dose must pass.

S and R are two such systems that differ in intrinsic clearance only; a racemic dose is half of each. The
liver takes E = CLint / (Qh + CLint) of what flows through it, so that

    CL = Qh * E                 for what is in the blood
    F  = Fgut * (1 - E)         for what is swallowed
    AUC of a swallowed dose = Fgut * dose / CLint

and how a change of intrinsic clearance or of the gut wall shows by each route follows without a further
number. Of what the liver takes, `fm` becomes norketamine; of what the gut wall takes, `gut_yield` does. Both
pass a chain of transit compartments. Norketamine is counted in the mass of the ketamine it came from, as in
Otto 2021.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.analyte import Analyte, Enantiomer, Site
from slackwater.pharma.arrays import Vector
from slackwater.pharma.arterial import averaged_over_sprays
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
    Unit,
    Values,
    stays,
)
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

N_TRANSIT: Final = 1
"""Compartments between ketamine's metabolism and norketamine's appearance, each left at N_TRANSIT / MTT_nk.

One fits best: half the sum of squares is 56.1, with two 57.7 and with three 58.4 (docs/explanation/rk2.md).
"""

_NOSE: Final = MappingProxyType({Route.NASAL_DEVICE: "nose, device", Route.NASAL_SOLUTION: "nose, solution"})
_MUCOSAL: Final = MappingProxyType(
    {
        Route.NASAL_SOLUTION: "solution_f_mucosal",
        Route.LOZENGE: "lozenge_f_mucosal",
        Route.FILM: "film_f_mucosal",
    }
)
# A fraction that passes the gut wall cannot reach 1, whatever an area ratio measured in other people says.
_MOST = 0.99


def extraction(Qh: Vector, CLint: Vector) -> Vector:
    """The share of drug that the liver takes at one pass: E = CLint / (Qh + CLint)."""
    return CLint / (Qh + CLint)


def _system(individuals: Individuals, _drug: Drug, form: Form) -> System:
    """The compartments of one enantiomer, all routes included."""
    p = individuals
    sketch = Sketch(p.n_subjects)
    sketch.exchange("ketamine", "second", p["Q2"], (p["V1"], p["V2"]))
    sketch.exchange("ketamine", "third", p["Q3"], (p["V1"], p["V3"]))
    sketch.exchange("ketamine", "liver", p["Qh"], (p["V1"], p["Vh"]))
    sketch.follow("ketamine", "venous", p["k_venous"])
    sketch.follow("ketamine", "effect", p["ke0"])
    _add_norketamine(sketch, p, p[f"CLint_{form.enantiomer}"] / p["Vh"])
    sketch.flow("muscle", "ketamine", p["ka_im"])
    sketch.flow("nose, device", "ketamine", p["device_ka"])
    sketch.flow("nose, solution", "ketamine", p["solution_ka"])
    sketch.flow("mouth", "ketamine", p["ka_mouth"])
    sketch.link("gut", "liver", p["ka_gut"] * p["Fgut"])
    sketch.loss("gut", p["ka_gut"])
    for place in ("ketamine", "mouth", "gut"):
        sketch.link(inflow(place), place, np.ones(p.n_subjects))
    return sketch.system()


def _add_norketamine(sketch: Sketch, p: Individuals, metabolism: Vector) -> None:
    """metabolism: per hour, of what is in the liver."""
    chain = [f"transit {number}" for number in range(1, N_TRANSIT + 1)]
    sketch.loss("liver", metabolism)
    sketch.link("liver", chain[0], metabolism * p["fm"])
    sketch.link("gut", chain[0], p["ka_gut"] * (1.0 - p["Fgut"]) * p["gut_yield"])
    for here, onward in zip(chain, [*chain[1:], "norketamine"], strict=True):
        sketch.flow(here, onward, N_TRANSIT / p["MTT_nk"])
    sketch.loss("norketamine", p["CL_nk"] / p["V_nk"])
    sketch.exchange("norketamine", "norketamine tissue", p["Q_nk"], (p["V_nk"], p["Vp_nk"]))


def _inputs(individuals: Individuals, dose: Dose, form: Form) -> tuple[Input, ...]:
    """Where a dose enters."""
    p = individuals
    amount = np.full(p.n_subjects, dose.amount_mg * form.share)
    if dose.route is Route.IV:
        return (Input("ketamine", amount, dose.at_h, dose.duration_h),)
    if dose.route is Route.IM:
        return (Input("muscle", amount * p["F_im"], dose.at_h),)
    mucosal, swallowed = taken_up(p, dose)
    gut = Input("gut", amount * swallowed, dose.at_h, _duration(p, "D_gut"))
    if dose.route is Route.ORAL:
        return (gut,)
    if nose := _NOSE.get(dose.route):
        return (Input(nose, amount * mucosal, dose.at_h), gut)
    return (Input("mouth", amount * mucosal, dose.at_h, _duration(p, "D_mouth")), gut)


def taken_up(p: Individuals, dose: Dose) -> tuple[Vector, Vector]:
    """What the mucosa takes up of a dose and what is swallowed, as fractions; some of a solution runs out."""
    if dose.route is Route.ORAL:
        return np.zeros(p.n_subjects), np.ones(p.n_subjects)
    if dose.route is Route.NASAL_DEVICE:
        # The spray's content is a property of the device, the same for everybody.
        n_sprays = dose.amount_mg / float(p["device_spray_mg"][0])
        mucosal = averaged_over_sprays(p["device_f_mucosal"], p["device_later_sprays"], n_sprays)
        return mucosal, 1.0 - mucosal
    mucosal = p[_MUCOSAL[dose.route]]
    if dose.route is Route.NASAL_SOLUTION:
        return mucosal, (1.0 - mucosal) * (1.0 - p["solution_f_lost"])
    return mucosal, 1.0 - mucosal


def _duration(p: Individuals, name: str) -> float:
    """Durations carry no spread between people, so the first person's is everybody's."""
    return float(p[name][0])


def bioavailability(individuals: Individuals, drug: Drug, dose: Dose) -> Vector:
    """The area of all ketamine after this dose over that of the same dose into a vein, shape (n_subjects,).

    F = f_mucosal + f_swallowed * Fgut * (1 - E), each enantiomer weighted with the area that it gives by vein
    """
    p = individuals
    if dose.route is Route.IV:
        return np.ones(p.n_subjects)
    if dose.route is Route.IM:
        return p["F_im"]
    mucosal, swallowed = taken_up(p, dose)
    E = [extraction(p["Qh"], p[f"CLint_{form.enantiomer}"]) for form in _FORMS[drug]]
    area = np.sum([1.0 / each for each in E], axis=0)
    reaching = np.sum([(mucosal + swallowed * p["Fgut"] * (1.0 - each)) / each for each in E], axis=0)
    result: Vector = reaching / area
    return result


def _change_exposure(values: Values, _before: Mapping[str, float], change: Change) -> None:
    """The liver and the gut wall apart, so that the published area ratios come out where they were measured.

    The ratio after a dose into a vein sets intrinsic clearance; what the ratio after a swallowed dose asks
    for beyond that is put to the gut wall. Where only the swallowed one is published the liver is left alone,
    but for what the gut wall cannot give.
    """
    Qh, CLint = values["Qh"], values["CLint_S"]
    intrinsic = 1.0
    if change.systemic_auc_ratio is not None:
        # Clearance cannot reach the liver's blood flow.
        E = min(CLint / (Qh + CLint) / change.systemic_auc_ratio, _MOST)
        intrinsic = E / (1.0 - E) * Qh / CLint
    if change.oral_auc_ratio is not None:
        wanted = values["Fgut"] * change.oral_auc_ratio * intrinsic
        Fgut = min(wanted, _MOST)
        if change.systemic_auc_ratio is None:
            intrinsic *= Fgut / wanted
        values["Fgut"] = Fgut
    values["CLint_S"] *= intrinsic
    values["CLint_R"] *= intrinsic


_PARAMETERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("V1", "V2", "V3", "Vh", "V_nk", "Vp_nk"), VOLUME),
        **dict.fromkeys(("Q2", "Q3", "Qh", "CLint_S", "CLint_R", "CL_nk", "Q_nk"), FLOW),
        **dict.fromkeys(("k_venous", "ka_im", "device_ka", "solution_ka", "ka_mouth", "ka_gut"), RATE),
        **dict.fromkeys(("MTT_nk", "D_gut", "D_mouth"), TIME),
        **dict.fromkeys(("F_im", "Fgut", "fm", "gut_yield"), FRACTION),
        **dict.fromkeys(
            (
                "device_f_mucosal",
                "solution_f_mucosal",
                "solution_f_lost",
                "lozenge_f_mucosal",
                "film_f_mucosal",
            ),
            FRACTION,
        ),
        "device_later_sprays": RATIO,
        "device_spray_mg": (Unit.MILLIGRAM,),
    }
)


def _readings(ketamine: Analyte, norketamine: Analyte) -> dict[tuple[Analyte, Site], tuple[str, str]]:
    return {
        (ketamine, Site.ARTERIAL): ("ketamine", "V1"),
        (ketamine, Site.VENOUS): ("venous", "V1"),
        (norketamine, Site.VENOUS): ("norketamine", "V_nk"),
    }


_READINGS_S: Final = MappingProxyType(
    {
        **_readings(Analyte.S_KETAMINE, Analyte.S_NORKETAMINE),
        (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "V1"),
    }
)
_READINGS_R: Final = MappingProxyType(_readings(Analyte.R_KETAMINE, Analyte.R_NORKETAMINE))
_FORMS: Final = MappingProxyType(
    {
        Drug.RACEMIC: (
            Form(enantiomer=Enantiomer.S, share=0.5, readings=_READINGS_S),
            Form(enantiomer=Enantiomer.R, share=0.5, readings=_READINGS_R),
        ),
        Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=_READINGS_S),),
    }
)

BLUEPRINT: Final = Blueprint(
    parameters=_PARAMETERS,
    routes=frozenset(Route),
    forms=_FORMS,
    system=_system,
    inputs=_inputs,
    move_with_person=stays,
    change_exposure=_change_exposure,
)
