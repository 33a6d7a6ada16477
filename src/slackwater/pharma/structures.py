"""The compartment structures the engine can solve: a name for each, and where its blueprint is."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from slackwater.pharma import arterial, hepato_portal, mammillary, metabolite_chain, well_stirred


class Structure(StrEnum):
    """ARTERIAL: three arterial compartments, a venous sampling link, norketamine with first-pass formation.

    HEPATO_PORTAL: three venous compartments and a liver that swallowed drug must pass.

    TWO_VENOUS, THREE_VENOUS, THREE_ARTERIAL: so many compartments, sampled there, given IV alone.

    THREE_VENOUS_AND_NORKETAMINE: the same with two compartments of norketamine.

    METABOLITE_CHAIN: arterial ketamine by film or IV; norketamine and hydroxynorketamine behind delays.

    WELL_STIRRED: three arterial compartments, a liver, a venous sampling link, norketamine after transit.
    """

    ARTERIAL = "arterial"
    HEPATO_PORTAL = "hepato-portal"
    TWO_VENOUS = "two-venous"
    THREE_VENOUS = "three-venous"
    THREE_ARTERIAL = "three-arterial"
    THREE_VENOUS_AND_NORKETAMINE = "three-venous-and-norketamine"
    METABOLITE_CHAIN = "metabolite-chain"
    WELL_STIRRED = "well-stirred"


BLUEPRINTS: Final = MappingProxyType(
    {
        Structure.ARTERIAL: arterial.BLUEPRINT,
        Structure.HEPATO_PORTAL: hepato_portal.BLUEPRINT,
        Structure.TWO_VENOUS: mammillary.TWO_VENOUS,
        Structure.THREE_VENOUS: mammillary.THREE_VENOUS,
        Structure.THREE_ARTERIAL: mammillary.THREE_ARTERIAL,
        Structure.THREE_VENOUS_AND_NORKETAMINE: mammillary.THREE_VENOUS_AND_NORKETAMINE,
        Structure.METABOLITE_CHAIN: metabolite_chain.BLUEPRINT,
        Structure.WELL_STIRRED: well_stirred.BLUEPRINT,
    }
)

PARAMETERS: Final = MappingProxyType({name: each.parameters for name, each in BLUEPRINTS.items()})
"""For each structure: parameter name -> units it may be given in."""

ROUTES: Final = MappingProxyType({name: each.routes for name, each in BLUEPRINTS.items()})
"""For each structure: the routes it has compartments for."""
