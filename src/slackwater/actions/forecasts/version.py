"""The last entry that a session's forecast rests on: while it stays, so does the forecast."""

from django.db.models import Max, Q

from slackwater.records.models import Entry, Session
from slackwater.rules.room.log import EntryKind, VitalSource

# A struck entry may be a rating.
AFFECTS = frozenset(
    {
        EntryKind.OPENED,
        EntryKind.DOSE,
        EntryKind.RATING,
        EntryKind.ALERTNESS,
        EntryKind.NAME_CALL,
        EntryKind.LISTENING,
        EntryKind.STOP,
        EntryKind.STRUCK,
    }
)


def version_of(session: Session) -> int:
    """The sequence of the last entry that can change what the crowd says; 0 for an empty log.

    Vital signs count while they can still become the baseline, and then where a person wrote them. A monitor
    that reads each second would have the crowd asked each second: what it read counts from the next entry by
    a person (`seen`).
    """
    entries = Entry.objects.filter(session=session)
    first_dose = entries.filter(kind=EntryKind.DOSE.value).order_by("happened_at").first()
    vitals = Q(kind=EntryKind.VITALS.value)
    if first_dose is not None:
        is_early = Q(happened_at__lte=first_dose.happened_at)
        vitals &= is_early | Q(payload__source=VitalSource.HAND.value)
    affecting = Q(kind__in=[kind.value for kind in AFFECTS]) | vitals
    last: int | None = entries.filter(affecting).aggregate(last=Max("sequence"))["last"]
    return last or 0
