"""Two or three compartments around a central one, given IV: most published models of ketamine.

dx1/dt = input - (CL + Q2 + Q3) / V1 * x1 + Q2 / V2 * x2 + Q3 / V3 * x3

Where norketamine is followed, all that is cleared becomes it, counted in the mass of the ketamine it came
from, as in Otto 2021. A racemate is followed as a whole, because these models do not tell S from R.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from slackwater.pharma.analyte import Analyte, Enantiomer, Site
from slackwater.pharma.blueprint import FLOW, VOLUME, Blueprint, Change, Form, Parameters, Values, stays
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


def system(individuals: Individuals) -> System:
    """The compartments that these parameters make; the third, and norketamine, where there are any."""
    p = individuals
    sketch = Sketch(p.n_subjects)
    sketch.exchange("ketamine", "second", p["Q2"], (p["V1"], p["V2"]))
    if "V3" in p:
        sketch.exchange("ketamine", "third", p["Q3"], (p["V1"], p["V3"]))
    if "ke0" in p:
        sketch.follow("ketamine", "effect", p["ke0"])
    if "V_nk" in p:
        sketch.flow("ketamine", "norketamine", p["CL"] / p["V1"])
        sketch.loss("norketamine", p["CL_nk"] / p["V_nk"])
        sketch.exchange("norketamine", "norketamine tissue", p["Q_nk"], (p["V_nk"], p["Vp_nk"]))
    else:
        sketch.loss("ketamine", p["CL"] / p["V1"])
    sketch.link(inflow("ketamine"), "ketamine", np.ones(p.n_subjects))
    return sketch.system()


def inputs(individuals: Individuals, dose: Dose) -> tuple[Input, ...]:
    amount = np.full(individuals.n_subjects, dose.amount_mg)
    return (Input("ketamine", amount, dose.at_h, dose.duration_h),)


def _change_exposure(values: Values, _before: Mapping[str, float], change: Change) -> None:
    """Clearance alone: nothing is swallowed."""
    values["CL"] *= change.clearance_factor


def _system_of(individuals: Individuals, _drug: Drug, _form: Form) -> System:
    return system(individuals)


def _inputs_of(individuals: Individuals, dose: Dose, _form: Form) -> tuple[Input, ...]:
    return inputs(individuals, dose)


def _blueprint(parameters: Parameters, forms: Mapping[Drug, tuple[Form, ...]]) -> Blueprint:
    return Blueprint(
        parameters=MappingProxyType(dict(parameters)),
        routes=frozenset({Route.IV}),
        forms=MappingProxyType(dict(forms)),
        system=_system_of,
        inputs=_inputs_of,
        move_with_person=stays,
        change_exposure=_change_exposure,
    )


def _ketamine_in(site: Site) -> Mapping[Drug, tuple[Form, ...]]:
    """Effect follows S-ketamine, so it is followed only where what is given is S-ketamine."""
    whole = MappingProxyType({(Analyte.KETAMINE, site): ("ketamine", "V1")})
    s = MappingProxyType(
        {
            (Analyte.S_KETAMINE, site): ("ketamine", "V1"),
            (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "V1"),
        }
    )
    return {
        Drug.RACEMIC: (Form(enantiomer=Enantiomer.BOTH, share=1.0, readings=whole),),
        Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=s),),
    }


_TWO: Final[Parameters] = {"V1": VOLUME, "V2": VOLUME, "CL": FLOW, "Q2": FLOW}
_THREE: Final[Parameters] = {**_TWO, "V3": VOLUME, "Q3": FLOW}
_NORKETAMINE: Final[Parameters] = {"V_nk": VOLUME, "Vp_nk": VOLUME, "CL_nk": FLOW, "Q_nk": FLOW}

_S_AND_NORKETAMINE: Final = MappingProxyType(
    {
        (Analyte.S_KETAMINE, Site.VENOUS): ("ketamine", "V1"),
        (Analyte.S_KETAMINE, Site.EFFECT): ("effect", "V1"),
        (Analyte.S_NORKETAMINE, Site.VENOUS): ("norketamine", "V_nk"),
    }
)

TWO_VENOUS: Final = _blueprint(_TWO, _ketamine_in(Site.VENOUS))
THREE_VENOUS: Final = _blueprint(_THREE, _ketamine_in(Site.VENOUS))
THREE_ARTERIAL: Final = _blueprint(_THREE, _ketamine_in(Site.ARTERIAL))
THREE_VENOUS_AND_NORKETAMINE: Final = _blueprint(
    {**_THREE, **_NORKETAMINE},
    {Drug.ESKETAMINE: (Form(enantiomer=Enantiomer.S, share=1.0, readings=_S_AND_NORKETAMINE),)},
)
