"""Reads interactions_seen.csv: areas and peaks seen with a medicine over those without it, by route."""

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
    """INPUT:        its area ratio is in exposure_changes.csv, so RK1 and RK2 give it back by construction

    PRIOR:        RK2's fit was told of it; to every other model it is a prediction
    PREDICTED:    nothing was told of it; agreement is a finding
    NOT_MODELLED: no number for it reaches any model, so a crowd cannot take it into account
    """

    INPUT = "input"
    PRIOR = "prior"
    PREDICTED = "predicted"
    NOT_MODELLED = "not-modelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInteraction:
    """What one study or label says of one medicine or condition.

    medicine:              as it stands in exposure_changes.csv; empty where that has nothing like it
    dose_mg:               None where no single dose is told, as of a long infusion
    auc_ratio, cmax_ratio: with it over without; None where none is published
    norketamine_auc_ratio, norketamine_share_ratio: likewise of its area, and of that over ketamine's
    """

    id: str
    medicine: str
    name: str
    drug: Drug
    route: Route
    dose_mg: float | None
    auc_ratio: float | None
    cmax_ratio: float | None
    norketamine_auc_ratio: float | None
    norketamine_share_ratio: float | None
    use: Use
    source: str
    verification: str

    @property
    def is_modelled(self) -> bool:
        return self.use is not Use.NOT_MODELLED

    @property
    def dose(self) -> Dose:
        """What was given. Raises ValueError where no dose is told; every modelled row has one."""
        if self.dose_mg is None:
            raise ValueError(f"{self.id} tells no dose")
        return Dose(route=self.route, amount_mg=self.dose_mg)

    @property
    def is_remembered(self) -> bool:
        """Whether its ratios were seen nowhere; such a row is shown and never fitted to."""
        return self.verification.startswith("from memory")


def read_interactions_seen() -> tuple[SeenInteraction, ...]:
    """The table that ships with the package, in the order of its rows."""
    text = resources.files("slackwater.catalogue").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(_parse(text))


def _parse(text: str) -> Iterator[SeenInteraction]:
    for row in csv.DictReader(text.splitlines()):
        yield SeenInteraction(
            id=row["id"],
            medicine=row["medicine"],
            name=row["name"],
            drug=Drug(row["drug"]),
            route=Route(row["route"]),
            dose_mg=_number(row["dose_mg"]),
            auc_ratio=_number(row["auc_ratio"]),
            cmax_ratio=_number(row["cmax_ratio"]),
            norketamine_auc_ratio=_number(row["norketamine_auc_ratio"]),
            norketamine_share_ratio=_number(row["norketamine_share_ratio"]),
            use=Use(row["use"]),
            source=row["source"],
            verification=row["verification"],
        )


def _number(text: str) -> float | None:
    return float(text) if text else None
