"""The parameters of virtual patients, once they have been drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from slackwater.pharma.arrays import Vector


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
        """The same patients with other values of some parameters; each of shape (n_subjects,)."""
        return Individuals({**self.values, **values})
