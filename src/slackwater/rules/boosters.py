"""What is common to ordering a booster and giving it. No published limit was located (D11 to D13)."""

from dataclasses import dataclass
from datetime import timedelta

from slackwater.rules.basis import Basis, Threshold
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

NASAL = frozenset({Route.NASAL_DEVICE, Route.NASAL_SOLUTION})
# The routes that rows D11 to D14 speak of; for the others nothing was located at all.
COVERED = frozenset({Route.IM, Route.LOZENGE, Route.FILM})


@dataclass(frozen=True, slots=True, kw_only=True)
class BoosterLimits:
    """How many, how soon and how much."""

    boosters_most: Threshold
    booster_earliest_im: Threshold
    booster_earliest_mouth: Threshold
    booster_earliest_oral: Threshold
    booster_earliest_nasal: Threshold
    booster_after_infusion: Basis
    booster_share: Threshold
    nasal_esketamine_boosters: Threshold

    def earliest(self, route: Route, *, duration_s: int) -> tuple[timedelta, Basis]:
        """How long after the start of the first dose a booster may come, and on what that rests."""
        match route:
            case Route.IM:
                row = self.booster_earliest_im
            case Route.LOZENGE | Route.FILM:
                row = self.booster_earliest_mouth
            case Route.ORAL:
                row = self.booster_earliest_oral
            case Route.NASAL_DEVICE | Route.NASAL_SOLUTION:
                row = self.booster_earliest_nasal
            case Route.IV:
                return timedelta(seconds=duration_s), self.booster_after_infusion
        return row.minutes, row

    def largest_ug(self, first_ug: int) -> int:
        """The most a booster may hold after this first dose, in whole micrograms, rounded down."""
        return first_ug * self.booster_share.value // 100


def is_never_repeated(drug: Drug, route: Route) -> bool:
    """Whether this is nasal esketamine, which is never given twice in a session (D15)."""
    return drug is Drug.ESKETAMINE and route in NASAL
