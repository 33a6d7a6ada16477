"""What each reading is worth, decided once, when it arrives."""

from slackwater.actions.entries.case import Case
from slackwater.catalogue.limits import load_limits
from slackwater.rules.room.artefacts import assess
from slackwater.rules.room.log import Vitals


def marked(case: Case, vitals: Vitals) -> Vitals:
    """The readings with their quality. Raises RefusedError when a person typed what cannot be."""
    limits = load_limits().room.readings
    earlier = case.room.readings_since(case.at - limits.jump_within.minutes)
    return assess(vitals, earlier, at=case.at, limits=limits)
