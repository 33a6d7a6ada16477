"""Where a fit looks: each free parameter on a scale without walls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.blueprint import Unit
from slackwater.pharma.fitting.evidence import Prior
from slackwater.pharma.parameters import Parameter, PublishedModel
from slackwater.pharma.variability import Scale

_FIGURES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """The free parameters in the order of a coordinate vector: ln P, or ln(P / (1 - P)) for a fraction."""

    model: PublishedModel
    names: tuple[str, ...]

    @property
    def scales(self) -> tuple[Scale, ...]:
        return tuple(scale_of(self.model, name) for name in self.names)

    @property
    def start(self) -> Vector:
        """The model's own values."""
        return self.place(self.model.value(name) for name in self.names)

    def place(self, values: Iterable[float]) -> Vector:
        """Coordinates of parameter values, in hours, mg and L."""
        P = np.array(list(values))
        logit = np.array([scale is Scale.LOGIT for scale in self.scales])
        result: Vector = np.log(P / np.where(logit, 1.0 - P, 1.0))
        return result

    def values(self, theta: Matrix) -> dict[str, Vector]:
        """Parameter values of each row of theta, shape (n_vectors, n_free)."""
        grown = np.exp(theta)
        return {
            name: grown[:, i] / (1.0 + grown[:, i]) if scale is Scale.LOGIT else grown[:, i]
            for i, (name, scale) in enumerate(zip(self.names, self.scales, strict=True))
        }

    def relative_sd(self, theta: Vector, sd: Vector) -> Vector:
        """Relative standard errors of the parameters; that of a fraction is its logit's times 1 - P."""
        values = self.values(theta[None, :])
        named = zip(self.names, self.scales, strict=True)
        shrink = [1.0 - values[name][0] if scale is Scale.LOGIT else 1.0 for name, scale in named]
        result: Vector = sd * np.array(shrink)
        return result

    def fitted(self, theta: Vector, rse: Vector) -> dict[str, Parameter]:
        """The parameters with these values and standard errors, in the units that the model prints."""
        found = self.values(theta[None, :])
        errors = dict(zip(self.names, rse.tolist(), strict=True))
        return {
            each.name: replace(each, value=_printed(float(found[each.name][0]), each), rse=errors[each.name])
            for each in self.model.parameters
            if each.name in found
        }


def scale_of(model: PublishedModel, name: str) -> Scale:
    """LOGIT for a fraction, LOG for everything else."""
    units = {each.name: each.unit for each in model.parameters}
    return Scale.LOGIT if units.get(name) is Unit.FRACTION else Scale.LOG


def with_parameters(model: PublishedModel, found: Mapping[str, Parameter]) -> PublishedModel:
    """The model with these in place of its own of the same name."""
    parameters = tuple(found.get(each.name, each) for each in model.parameters)
    return replace(model, parameters=parameters)


def _printed(value: float, own: Parameter) -> float:
    """In the unit of the model's file, rounded to four figures as a table prints it."""
    return float(f"{value * own.value / own.model_value:.{_FIGURES}g}")


def free_parameters(model: PublishedModel, priors: Iterable[Prior]) -> tuple[str, ...]:
    """Those that a prior is about, and the two that the clearances of S and R stand for."""
    quantities = {prior.quantity for prior in priors}
    stands_for = {"CLint_S": "CL_S", "CLint_R": "CL_ratio"}
    names = [each.name for each in model.parameters]
    return tuple(name for name in names if stands_for.get(name, name) in quantities)
