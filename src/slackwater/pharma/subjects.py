"""The parameters of virtual patients, once they have been drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from slackwater.pharma.arrays import Vector
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True)
class Individuals:
    """The parameters of n virtual patients, by the names the model's structure gives them.

    values: each of shape (n_subjects,), in hours, mg and L; with `ke0` where the model has an effect site
    """

    values: Mapping[str, Vector]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __getitem__(self, name: str) -> Vector:
        return self.values[name]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    @property
    def n_subjects(self) -> int:
        return next(iter(self.values.values())).size

    def replacing(self, **values: Vector) -> "Individuals":
        """The same patients with other values of some parameters; each of shape (n_subjects,).

        Raises RefusedError for a name that the model has not: nothing would read its value.
        """
        if unknown := sorted(set(values) - set(self.values)):
            raise RefusedError(*(unknown_parameter(name, self.values) for name in unknown))
        return Individuals({**self.values, **values})


def unknown_parameter(name: str, known: Iterable[str]) -> Problem:
    """What is said of a parameter's name that a model has not; close ones are named, none is guessed."""
    names = sorted(known)
    near = [one for one in names if one.lower() == name.lower()] or get_close_matches(name, names)
    return Problem(
        field=name,
        code="unknown",
        message=f"The model has no parameter {name}.",
        mend=f"Did you mean {' or '.join(near)}?" if near else f"It has {', '.join(names)}.",
    )
