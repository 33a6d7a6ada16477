"""`slackwater models`: what the models are, where they come from, and how far they disagree."""

from dataclasses import dataclass
from typing import Annotated

import typer

from slackwater.cli.formats import TextFormat
from slackwater.cli.options import takes
from slackwater.terms.drug import Drug

# The dose that both models for orders were made or adapted for, at the weight that they are scaled to.
_DOSE, _WEIGHT = "nasal-device 56 mg", "70"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsOptions:
    """What `slackwater models` was asked, as it was written."""

    dose: Annotated[str, typer.Option(help="The dose to compare them on.", metavar="DOSE")] = _DOSE
    drug: Annotated[
        Drug | None,
        typer.Option(help="Default: esketamine; with --disagree, what most models have."),
    ] = None
    disagree: Annotated[
        list[str] | None,
        typer.Option(help="Only how far apart they are on this dose; may be repeated.", metavar="DOSE"),
    ] = None
    weight: Annotated[str, typer.Option(help="Body weight in kg, 20 to 300.", metavar="KG")] = _WEIGHT
    format: Annotated[TextFormat, typer.Option(help="What to print.")] = TextFormat.TABLE
    plot: Annotated[str | None, typer.Option(help="Also draw a .png or .svg.", metavar="FILE")] = None


@takes(ModelsOptions)
def models(options: ModelsOptions) -> None:
    """List every model with its source, population, routes, verification and grade, and compare them.

    The comparison is the typical person's venous S-ketamine after one dose. A model that cannot give the dose
    is named with the cause. With --disagree no model is listed: every one for adults draws the doses, in the
    blood that it knows, with its band, and it is said how many times the largest is the smallest.
    """
    from slackwater.catalogue.loader import load
    from slackwater.cli import output_disagree, output_models
    from slackwater.cli.compare import compare
    from slackwater.cli.disagree import disagree
    from slackwater.cli.plot_file import picture_path

    drawing = picture_path(options.plot, field="plot") if options.plot else None
    catalogue = load()
    if options.disagree:
        found = disagree(catalogue, doses=options.disagree, drug=options.drug, weight=options.weight)
        output_disagree.write(found, options.format)
        if drawing:
            output_disagree.picture(found, drawing)
        return
    drug = options.drug or Drug.ESKETAMINE
    comparison = compare(catalogue, dose=options.dose, drug=drug, weight=options.weight)
    output_models.write(tuple(catalogue.models.values()), comparison, options.format)
    if drawing:
        output_models.picture(comparison, drawing)
