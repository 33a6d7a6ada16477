"""Who is with the patient, and what follows where too few are (M09, M10).

One named person is in the room, and a second member of staff is there too or within earshot. Nobody is alone
with somebody who is impaired, and nobody who is impaired is alone. Unsigned is absent: nobody is taken to be
here because they were expected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from slackwater.rules.findings import Finding
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.limits import PresenceLimits
from slackwater.rules.room.presence import Coming, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who is here now, in the order in which they came to where they are."""

    here: tuple[Coming, ...]

    @property
    def observers(self) -> tuple[Coming, ...]:
        """Those in the room."""
        return tuple(one for one in self.here if one.place is Place.ROOM)

    def gaps(self, limits: PresenceLimits) -> Iterator[Finding]:
        """What is missing for a patient to be looked after; nothing where two are here, one in the room."""
        if not self.observers:
            yield limits.observer.unknown("Nobody is signed in as being in the room with the patient.")
        if len(self.here) == 1:
            only = self.here[0]
            yield limits.second_person.unknown(
                f"Only {only.name} is signed in. A second member of staff is needed within earshot."
            )
        elif not self.here:
            yield limits.second_person.unknown("No second member of staff is signed in within earshot.")

    def after(self, coming: Coming) -> "Attendance":
        """Who would be here after this."""
        others = tuple(one for one in self.here if one.who != coming.who)
        return Attendance(here=others if coming.place is None else (*others, coming))


def attendance(state: RoomState) -> Attendance:
    """Who is here, as the log has it; nobody once the patient has left."""
    return Attendance(here=()) if state.is_over else _after_all(state.comings)


def is_impaired(state: RoomState) -> bool:
    """Whether drug is, or may be, at work in somebody who is still here."""
    return bool(state.doses) and not state.is_over


def leaves_alone(state: RoomState, coming: Coming, limits: PresenceLimits) -> tuple[Finding, ...]:
    """What this coming or going would leave open that was not open before; nothing before the first dose."""
    if not is_impaired(state):
        return ()
    now = attendance(state)
    open_before = {finding.id for finding in now.gaps(limits)}
    return tuple(found for found in now.after(coming).gaps(limits) if found.id not in open_before)


def presence_gaps(state: RoomState, limits: PresenceLimits) -> Iterator[tuple[datetime, tuple[Finding, ...]]]:
    """What was missing from each moment on, since the first dose began."""
    begun = state.first_dose_at
    if begun is None:
        return
    for at in (begun, *(coming.at for coming in state.comings if coming.at > begun)):
        then = _after_all(coming for coming in state.comings if coming.at <= at)
        yield at, tuple(then.gaps(limits))


def _after_all(comings: Iterable[Coming]) -> Attendance:
    found = Attendance(here=())
    for coming in comings:
        found = found.after(coming)
    return found
