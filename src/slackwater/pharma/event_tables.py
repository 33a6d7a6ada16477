"""NONMEM-style event tables: read into a record for each ID, and written from doses and times.

TIME is in hours from the start of the table, AMT in mg of the salt-free drug, RATE in mg/h, II in hours. CMT
is the name of a route, or a number that the caller gives a route; it is never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from slackwater.pharma.event_records import EventRecord, records_of
from slackwater.pharma.event_rows import EventRow, Evid, read_rows, write_rows
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route

_AT_ONCE: Final = frozenset({Route.IV, Route.IM})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """What an event table says.

    rows:     as they were read
    records:  by ID, in the table's order
    not_read: the columns that have no meaning here, such as DV and MDV
    """

    rows: tuple[EventRow, ...]
    records: Mapping[str, EventRecord]
    not_read: tuple[str, ...]


def read_event_table(text: str, routes: Mapping[str, Route] = MappingProxyType({})) -> EventTable:
    """A table of events from CSV text with a header, in any case, of ID, TIME, AMT, EVID, CMT and, where
    needed, RATE, II, ADDL, SS, WT, AGE.

    EVID: 0 observation, 1 dose, 2 another moment to read, 3 reset, 4 reset and dose
    RATE: mg/h for an IV dose over AMT / RATE hours; 0 for all at once; -2 for as long as the model says
    SS:   1 for a dose given every II hours for ever before, with nothing else in the body; 2 for that and
          what is there already; AMT 0 with a RATE and SS 1 for a constant infusion that ends at TIME
    WT:   kg; AGE: years; one for each ID
    routes: what each CMT of a dose stands for, such as {"1": Route.IV}; CMT may also be a route's own name

    Raises RefusedError with every fault found, by line and column, with how to mend it.
    """
    if problems := tuple(
        _misleading(name, route) for name, route in routes.items() if _misleads(name, route)
    ):
        raise RefusedError(*problems)
    read = read_rows(text)
    records = records_of(read.rows, {name.lower(): route for name, route in routes.items()}, read.problems)
    return EventTable(rows=read.rows, records=MappingProxyType(records), not_read=read.not_read)


def write_event_table(rows: Sequence[EventRow]) -> str:
    """The normal form of these rows as CSV: ID, TIME, AMT, RATE, EVID, CMT, II, ADDL, SS; WT, AGE if known.

    TIME and II in h, AMT in mg, RATE in mg/h. Reading it gives the same rows to the last digit.
    """
    return write_rows(rows)


def events_of(
    regimen: Regimen,
    observed_h: Sequence[float],
    *,
    id: str = "1",  # noqa: A002  # the column's own name
    compartments: Mapping[Route, str] = MappingProxyType({}),
) -> tuple[EventRow, ...]:
    """The rows that say a regimen and the times to read it at, a dose before an observation of its TIME.

    observed_h:   h, 0 or more
    compartments: the CMT of each route; the route's own name for those left out
    """
    doses = [_dose_row(id, dose, compartments.get(dose.route, dose.route.value)) for dose in regimen.doses]
    read = [EventRow(ID=id, TIME=float(time), EVID=Evid.OBSERVATION) for time in observed_h]
    return tuple(sorted(chain(doses, read), key=lambda row: row.TIME))


def _dose_row(name: str, dose: Dose, compartment: str) -> EventRow:
    rate = dose.amount_mg / dose.duration_h if dose.duration_h > 0 else 0.0
    return EventRow(
        ID=name,
        TIME=dose.at_h,
        AMT=dose.amount_mg,
        # What is swallowed or held goes in for as long as the model says.
        RATE=rate if dose.route in _AT_ONCE else -2.0,
        EVID=Evid.DOSE,
        CMT=compartment,
    )


def _misleads(name: str, route: Route) -> bool:
    return name.lower() in {each.value for each in Route} - {route.value}


def _misleading(name: str, route: Route) -> Problem:
    return Problem(
        field="CMT",
        code="ambiguous",
        message=f"CMT {name} is the name of another route than {route.value}.",
        mend=f"Write {route.value} in the table, or use a number.",
    )
