"""The whole catalogue, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from slackwater.catalogue.limits import Limits, load_limits
from slackwater.catalogue.medicines import read_exposure_changes
from slackwater.catalogue.published_models import DEFAULT, read_models
from slackwater.catalogue.response import read_response, read_sign_basis
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.response import Basis, Response
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the rules and the engine are handed.

    models:           by id; the default comes first
    exposure_changes: what other medicines do, for `population.individuals`
    sign_basis:       what the likelihood of each kind of observation rests on
    """

    models: Mapping[str, PublishedModel]
    exposure_changes: tuple[ExposureChange, ...]
    response: Response
    sign_basis: Mapping[Sign, Basis]
    limits: Limits

    @property
    def default_model(self) -> PublishedModel:
        return self.models[DEFAULT]

    @property
    def order_models(self) -> tuple[PublishedModel, ...]:
        """Those that a patient's order may be planned with; the others are there to be compared."""
        return tuple(model for model in self.models.values() if model.is_for_patients)

    def order_model(self, name: str) -> PublishedModel:
        """Raises RefusedError naming the models for orders, when it is none of them."""
        model = self.model(name)
        if model not in self.order_models:
            raise RefusedError.of(
                field="model",
                code="not-for-orders",
                message=f"The model {model.id} is here to be compared, and not for a patient's order.",
                mend=f"Choose {' or '.join(each.id for each in self.order_models)}.",
            )
        return model

    def model(self, name: str) -> PublishedModel:
        """Raises RefusedError naming the models there are."""
        if name not in self.models:
            raise RefusedError.of(
                field="model",
                code="unknown",
                message=f"There is no model “{name}”.",
                mend=f"Choose one of {', '.join(self.models)}.",
            )
        return self.models[name]


@cache
def load() -> Catalogue:
    """The catalogue that ships with the package. Raises RefusedError naming the file and key at fault."""
    return Catalogue(
        models=MappingProxyType(read_models()),
        exposure_changes=read_exposure_changes(),
        response=read_response(),
        sign_basis=MappingProxyType(read_sign_basis()),
        limits=load_limits(),
    )
