"""The list on the day: verified not long ago, each asked about today, and what is held really held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.rules.interactions.findings import DayPlan, Taken
from slackwater.rules.interactions.table import Clear, InteractionLimits, InteractionTable, Window

ASKED_TODAY = house("INT-03", "on the day it is asked when each medicine was last taken")
HELD = house("INT-04", "what is to be held or stopped on the day was not taken, and somebody has asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was last asked about one medicine.

    is_held: whether the patient said that it was left out as planned; None where that was not asked
    """

    medicine: Taken
    asked_at: datetime | None = None
    is_held: bool | None = None

    def is_asked_on(self, day: date, *, at: datetime) -> bool:
        return self.asked_at is not None and self.asked_at.astimezone(at.tzinfo).date() == day


def verified(verified_at: datetime | None, *, at: datetime, limits: InteractionLimits) -> Iterator[Finding]:
    """One finding unless a licensed person verified the list as it now stands, and not too long ago.

    verified_at: None where nobody has, or where the list changed since
    """
    row, words = limits.medicines_verified_within, "The list of medicines"
    days = f"{row.value} days"
    if verified_at is None or verified_at > at:
        said = f"{words} was not verified as it now stands. Go through it, and verify it."
    elif at - verified_at > limits.verified_within:
        said = f"{words} was verified more than {days} ago. Go through it again."
    else:
        return
    yield row.finding(Severity.UNKNOWN, said, override=Override.PRESCRIBER)


def not_asked(asked: Sequence[Asked], *, at: datetime) -> Iterator[Finding]:
    """Each medicine of which nobody has asked today when it was last taken."""
    for one in asked:
        if not one.is_asked_on(at.date(), at=at):
            yield ASKED_TODAY.unknown(
                f"{one.medicine.label}: nobody has asked today when it was last taken. Ask."
            )


def not_held(asked: Sequence[Asked], *, at: datetime, table: InteractionTable) -> Iterator[Finding]:
    """Each medicine to be held or stopped of which it is not confirmed today, or that was taken too late."""
    for one in asked:
        medicine = one.medicine
        if medicine.plan not in (DayPlan.HOLD, DayPlan.STOP):
            continue
        if not one.is_asked_on(at.date(), at=at) or one.is_held is None:
            yield HELD.unknown(
                f"{medicine.label} is to be left out today, and nobody has confirmed it. Ask the patient."
            )
        elif not one.is_held:
            yield HELD.stop(f"{medicine.label} was to be left out today and was taken. Tell the prescriber.")
        else:
            yield from _taken_too_late(medicine, at=at, table=table)


def _taken_too_late(medicine: Taken, *, at: datetime, table: InteractionTable) -> Iterator[Finding]:
    for rule, window in sorted(_windows(medicine, table), key=lambda pair: pair[0]):
        match window.since(medicine.last_taken, at=at):
            case Clear.TOO_SOON:
                yield table.rows[rule].stop(
                    f"{medicine.label} was taken later than {window.words}. Wait, or tell the prescriber."
                )
            case Clear.NOT_KNOWN:
                yield table.rows[rule].unknown(
                    f"{medicine.label}: nobody knows when it was last taken; it has to be {window.words}"
                    " at the latest."
                )


def _windows(medicine: Taken, table: InteractionTable) -> Iterator[tuple[str, Window]]:
    found = table.named(medicine.name)
    if found is None:
        return
    for row in table.of(found):
        window = found.windows.get(row.rule, row.window)
        if window is not None:
            yield row.rule, window
