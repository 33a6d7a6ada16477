"""Reads models/*.toml into checked records; an unknown, missing or mistyped key is refused by its name."""

import tomllib
from collections.abc import Iterator
from importlib import resources

from slackwater.catalogue.fields import Fields
from slackwater.catalogue.standard_errors import standard_errors
from slackwater.pharma.analyte import Site
from slackwater.pharma.blueprint import Unit
from slackwater.pharma.correlation import Correlation
from slackwater.pharma.parameters import (
    Block,
    EffectLink,
    Grade,
    Parameter,
    PublishedModel,
    Range,
    ResidualError,
    Use,
    WeightScaling,
)
from slackwater.pharma.structures import Structure
from slackwater.pharma.variability import Eta, Scale
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

SCHEMA_VERSION = 1


def read_models() -> dict[str, PublishedModel]:
    """Every model that ships with the package, by its id; the default comes first."""
    folder = resources.files("slackwater.catalogue").joinpath("models")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    models = [parse_model(file.read_text(encoding="utf-8"), name=file.name) for file in files]
    return {model.id: model for model in sorted(models, key=lambda model: (model.id != DEFAULT, model.id))}


DEFAULT = "rk1"


def parse_model(text: str, *, name: str) -> PublishedModel:
    """A model from TOML text; `name` stands in refusals.

    Raises RefusedError naming the key at fault, or every parameter that holds nonsense.
    """
    top = Fields(name, tomllib.loads(text))
    top.check_version(SCHEMA_VERSION)
    blocks = list(top.tables("blocks"))
    parameters = tuple(parameter for block in blocks for parameter in _parameters(block))
    errors, together = standard_errors(top.optional_table("estimates"), parameters)
    model = PublishedModel(
        id=top.text("id"),
        title=top.text("title"),
        version=top.text("version"),
        source=top.text("source"),
        doi=top.text("doi", empty=True),
        verification=top.text("verification"),
        grade=top.word("grade", Grade),
        use=top.word("use", Use),
        population=top.text("population"),
        drugs=frozenset(top.words("drugs", Drug)),
        routes=frozenset(top.words("routes", Route)),
        age_range=_range(top.optional_table("age_range")),
        weight_range=_range(top.optional_table("weight_range")),
        structure=top.word("structure", Structure),
        parameters=parameters,
        blocks=tuple(_block(block) for block in blocks),
        variability=(*map(_eta, top.tables("variability", optional=True)), *errors),
        correlations=(*map(_correlation, top.tables("correlations", optional=True)), *together),
        weight_scaling=_weight_scaling(top.optional_table("weight_scaling")),
        effect_link=_effect_link(top.optional_table("effect_link")),
        residual=_residual(top.optional_table("residual")),
        caveats=top.texts("caveats"),
    )
    top.refuse_unread()
    return model


def _block(table: Fields) -> Block:
    block = Block(
        name=table.text("name"),
        source=table.text("source"),
        verification=table.text("verification"),
        grade=table.word("grade", Grade),
        note=table.text("note", empty=True, default=""),
    )
    table.refuse_unread()
    return block


def _parameters(block: Fields) -> Iterator[Parameter]:
    parameters = block.table("parameters")
    for name in parameters.names():
        row = parameters.table(name)
        yield Parameter(
            name=name,
            value=row.number("value"),
            unit=row.word("unit", Unit),
            block=block.text("name"),
            rse=row.optional_number("rse"),
        )
        row.refuse_unread()


def _eta(table: Fields) -> Eta:
    eta = Eta(
        name=table.text("name"),
        moves=table.texts("moves"),
        scale=table.word("scale", Scale),
        basis=table.text("basis"),
        cv=table.optional_number("cv"),
        sd=table.optional_number("sd"),
        occasion_cv=table.optional_number("occasion_cv"),
        occasion_sd=table.optional_number("occasion_sd"),
    )
    table.refuse_unread()
    return eta


def _correlation(table: Fields) -> Correlation:
    correlation = Correlation(
        etas=table.texts("etas"), matrix=table.matrix("matrix"), basis=table.text("basis")
    )
    table.refuse_unread()
    return correlation


def _range(table: Fields | None) -> Range | None:
    if table is None:
        return None
    found = Range(low=table.number("low"), high=table.number("high"), basis=table.text("basis"))
    table.refuse_unread()
    return found


def _weight_scaling(table: Fields | None) -> WeightScaling | None:
    if table is None:
        return None
    scaling = WeightScaling(
        reference_kg=table.number("reference_kg"),
        flow_exponent=table.number("flow_exponent"),
        volume_exponent=table.number("volume_exponent"),
        basis=table.text("basis"),
        unscaled=table.texts("unscaled", optional=True),
    )
    table.refuse_unread()
    return scaling


def _effect_link(table: Fields | None) -> EffectLink | None:
    if table is None:
        return None
    link = EffectLink(
        driver=table.word("driver", Site),
        half_life_min=table.number("half_life_min"),
        source=table.text("source"),
        grade=table.word("grade", Grade),
    )
    table.refuse_unread()
    return link


def _residual(table: Fields | None) -> ResidualError | None:
    if table is None:
        return None
    residual = ResidualError(
        ketamine_cv=table.number("ketamine_cv"),
        norketamine_cv=table.optional_number("norketamine_cv"),
        basis=table.text("basis"),
    )
    table.refuse_unread()
    return residual
