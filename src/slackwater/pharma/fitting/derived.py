"""Quantities of the well-stirred structure that follow from several parameters; priors may be about them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from slackwater.pharma import well_stirred
from slackwater.pharma.arrays import Vector
from slackwater.pharma.regimen import Dose
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

# What the study behind the prior gave (ticlopidine, NCT03298906).
_SPRAYED = Dose(route=Route.NASAL_DEVICE, amount_mg=56.0)


def _clearance(p: Individuals, enantiomer: str) -> Vector:
    return p["Qh"] * well_stirred.extraction(p["Qh"], p[f"CLint_{enantiomer}"])


def _clearance_of_s(p: Individuals) -> Vector:
    return _clearance(p, "S")


def _clearance_ratio(p: Individuals) -> Vector:
    return _clearance(p, "S") / _clearance(p, "R")


def _nasal_ratio(p: Individuals) -> Vector:
    return _odds(p["solution_f_mucosal"]) / _odds(p["device_f_mucosal"])


def _ka_ratio(p: Individuals) -> Vector:
    return p["solution_ka"] / p["device_ka"]


def _mouth_ratio(p: Individuals) -> Vector:
    return _odds(p["lozenge_f_mucosal"]) / _odds(p["film_f_mucosal"])


def _swallowed_share(p: Individuals) -> Vector:
    """Of the exposure that 56 mg of esketamine by device gives, the share that was swallowed."""
    mucosal, _ = well_stirred.taken_up(p, _SPRAYED)
    return 1.0 - mucosal / well_stirred.bioavailability(p, Drug.ESKETAMINE, _SPRAYED)


def _odds(fraction: Vector) -> Vector:
    return fraction / (1.0 - fraction)


DERIVED: Final[Mapping[str, Callable[[Individuals], Vector]]] = MappingProxyType(
    {
        "CL_S": _clearance_of_s,
        "CL_ratio": _clearance_ratio,
        "nasal_ratio": _nasal_ratio,
        "ka_ratio": _ka_ratio,
        "mouth_ratio": _mouth_ratio,
        "device_swallowed_share": _swallowed_share,
    }
)
