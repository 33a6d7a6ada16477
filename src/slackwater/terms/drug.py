"""The two medicines a session can use."""

from enum import StrEnum


class Drug(StrEnum):
    """What is in the syringe: both mirror images of ketamine in equal parts, or the S form alone."""

    RACEMIC = "racemic"
    ESKETAMINE = "esketamine"

    @property
    def label(self) -> str:
        return "racemic ketamine" if self is Drug.RACEMIC else "esketamine"
