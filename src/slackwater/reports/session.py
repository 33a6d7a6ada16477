"""What a visit's report says, as values. Nothing here draws, writes files or reads a clock.

The one constructor a caller needs is `SessionReport`; everything else is a part of it. Every moment carries
a zone, every minute is counted from `SessionReport.zero_at`, and every text is plain: whatever a person
typed is shown letter by letter and never interpreted.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from slackwater.reports.forecast import Basis, Forecast
from slackwater.rules.room.fold import LATE_AFTER
from slackwater.terms.vitals import Reading, VitalCode
from slackwater.units import min_from_s


class Paper(StrEnum):
    """The sheet it is printed on. Values are typst's names."""

    A4 = "a4"
    US_LETTER = "us-letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Whose visit it was.

    name:      as on the clinic's record, or initials where the clinic prefers them
    reference: the clinic's own number for this person
    details:   one line such as `34 years, female, 70.5 kg`
    """

    name: str
    birth_date: date
    reference: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the prescriber signed, in words with units.

    dose:     such as `racemic ketamine 35 mg into a vein (IV) over 40 min`
    booster:  such as `20 mg, once, 30 to 60 min after the first dose`; empty where none was ordered
    hard_max: such as `60 mg`
    remarks:  limits the prescriber went outside of, each with the reason that was written
    """

    reference: str
    dose: str
    booster: str
    hard_max: str
    prescriber: str
    signed_at: datetime
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseGiven:
    """One dose as it was given.

    amount_ug:         what was set up, whole micrograms
    duration_min:      0 where it went in at once
    stopped_after_min: set where an infusion was stopped before its end
    """

    number: int
    drug: str
    route: str
    amount_ug: int
    given_at: datetime
    by: str
    duration_min: float = 0.0
    stopped_after_min: float | None = None

    @property
    def was_cut_short(self) -> bool:
        return self.stopped_after_min is not None and self.stopped_after_min < self.duration_min

    @property
    def ran_min(self) -> float:
        """How long it really ran."""
        if self.stopped_after_min is None:
            return self.duration_min
        return min(self.stopped_after_min, self.duration_min)

    @property
    def given_ug(self) -> int:
        """What went in: the share of an infusion that had run when it was stopped."""
        if not self.was_cut_short:
            return self.amount_ug
        return round(self.amount_ug * self.ran_min / self.duration_min)

    @property
    def ended_at(self) -> datetime:
        return self.given_at.astimezone(UTC) + timedelta(minutes=self.ran_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingGiven:
    """The patient's own depth of effect, 0 to 10. A struck one is drawn open and counts for nothing."""

    at: datetime
    depth: int
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalTaken:
    """One reading of one vital sign. Struck ones are left out by the caller; they stand in the log."""

    at: datetime
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """Why an entry was struck out, by whom and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One entry of the log in words.

    kind:     one or two words, such as `Dose` or `Blood pressure`
    by:       name and role, such as `Robin Hale, monitor`
    is_event: drawn as a numbered mark on the chart (notes, checks, alertness, stop; not vitals or ratings)
    is_key:   set in bold, as a reader looks for it first (doses, stop, leaving)
    """

    sequence: int
    kind: str
    text: str
    happened_at: datetime
    recorded_at: datetime
    by: str
    struck: Strike | None = None
    is_event: bool = False
    is_key: bool = False

    @property
    def is_late(self) -> bool:
        return self.recorded_at.astimezone(UTC) - self.happened_at.astimezone(UTC) > LATE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One thing looked at before leaving. `passed` is None where nobody recorded it."""

    label: str
    passed: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How the visit ended.

    left_at:   None while the person is still here
    set_aside: barriers a prescriber set aside, each with name and reason
    late:      of what cannot be skipped, what came late and what never came
    """

    left_at: datetime | None
    checks: tuple[CheckLine, ...] = ()
    set_aside: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote in this record."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The log's length and the hash of its last entry, which depends on every entry before it."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReport:
    """A visit, ready to be typeset.

    zero_at:      minute 0 of every elapsed time: the first dose, or the opening where none was given
    opened_at:    when the room was opened
    generated_at: when the report was drawn up; also the PDF's own date, so equal reports are equal bytes
    zone:         the clinic's time zone, in which every clock time is shown
    zone_name:    how that zone is called in print, such as `Europe/Stockholm`
    doses:        in order
    forecast:     None where no crowd could be asked; the report then says so
    is_demo:      every page is then marked as made of invented data
    """

    clinic: str
    patient: Patient
    room: str
    opened_at: datetime
    zero_at: datetime
    generated_at: datetime
    zone: tzinfo
    zone_name: str
    order: Order
    leaving: Leaving
    basis: Basis
    seal: Seal
    doses: tuple[DoseGiven, ...] = ()
    ratings: tuple[RatingGiven, ...] = ()
    vitals: tuple[VitalTaken, ...] = ()
    forecast: Forecast | None = None
    log: tuple[LogLine, ...] = ()
    people: tuple[Person, ...] = ()
    is_demo: bool = False
    paper: Paper = Paper.A4

    def __post_init__(self) -> None:
        for moment in (self.opened_at, self.zero_at, self.generated_at):
            if moment.tzinfo is None:
                raise ValueError("a report's moments need a time zone")

    @property
    def is_in_progress(self) -> bool:
        return self.leaving.left_at is None

    @property
    def counted_ratings(self) -> tuple[RatingGiven, ...]:
        """The ratings that were not struck out."""
        return tuple(rating for rating in self.ratings if not rating.is_struck)

    def good_readings(self, code: VitalCode) -> list[VitalTaken]:
        """The readings of one vital sign that may be shown as readings, in time order."""
        kept = [one for one in self.vitals if one.reading.code is code and one.reading.is_good]
        return sorted(kept, key=lambda one: one.at)

    def minute(self, moment: datetime) -> float:
        """Minutes from `zero_at`, negative before it."""
        # In UTC, as two moments of one zone are otherwise subtracted by the wall, summer time and all.
        return min_from_s((moment.astimezone(UTC) - self.zero_at.astimezone(UTC)).total_seconds())

    def moment(self, minute: float) -> datetime:
        """The moment that many minutes from `zero_at`."""
        return self.zero_at.astimezone(UTC) + timedelta(minutes=minute)
