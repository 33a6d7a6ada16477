"""What each reading is worth, decided once, when it arrives."""

from slackwater.actions.entries.case import Case
from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import Vitals, VitalSource


def marked(case: Case, vitals: Vitals) -> Vitals:
    """The readings with their quality. Raises RefusedError when a person typed what cannot be."""
    limits = load_limits().room.readings
    # What a person typed is held against what can be at all; a monitor's against what came before, too.
    is_typed = vitals.source is VitalSource.HAND
    earlier = RoomState() if is_typed else case.room.readings_since(case.at - limits.jump_within.minutes)
    return assess(vitals, earlier, at=case.at, limits=limits)
