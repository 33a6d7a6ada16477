"""The arterial structure of RK1: one enantiomer's compartments, and where each route's doses enter them.

S and R are two such systems that differ in clearance only; a racemic dose is half of each. What is swallowed
reaches the blood as ketamine (F) or, by first pass, as norketamine ((1 - F) * yield); the rest is lost.
Norketamine is counted in the mass of the ketamine it came from, as in Otto 2021.
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
    Parameters,
    Unit,
    Values,
    stays,
)
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
from slackwater.pharma.subjects import Individuals
from slackwater.pharma.variability import with_odds
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_IN_MOUTH_OR_NOSE = {
    Route.NASAL_DEVICE: "device",
    Route.NASAL_SOLUTION: "solution",
    Route.LOZENGE: "lozenge",
    Route.FILM: "film",
}


def system(individuals: Individuals, drug: Drug, enantiomer: Enantiomer) -> System:
    """The compartments of one enantiomer, all routes included."""
    p = individuals
    CL = p["CL"] * p[f"CL_factor_{enantiomer}"]
    F_oral = p[f"F_oral_{drug}"]
    sketch = Sketch(p.n_subjects)
    sketch.flow("ketamine", "norketamine", CL / p["V1"])
    sketch.exchange("ketamine", "second", p["Q2"], (p["V1"], p["V2"]))
    sketch.exchange("ketamine", "third", p["Q3"], (p["V1"], p["V3"]))
    sketch.follow("ketamine", "venous", p["k_venous"])
    if "ke0" in p:
        sketch.follow("ketamine", "effect", p["ke0"])
    sketch.loss("norketamine", p["CL_nk"] / p["V_nk"])
    sketch.exchange("norketamine", "norketamine tissue", p["Q_nk"], (p["V_nk"], p["Vp_nk"]))
    sketch.flow("muscle", "ketamine", p["ka_im"])
    _add_gut(sketch, "stomach", p["ka_oral"], F_oral, p["first_pass_yield"])
    for place in _IN_MOUTH_OR_NOSE.values():
        sketch.flow(f"{place} mucosa", "ketamine", p[f"{place}_ka_mucosal"])
        _add_gut(sketch, f"{place} gut", p[f"{place}_ka_swallowed"], F_oral, p["first_pass_yield"])
        sketch.link(inflow(f"{place} mucosa"), f"{place} mucosa", np.ones(p.n_subjects))
    sketch.link(inflow("ketamine"), "ketamine", np.ones(p.n_subjects))
    return sketch.system()


def inputs(individuals: Individuals, dose: Dose, share: float) -> tuple[Input, ...]:
    """Where a dose enters.

    share: of the dose that is this enantiomer
    """
    p = individuals
    amount = np.full(p.n_subjects, dose.amount_mg * share)
    if dose.route is Route.IV:
        return (Input("ketamine", amount, dose.at_h, dose.duration_h),)
    if dose.route is Route.IM:
        return (Input("muscle", amount * p["F_im"], dose.at_h),)
    if dose.route is Route.ORAL:
        return (Input("stomach", amount, dose.at_h, _duration(p, "D_oral")),)
    place = _IN_MOUTH_OR_NOSE[dose.route]
    mucosal = _mucosal_fraction(p, dose)
    mucosal_h = 0.0 if dose.route is Route.NASAL_DEVICE else _duration(p, f"{place}_D_mucosal")
    return (
        Input(f"{place} mucosa", amount * mucosal, dose.at_h, mucosal_h),
        Input(
            f"{place} gut",
            amount * (1.0 - mucosal) * _swallowed_share(p, dose.route),
            dose.at_h,
            _duration(p, f"{place}_D_swallowed"),
        ),
    )


def averaged_over_sprays(first: Vector, later: Vector, n_sprays: float) -> Vector:
    """The mucosal fraction of a whole dose when sprays after the first keep only `later` of it.

    f * (1 + (N - 1) * later) / N
    """
    n_sprays = max(n_sprays, 1.0)
    result: Vector = first * (1.0 + (n_sprays - 1.0) * later) / n_sprays
    return result


def _mucosal_fraction(p: Individuals, dose: Dose) -> Vector:
    if dose.route is not Route.NASAL_DEVICE:
        return p[f"{_IN_MOUTH_OR_NOSE[dose.route]}_f_mucosal"]
    # The spray's content is a property of the device, the same for everybody.
    n_sprays = dose.amount_mg / float(p["device_spray_mg"][0])
    return averaged_over_sprays(p["device_f_mucosal"], p["device_later_sprays"], n_sprays)


def _swallowed_share(p: Individuals, route: Route) -> Vector:
    """Of what the mucosa does not take up, the share that is swallowed; a nasal solution partly runs out.

    Kept in proportion, so that a person whose nose takes up more swallows less and loses less.
    """
    if route is not Route.NASAL_SOLUTION:
        return np.ones(p.n_subjects)
    swallowed = p["solution_f_swallowed"]
    share: Vector = swallowed / (swallowed + p["solution_f_lost"])
    return share


def _add_gut(sketch: Sketch, gut: str, ka: Vector, F: Vector, first_pass_yield: Vector) -> None:
    sketch.link(gut, "ketamine", ka * F)
    sketch.link(gut, "norketamine", ka * (1.0 - F) * first_pass_yield)
    sketch.loss(gut, ka)
    sketch.link(inflow(gut), gut, np.ones(F.size))


def _duration(p: Individuals, name: str) -> float:
    """Durations carry no spread between people, so the first person's is everybody's."""
    return float(p[name][0])


def _change_exposure(values: Values, before: Mapping[str, float], change: Change) -> None:
    """Clearance and first pass apart.

    The first-pass ratio was measured with swallowed S-ketamine; the change of odds it gives there is used for
    every swallowed fraction.
    """
    values["CL"] *= change.clearance_factor
    odds = change.first_pass_factor(before["F_oral_esketamine"])
    for name in ("F_oral_racemic", "F_oral_esketamine"):
        values[name] = float(with_odds(values[name], odds))


_MOUTH: Final[Parameters] = {"f_mucosal": FRACTION, "D_mucosal": TIME, "ka_mucosal": RATE}
_GUT: Final[Parameters] = {"D_swallowed": TIME, "ka_swallowed": RATE}

_PARAMETERS: Final[Parameters] = MappingProxyType(
    {
        **dict.fromkeys(("V1", "V2", "V3", "V_nk", "Vp_nk"), VOLUME),
        **dict.fromkeys(("CL", "Q2", "Q3", "CL_nk", "Q_nk"), FLOW),
        **dict.fromkeys(("CL_factor_S", "CL_factor_R"), RATIO),
        **dict.fromkeys(("k_venous", "ka_im", "ka_oral"), RATE),
        **dict.fromkeys(("F_im", "F_oral_racemic", "F_oral_esketamine", "first_pass_yield"), FRACTION),
        "D_oral": TIME,
        "device_f_mucosal": FRACTION,
        "device_later_sprays": RATIO,
        "device_spray_mg": (Unit.MILLIGRAM,),
        "device_ka_mucosal": RATE,
        **{f"device_{name}": unit for name, unit in _GUT.items()},
        **{f"solution_{name}": unit for name, unit in {**_MOUTH, **_GUT}.items()},
        "solution_f_swallowed": FRACTION,
        "solution_f_lost": FRACTION,
        **{f"lozenge_{name}": unit for name, unit in {**_MOUTH, **_GUT}.items()},
        **{f"film_{name}": unit for name, unit in {**_MOUTH, **_GUT}.items()},
    }
)

_S: Final = MappingProxyType(
    {
        (Analyte.S_KETAMINE, Site.ARTERIAL): ("ketamine", "V1"),
        (Analyte.S_KETAMINE, Site.VENOUS): ("venous", "V1"),
        (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "V1"),
        (Analyte.S_NORKETAMINE, Site.VENOUS): ("norketamine", "V_nk"),
    }
)
_R: Final = MappingProxyType(
    {
        (Analyte.R_KETAMINE, Site.ARTERIAL): ("ketamine", "V1"),
        (Analyte.R_KETAMINE, Site.VENOUS): ("venous", "V1"),
        (Analyte.R_NORKETAMINE, Site.VENOUS): ("norketamine", "V_nk"),
    }
)


def _system_of(individuals: Individuals, drug: Drug, form: Form) -> System:
    return system(individuals, drug, form.enantiomer)


def _inputs_of(individuals: Individuals, dose: Dose, form: Form) -> tuple[Input, ...]:
    return inputs(individuals, dose, form.share)


BLUEPRINT: Final = Blueprint(
    parameters=_PARAMETERS,
    routes=frozenset(Route),
    forms=MappingProxyType(
        {
            Drug.RACEMIC: (
                Form(enantiomer=Enantiomer.S, share=0.5, readings=_S),
                Form(enantiomer=Enantiomer.R, share=0.5, readings=_R),
            ),
            Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=_S),),
        }
    ),
    system=_system_of,
    inputs=_inputs_of,
    move_with_person=stays,
    change_exposure=_change_exposure,
)
