"""The textbook's compartments with a depot, solved by the engine under an event table's doses."""

from dataclasses import dataclass

import numpy as np

from slackwater.pharma.compartments import Input, Output, Sketch, System
from slackwater.pharma.event_records import EventRecord
from slackwater.pharma.event_tables import read_event_table
from slackwater.pharma.schedule import inflow
from slackwater.pharma.solution import solve
from slackwater.pharma.steady_state import settled
from slackwater.terms.route import Route

# CMT 1 is the depot and 2 the central compartment, as in the tables these cases come from.
ROUTES = {"1": Route.IM, "2": Route.IV}


@dataclass(frozen=True, kw_only=True)
class Mammillary:
    """CL and Q in L/h, V in L, ka per h."""

    CL: float
    V1: float
    around: tuple[tuple[float, float], ...] = ()
    ka: float | None = None

    def system(self) -> System:
        one = np.ones(1)
        sketch = Sketch(1)
        sketch.loss("central", one * self.CL / self.V1)
        for number, (Q, V) in enumerate(self.around):
            sketch.exchange("central", f"around {number}", one * Q, (one * self.V1, one * V))
        if self.ka is not None:
            sketch.flow("depot", "central", one * self.ka)
        sketch.link(inflow("central"), "central", one)
        return sketch.system()

    def inputs(self, regimen):
        return [
            Input("central", np.array([dose.amount_mg]), dose.at_h, dose.duration_h)
            if dose.route is Route.IV
            else Input("depot", np.array([dose.amount_mg]), dose.at_h)
            for dose in regimen.doses
        ]

    def conc(self, regimen, time_h):
        """Shape (1, n_times), mg/L."""
        read = Output("central", np.array([1.0 / self.V1]))
        return solve(self.system(), self.inputs(regimen), [read], time_h)[:, :, 0]

    def at_rows(self, table: str):
        """mg/L at every row of the table's only ID that is read."""
        (record,) = read_event_table(table, ROUTES).records.values()
        return np.concatenate([self._of(episode) for episode in self._read(record)])

    @staticmethod
    def _read(record: EventRecord):
        return [episode for episode in record.episodes if episode.observed_h]

    def _of(self, episode):
        regimen, moved_h = settled(episode, self.conc)
        time_h, rows = np.unique(np.array(episode.observed_h), return_inverse=True)
        return self.conc(regimen, time_h + moved_h)[0, rows]


def table(*doses: str, read=()) -> str:
    """A table of one ID from rows "TIME,AMT,RATE,EVID,CMT,II,ADDL,SS" and the times at which it is read."""
    rows = [(float(dose.split(",")[0]), 0, f"1,{dose}") for dose in doses]
    rows += [(float(time), 1, f"1,{time},0,0,0,2,0,0,0") for time in read]
    return "ID,TIME,AMT,RATE,EVID,CMT,II,ADDL,SS\n" + "\n".join(text for *_, text in sorted(rows)) + "\n"
