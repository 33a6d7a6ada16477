"""The compartment structures the engine can solve, and the parameters each of them needs."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from slackwater.terms.route import Route


class Unit(StrEnum):
    """Units a parameter may be printed in. Minutes become hours when a model is used."""

    LITRE = "L"
    LITRE_PER_HOUR = "L/h"
    PER_HOUR = "/h"
    HOUR = "h"
    MINUTE = "min"
    MILLIGRAM = "mg"
    YEAR = "a"
    FRACTION = "fraction"
    RATIO = "ratio"
    LITRE_PER_HOUR_PER_YEAR = "L/h/a"


class Structure(StrEnum):
    """ARTERIAL: three arterial compartments, a venous sampling link, norketamine with first-pass formation.

    HEPATO_PORTAL: three venous compartments and a liver that swallowed drug must pass.
    """

    ARTERIAL = "arterial"
    HEPATO_PORTAL = "hepato-portal"


_VOLUME, _FLOW, _RATE = (Unit.LITRE,), (Unit.LITRE_PER_HOUR,), (Unit.PER_HOUR,)
_TIME, _FRACTION, _RATIO = (Unit.HOUR, Unit.MINUTE), (Unit.FRACTION,), (Unit.RATIO,)

_MOUTH = {"f_mucosal": _FRACTION, "D_mucosal": _TIME, "ka_mucosal": _RATE}
_GUT = {"D_swallowed": _TIME, "ka_swallowed": _RATE}

_ARTERIAL = {
    **dict.fromkeys(("V1", "V2", "V3", "V_nk", "Vp_nk"), _VOLUME),
    **dict.fromkeys(("CL", "Q2", "Q3", "CL_nk", "Q_nk"), _FLOW),
    **dict.fromkeys(("CL_factor_S", "CL_factor_R"), _RATIO),
    **dict.fromkeys(("k_venous", "ka_im", "ka_oral"), _RATE),
    **dict.fromkeys(("F_im", "F_oral_racemic", "F_oral_esketamine", "first_pass_yield"), _FRACTION),
    "D_oral": _TIME,
    "device_f_mucosal": _FRACTION,
    "device_later_sprays": _RATIO,
    "device_spray_mg": (Unit.MILLIGRAM,),
    "device_ka_mucosal": _RATE,
    **{f"device_{name}": unit for name, unit in _GUT.items()},
    **{f"solution_{name}": unit for name, unit in (_MOUTH | _GUT).items()},
    "solution_f_swallowed": _FRACTION,
    "solution_f_lost": _FRACTION,
    **{f"lozenge_{name}": unit for name, unit in (_MOUTH | _GUT).items()},
    **{f"film_{name}": unit for name, unit in (_MOUTH | _GUT).items()},
}

_HEPATO_PORTAL = {
    **dict.fromkeys(("Vc", "Vp1", "Vp2", "Vh", "V_nk", "Vp_nk"), _VOLUME),
    **dict.fromkeys(("Q1", "Q2", "Qh", "CL_nk", "Q_nk"), _FLOW),
    **dict.fromkeys(("ka_n", "ka_swallowed", "ka_oral", "kel", "kmet"), _RATE),
    **dict.fromkeys(("D_swallowed", "D_oral"), _TIME),
    **dict.fromkeys(("FRn", "Fgut"), _FRACTION),
    **dict.fromkeys(
        ("FRn_later_sprays", "FRn_factor_japanese", "kel_factor_asian", "CL_nk_factor_asian"), _RATIO
    ),
    "spray_mg": (Unit.MILLIGRAM,),
    "Qh_per_year": (Unit.LITRE_PER_HOUR_PER_YEAR,),
    "Qh_falls_after": (Unit.YEAR,),
}

PARAMETERS: Final = MappingProxyType({Structure.ARTERIAL: _ARTERIAL, Structure.HEPATO_PORTAL: _HEPATO_PORTAL})
"""For each structure: parameter name -> units it may be given in."""

ROUTES: Final = MappingProxyType(
    {
        Structure.ARTERIAL: frozenset(Route),
        Structure.HEPATO_PORTAL: frozenset({Route.IV, Route.NASAL_DEVICE, Route.ORAL}),
    }
)
"""For each structure: the routes it has compartments for."""
