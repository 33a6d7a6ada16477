"""What `slackwater fit` found, as tables that the screen and the page share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from slackwater.catalogue.interactions_seen import read_interactions_seen
from slackwater.catalogue.loader import load
from slackwater.cli.figures import figures, percent, signed_percent
from slackwater.cli.fitting import Fitted
from slackwater.pharma.exposure_ratios import medicine_ratio
from slackwater.pharma.fitting.held_out import FRatio, beats, f_ratios, pooled
from slackwater.pharma.scoring import Performance, Scorecard

_KINDS = ("Cmax", "tmax", "AUC", "points")
_NOTABLE = 0.5
_RULE = (
    "On held-out Cmax, AUC and points the error and the share within two-fold are no worse, and one of them "
    "is better on at least two"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with a title, and a sentence or two on how to read it. The first column is text."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def sheets(result: Fitted) -> tuple[Sheet, ...]:
    """In the order in which they are read."""
    held_out = (_by_study(result), _verdict(result)) if result.left_out else ()
    return (
        _estimates(result),
        _correlations(result),
        _scores(result),
        *held_out,
        _bioavailabilities(result),
        _interactions(result),
    )


def _estimates(result: Fitted) -> Sheet:
    found = result.estimate
    parameters = found.parameters
    rows = tuple(
        (
            name,
            f"{parameters[name].value:g}",
            parameters[name].unit.value,
            percent(100 * rse),
            percent(100 * told),
        )
        for name, rse, told in zip(found.coordinates.names, found.rse, found.learned, strict=True)
    )
    costs = ", ".join(f"{cost:.3f}" for cost in found.costs)
    return Sheet(
        title="Estimates",
        headings=("parameter", "estimate", "unit", "standard error", "told by the rows"),
        rows=rows,
        note="Told by the rows: the share of the prior's variance that is gone; at 0 % it is the prior. "
        f"Half the sum of squares that each start came down to (seed {result.seed}): {costs}.",
    )


def _correlations(result: Fitted) -> Sheet:
    names, correlation = result.estimate.coordinates.names, result.estimate.correlation
    first, second = np.nonzero(np.triu(np.abs(correlation) > _NOTABLE, k=1))
    pairs = sorted(zip(first, second, strict=True), key=lambda at: -abs(correlation[at]))
    return Sheet(
        title="Errors that go together",
        headings=("parameters", "correlation"),
        rows=tuple((f"{names[i]}, {names[j]}", f"{correlation[i, j]:+.2f}") for i, j in pairs),
        note="Standard errors read one by one overstate what is unknown of such a pair together.",
    )


def _scores(result: Fitted) -> Sheet:
    own, other = result.plan.model, result.against.id
    cards = [(f"{other}, which had seen the rows", result.other), (f"{own}, fitted to them", result.own)]
    if result.left_out:
        cards.append((f"{own}, held out", pooled(each.card for each in result.left_out)))
    return Sheet(
        title="Scores",
        headings=("model", "figure", "n", "within 0.8-1.25", "within 0.5-2", "bias (MDPE)", "error (MDAPE)"),
        rows=tuple((name, *line) for name, card in cards for line in _lines(card)),
        note="Held out: each study predicted by a fit that saw neither its rows nor priors resting on it.",
    )


def _lines(card: Scorecard) -> Iterator[tuple[str, ...]]:
    for kind in _KINDS:
        one: Performance = getattr(card, kind)
        shares = percent(one.within_1_25), percent(one.within_2)
        yield kind, str(one.n), *shares, signed_percent(one.mdpe), percent(one.mdape)


def _by_study(result: Fitted) -> Sheet:
    mine = {row.row_id: row for each in result.left_out for row in each.card.rows}
    other = {row.row_id: row for row in result.other.rows}
    rows = tuple(
        (
            row_id,
            *(
                f"{_ratio(getattr(other[row_id], kind))} / {_ratio(getattr(row, kind))}"
                for kind in _KINDS[:3]
            ),
            f"{_error(other[row_id].points)} / {_error(row.points)}",
        )
        for row_id, row in mine.items()
        if row_id in other
    )
    return Sheet(
        title="Row by row, held out",
        headings=("row", "Cmax", "tmax", "AUC", "points, error"),
        rows=rows,
        note=f"Simulated over observed: {result.against.id} / {result.plan.model} held out.",
    )


def _verdict(result: Fitted) -> Sheet:
    wins = beats(pooled(each.card for each in result.left_out), result.other)
    return Sheet(
        title="Which is the default",
        headings=("rule", "answer"),
        rows=(
            (_RULE, f"{result.plan.model} may become the default" if wins else f"{result.against.id} stays"),
        ),
        note="",
    )


def _bioavailabilities(result: Fitted) -> Sheet:
    published = result.evidence.bioavailabilities
    other = f_ratios(result.against, published)
    own = f_ratios(result.estimate.model, published)
    held_out = {one.row_id: one for each in result.left_out for one in each.F}
    return Sheet(
        title="Bioavailability",
        headings=("row", "published", result.against.id, result.plan.model, f"{result.plan.model}, held out"),
        rows=tuple(
            (
                mine.row_id,
                *map(_share, (mine.published, its.predicted, mine.predicted)),
                _held(held_out, mine),
            )
            for its, mine in zip(other, own, strict=True)
        ),
        note="All ketamine, against the same dose into a vein.",
    )


def _held(held_out: dict[str, FRatio], one: FRatio) -> str:
    found = held_out.get(one.row_id)
    return "-" if found is None else _share(found.predicted)


def _interactions(result: Fitted) -> Sheet:
    changes = {change.medicine: change for change in load().exposure_changes}
    models = (result.against, result.estimate.model)
    return Sheet(
        title="Other medicines, by route",
        headings=(
            "medicine",
            "route and dose",
            "published",
            *(model.id for model in models),
            "published ratio is",
        ),
        rows=tuple(
            (
                changes[seen.medicine].name,
                f"{seen.route.label}, {seen.dose_mg:g} mg",
                _published(seen.auc_ratio),
                *(
                    f"{medicine_ratio(model, seen.drug, seen.dose, changes[seen.medicine]):.2f}"
                    for model in models
                ),
                f"{seen.use.value}; {seen.verification}",
            )
            for seen in read_interactions_seen()
            if seen.is_modelled
        ),
        note="Area with the medicine over that without. An input comes out by construction; only what is "
        "predicted is a finding.",
    )


def _published(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def _share(fraction: float) -> str:
    return percent(100.0 * fraction)


def _ratio(ratio: float | None) -> str:
    return "-" if ratio is None else figures(ratio)


def _error(ratios: tuple[float, ...]) -> str:
    return percent(float(np.median(np.abs(np.array(ratios) - 1.0)) * 100.0)) if ratios else "-"
