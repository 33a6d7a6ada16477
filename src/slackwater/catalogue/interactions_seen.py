"""Reads interactions_seen.csv: areas that studies found with a medicine over those without, by route."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from slackwater.pharma.regimen import Dose
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_FILE = "interactions_seen.csv"


class Use(StrEnum):
    """INPUT:     it is in exposure_changes.csv, so a model gives it back by construction

    PRIOR:     a fit was told of it
    PREDICTED: nothing was told of it; agreement is a finding
    """

    INPUT = "input"
    PRIOR = "prior"
    PREDICTED = "predicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInteraction:
    """One published ratio of areas."""

    id: str
    medicine: str
    drug: Drug
    dose: Dose
    auc_ratio: float
    use: Use
    source: str
    verification: str


def read_interactions_seen() -> tuple[SeenInteraction, ...]:
    """The table that ships with the package, in the order of its rows."""
    text = resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(_parse(text))


def _parse(text: str) -> Iterator[SeenInteraction]:
    for row in csv.DictReader(text.splitlines()):
        yield SeenInteraction(
            id=row["id"],
            medicine=row["medicine"],
            drug=Drug(row["drug"]),
            dose=Dose(route=Route(row["route"]), amount_mg=float(row["dose_mg"])),
            auc_ratio=float(row["auc_ratio"]),
            use=Use(row["use"]),
            source=row["source"],
            verification=row["verification"],
        )
