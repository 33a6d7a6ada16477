"""Days and moments as people write them, the same in every locale of a server."""

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(day: date) -> str:
    """`3 March 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_text(moment: datetime, *, like: datetime) -> str:
    """Day and minute in the time zone of another moment: `3 March 2026, 14:05`."""
    local = moment.astimezone(like.tzinfo)
    return f"{day_text(local.date())}, {local.hour:02}:{local.minute:02}"
