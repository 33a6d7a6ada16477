"""What a crowd can be asked for: concentrations by analyte and site, and effects."""

from enum import StrEnum

from slackwater.pharma.analyte import Analyte, Site
from slackwater.pharma.disposition import Measurement
from slackwater.units import UCUM


class Quantity(StrEnum):
    """One curve of every virtual patient. A model need not have all of them."""

    KETAMINE_ARTERIAL = "ketamine-arterial"
    KETAMINE_VENOUS = "ketamine-venous"
    S_KETAMINE_ARTERIAL = "s-ketamine-arterial"
    S_KETAMINE_VENOUS = "s-ketamine-venous"
    S_KETAMINE_EFFECT = "s-ketamine-effect"
    R_KETAMINE_ARTERIAL = "r-ketamine-arterial"
    R_KETAMINE_VENOUS = "r-ketamine-venous"
    NORKETAMINE_VENOUS = "norketamine-venous"
    S_NORKETAMINE_VENOUS = "s-norketamine-venous"
    R_NORKETAMINE_VENOUS = "r-norketamine-venous"
    DEPTH = "depth"
    SYSTOLIC_RISE = "systolic_rise"
    DIASTOLIC_RISE = "diastolic_rise"

    @property
    def is_concentration(self) -> bool:
        return self not in EFFECTS

    @property
    def measurement(self) -> Measurement:
        """The concentration this is, or follows from."""
        if self in EFFECTS:
            return Analyte.S_KETAMINE, Site.EFFECT
        analyte, _, site = self.value.rpartition("-")
        return Analyte(analyte), Site(site)

    @property
    def unit(self) -> str:
        """UCUM unit of the values that the engine gives; concentrations inside it are mg/L."""
        if self is Quantity.DEPTH:
            return "{0-10}"
        return UCUM.MILLIMETRE_OF_MERCURY if self in EFFECTS else "mg/L"


EFFECTS = frozenset({Quantity.DEPTH, Quantity.SYSTOLIC_RISE, Quantity.DIASTOLIC_RISE})
