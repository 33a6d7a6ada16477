"""What the rows of an event table mean together: for each ID, which doses each observation has behind it.

Rows act in the order in which they are written. An observation written before a dose at the same TIME is read
just before that dose, one written after it just after; a dose that ADDL schedules comes before every row of
its TIME.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from slackwater.pharma.event_rows import EventRow, Evid, at_line
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route

MOST_DOSES: Final = 20_000
_MODELLED: Final = -2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A dose taken to have been given every `every_h` hours for ever before its own time."""

    dose: Dose
    every_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Observations that have the same doses behind them. All times are the table's, h.

    doses:      given in this episode or carried into it; those after an observation do not touch it
    repeated:   what has been given for ever before
    observed_h: rising; a TIME may stand more than once, as it does in the table
    """

    doses: tuple[Dose, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    observed_h: tuple[float, ...] = ()

    def begun(self, n_before: int = 0) -> tuple[Regimen, float]:
        """The doses as a regimen on a clock that starts at 0, and what TIME must be moved by to be on it, h.

        n_before: how many doses stand for the endless row before each repeated one
        """
        earlier = [
            (one.dose, one.dose.at_h - k * one.every_h)
            for one in self.repeated
            for k in range(n_before, 0, -1)
        ]
        moved_h = max([0.0, *(-at_h for _, at_h in earlier)])
        before = [replace(dose, at_h=at_h + moved_h) for dose, at_h in earlier]
        return Regimen((*before, *(replace(dose, at_h=dose.at_h + moved_h) for dose in self.doses))), moved_h


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """One ID of an event table.

    weight_kg, age_years: where the table has WT and AGE
    episodes:             in order of time, at least one; more where the table resets, repeats a dose for ever
                          (SS), or reads just before a dose
    """

    id: str
    weight_kg: float | None
    age_years: float | None
    episodes: tuple[Episode, ...]

    @property
    def observed_h(self) -> tuple[float, ...]:
        """Every TIME that is read, in the table's order, h."""
        return tuple(time for episode in self.episodes for time in episode.observed_h)

    @property
    def regimen(self) -> Regimen:
        """Every dose, where one regimen says it all.

        Raises RefusedError where the table resets or repeats a dose for ever, which one regimen cannot say.
        """
        last = self.episodes[-1]
        is_whole = all(set(episode.doses) <= set(last.doses) for episode in self.episodes)
        if not is_whole or any(episode.repeated for episode in self.episodes):
            raise RefusedError.of(
                field=f"ID {self.id}",
                code="not-one-regimen",
                message="Its table resets, or repeats a dose for ever, and no single regimen says that.",
                mend="Ask each of its episodes, or simulate the record whole.",
            )
        return Regimen(last.doses)


def records_of(
    rows: Sequence[EventRow], routes: Mapping[str, Route], problems: Iterable[Problem] = ()
) -> dict[str, EventRecord]:
    """A record for each ID, in the table's order.

    routes:   what each CMT of a dose stands for; a CMT that is itself the name of a route needs no entry
    problems: found already, in other rows
    Raises RefusedError with these and every row that contradicts itself or its neighbours.
    """
    named = {**{route.value: route for route in Route}, **routes}
    found = [
        *problems,
        *(problem for row in rows for problem in _row_problems(row, named)),
        *_order_problems(rows),
        *_covariate_problems(rows),
    ]
    if found:
        raise RefusedError(*found)
    return {name: _record(name, list(own), named) for name, own in groupby(rows, key=lambda row: row.ID)}


def _record(name: str, rows: Sequence[EventRow], routes: Mapping[str, Route]) -> EventRecord:
    *earlier, last = _episodes(rows, routes)
    return EventRecord(
        id=name,
        weight_kg=next((row.WT for row in rows if row.WT is not None), None),
        age_years=next((row.AGE for row in rows if row.AGE is not None), None),
        episodes=(*(episode for episode in earlier if episode.observed_h), last),
    )


def _episodes(rows: Sequence[EventRow], routes: Mapping[str, Route]) -> Iterator[Episode]:
    now = Episode()
    for row in rows:
        if row.EVID.is_reset or row.SS == 1:
            yield now
            now = Episode()
        elif row.EVID.is_dose and (row.SS == 2 or now.observed_h[-1:] == (row.TIME,)):
            # The observations so far must not see this dose, and all that was given goes on.
            yield now
            now = replace(now, observed_h=())
        if row.EVID.is_dose:
            now = _with_dose(now, row, routes[row.CMT.lower()])
        elif not row.EVID.is_reset:
            now = replace(now, observed_h=(*now.observed_h, row.TIME))
    yield now


def _with_dose(episode: Episode, row: EventRow, route: Route) -> Episode:
    if row.AMT == 0:
        # A constant infusion up to this moment: hours of it, one after the other.
        hourly = Dose(route=route, amount_mg=row.RATE, at_h=row.TIME, duration_h=1.0)
        return replace(episode, repeated=(*episode.repeated, Repeated(dose=hourly, every_h=1.0)))
    duration_h = row.AMT / row.RATE if row.RATE > 0 else 0.0
    given = tuple(
        Dose(route=route, amount_mg=row.AMT, at_h=row.TIME + k * row.II, duration_h=duration_h)
        for k in range(row.ADDL + 1)
    )
    repeated = (Repeated(dose=given[0], every_h=row.II),) if row.SS else ()
    return replace(episode, doses=(*episode.doses, *given), repeated=(*episode.repeated, *repeated))


def _row_problems(row: EventRow, routes: Mapping[str, Route]) -> Iterator[Problem]:
    if row.EVID.is_dose:
        yield from _dose_problems(row, routes)
        return
    for column in ("AMT", "RATE", "ADDL", "SS"):
        if getattr(row, column):
            yield at_line(
                row,
                column,
                code="not-a-dose",
                message=f"EVID {row.EVID.value} gives nothing, yet {column} is {getattr(row, column):g}.",
                mend="Write EVID 1 if it is a dose, else 0 or a point.",
            )
    if row.EVID is Evid.OTHER and row.CMT.startswith("-"):
        yield at_line(
            row, "CMT", code="off", message="No compartment can be turned off.", mend="Leave the row out."
        )


def _dose_problems(row: EventRow, routes: Mapping[str, Route]) -> Iterator[Problem]:
    route = routes.get(row.CMT.lower())
    if route is None:
        yield at_line(
            row,
            "CMT",
            code="no-route",
            message=f"CMT {row.CMT} stands for no route that was named." if row.CMT else "It is empty.",
            mend=f"Write a route ({', '.join(Route)}), or say which route the number is.",
        )
    is_to_now = row.AMT == 0 and row.SS == 1 and row.RATE > 0
    if row.AMT == 0 and not is_to_now:
        yield at_line(
            row,
            "AMT",
            code="no-amount",
            message="A dose of 0 mg is no dose.",
            mend="Write its mg, or EVID 0.",
        )
    if row.RATE > 0 and route not in (Route.IV, None):
        yield at_line(
            row,
            "RATE",
            code="duration-route",
            message=f"Only an IV dose has a rate of its own; {row.CMT} has none.",
            mend="Write 0, or -2 for as long as the model says.",
        )
    if row.RATE == _MODELLED and route in (Route.IV, Route.IM):
        yield at_line(
            row,
            "RATE",
            code="modelled-duration",
            message=f"No model here says how long a dose by {row.CMT} takes.",
            mend="Write the rate, which is AMT over the duration in hours, or 0 for all at once.",
        )
    yield from _repeat_problems(row, is_to_now=is_to_now)


def _repeat_problems(row: EventRow, *, is_to_now: bool) -> Iterator[Problem]:
    if row.ADDL and not row.II:
        yield at_line(
            row,
            "II",
            code="no-interval",
            message=f"{row.ADDL} more doses have no interval.",
            mend="Write the hours between them, or ADDL 0.",
        )
    if row.ADDL + 1 > MOST_DOSES:
        yield at_line(
            row,
            "ADDL",
            code="too-many",
            message=f"{row.ADDL:,} more doses are more than are simulated.",
            mend=f"Write at most {MOST_DOSES - 1:,}.",
        )
    if row.SS and not row.II and not is_to_now:
        yield at_line(
            row,
            "II",
            code="no-interval",
            message="A steady state needs to know how often the dose was given.",
            mend="Write the hours between doses; for a constant infusion AMT 0, its RATE and SS 1.",
        )
    if is_to_now and (row.ADDL or row.II):
        yield at_line(
            row,
            "II",
            code="endless",
            message="An infusion that has run for ever has no interval and no further doses.",
            mend="Write 0 in II and ADDL.",
        )


def _order_problems(rows: Sequence[EventRow]) -> Iterator[Problem]:
    ended: set[str] = set()
    for earlier, later in pairwise(rows):
        if later.ID != earlier.ID:
            ended.add(earlier.ID)
            if later.ID in ended:
                yield at_line(
                    later,
                    "ID",
                    code="apart",
                    message=f"ID {later.ID} comes back after ID {earlier.ID}.",
                    mend="Sort the rows by ID, or give the later ones an ID of their own.",
                )
            continue
        if later.TIME < earlier.TIME:
            yield at_line(
                later,
                "TIME",
                code="order",
                message=f"TIME falls from {earlier.TIME:g} to {later.TIME:g} within ID {later.ID}.",
                mend="Sort the rows by TIME; let TIME go on after a reset, or give the occasion its own ID.",
            )


def _covariate_problems(rows: Sequence[EventRow]) -> Iterator[Problem]:
    told: dict[tuple[str, str], float] = {}
    for row in rows:
        for column, value in (("WT", row.WT), ("AGE", row.AGE)):
            if value is not None and value != told.setdefault((row.ID, column), value):
                yield at_line(
                    row,
                    column,
                    code="changes",
                    message=f"{column} changes within ID {row.ID}.",
                    mend=f"Write one {column} for each ID; the engine has one for a person.",
                )
