"""The hepato-portal structure of Perez-Ruixo 2021: S-ketamine with a liver that swallowed drug must pass."""

import numpy as np

from slackwater.pharma.arterial import averaged_over_sprays
from slackwater.pharma.compartments import Input, Sketch, System
from slackwater.pharma.population import Individuals
from slackwater.pharma.regimen import Dose
from slackwater.pharma.schedule import inflow
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
