"""What is measured, and where in the body."""

from enum import StrEnum
from typing import TypeAlias


class Analyte(StrEnum):
    """A substance. Without S or R it is the sum of both forms, as most assays read it."""

    KETAMINE = "ketamine"
    S_KETAMINE = "s-ketamine"
    R_KETAMINE = "r-ketamine"
    NORKETAMINE = "norketamine"
    S_NORKETAMINE = "s-norketamine"
    R_NORKETAMINE = "r-norketamine"
    HYDROXYNORKETAMINE = "hydroxynorketamine"
    S_HYDROXYNORKETAMINE = "s-hydroxynorketamine"


class Site(StrEnum):
    """Where a concentration is. Arterial and venous blood differ by a factor of two while a dose goes in."""

    ARTERIAL = "arterial"
    VENOUS = "venous"
    EFFECT = "effect"


class Enantiomer(StrEnum):
    """BOTH: a racemate whose forms are not told apart."""

    S = "S"
    R = "R"
    BOTH = "RS"


Measurement: TypeAlias = tuple[Analyte, Site]
