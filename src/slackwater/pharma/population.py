"""From standard normal numbers to the parameters of virtual patients."""

from collections.abc import Iterable

import numpy as np

from slackwater.pharma.arrays import Matrix
from slackwater.pharma.blueprint import FLOW, VOLUME, Unit
from slackwater.pharma.correlation import correlated
from slackwater.pharma.exposure_changes import ExposureChange, taken
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.parameters import Parameter, PublishedModel, WeightScaling
from slackwater.pharma.person import Person
from slackwater.pharma.subjects import Individuals
from slackwater.pharma.variability import Scale, settled, with_odds
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError

__all__ = ["Individuals", "individuals", "typical_values"]


def individuals(
    model: PublishedModel,
    person: Person,
    drug: Drug,
    z: Matrix,
    changes: Iterable[ExposureChange] = (),
) -> Individuals:
    """Virtual patients of this person's weight, age and medicines.

    z:       shape (n_subjects, n_eta), standard normal; a row of zeros is the typical person
    changes: the catalogue's table; only rows for the person's medicines are used
    Raises RefusedError when the model has no such drug, and ValueError when z does not fit the model.
    """
    if drug not in model.drugs:
        model.check_can_give(drug, next(iter(model.routes)))
    _check_z(z, len(model.variability))
    typical = typical_values(model, person, changes)
    values = {name: np.full(z.shape[0], value) for name, value in typical.items()}
    deviates = correlated(z, model.eta_names, model.correlations)
    for column, eta in enumerate(model.variability):
        for name in eta.moves:
            # exp(sd * z) multiplies the parameter itself on the log scale, and its odds on the logit scale.
            factors = exponential(eta.sd_at(model.value(name)) * deviates[:, column])
            logit = eta.scale is Scale.LOGIT
            values[name] = with_odds(values[name], factors) if logit else values[name] * factors
    if model.effect_link is not None:
        values["ke0"] = np.full(z.shape[0], settled(model.effect_link.ke0))
    return Individuals(values)


def typical_values(
    model: PublishedModel, person: Person, changes: Iterable[ExposureChange] = ()
) -> dict[str, float]:
    """The typical person's parameters for this weight, age, ancestry and medicines, in hours, mg and L.

    changes: what is known of medicines; those that the person does not take change nothing
    """
    values = {
        parameter.name: parameter.model_value * _weight_factor(parameter, model.weight_scaling, person)
        for parameter in model.parameters
    }
    model.blueprint.move_with_person(values, person)
    before = dict(values)
    for change in taken(changes, person.medicines):
        model.blueprint.change_exposure(values, before, change)
    return values


def _weight_factor(parameter: Parameter, scaling: WeightScaling | None, person: Person) -> float:
    unit = parameter.unit
    if scaling is None or unit not in VOLUME + FLOW or parameter.name in scaling.unscaled:
        return 1.0
    relative = person.weight_kg / scaling.reference_kg
    exponent = scaling.volume_exponent if unit is Unit.LITRE else scaling.flow_exponent
    return settled(relative**exponent)


def _check_z(z: Matrix, n_eta: int) -> None:
    if z.ndim != 2 or z.shape[0] < 1 or z.shape[1] != n_eta:
        raise ValueError(f"z has shape {z.shape}; it needs (n_subjects, {n_eta})")
    if not np.isfinite(z).all():
        raise RefusedError.of(
            field="z",
            code="not-finite",
            message="A virtual patient's numbers are not finite.",
            mend="Draw them again.",
        )
