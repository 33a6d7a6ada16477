"""Sorting many curves' values time by time, by the bits of the numbers.

The bits of positive floats, read as whole numbers, rise as the floats do. Of those in which a row's values
differ, the leading twenty-two are sorted in two passes that compare nothing. Values that agree in them are
few; they are sorted by insertion or, where they are many after all, in the same way by what is left.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from slackwater.pharma.arrays import Order
from slackwater.pharma.kernels.compiling import kernel

Bits = NDArray[np.uint64]

_SIGN: Final = np.uint64(1 << 63)
_ALL: Final = np.uint64((1 << 64) - 1)
_PASS_BITS: Final = 11
_N_DIGITS: Final = 1 << _PASS_BITS
_SHIFT: Final = np.uint64(_PASS_BITS)
_MASK: Final = np.uint64(_N_DIGITS - 1)
_ONE: Final = np.uint64(1)
# Insertion is quicker up to here.
_FEW: Final = 24


@kernel
def sort_rows(first: int, last: int, bits: Bits, order: Order) -> None:
    """Fills rows `first` to `last` of order: which subject's value comes first, second, ... in each row.

    bits: of the values, shape (n_rows, n_subjects), none of them NaN
    """
    n = bits.shape[1]
    keys, spare_keys = np.empty(n, dtype=np.uint64), np.empty(n, dtype=np.uint64)
    places, spare_places = np.empty(n, dtype=order.dtype), np.empty(n, dtype=order.dtype)
    # No more stretches than these can hold more than `_FEW` each.
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
            low, high = waiting[n_waiting, 0], waiting[n_waiting, 1]
            if high - low <= _FEW:
                _insert(low, high, keys, places)
            else:
                n_waiting = _spread(low, high, keys, places, spare_keys, spare_places, waiting, n_waiting)
        order[row] = places


@kernel
def _insert(low: int, high: int, keys: Bits, places: Order) -> None:
    for i in range(low + 1, high):
        key, place, j = keys[i], places[i], i
        while j > low and keys[j - 1] > key:
            keys[j], places[j] = keys[j - 1], places[j - 1]
            j -= 1
        keys[j], places[j] = key, place


@kernel
def _spread(
    low: int,
    high: int,
    keys: Bits,
    places: Order,
    spare_keys: Bits,
    spare_places: Order,
    waiting: NDArray[np.int64],
    n_waiting: int,
) -> int:
    """Sorts a stretch by its leading bits, and what agrees in them where it is few. Returns how many wait."""
    smallest, largest = keys[low], keys[low]
    for i in range(low, high):
        smallest, largest = min(smallest, keys[i]), max(largest, keys[i])
    if smallest == largest:
        return n_waiting
    shift = np.uint64(0)
    while (largest - smallest) >> shift > (_MASK << _SHIFT | _MASK):
        shift += _ONE
    _pass(low, high, smallest, shift, keys, places, spare_keys, spare_places)
    _pass(low, high, smallest, shift + _SHIFT, spare_keys, spare_places, keys, places)
    start = low
    for i in range(low + 1, high + 1):
        if i < high and (keys[i] - smallest) >> shift == (keys[start] - smallest) >> shift:
            continue
        if i - start > _FEW:
            waiting[n_waiting, 0], waiting[n_waiting, 1] = start, i
            n_waiting += 1
        elif i - start > 1:
            _insert(start, i, keys, places)
        start = i
    return n_waiting


@kernel
def _pass(
    low: int,
    high: int,
    smallest: np.uint64,
    shift: np.uint64,
    keys: Bits,
    places: Order,
    to_keys: Bits,
    to_places: Order,
) -> None:
    """Moves a stretch into the order of one digit of its bits, leaving those that agree in theirs."""
    ends = np.zeros(_N_DIGITS, dtype=np.int32)
    for i in range(low, high):
        ends[(keys[i] - smallest) >> shift & _MASK] += 1
    before = low
    for digit in range(_N_DIGITS):
        ends[digit], before = before, before + ends[digit]
    for i in range(low, high):
        digit = (keys[i] - smallest) >> shift & _MASK
        to_keys[ends[digit]], to_places[ends[digit]] = keys[i], places[i]
        ends[digit] += 1
