"""A crowd's curves at the rows of an event table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Indices, Matrix, Vector
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.curves import BAND, Curves
from slackwater.pharma.event_records import Episode, EventRecord
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.steady_state import settled
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Part:
    """One episode's curves; rows: which of its times each row of the table reads."""

    curves: Curves
    rows: Indices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventCurves:
    """Every virtual patient's values at each row of one ID that is read.

    time_h: (n_rows,), h, TIME as in the table, never falling; just before and just after a dose are two rows
    """

    time_h: Vector
    _parts: tuple[_Part, ...]

    def of(self, quantity: Quantity) -> Matrix:
        """Values of one quantity, (n_rows, n_subjects), mg/L or the effect's unit.

        Raises RefusedError if the model does not have the quantity.
        """
        return np.concatenate([part.curves.of(quantity)[part.rows] for part in self._parts])

    def band(self, quantity: Quantity, percentiles: Sequence[float] = BAND) -> Matrix:
        """Weighted percentiles at each row, (n_percentiles, n_rows), defined as in `Curves.band`.

        percentiles: each 0 to 100
        Raises RefusedError for a percentile out of range.
        """
        bands = [part.curves.band(quantity, percentiles)[:, part.rows] for part in self._parts]
        return np.concatenate(bands, axis=1)


def simulate_events(
    crowd: Crowd, record: EventRecord, wanted: Collection[Quantity] | None = None
) -> EventCurves:
    """A crowd under one ID's doses, read at its rows.

    wanted: what will be asked of the curves; less is faster. None for everything the model has
    Raises RefusedError for a record that nothing is read of, for a steady state that is none, and where
    `Crowd.simulate` does.
    """
    read = [episode for episode in record.episodes if episode.observed_h]
    if not read:
        raise RefusedError.of(
            field=f"ID {record.id}",
            code="nothing-read",
            message="It has no observation.",
            mend="Add rows with EVID 0 at the TIMEs to read.",
        )
    return EventCurves(
        time_h=np.array(record.observed_h), _parts=tuple(_part(crowd, episode, wanted) for episode in read)
    )


def _part(crowd: Crowd, episode: Episode, wanted: Collection[Quantity] | None) -> _Part:
    measured = [quantity for quantity in crowd.quantities if quantity.is_concentration]

    def concentrations(regimen: Regimen, time_h: Vector) -> Matrix:
        curves = crowd.simulate(regimen, time_h, measured)
        return np.concatenate([curves.of(quantity).T for quantity in measured])

    regimen, moved_h = settled(episode, concentrations)
    time_h, rows = np.unique(np.array(episode.observed_h), return_inverse=True)
    return _Part(curves=crowd.simulate(regimen, time_h + moved_h, wanted), rows=rows)
