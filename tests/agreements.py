"""A log of agreements, written in hours from a first dose, for tests of what it permits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.rooms import FIRST_DOSE

from slackwater.rules.agreements.log import (
    AgreementEntry,
    Drafted,
    Impairment,
    Party,
    Said,
    Signed,
    TaughtBack,
)
from slackwater.rules.agreements.permits import Item, Permit, Permits, touch
from slackwater.rules.agreements.ratchet import Standing, standing
from slackwater.terms.zone import Zone

PATIENT, PRESCRIBER, GUIDE, MONITOR = "ada", "prescriber", "guide", "monitor"
WHO = {Party.PATIENT: PATIENT, Party.PRESCRIBER: PRESCRIBER, Party.GUIDE: GUIDE}
LEAD = timedelta(hours=24)
HANDS, FEET, HUG = (touch(zone, GUIDE) for zone in (Zone.HANDS, Zone.FEET, Zone.HUG))
TREATMENT = Permit(item=Item.TREATMENT)
USUAL: Permits = frozenset({TREATMENT, HANDS, FEET})


def hour(at: float) -> datetime:
    """So many hours after the first dose; negative before it."""
    return FIRST_DOSE + timedelta(hours=at)


class Agreement:
    """Writes entries one after another; each call is one entry and gives its number."""

    def __init__(self) -> None:
        self.log: list[AgreementEntry] = []
        self.windows: list[Impairment] = []

    def says(self, at: float, said: Said, *, claims: float | None = None) -> int:
        """At this hour by the server's clock; `claims` is what the device's clock said."""
        entry = AgreementEntry(
            number=len(self.log) + 1,
            happened_at=hour(at if claims is None else claims),
            recorded_at=hour(at),
            said=said,
        )
        self.log.append(entry)
        return entry.number

    def drafts(self, at: float, permits: Permits = USUAL, *, ends: float = 5000) -> int:
        return self.says(
            at,
            Drafted(
                permits=permits,
                texts="words of 2026",
                expires_at=hour(ends),
                stop_word="red",
                stop_sign="hand up",
            ),
        )

    def signs(self, at: float, draft: int, *parties: Party) -> None:
        for party in parties or tuple(Party):
            self.says(at, Signed(draft=draft, party=party, person=WHO[party]))

    def agrees(self, at: float, permits: Permits = USUAL, *, ends: float = 5000) -> int:
        """Drawn up, understood and signed by all, all at once."""
        draft = self.drafts(at, permits, ends=ends)
        self.says(at, TaughtBack(draft=draft, is_passed=True, is_rehearsed=True))
        self.signs(at, draft)
        return draft

    def dose(self, at: float = 0, *, ready: float | None = None) -> None:
        """A dose that is known of as soon as it is given; `ready` is when only the teach-back is missing."""
        self.windows.append(
            Impairment(
                starts_at=hour(at), known_at=len(self.log), ready_at=None if ready is None else hour(ready)
            )
        )

    def now(self, at: float) -> Standing:
        return standing(self.log, self.windows, at=hour(at), lead=LEAD)


def words(permits: Sequence[Permit] | Permits) -> tuple[str, ...]:
    """Permits in a fixed order, in short."""
    return tuple(sorted(permit.of or permit.item.value for permit in permits))
