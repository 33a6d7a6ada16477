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
    NORKETAMINE_ARTERIAL = "norketamine-arterial"
    S_NORKETAMINE_ARTERIAL = "s-norketamine-arterial"
    HYDROXYNORKETAMINE_ARTERIAL = "hydroxynorketamine-arterial"
    S_HYDROXYNORKETAMINE_ARTERIAL = "s-hydroxynorketamine-arterial"
    DEPTH = "depth"
    SYSTOLIC_RISE = "systolic_rise"
    DIASTOLIC_RISE = "diastolic_rise"
    ALERTNESS = "alertness"
    HEART_RATE_RISE = "heart_rate_rise"

    @property
    def is_concentration(self) -> bool:
        return self not in EFFECTS

    @property
    def is_raised(self) -> bool:
        """Whether drug raises it from nothing, so that its peak says something. Alertness starts full."""
        return self is not Quantity.ALERTNESS

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
        return _UNITS.get(self, "mg/L")


_UNITS = {
    Quantity.DEPTH: "{0-10}",
    Quantity.SYSTOLIC_RISE: UCUM.MILLIMETRE_OF_MERCURY,
    Quantity.DIASTOLIC_RISE: UCUM.MILLIMETRE_OF_MERCURY,
    Quantity.ALERTNESS: "{0-5}",
    Quantity.HEART_RATE_RISE: UCUM.PER_MINUTE,
}
EFFECTS = frozenset(_UNITS)
