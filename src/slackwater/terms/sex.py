"""Sex as a published population model asks for it."""

from enum import StrEnum


class Sex(StrEnum):
    """Sex at birth, where it bears on a dose; unknown is an answer, not a gap."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return "not known" if self is Sex.UNKNOWN else self.value
