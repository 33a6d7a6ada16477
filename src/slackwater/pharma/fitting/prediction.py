"""What a model says of every fitted figure, for many parameter vectors at once.

The vectors stand side by side as the subjects of one crowd, so that a whole matrix of derivatives costs one
simulation of each regimen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from slackwater.pharma.arrays import Matrix, Vector
from slackwater.pharma.disposition import areas, concentrations
from slackwater.pharma.fitting.evidence import Figures
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.population import typical_values
from slackwater.pharma.scoring import Observed
from slackwater.pharma.subjects import Individuals
from slackwater.units import h_from_min

_GRID_H = h_from_min(2.0)
# Every published peak lies within three hours of the last dose.
_PEAKS_WITHIN_H = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Rows that share a person, a drug and a regimen, and so one simulation."""

    model: PublishedModel
    rows: tuple[Observed, ...]

    def predicted(self, free: Mapping[str, Vector]) -> Iterator[Matrix]:
        """For each row the figures that it publishes, in the order Cmax, tmax, AUC, points.

        free: values of the free parameters at the model's reference weight, each of shape (n_vectors,)
        Yields shape (n_figures, n_vectors), in hours, mg and L.
        """
        first = self.rows[0]
        people = self._people(free)
        given = (self.model, people, first.drug, first.regimen)
        time_h = self._grid()
        wanted = {(row.analyte, row.site) for row in self.rows}
        conc = concentrations(*given, time_h, wanted)
        area_of = {
            row: areas(*given, np.array([row.horizon_h]), [(row.analyte, row.site)]).of(
                row.analyte, row.site
            )[0]
            for row in self.rows
            if row.AUC is not None
        }
        for row in self.rows:
            yield _figures(row, time_h, conc.of(row.analyte, row.site), area_of.get(row))

    def _grid(self) -> Vector:
        rows = self.rows
        last_h = min(max(row.horizon_h for row in rows), rows[0].regimen.end_h + _PEAKS_WITHIN_H)
        steps = np.arange(round(last_h / _GRID_H) + 1) * _GRID_H
        ends = [dose.end_h for dose in rows[0].regimen.doses]
        points = [point.at_h for row in rows for point in row.points]
        return np.union1d(steps, [*ends, *points, *(row.sampled_from_h for row in rows)])

    def _people(self, free: Mapping[str, Vector]) -> Individuals:
        n_vectors = next(iter(free.values())).size
        typical = typical_values(self.model, self.rows[0].person)
        scaled = {name: value * (typical[name] / self.model.value(name)) for name, value in free.items()}
        fixed = {name: np.full(n_vectors, value) for name, value in typical.items() if name not in free}
        ke0 = self.model.effect_link.ke0 if self.model.effect_link else 1.0
        return Individuals({**fixed, **scaled, "ke0": np.full(n_vectors, ke0)})


def cases(model: PublishedModel, figures: Iterable[Figures]) -> tuple[Case, ...]:
    """The rows in as few simulations as will do, in the order in which each is first needed."""
    groups: dict[object, list[Observed]] = {}
    for each in figures:
        row = each.observed
        groups.setdefault((row.person, row.drug, row.regimen), []).append(row)
    return tuple(Case(model=model, rows=tuple(rows)) for rows in groups.values())


def _figures(row: Observed, time_h: Vector, C: Matrix, AUC: Vector | None) -> Matrix:
    seen = np.flatnonzero(time_h >= row.sampled_from_h)
    peak = seen[C[seen].argmax(axis=0)]
    at_points = np.searchsorted(time_h, [point.at_h for point in row.points])
    found = [
        *([C.max(axis=0, initial=0.0, where=(time_h >= row.sampled_from_h)[:, None])] if row.Cmax else []),
        *([_time_of_peak(time_h, C, peak)] if row.tmax_h else []),
        *([AUC] if AUC is not None else []),
        *C[at_points],
    ]
    return np.array(found)


def _time_of_peak(time_h: Vector, C: Matrix, peak: Vector) -> Vector:
    """The top of the parabola through the highest value and its neighbours, so that it moves smoothly."""
    middle = np.clip(peak, 1, time_h.size - 2)
    lane = np.arange(C.shape[1])
    before, after = time_h[middle - 1] - time_h[middle], time_h[middle + 1] - time_h[middle]
    fall = C[middle - 1, lane] - C[middle, lane], C[middle + 1, lane] - C[middle, lane]
    slope_parts = fall[0] * after**2 - fall[1] * before**2
    curve_parts = fall[0] * after - fall[1] * before
    top = 0.5 * slope_parts / np.where(curve_parts == 0.0, 1.0, curve_parts)
    result: Vector = time_h[middle] + np.clip(top, before, after)
    return result
