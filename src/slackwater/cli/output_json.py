"""A simulation as JSON, the shape that docs/reference/command-line.md promises."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from slackwater.cli.simulation import Exposure, Series, Simulation, Split, Spread

Node: TypeAlias = str | int | float | Sequence["Node"] | Mapping[str, "Node"] | None


def simulation_json(simulation: Simulation) -> str:
    """One line of JSON. Floats are written in full, so the same seed gives the same bytes."""
    document: dict[str, Node] = {
        "model": simulation.model,
        "drug": simulation.drug,
        "seed": simulation.seed,
        "subjects": simulation.subjects,
        "crowd_id": simulation.crowd_id,
        "time_min": simulation.time_min.tolist(),
        "series": [series_node(one) for one in simulation.series],
        "summary": [_exposure(one) for one in simulation.summary],
    }
    if simulation.causes:
        document |= {"causes": [_split(one) for one in simulation.causes]}
    return dump(document)


def dump(document: Node) -> str:
    """JSON of finite numbers only, ending in a line end."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"


def series_node(series: Series) -> Node:
    """One series as it stands in every document."""
    return {
        "analyte": series.analyte,
        "site": series.site,
        "unit": series.unit,
        "p05": None if series.p05 is None else series.p05.tolist(),
        "p50": series.p50.tolist(),
        "p95": None if series.p95 is None else series.p95.tolist(),
    }


def _exposure(exposure: Exposure) -> Node:
    return {
        "analyte": exposure.analyte,
        "site": exposure.site,
        "cmax": _spread(exposure.cmax),
        "tmax_min": _spread(exposure.tmax_min),
        "auc_ng_h_ml": _spread(exposure.auc_ng_h_ml),
    }


def _split(split: Split) -> Node:
    return {"quantity": split.what, "sentence": split.sentence, "shares": dict(split.shares)}


def _spread(spread: Spread | None) -> Node:
    """Every summary has the same keys; what has no meaning is null, never zero."""
    if spread is None:
        return {"p05": None, "p50": None, "p95": None}
    return {"p05": spread.p05, "p50": spread.p50, "p95": spread.p95}
