"""Reads how unsure a fitted model's typical values are: standard errors, and which go together."""

from collections.abc import Sequence

from slackwater.catalogue.fields import Fields
from slackwater.pharma.blueprint import Unit
from slackwater.pharma.correlation import Correlation, Rows
from slackwater.pharma.parameters import Parameter
from slackwater.pharma.variability import Eta, Scale

PREFIX = "estimate of "


def standard_errors(
    table: Fields | None, parameters: Sequence[Parameter]
) -> tuple[tuple[Eta, ...], tuple[Correlation, ...]]:
    """An eta for each parameter that was estimated, and the correlation of all of them.

    table: [estimates] of the model's file, with the names, and the lower triangle of the correlations
    Raises RefusedError where the names are not those of the parameters that have a standard error.
    """
    if table is None:
        return (), ()
    names, basis = table.texts("names"), table.text("basis")
    found = {each.name: each for each in parameters if each.rse is not None}
    if list(names) != list(found):
        raise table.refused("names", "are not the parameters that have an rse, in their order.")
    etas = tuple(_eta(found[name], basis) for name in names)
    matrix = _mirrored(table.matrix("correlations"))
    table.refuse_unread()
    together = Correlation(etas=tuple(eta.name for eta in etas), matrix=matrix, basis=basis)
    return etas, (together,)


def _eta(parameter: Parameter, basis: str) -> Eta:
    is_fraction = parameter.unit is Unit.FRACTION
    # The delta method, as the fit has it: the error of a fraction is its logit's times 1 - f.
    sd = (parameter.rse or 0.0) / (1.0 - parameter.value if is_fraction else 1.0)
    return Eta(
        name=PREFIX + parameter.name,
        moves=(parameter.name,),
        scale=Scale.LOGIT if is_fraction else Scale.LOG,
        basis=basis,
        sd=sd,
        is_estimate=True,
    )


def _mirrored(lower: Rows) -> Rows:
    """The whole matrix; rows of a wrong length are left for the record to refuse."""
    if any(len(row) != place for place, row in enumerate(lower, start=1)):
        return lower
    return tuple(tuple(lower[max(i, j)][min(i, j)] for j in range(len(lower))) for i in range(len(lower)))
