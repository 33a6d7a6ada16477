"""Bands of crowds too large to keep: a piece is drawn, simulated, counted and forgotten.

Every value is counted in a bin less than a hundredth wide, and a percentile is read between the edges of its
bin, so it is right to half a hundredth of itself. Counts are whole numbers: they add up to the same whatever
came first, here or on other machines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from slackwater.pharma.arrays import Cube, Vector
from slackwater.pharma.crowd import MOST_SUBJECTS, Crowd, Population
from slackwater.pharma.curves import BAND
from slackwater.pharma.kernels.counting import LOWEST_POWER, MANTISSA_BITS, N_BINS, count_rows
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.pharma.threads import processors, share_out
from slackwater.pharma.weights import equal_weights
from slackwater.terms.refusal import RefusedError

# Curves of one piece stay within the caches; what is counted does not depend on it.
PIECE = 1024
# Two hundred megabytes of counts.
MOST_ROWS = 8_000
_ROWS_AT_A_TIME = 64


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many values fell into each bin, for every curve at every time.

    counts: shape (n_curves, n_times, N_BINS)
    """

    counts: NDArray[np.uint32]

    def __add__(self, other: "Histogram") -> "Histogram":
        """Of both crowds together; exact, and the same in any order."""
        return Histogram(self.counts + other.counts)

    @property
    def n_subjects(self) -> int:
        return int(self.counts[0, 0].sum(dtype=np.int64))

    def band(self, percentiles: Sequence[float] = BAND) -> Cube:
        """Percentiles of each curve at each time, shape (n_percentiles, n_curves, n_times).

        percentiles: each 0 to 100
        Right to half a hundredth of the value; what is under 6e-11 is called 0.
        Raises RefusedError for a percentile out of range.
        """
        wanted = np.asarray(percentiles, dtype=np.float64)
        if wanted.size == 0 or not np.all((wanted >= 0.0) & (wanted <= 100.0)):
            raise RefusedError.of(
                field="percentiles",
                code="out-of-range",
                message=f"{tuple(percentiles)} are not all between 0 and 100.",
                mend="Ask for percentiles such as 5, 50 and 95.",
            )
        ranks = np.maximum(np.ceil(wanted / 100.0 * self.n_subjects), 1.0)
        rows = self.counts.reshape(-1, N_BINS)
        found = np.array([_read(row, ranks) for row in rows])
        return found.T.reshape(wanted.size, *self.counts.shape[:2])


def count(pieces: Iterable[Callable[[], Cube]], n_curves: int, n_times: int) -> Histogram:
    """Counts every value of every piece; each thread makes and counts pieces of its own.

    pieces: fetched in order; what each gives has shape (n_curves, n_times, some subjects), none negative
    Raises RefusedError for more curves and times than are counted at once.
    """
    if n_curves * n_times > MOST_ROWS:
        raise RefusedError.of(
            field="time",
            code="too-many-values",
            message=f"{n_curves:,} curves at {n_times:,} times are more than are counted at once.",
            mend=f"Ask for at most {MOST_ROWS:,} in all: fewer curves, or a longer step between times.",
        )
    counts = np.zeros((n_curves, n_times, N_BINS), dtype=np.uint32)
    shelf, waiting, fetching = _Shelf(counts.reshape(-1, N_BINS)), iter(pieces), Lock()

    def drain(_first: int, _last: int) -> None:
        while True:
            with fetching:
                make = next(waiting, None)
            if make is None:
                return
            shelf.add(make())

    n_threads = processors()
    share_out(drain, n_threads, 1, n_threads)
    return Histogram(counts)


class _Shelf:
    """A histogram's rows, of which a thread holds a few at a time, so that none waits for another."""

    def __init__(self, rows: NDArray[np.uint32]) -> None:
        self._rows = rows
        firsts = range(0, len(rows), _ROWS_AT_A_TIME)
        self._held = [(first, min(first + _ROWS_AT_A_TIME, len(rows)), Lock()) for first in firsts]

    def add(self, piece: Cube) -> None:
        bits = np.ascontiguousarray(piece, dtype=np.float64).reshape(len(self._rows), -1).view(np.uint64)
        later = []
        for first, last, lock in self._held:
            if lock.acquire(blocking=False):
                try:
                    count_rows(first, last, bits, self._rows)
                finally:
                    lock.release()
            else:
                later.append((first, last, lock))
        for first, last, lock in later:
            with lock:
                count_rows(first, last, bits, self._rows)


def bands(
    people: Population,
    regimen: Regimen,
    time_h: Vector,
    wanted: Sequence[Quantity],
    *,
    n_subjects: int,
    seed: int = 1,
) -> Histogram:
    """The crowd that `crowd.draw` would draw by this seed, counted and not kept.

    time_h: (n_times,), h, rising, 0 or more
    wanted: the curves of the histogram, in order
    Raises RefusedError for fewer than 1 or more than 1,000,000 people, and for what `Crowd.simulate` refuses.
    """
    if type(n_subjects) is not int or not 1 <= n_subjects <= MOST_SUBJECTS:
        raise RefusedError.of(
            field="subjects",
            code="out-of-range",
            message=f"{n_subjects} is not a whole number from 1 to {MOST_SUBJECTS:,}.",
            mend=f"Write a whole number from 1 to {MOST_SUBJECTS:,}; a band changes little beyond 100,000.",
        )

    def curves_of(piece: Crowd) -> Cube:
        curves = piece.simulate(regimen, time_h, wanted)
        return np.array([curves.of(quantity) for quantity in wanted])

    pieces = (partial(curves_of, piece) for piece in _pieces(people, n_subjects, seed))
    return count(pieces, len(wanted), time_h.size)


def _pieces(people: Population, n_subjects: int, seed: int) -> Iterator[Crowd]:
    for z in people.columns.drawn_in_pieces(n_subjects, seed, PIECE):
        yield Crowd(
            population=people, z=z, weights=equal_weights(len(z)), seed=seed, crowd_id="piece of a larger one"
        )


def _read(row: NDArray[np.uint32], ranks: Vector) -> Vector:
    """The value of each rank, evenly spread within its bin."""
    up_to = np.cumsum(row, dtype=np.int64)
    bins = np.searchsorted(up_to, ranks)
    inside = (ranks - 0.5 - (up_to[bins] - row[bins])) / row[bins]
    power, part = np.divmod(bins - 1, 2**MANTISSA_BITS)
    values = np.ldexp(1.0 + (part + inside) * 2.0**-MANTISSA_BITS, power + LOWEST_POWER)
    return np.where(bins == 0, 0.0, values)
