"""The parts of the body for supportive touch."""

from enum import StrEnum


class Zone(StrEnum):
    """Where supportive touch can be agreed. A clinic can take a zone away; nobody can add one."""

    HANDS = "hands"
    FEET = "feet"
    SHOULDERS = "shoulders"
    HUG = "hug"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Zone.HANDS: "hands", Zone.FEET: "feet", Zone.SHOULDERS: "shoulders", Zone.HUG: "a hug"}
