"""Sorting many curves' values time by time, by the bits of the numbers.

The bits of positive floats, read as whole numbers, rise as the floats do. Those that a row's values differ in
are cut into about as many buckets as there are values, and what falls into one bucket is sorted by insertion
or, where many do, in the same way again.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from slackwater.pharma.arrays import Order

Bits = NDArray[np.uint64]

_SIGN: Final = np.uint64(1 << 63)
_ALL: Final = np.uint64((1 << 64) - 1)
_MOST_BUCKETS: Final = 1 << 16
# Insertion is quicker up to here.
_FEW: Final = 24


@njit(cache=True, nogil=True)
def sort_rows(first: int, last: int, bits: Bits, order: Order) -> None:
    """Fills rows `first` to `last` of order: which subject's value comes first, second, ... in each row.

    bits: of the values, shape (n_rows, n_subjects), none of them NaN
    """
    n = bits.shape[1]
    keys, spare_keys = np.empty(n, dtype=np.uint64), np.empty(n, dtype=np.uint64)
    places, spare_places = np.empty(n, dtype=order.dtype), np.empty(n, dtype=order.dtype)
    counts = np.empty(_MOST_BUCKETS + 1, dtype=np.int64)
    # A crowded bucket holds more than `_FEW`, so no more than these can wait to be sorted.
    waiting = np.empty((n // _FEW + 2, 2), dtype=np.int64)
    for row in range(first, last):
        for i in range(n):
            own = bits[row, i]
            # Negative numbers fall as their bits rise.
            keys[i] = own ^ _ALL if own & _SIGN else own | _SIGN
            places[i] = i
        waiting[0, 0], waiting[0, 1] = 0, n
        n_waiting = 1
        while n_waiting > 0:
            n_waiting -= 1
            low, high = waiting[n_waiting]
            if high - low <= _FEW:
                _insert(low, high, keys, places)
                continue
            n_waiting = _spread(low, high, keys, places, spare_keys, spare_places, counts, waiting, n_waiting)
        order[row] = places


@njit(cache=True, nogil=True)
def _insert(low: int, high: int, keys: Bits, places: Order) -> None:
    for i in range(low + 1, high):
        key, place, j = keys[i], places[i], i
        while j > low and keys[j - 1] > key:
            keys[j], places[j] = keys[j - 1], places[j - 1]
            j -= 1
        keys[j], places[j] = key, place


@njit(cache=True, nogil=True)
def _spread(
    low: int,
    high: int,
    keys: Bits,
    places: Order,
    spare_keys: Bits,
    spare_places: Order,
    counts: NDArray[np.int64],
    waiting: NDArray[np.int64],
    n_waiting: int,
) -> int:
    """Sorts by bucket, and within those that hold few; the others wait. Returns how many wait now."""
    smallest, largest = keys[low], keys[low]
    for i in range(low, high):
        smallest, largest = min(smallest, keys[i]), max(largest, keys[i])
    if smallest == largest:
        return n_waiting
    n_buckets = 16
    while n_buckets < 2 * (high - low) and n_buckets < _MOST_BUCKETS:
        n_buckets *= 2
    shift = np.uint64(0)
    while (largest - smallest) >> shift >= np.uint64(n_buckets):
        shift += np.uint64(1)
    counts[: n_buckets + 1] = 0
    for i in range(low, high):
        counts[np.int64((keys[i] - smallest) >> shift) + 1] += 1
    for bucket in range(n_buckets):
        counts[bucket + 1] += counts[bucket]
    for i in range(low, high):
        own = np.int64((keys[i] - smallest) >> shift)
        to = low + counts[own]
        spare_keys[to], spare_places[to] = keys[i], places[i]
        counts[own] += 1
    keys[low:high] = spare_keys[low:high]
    places[low:high] = spare_places[low:high]
    # Every bucket now counts up to its end.
    for bucket in range(n_buckets):
        start = low + counts[bucket - 1] if bucket > 0 else low
        end = low + counts[bucket]
        if end - start > _FEW:
            waiting[n_waiting, 0], waiting[n_waiting, 1] = start, end
            n_waiting += 1
        elif end - start > 1:
            _insert(start, end, keys, places)
    return n_waiting
