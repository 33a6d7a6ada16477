"""What another medicine does to exposure: to the first pass of swallowed drug, and to clearance, apart."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from slackwater.pharma.parameters import Grade, ParameterError


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureChange:
    """Ratios of the area under the curve with the medicine to that without it.

    medicine:           identifier, as it stands in Person.medicines
    name:               as people write it
    oral_auc_ratio:     swallowed S-ketamine, or None where no ratio is published
    systemic_auc_ratio: intravenous S-ketamine, or None where none is published; clearance is then left alone
    evidence:           identifiers of rows of the evidence table
    """

    medicine: str
    name: str
    oral_auc_ratio: float | None
    systemic_auc_ratio: float | None
    evidence: tuple[str, ...]
    source: str
    grade: Grade
    note: str

    def __post_init__(self) -> None:
        for field in ("oral_auc_ratio", "systemic_auc_ratio"):
            ratio = getattr(self, field)
            if ratio is not None and not (math.isfinite(ratio) and 0.01 <= ratio <= 100):
                raise ParameterError.of(
                    field=f"{self.medicine}.{field}",
                    code="ratio",
                    message=f"{ratio} is no ratio of exposures.",
                    mend="Write a ratio such as 2.6, or leave it empty.",
                )

    @property
    def is_measured(self) -> bool:
        """Whether any ratio is known; where none is, a crowd cannot take the medicine into account."""
        return self.oral_auc_ratio is not None or self.systemic_auc_ratio is not None

    @property
    def clearance_factor(self) -> float:
        """Multiplies clearance."""
        return 1.0 / (self.systemic_auc_ratio or 1.0)

    def first_pass_factor(self, F_swallowed: float) -> float:
        """Multiplies the odds of a swallowed fraction, so that F itself changes by the published ratios.

        AUC_oral = F * dose / CL, so F changes by oral_auc_ratio / systemic_auc_ratio. Odds keep it under 1.
        """
        ratio = (self.oral_auc_ratio or self.systemic_auc_ratio or 1.0) / (self.systemic_auc_ratio or 1.0)
        # A fraction cannot pass 1, whatever an area ratio measured in other people says.
        changed = min(F_swallowed * ratio, 0.99)
        return (changed / (1.0 - changed)) / (F_swallowed / (1.0 - F_swallowed))


def taken(changes: Iterable[ExposureChange], medicines: Iterable[str]) -> tuple[ExposureChange, ...]:
    """The changes that apply to somebody who takes these medicines, each once, in the table's order."""
    wanted = set(medicines)
    return tuple(change for change in changes if change.medicine in wanted)


def unknown(changes: Iterable[ExposureChange], medicines: Iterable[str]) -> tuple[str, ...]:
    """The medicines whose effect on exposure is not known to the table."""
    known = {change.medicine for change in changes if change.is_measured}
    return tuple(medicine for medicine in medicines if medicine not in known)
