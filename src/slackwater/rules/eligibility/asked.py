"""One asking: at which stage, for which route, at what time, under which limits, and how a reason is put."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.criteria import Action, Criterion, Stage
from slackwater.rules.eligibility.dates import elapsed
from slackwater.rules.eligibility.limits import EligibilityLimits
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.terms.days import day_text, time_text
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`at` has a time zone, and days are told in it."""

    stage: Stage
    route: Route | None
    at: datetime
    limits: EligibilityLimits

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time asked about needs its time zone")

    @property
    def today(self) -> date:
        return self.at.date()

    def found(
        self,
        row: Criterion,
        fact: str,
        *,
        by: Threshold | None = None,
        severity: Severity | None = None,
        override: Override | None = None,
    ) -> Finding:
        """The criterion is met: what is so, then what is to be done.

        A caution may go ahead once it is set aside in writing; everything else stops.
        by: the number that decided, whose source and doubts are told with the row's
        """
        usual = Severity.WARN if row.action is Action.CAUTION else Severity.STOP
        told = row.finding(
            severity or usual,
            f"{fact} {row.control}",
            override=row.override if override is None else override,
        )
        return _resting_on(told, by)

    def unknown(
        self,
        row: Criterion,
        what: str,
        *,
        by: Threshold | None = None,
        seen: date | datetime | None = None,
        override: Override | None = None,
        is_of_today: bool = False,
    ) -> Finding:
        """Nobody can tell, with who can find out.

        what:        as after "nobody knows", such as "whether the patient is pregnant"
        by:          the number that would decide, or that says how long a word counts
        seen:        when the last word on it is from, which counts no more or not yet
        is_of_today: the day is named, so that what was set aside today is asked again on another; always so
                     on the day of a dose and before the programme
        """
        is_dated = is_of_today or self.stage in (Stage.DAY, Stage.PROGRAMME)
        begin = f"On {day_text(self.today)} nobody knows" if is_dated else "Nobody knows"
        told = row.finding(
            Severity.UNKNOWN,
            f"{begin} {what}{self._of(seen)}. {row.ask}",
            override=row.override if override is None else override,
        )
        return _resting_on(told, by)

    def yes_or_no(
        self, row: Criterion, *, is_so: bool | None, fact: str, what: str, by: Threshold | None = None
    ) -> Iterator[Finding]:
        """A finding where it is so, and where nobody knows."""
        if is_so is None:
            yield self.unknown(row, what, by=by)
        elif is_so:
            yield self.found(row, fact, by=by)

    def any_of(self, row: Criterion, seen: AbstractSet[StrEnum] | None, *, what: str) -> Iterator[Finding]:
        """A finding that names every condition there is, in one order; unknown where nobody asked."""
        if seen is None:
            yield self.unknown(row, what)
        elif seen:
            yield self.found(row, f"There is {listed(seen)}.")

    def day(self, day: date | None) -> str:
        """The day, or that it is not known."""
        return "on a day nobody knows" if day is None else f"on {day_text(day)}"

    def time(self, moment: datetime) -> str:
        """Day and minute, as this asking's clock has them."""
        return time_text(moment, like=self.at)

    def _of(self, seen: date | datetime | None) -> str:
        if seen is None:
            return ""
        told = self.time(seen) if isinstance(seen, datetime) else day_text(seen)
        is_later = elapsed(seen, self.at) < _NOTHING if isinstance(seen, datetime) else seen > self.today
        if is_later:
            return f": what is written down is dated {told}, which has not come yet"
        return f": the last word on it is from {told}, too long ago"


def listed(seen: AbstractSet[StrEnum]) -> str:
    """Conditions in words, always in the same order."""
    names = sorted(one.value for one in seen)
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _resting_on(told: Finding, by: Threshold | None) -> Finding:
    if by is None:
        return told
    return replace(told, source=_both(told.source, by.source), verified=_both(told.verified, by.verified))


def _both(row: str, number: str) -> str:
    """The two texts, or the longer where it holds the other."""
    if number in row:
        return row
    return number if row in number else f"{row}; {number}"


_NOTHING = timedelta(0)
