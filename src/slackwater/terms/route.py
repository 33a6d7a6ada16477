"""The ways a dose can be given."""

from enum import StrEnum


class Route(StrEnum):
    """How a dose enters the body. An IV bolus is an IV dose of no duration."""

    IV = "iv"
    IM = "im"
    NASAL_DEVICE = "nasal-device"
    NASAL_SOLUTION = "nasal-solution"
    LOZENGE = "lozenge"
    FILM = "film"
    ORAL = "oral"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Route.IV: "into a vein (IV)",
    Route.IM: "into a muscle (IM)",
    Route.NASAL_DEVICE: "nasal spray device",
    Route.NASAL_SOLUTION: "nasal solution",
    Route.LOZENGE: "lozenge in the mouth",
    Route.FILM: "film held in the mouth",
    Route.ORAL: "swallowed",
}
