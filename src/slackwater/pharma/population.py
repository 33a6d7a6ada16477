"""From standard normal numbers to the parameters of virtual patients."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.exposure_changes import ExposureChange, taken
from slackwater.pharma.kernels.elementary import exponential
from slackwater.pharma.parameters import PublishedModel, WeightScaling
from slackwater.pharma.person import Ancestry, Person
from slackwater.pharma.structures import Structure, Unit
from slackwater.pharma.variability import Scale, settled, with_odds
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import RefusedError


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

    @property
    def n_subjects(self) -> int:
        return next(iter(self.values.values())).size

    def replacing(self, **values: Vector) -> "Individuals":
        """The same patients with other values of some parameters, such as each one's own ke0."""
        return Individuals({**self.values, **values})


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
    for column, eta in enumerate(model.variability):
        for name in eta.moves:
            # exp(sd * z) multiplies the parameter itself on the log scale, and its odds on the logit scale.
            factors = exponential(eta.sd_at(model.value(name)) * z[:, column])
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
        parameter.name: parameter.model_value * _weight_factor(parameter.unit, model.weight_scaling, person)
        for parameter in model.parameters
    }
    if model.structure is Structure.HEPATO_PORTAL:
        _move_with_age_and_ancestry(values, person)
    for change in taken(changes, person.medicines):
        _change_exposure(values, model, change)
    return values


def _weight_factor(unit: Unit, scaling: WeightScaling | None, person: Person) -> float:
    if scaling is None or unit not in (Unit.LITRE, Unit.LITRE_PER_HOUR):
        return 1.0
    relative = person.weight_kg / scaling.reference_kg
    exponent = scaling.volume_exponent if unit is Unit.LITRE else scaling.flow_exponent
    return settled(relative**exponent)


def _move_with_age_and_ancestry(values: dict[str, float], person: Person) -> None:
    """Perez-Ruixo 2021, Table 3: Qh falls above 60 years; kel, CL_nk and FRn differ by ancestry."""
    if person.age_years is not None:
        years_above = max(0.0, person.age_years - values["Qh_falls_after"])
        values["Qh"] += values["Qh_per_year"] * years_above
    if person.ancestry is not Ancestry.NOT_STATED:
        values["kel"] *= values["kel_factor_asian"]
        values["CL_nk"] *= values["CL_nk_factor_asian"]
    if person.ancestry is Ancestry.JAPANESE:
        values["FRn"] *= values["FRn_factor_japanese"]


def _change_exposure(values: dict[str, float], model: PublishedModel, change: ExposureChange) -> None:
    """Clearance and first pass apart.

    The first-pass ratio was measured with swallowed S-ketamine; the change of odds it gives there is used for
    every swallowed fraction. In the hepato-portal structure it acts on the gut, which leaves the nasal route
    nearly alone, as the label finds.
    """
    if model.structure is Structure.ARTERIAL:
        values["CL"] *= change.clearance_factor
        odds = change.first_pass_factor(model.value("F_oral_esketamine"))
        for name in ("F_oral_racemic", "F_oral_esketamine"):
            values[name] = float(with_odds(values[name], odds))
        return
    Qh, CL_int = values["Qh"], (values["kel"] + values["kmet"]) * values["Vh"]
    odds = change.first_pass_factor(model.value("Fgut") * Qh / (Qh + CL_int))
    values["Fgut"] = float(with_odds(values["Fgut"], odds))
    intrinsic = _intrinsic_factor(Qh, CL_int, change.clearance_factor)
    values["kel"] *= intrinsic
    values["kmet"] *= intrinsic


def _intrinsic_factor(Qh: float, CL_int: float, clearance_factor: float) -> float:
    """What CL_int must change by for CL = Qh * CL_int / (Qh + CL_int) to change by the factor."""
    # Clearance cannot reach the liver's blood flow.
    extraction = min(clearance_factor * CL_int / (Qh + CL_int), 0.99)
    return extraction / (1.0 - extraction) * Qh / CL_int


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
