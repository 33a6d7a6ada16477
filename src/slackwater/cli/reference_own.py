"""The table of docs/reference/models.md that holds published models against their own papers' exposures."""

from collections.abc import Iterator

from slackwater.catalogue.loader import load
from slackwater.catalogue.own_exposures import read_own_exposures
from slackwater.cli.figures import figures
from slackwater.pharma.own_exposures import (
    Figure,
    OwnExposure,
    Statistic,
    of_a_crowd,
    over_all_doses,
    typical,
)
from slackwater.units import min_from_h, ng_ml_from_mg_l

_HEADINGS = ("Model", "After", "Of", "Printed", "As a", "Typical person", "", "Crowd", "", "Chance")
_KINDS = {
    Statistic.MEAN: "mean of {n}",
    Statistic.MEDIAN: "median of {n}",
    Statistic.TYPICAL: "typical person",
}


def table() -> Iterator[str]:
    """One line an exposure; what is over all doses follows the doses."""
    yield _line(*_HEADINGS)
    yield _line(*("---" if index < 3 else "--:" for index in range(len(_HEADINGS))))
    printed = read_own_exposures()
    for one in sorted((*printed, *over_all_doses(printed)), key=lambda each: _MODELS.index(each.model)):
        yield _row(one)


_MODELS = ("simons-2022", "otto-2021", "perez-ruixo-2021")


def _row(one: OwnExposure) -> str:
    model = load().model(one.model)
    alone, crowd = typical(model, one), of_a_crowd(model, one)
    of_crowd = (
        ("-", "", "")
        if crowd is None
        else (
            _ng(crowd.value),
            _difference(crowd.value, one),
            f"± {100 * crowd.chance / one.observed:.0f} %",
        )
    )
    kind = _KINDS[one.statistic].format(n=one.n)
    cells = (one.model, _after(one), _of(one), _ng(one.observed), kind, _ng(alone), _difference(alone, one))
    return _line(*cells, *of_crowd)


def _after(one: OwnExposure) -> str:
    told = (
        ""
        if one.person.age_years is None
        else f", {one.person.age_years:g} years, {one.person.ancestry.value}"
    )
    return f"{one.doses}{told}"


def _of(one: OwnExposure) -> str:
    if one.figure is Figure.POINT:
        return f"{one.analyte.value} at {min_from_h(one.sampled_h[-1]):.0f} min"
    return f"{one.analyte.value}, {'peak' if one.figure is Figure.CMAX else 'area'}"


def _difference(ours: float, one: OwnExposure) -> str:
    return f"{100 * (ours / one.observed - 1):+.1f} %"


def _ng(mg_l: float) -> str:
    return figures(ng_ml_from_mg_l(mg_l))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
