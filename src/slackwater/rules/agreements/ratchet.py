"""What a patient's agreement permits now: it only turns one way while they are under the drug.

Whatever a clock claims, what counts as sober must be so by every account of when it was: before a window an
entry counts as late as it can have been, after a window as early as it can have been. So a device with a
wrong clock, an entry that arrives late and a server's clock that is put back can each take a yes away, and
none can add one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from slackwater.rules.agreements.log import (
    AgreementEntry,
    AskedInSession,
    Drafted,
    Impairment,
    Narrowed,
    Party,
    Signed,
    TaughtBack,
)
from slackwater.rules.agreements.permits import NOTHING, Permits, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One agreement that everybody signed.

    number:      that of its draft
    permits:     what it permits, less all that was taken back since it was drawn up
    active_from: the latest moment at which it can have been signed by all
    """

    number: int
    permits: Permits
    active_from: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a patient's agreement stands.

    permits:   everything that is a yes now
    is_locked: whether it can only be narrowed
    version:   the newest version signed by all, if any
    draft:     number of a draft that can still be signed, if any
    wishes:    what was asked for in session since and is to be offered again on a sober day
    """

    permits: Permits
    is_locked: bool
    version: Version | None
    draft: int | None
    wishes: Permits


def standing(
    log: Sequence[AgreementEntry], windows: Sequence[Impairment], *, at: datetime, lead: timedelta
) -> Standing:
    """How the agreement stands at `at`.

    windows: every time under the drug that is known of
    lead:    how long before the first dose a version must have been signed to count in that session
    """
    timeline = _Timeline(log, windows)
    versions = tuple(timeline.versions())
    opened = timeline.opened_at()
    permits = _outside(versions, at) if opened is None else _inside(versions, opened, opened - lead)
    newest = versions[-1] if versions else None
    return Standing(
        permits=in_force(permits),
        is_locked=opened is not None,
        version=newest,
        draft=timeline.open_draft(newest),
        wishes=timeline.wishes(newest),
    )


def _outside(versions: Sequence[Version], at: datetime) -> Permits:
    newest = versions[-1] if versions else None
    return newest.permits if newest is not None and at < newest.expires_at else NOTHING


def _inside(versions: Sequence[Version], opened: datetime, latest: datetime) -> Permits:
    """What was signed in good time.

    That it has run out is judged when the window opens, so that no clock can bring it back within.
    """
    in_time = [version for version in versions if version.active_from <= latest]
    newest = in_time[-1] if in_time else None
    return newest.permits if newest is not None and opened < newest.expires_at else NOTHING


class _Timeline:
    """A log beside the windows, with the earliest and the latest moment at which each entry can have been."""

    def __init__(self, log: Sequence[AgreementEntry], windows: Sequence[Impairment]) -> None:
        self._log = log
        self._windows = windows
        recorded = [entry.recorded_at for entry in log]
        # A clock that was put back shows up as a later entry with an earlier time.
        first = [*accumulate(reversed(recorded), min)][::-1]
        last = [*accumulate(recorded, max)]
        self._earliest = [min(one, entry.happened_at) for one, entry in zip(first, log, strict=True)]
        self._latest = [max(one, entry.happened_at) for one, entry in zip(last, log, strict=True)]
        self._closed_by = [self._closing(window) for window in windows]

    def opened_at(self) -> datetime | None:
        """When the first window opened that no teach-back has closed; None where none is open."""
        still = [
            window.starts_at
            for window, closed in zip(self._windows, self._closed_by, strict=True)
            if closed is None
        ]
        return min(still, default=None)

    def versions(self) -> Iterator[Version]:
        """Every version that was drawn up, understood and signed sober by all, without a dose in between."""
        for place, entry in enumerate(self._log):
            if isinstance(entry.said, Drafted) and (signed := self._signed_by_all(place)) is not None:
                yield Version(
                    number=entry.number,
                    permits=entry.said.permits - self._gone_since(place, entry.said.permits),
                    active_from=self._latest[signed],
                    expires_at=entry.said.expires_at,
                )

    def open_draft(self, newest: Version | None) -> int | None:
        """The last draft, unless it is signed by all or has been overtaken by a dose."""
        places = [place for place, entry in enumerate(self._log) if isinstance(entry.said, Drafted)]
        if not places or self._side(places[-1]) != len(self._windows):
            return None
        number = self._log[places[-1]].number
        return None if newest is not None and newest.number == number else number

    def wishes(self, newest: Version | None) -> Permits:
        """What was asked for and has not been offered since."""
        since = newest.number if newest is not None else 0
        asked = (e.said.wishes for e in self._log if isinstance(e.said, AskedInSession) and e.number > since)
        return frozenset().union(*asked)

    def _closing(self, window: Impairment) -> int | None:
        """The place of the teach-back that ended this window, if one did; one within another ends none."""
        others = [other for other in self._windows if other is not window]
        for place, entry in enumerate(self._log):
            if not (isinstance(entry.said, TaughtBack) and entry.said.is_passed):
                continue
            is_apart = all(self._is_before(place, other) or self._is_ready(place, other) for other in others)
            if is_apart and self._is_ready(place, window):
                return place
        return None

    def _is_before(self, place: int, window: Impairment) -> bool:
        return place < window.known_at and self._latest[place] < window.starts_at

    def _is_ready(self, place: int, window: Impairment) -> bool:
        return window.ready_at is not None and self._earliest[place] >= window.ready_at

    def _side(self, place: int) -> int | None:
        """How many windows were over when this was entered; None within one, or where it could be within."""
        over = 0
        for window, closed in zip(self._windows, self._closed_by, strict=True):
            if self._is_before(place, window):
                continue
            if closed is None or place < closed or not self._is_ready(place, window):
                return None
            over += 1
        return over

    def _signed_by_all(self, draft: int) -> int | None:
        """The place of the signature that made this draft a version."""
        side, number = self._side(draft), self._log[draft].number
        understood, signed = False, dict[Party, str]()
        for place in range(draft + 1, len(self._log)):
            said = self._log[place].said
            if isinstance(said, Drafted):
                return None
            if side is None or self._side(place) != side:
                continue
            if isinstance(said, TaughtBack) and said.draft == number:
                understood, signed = said.is_passed, {}
            elif isinstance(said, Signed) and said.draft == number and understood:
                signed[said.party] = said.person
                if len(signed) == len(Party) == len(set(signed.values())):
                    return place
        return None

    def _gone_since(self, draft: int, permits: Permits) -> Permits:
        """What was taken back since, and what the patient left out of a later draft that they signed."""
        gone = NOTHING
        for entry in self._log[draft + 1 :]:
            said = entry.said
            if isinstance(said, Narrowed):
                gone |= permits if said.is_everything else said.gone
            elif isinstance(said, Signed) and said.party is Party.PATIENT:
                gone |= permits - self._drafted(said.draft, permits)
        return gone

    def _drafted(self, number: int, otherwise: Permits) -> Permits:
        said = self._log[number - 1].said if 1 <= number <= len(self._log) else None
        return said.permits if isinstance(said, Drafted) else otherwise
