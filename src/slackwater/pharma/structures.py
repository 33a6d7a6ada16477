"""The compartment structures the engine can solve: a name for each, and where its blueprint is."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from slackwater.pharma import arterial, hepato_portal


class Structure(StrEnum):
    """ARTERIAL: three arterial compartments, a venous sampling link, norketamine with first-pass formation.

    HEPATO_PORTAL: three venous compartments and a liver that swallowed drug must pass.
    """

    ARTERIAL = "arterial"
    HEPATO_PORTAL = "hepato-portal"


BLUEPRINTS: Final = MappingProxyType(
    {
        Structure.ARTERIAL: arterial.BLUEPRINT,
        Structure.HEPATO_PORTAL: hepato_portal.BLUEPRINT,
    }
)

PARAMETERS: Final = MappingProxyType({name: each.parameters for name, each in BLUEPRINTS.items()})
"""For each structure: parameter name -> units it may be given in."""

ROUTES: Final = MappingProxyType({name: each.routes for name, each in BLUEPRINTS.items()})
"""For each structure: the routes it has compartments for."""
