"""Writes docs/reference/interactions.md: `python -m slackwater.cli.reference_interactions`."""

import sys
from collections.abc import Callable, Iterator
from importlib import resources
from typing import TypeAlias

from slackwater.catalogue.interactions_seen import SeenInteraction, read_interactions_seen
from slackwater.catalogue.loader import load
from slackwater.pharma.exposure_changes import ExposureChange
from slackwater.pharma.exposure_ratios import (
    medicine_ratio,
    norketamine_ratio,
    norketamine_share_ratio,
    peak_ratio,
)
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.regimen import Dose
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_PROSE = "reference_interactions.txt"
_MODELS = ("rk1", "perez-ruixo-2021", "rk2")
# Any dose does: by these two routes exposure is in proportion to it.
_BY_VEIN = Dose(route=Route.IV, amount_mg=10.0)
_SWALLOWED = Dose(route=Route.ORAL, amount_mg=10.0)

Ratio: TypeAlias = Callable[[PublishedModel, Drug, Dose, ExposureChange], float]


def page() -> str:
    """The whole page: prose with a table of areas, of peaks, of swallowed shares, and of sources."""
    seen = read_interactions_seen()
    prose = resources.files("slackwater.cli").joinpath(_PROSE).read_text(encoding="utf-8")
    tables = {
        "@AREAS@": _areas(seen),
        "@PEAKS@": _peaks(seen),
        "@NORKETAMINE@": _norketamine(seen),
        "@SHARES@": _shares(seen),
        "@SOURCES@": _sources(seen),
    }
    for place, lines in tables.items():
        prose = prose.replace(place, "\n".join(lines))
    return prose


def _areas(seen: tuple[SeenInteraction, ...]) -> Iterator[str]:
    yield from _head("Row", "With", "Route, dose", "Seen", *_MODELS, "To us it is")
    for one in seen:
        yield _line(*_who(one), _number(one.auc_ratio), *_ours(one, medicine_ratio), _standing(one))


def _peaks(seen: tuple[SeenInteraction, ...]) -> Iterator[str]:
    yield from _head("Row", "With", "Route, dose", "Seen", *_MODELS)
    for one in seen:
        if one.cmax_ratio is not None:
            yield _line(*_who(one), _number(one.cmax_ratio), *_ours(one, peak_ratio))


def _norketamine(seen: tuple[SeenInteraction, ...]) -> Iterator[str]:
    yield from _head("Row", "With", "Route, dose", "Of norketamine", "Seen", *_MODELS)
    for one in seen:
        if one.norketamine_auc_ratio is not None:
            figures = (_number(one.norketamine_auc_ratio), *_ours(one, norketamine_ratio))
            yield _line(*_who(one), "area", *figures)
        if one.norketamine_share_ratio is not None:
            figures = (_number(one.norketamine_share_ratio), *_ours(one, norketamine_share_ratio))
            yield _line(*_who(one), "area over ketamine's", *figures)


def _shares(seen: tuple[SeenInteraction, ...]) -> Iterator[str]:
    yield from _head(
        "With", "Dose", "Swallowed area, O", "By vein, V", "Sprayed area, seen", "s by it", *_MODELS
    )
    for one in seen:
        change = _changes().get(one.medicine)
        if one.route is Route.NASAL_DEVICE and one.auc_ratio and change and change.oral_auc_ratio:
            swallowed, by_vein = change.oral_auc_ratio, change.systemic_auc_ratio or 1.0
            own = (_own_share(load().model(name), one, change) for name in _MODELS)
            figures = (_number(swallowed), _number(by_vein), _number(one.auc_ratio))
            shares = (f"{100 * share:.0f} %" for share in (_share(one.auc_ratio, swallowed, by_vein), *own))
            yield _line(one.name, f"{one.dose_mg:g} mg", *figures, *shares)


def _share(sprayed: float, swallowed: float, by_vein: float) -> float:
    """The share s of exposure that was swallowed, from: sprayed = by_vein * (1 - s) + swallowed * s."""
    return (by_vein - sprayed) / (by_vein - swallowed)


def _own_share(model: PublishedModel, seen: SeenInteraction, change: ExposureChange) -> float:
    """The same share from the three ratios that the model itself gives."""
    sprayed, swallowed, by_vein = (
        medicine_ratio(model, seen.drug, dose, change) for dose in (seen.dose, _SWALLOWED, _BY_VEIN)
    )
    return _share(sprayed, swallowed, by_vein)


def _sources(seen: tuple[SeenInteraction, ...]) -> Iterator[str]:
    yield from _head("Row", "Source", "How it was checked")
    for one in seen:
        yield _line(one.id, one.source, one.verification)


def _who(one: SeenInteraction) -> tuple[str, str, str]:
    dose = "" if one.dose_mg is None else f", {one.dose_mg:g} mg"
    return one.id, one.name, f"{one.route.label}{dose}"


def _ours(one: SeenInteraction, ratio: Ratio) -> Iterator[str]:
    for name in _MODELS:
        model, change = load().model(name), _changes().get(one.medicine)
        is_given = one.drug in model.drugs and one.route in model.routes
        if one.is_modelled and change is not None and is_given:
            yield _number(ratio(model, one.drug, one.dose, change))
        else:
            yield "-"


def _standing(one: SeenInteraction) -> str:
    words = one.use.value.replace("-", " ")
    return f"{words}, *remembered*" if one.is_remembered else words


def _changes() -> dict[str, ExposureChange]:
    return {change.medicine: change for change in load().exposure_changes}


def _number(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def _head(*headings: str) -> Iterator[str]:
    yield _line(*headings)
    yield _line(*("---" for _ in headings))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
