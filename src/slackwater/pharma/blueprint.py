"""What a compartment structure is: one record in which its own module says all that the engine asks of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from slackwater.pharma.analyte import Enantiomer, Measurement
from slackwater.pharma.compartments import Input, System
from slackwater.pharma.person import Person
from slackwater.pharma.regimen import Dose
from slackwater.pharma.subjects import Individuals
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route


class Unit(StrEnum):
    """Units a parameter may be printed in. Minutes become hours when a model is used."""

    LITRE = "L"
    LITRE_PER_HOUR = "L/h"
    LITRE_PER_MINUTE = "L/min"
    PER_HOUR = "/h"
    PER_MINUTE = "/min"
    HOUR = "h"
    MINUTE = "min"
    MILLIGRAM = "mg"
    YEAR = "a"
    FRACTION = "fraction"
    RATIO = "ratio"
    LITRE_PER_HOUR_PER_YEAR = "L/h/a"


Parameters: TypeAlias = Mapping[str, tuple[Unit, ...]]
Readings: TypeAlias = Mapping[Measurement, tuple[str, str]]
Values: TypeAlias = dict[str, float]

VOLUME: Final = (Unit.LITRE,)
FLOW: Final = (Unit.LITRE_PER_HOUR, Unit.LITRE_PER_MINUTE)
RATE: Final = (Unit.PER_HOUR, Unit.PER_MINUTE)
TIME: Final = (Unit.HOUR, Unit.MINUTE)
FRACTION: Final = (Unit.FRACTION,)
RATIO: Final = (Unit.RATIO,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A part of a drug that has the compartments to itself.

    share:    of the dose that is this form
    readings: what is measured of it: a state, and the name of the volume it is divided by
    """

    enantiomer: Enantiomer
    share: float
    readings: Readings


class Change(Protocol):
    """What another medicine does to exposure, as `exposure_changes.ExposureChange` has it."""

    @property
    def oral_auc_ratio(self) -> float | None: ...

    @property
    def systemic_auc_ratio(self) -> float | None: ...

    @property
    def clearance_factor(self) -> float: ...

    def first_pass_factor(self, F_swallowed: float) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """One structure.

    parameters:       each parameter it needs, with the units that it may be given in
    routes:           the routes that it has compartments for
    forms:            what of each drug it follows
    system:           the compartments of one form
    inputs:           where a dose of one form enters them
    move_with_person: changes typical values for age and ancestry, in place
    change_exposure:  changes typical values for one medicine, in place; it is also given the values as they
                      were before any medicine
    """

    parameters: Parameters
    routes: frozenset[Route]
    forms: Mapping[Drug, tuple[Form, ...]]
    system: Callable[[Individuals, Drug, Form], System]
    inputs: Callable[[Individuals, Dose, Form], tuple[Input, ...]]
    move_with_person: Callable[[Values, Person], None]
    change_exposure: Callable[[Values, Mapping[str, float], Change], None]


def stays(values: Values, person: Person) -> None:
    """For a structure in which neither age nor ancestry moves anything."""
