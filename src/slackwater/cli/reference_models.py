"""Writes docs/reference/models.md from the catalogue: `python -m slackwater.cli.reference_models`."""

import sys
from collections.abc import Iterator
from importlib import resources

from slackwater.catalogue.loader import load
from slackwater.cli import reference_own
from slackwater.cli.figures import percent
from slackwater.pharma.blueprint import Unit
from slackwater.pharma.parameters import Block, Parameter, PublishedModel
from slackwater.pharma.variability import Eta
from slackwater.terms.route import Route

_PROSE = "reference_models.txt"


def page() -> str:
    """The whole page: prose, one row a model, what each makes of its own paper, and every model's numbers."""
    models = tuple(load().models.values())
    prose = resources.files("slackwater.cli").joinpath(_PROSE).read_text(encoding="utf-8")
    table, own = "\n".join(_table(models)), "\n".join(reference_own.table())
    prose = prose.replace("@TABLE@", table).replace("@OWN@", own)
    return prose.replace("@MODELS@", "\n".join(map(_section, models)).rstrip())


def _table(models: tuple[PublishedModel, ...]) -> Iterator[str]:
    yield "| Model | For | Grade | Drugs | Routes | Random effects | Effect |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for model in models:
        cells = (
            model.id,
            f"**{model.use}**" if model.is_for_patients else model.use.value,
            model.grade.value,
            ", ".join(sorted(drug.value for drug in model.drugs)),
            ", ".join(route.value for route in Route if route in model.routes),
            f"{len(model.between_people)} in number" if model.has_spread else "none known",
            f"behind {model.effect_link.driver} blood" if model.effect_link else "none",
        )
        yield f"| {' | '.join(cells)} |"


def _section(model: PublishedModel) -> str:
    return "\n".join(_lines(model))


def _lines(model: PublishedModel) -> Iterator[str]:
    yield f"## {model.id}\n"
    yield f"{model.title}.\n"
    yield f"- Source: {model.source}{f' (doi {model.doi})' if model.doi else ''}"
    yield f"- Verification: {model.verification}"
    yield f"- People: {model.population}"
    for name, span, unit in (("Ages", model.age_range, "years"), ("Weights", model.weight_range, "kg")):
        found = f"{span.low:g} to {span.high:g} {unit} ({span.basis})" if span else "no source states them"
        yield f"- {name}: {found}"
    scaling = model.weight_scaling
    yield f"- Scaling with weight: {scaling.basis if scaling else 'none, because weight had no effect'}"
    yield from (f"- {caveat}" for caveat in model.caveats)
    yield ""
    for block in model.blocks:
        yield from _block(model, block)
    if model.has_spread:
        yield from _variability(model)


def _block(model: PublishedModel, block: Block) -> Iterator[str]:
    own = [each for each in model.parameters if each.block == block.name]
    yield f"**{block.name}**, {block.grade}: {', '.join(f'{each.name} {_amount(each)}' for each in own)}.\n"
    yield f"- Source: {block.source}"
    yield f"- Verification: {block.verification}"
    yield from (f"- {note}" for note in (block.note,) if note)
    yield ""


def _amount(parameter: Parameter) -> str:
    is_bare = parameter.unit in (Unit.FRACTION, Unit.RATIO)
    said = f"{parameter.value:g}" if is_bare else f"{parameter.value:g} {parameter.unit}"
    return said if parameter.rse is None else f"{said} (± {percent(100 * parameter.rse)})"


def _variability(model: PublishedModel) -> Iterator[str]:
    yield "**Spread between people**\n"
    yield from (f"- {_eta(eta)}" for eta in model.between_people)
    people = {eta.name for eta in model.between_people}
    for one in model.correlations:
        if not people.issuperset(one.etas):
            yield f"- {len(one.etas)} estimates are drawn with their standard errors, together ({one.basis})"
            continue
        rows = "; ".join(", ".join(f"{entry:g}" for entry in row) for row in one.matrix)
        yield f"- {' and '.join(one.etas)} together: correlations {rows} ({one.basis})"
    yield ""


def _eta(eta: Eta) -> str:
    spreads = (
        ("CV", eta.cv),
        ("SD", eta.sd),
        ("CV between occasions", eta.occasion_cv),
        ("SD between occasions", eta.occasion_sd),
    )
    said = ", ".join(f"{name} {spread:g}" for name, spread in spreads if spread is not None)
    return f"{', '.join(eta.moves)}: {said} on the {eta.scale} scale ({eta.basis})"


if __name__ == "__main__":
    sys.stdout.write(page())
