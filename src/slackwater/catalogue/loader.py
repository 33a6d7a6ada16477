"""The whole catalogue, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from slackwater.catalogue.limits import Limits, load_limits
from slackwater.catalogue.medicines import read_exposure_changes
from slackwater.catalogue.published_models import DEFAULT, read_models
from slackwater.catalogue.response import read_response
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.response import Response
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the rules and the engine are handed.

    models:           by id; the default comes first
    exposure_changes: what other medicines do, for `population.individuals`
    """

    models: Mapping[str, PublishedModel]
    exposure_changes: tuple[ExposureChange, ...]
    response: Response
    limits: Limits

    @property
    def default_model(self) -> PublishedModel:
        return self.models[DEFAULT]

    def model(self, name: str) -> PublishedModel:
        """Raises RefusedError naming the models there are."""
        if name not in self.models:
            raise RefusedError.of(
                field="model",
                code="unknown",
                message=f"There is no model “{name}”.",
                mend=f"Choose {' or '.join(self.models)}.",
            )
        return self.models[name]


@cache
def load() -> Catalogue:
    """The catalogue that ships with the package. Raises RefusedError naming the file and key at fault."""
    return Catalogue(
        models=MappingProxyType(read_models()),
        exposure_changes=read_exposure_changes(),
        response=read_response(),
        limits=load_limits(),
    )
