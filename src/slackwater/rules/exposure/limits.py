"""What the long view rests on."""

from dataclasses import dataclass

from slackwater.rules.basis import Basis, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLimits:
    """course_*: of the visits of one patient with a dose in them; watch_*: asked again after each."""

    course_interval: Threshold
    course_sessions: Threshold
    course_months: Threshold
    course_review: Threshold
    watch_craving: Basis
    watch_body: Basis
