"""The hepato-portal structure of Perez-Ruixo 2021: S-ketamine with a liver that swallowed drug must pass."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.analyte import Analyte, Enantiomer, Site
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
)
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
from slackwater.pharma.subjects import Individuals
from slackwater.pharma.variability import with_odds
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


def system(individuals: Individuals) -> System:
    p = individuals
    sketch = Sketch(p.n_subjects)
    sketch.exchange("ketamine", "second", p["Q1"], (p["Vc"], p["Vp1"]))
    sketch.exchange("ketamine", "third", p["Q2"], (p["Vc"], p["Vp2"]))
    sketch.exchange("ketamine", "liver", p["Qh"], (p["Vc"], p["Vh"]))
    sketch.loss("liver", p["kel"])
    sketch.flow("liver", "norketamine", p["kmet"])
    sketch.loss("norketamine", p["CL_nk"] / p["V_nk"])
    sketch.exchange("norketamine", "norketamine tissue", p["Q_nk"], (p["V_nk"], p["Vp_nk"]))
    sketch.flow("nose", "ketamine", p["ka_n"])
    sketch.flow("swallowed", "liver", p["ka_swallowed"])
    sketch.flow("stomach", "liver", p["ka_oral"])
    if "ke0" in p:
        sketch.follow("ketamine", "effect", p["ke0"])
    for place in ("ketamine", "swallowed", "stomach"):
        sketch.link(inflow(place), place, np.ones(p.n_subjects))
    return sketch.system()


def inputs(individuals: Individuals, dose: Dose) -> tuple[Input, ...]:
    """Where a dose enters: F_gut of what is swallowed reaches the liver, the rest is lost in the gut."""
    p = individuals
    amount = np.full(p.n_subjects, dose.amount_mg)
    if dose.route is Route.IV:
        return (Input("ketamine", amount, dose.at_h, dose.duration_h),)
    if dose.route is Route.ORAL:
        return (Input("stomach", amount * p["Fgut"], dose.at_h, float(p["D_oral"][0])),)
    n_sprays = dose.amount_mg / float(p["spray_mg"][0])
    nasal = averaged_over_sprays(p["FRn"], p["FRn_later_sprays"], n_sprays)
    return (
        Input("nose", amount * nasal, dose.at_h),
        Input("swallowed", amount * (1.0 - nasal) * p["Fgut"], dose.at_h, float(p["D_swallowed"][0])),
    )


def _move_with_person(values: Values, person: Person) -> None:
    """Perez-Ruixo 2021, Table 3: Qh falls above 60 years; kel, CL_nk and FRn differ by ancestry."""
    if person.age_years is not None:
        years_above = max(0.0, person.age_years - values["Qh_falls_after"])
        values["Qh"] += values["Qh_per_year"] * years_above
    if person.ancestry is not Ancestry.NOT_STATED:
        values["kel"] *= values["kel_factor_asian"]
        values["CL_nk"] *= values["CL_nk_factor_asian"]
    if person.ancestry is Ancestry.JAPANESE:
        values["FRn"] *= values["FRn_factor_japanese"]


def _change_exposure(values: Values, before: Mapping[str, float], change: Change) -> None:
    """Clearance and first pass apart.

    The first-pass ratio was measured with swallowed S-ketamine. Here it acts on the gut, which leaves the
    nasal route nearly alone, as the label finds.
    """
    Qh, CL_int = values["Qh"], (values["kel"] + values["kmet"]) * values["Vh"]
    odds = change.first_pass_factor(before["Fgut"] * Qh / (Qh + CL_int))
    values["Fgut"] = float(with_odds(values["Fgut"], odds))
    intrinsic = _intrinsic_factor(Qh, CL_int, change.clearance_factor)
    values["kel"] *= intrinsic
    values["kmet"] *= intrinsic


def _intrinsic_factor(Qh: float, CL_int: float, clearance_factor: float) -> float:
    """What CL_int must change by for CL = Qh * CL_int / (Qh + CL_int) to change by the factor."""
    # Clearance cannot reach the liver's blood flow.
    extraction = min(clearance_factor * CL_int / (Qh + CL_int), 0.99)
    return extraction / (1.0 - extraction) * Qh / CL_int


_PARAMETERS: Final = MappingProxyType(
    {
        **dict.fromkeys(("Vc", "Vp1", "Vp2", "Vh", "V_nk", "Vp_nk"), VOLUME),
        **dict.fromkeys(("Q1", "Q2", "Qh", "CL_nk", "Q_nk"), FLOW),
        **dict.fromkeys(("ka_n", "ka_swallowed", "ka_oral", "kel", "kmet"), RATE),
        **dict.fromkeys(("D_swallowed", "D_oral"), TIME),
        **dict.fromkeys(("FRn", "Fgut"), FRACTION),
        **dict.fromkeys(
            ("FRn_later_sprays", "FRn_factor_japanese", "kel_factor_asian", "CL_nk_factor_asian"), RATIO
        ),
        "spray_mg": (Unit.MILLIGRAM,),
        "Qh_per_year": (Unit.LITRE_PER_HOUR_PER_YEAR,),
        "Qh_falls_after": (Unit.YEAR,),
    }
)

_READINGS: Final = MappingProxyType(
    {
        (Analyte.S_KETAMINE, Site.VENOUS): ("ketamine", "Vc"),
        (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "Vc"),
        (Analyte.S_NORKETAMINE, Site.VENOUS): ("norketamine", "V_nk"),
    }
)


def _system_of(individuals: Individuals, _drug: Drug, _form: Form) -> System:
    return system(individuals)


def _inputs_of(individuals: Individuals, dose: Dose, _form: Form) -> tuple[Input, ...]:
    return inputs(individuals, dose)


BLUEPRINT: Final = Blueprint(
    parameters=_PARAMETERS,
    routes=frozenset({Route.IV, Route.NASAL_DEVICE, Route.ORAL}),
    forms=MappingProxyType(
        {Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=_READINGS),)}
    ),
    system=_system_of,
    inputs=_inputs_of,
    move_with_person=_move_with_person,
    change_exposure=_change_exposure,
)
