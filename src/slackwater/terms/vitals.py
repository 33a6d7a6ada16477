"""The vital signs a room records, how each is written, and how good a reading is."""

from dataclasses import dataclass
from enum import StrEnum

from slackwater.units import UCUM


class VitalCode(StrEnum):
    """A vital sign. Values are what the log and the wire carry."""

    SBP = "sbp"
    DBP = "dbp"
    HR = "hr"
    SPO2 = "spo2"
    RR = "rr"

    @property
    def label(self) -> str:
        """The name a nurse would use."""
        return _LABELS[self]

    @property
    def unit(self) -> UCUM:
        """The UCUM code of the unit."""
        return _UNITS[self]

    @property
    def unit_label(self) -> str:
        """The unit as people write it."""
        return _UNIT_LABELS[self.unit]

    @property
    def loinc(self) -> str:
        """The LOINC code of the observation."""
        return _LOINC[self]


class Quality(StrEnum):
    """What a reading is worth. Only OK is ever shown as a reading or compared with a limit."""

    OK = "ok"
    DISCONNECTED = "disconnected"
    ARTEFACT = "artefact"

    @property
    def label(self) -> str:
        """Plain words for a screen."""
        return _QUALITY_LABELS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of one vital sign.

    tenths: the value in tenths of its unit, a whole number, so that no reading can be NaN.
    """

    code: VitalCode
    tenths: int
    quality: Quality = Quality.OK

    def __post_init__(self) -> None:
        # bool is an int in Python; a float would let NaN in.
        if type(self.tenths) is not int:
            raise TypeError(f"tenths must be a whole number, got {self.tenths!r}")

    @property
    def is_good(self) -> bool:
        """Whether this may be shown as a reading and compared with a limit."""
        return self.quality is Quality.OK

    @property
    def text(self) -> str:
        """The value without its unit, whole where it is whole: `98`, `97.5`."""
        return show_tenths(self.tenths)

    @property
    def shown(self) -> str:
        """The value with its unit, as people write it: `98 %`."""
        return f"{self.text} {self.code.unit_label}"


def show_tenths(tenths: int) -> str:
    """Tenths as a decimal number with no trailing zero: 975 is `97.5`, 980 is `98`."""
    sign = "-" if tenths < 0 else ""
    whole, tenth = divmod(abs(tenths), 10)
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


_LABELS = {
    VitalCode.SBP: "Systolic pressure",
    VitalCode.DBP: "Diastolic pressure",
    VitalCode.HR: "Heart rate",
    VitalCode.SPO2: "Oxygen saturation",
    VitalCode.RR: "Breathing rate",
}
_UNITS = {
    VitalCode.SBP: UCUM.MILLIMETRE_OF_MERCURY,
    VitalCode.DBP: UCUM.MILLIMETRE_OF_MERCURY,
    VitalCode.HR: UCUM.PER_MINUTE,
    VitalCode.SPO2: UCUM.PERCENT,
    VitalCode.RR: UCUM.PER_MINUTE,
}
_UNIT_LABELS = {UCUM.MILLIMETRE_OF_MERCURY: "mmHg", UCUM.PER_MINUTE: "a minute", UCUM.PERCENT: "%"}
# SpO2 is 59408-5, by pulse oximetry, as the room has no arterial line.
_LOINC = {
    VitalCode.SBP: "8480-6",
    VitalCode.DBP: "8462-4",
    VitalCode.HR: "8867-4",
    VitalCode.SPO2: "59408-5",
    VitalCode.RR: "9279-1",
}
_QUALITY_LABELS = {
    Quality.OK: "good",
    Quality.DISCONNECTED: "not connected",
    Quality.ARTEFACT: "not a true reading",
}
