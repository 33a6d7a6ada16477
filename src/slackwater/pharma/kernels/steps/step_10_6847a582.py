"""A step of 10 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 1 2 3 6 9
1: 0 1 2 3 6 9
2: 0 1 2 3 6 9
3: 0 1 2 3 6 9
4: 0 1 2 3 4 6 9
5: 0 1 2 3 5 6 9
6: 6
7: 0 1 2 3 5 6 7 8 9
8: 0 1 2 3 5 6 7 8 9
9: 9
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 68 * n + at), row(w, 69 * n + at), row(w, 70 * n + at)
        x3, x4, x5 = row(w, 71 * n + at), row(w, 72 * n + at), row(w, 73 * n + at)
        x6, x7, x8 = row(w, 74 * n + at), row(w, 75 * n + at), row(w, 76 * n + at)
        x9 = row(w, 77 * n + at)
        y = more(w, 1 * n + at, x1, more(w, 0 * n + at, x0, row(w, 58 * n + at)))
        y = more(w, 3 * n + at, x3, more(w, 2 * n + at, x2, y))
        store(w, 68 * n + at, more(w, 5 * n + at, x9, more(w, 4 * n + at, x6, y)))
        y = more(w, 7 * n + at, x1, more(w, 6 * n + at, x0, row(w, 59 * n + at)))
        y = more(w, 9 * n + at, x3, more(w, 8 * n + at, x2, y))
        store(w, 69 * n + at, more(w, 11 * n + at, x9, more(w, 10 * n + at, x6, y)))
        y = more(w, 13 * n + at, x1, more(w, 12 * n + at, x0, row(w, 60 * n + at)))
        y = more(w, 15 * n + at, x3, more(w, 14 * n + at, x2, y))
        store(w, 70 * n + at, more(w, 17 * n + at, x9, more(w, 16 * n + at, x6, y)))
        y = more(w, 19 * n + at, x1, more(w, 18 * n + at, x0, row(w, 61 * n + at)))
        y = more(w, 21 * n + at, x3, more(w, 20 * n + at, x2, y))
        store(w, 71 * n + at, more(w, 23 * n + at, x9, more(w, 22 * n + at, x6, y)))
        y = more(w, 25 * n + at, x1, more(w, 24 * n + at, x0, row(w, 62 * n + at)))
        y = more(w, 27 * n + at, x3, more(w, 26 * n + at, x2, y))
        y = more(w, 29 * n + at, x6, more(w, 28 * n + at, x4, y))
        store(w, 72 * n + at, more(w, 30 * n + at, x9, y))
        y = more(w, 32 * n + at, x1, more(w, 31 * n + at, x0, row(w, 63 * n + at)))
        y = more(w, 34 * n + at, x3, more(w, 33 * n + at, x2, y))
        y = more(w, 36 * n + at, x6, more(w, 35 * n + at, x5, y))
        store(w, 73 * n + at, more(w, 37 * n + at, x9, y))
        store(w, 74 * n + at, more(w, 38 * n + at, x6, row(w, 64 * n + at)))
        y = more(w, 40 * n + at, x1, more(w, 39 * n + at, x0, row(w, 65 * n + at)))
        y = more(w, 42 * n + at, x3, more(w, 41 * n + at, x2, y))
        y = more(w, 44 * n + at, x6, more(w, 43 * n + at, x5, y))
        y = more(w, 46 * n + at, x8, more(w, 45 * n + at, x7, y))
        store(w, 75 * n + at, more(w, 47 * n + at, x9, y))
        y = more(w, 49 * n + at, x1, more(w, 48 * n + at, x0, row(w, 66 * n + at)))
        y = more(w, 51 * n + at, x3, more(w, 50 * n + at, x2, y))
        y = more(w, 53 * n + at, x6, more(w, 52 * n + at, x5, y))
        y = more(w, 55 * n + at, x8, more(w, 54 * n + at, x7, y))
        store(w, 76 * n + at, more(w, 56 * n + at, x9, y))
        store(w, 77 * n + at, more(w, 57 * n + at, x9, row(w, 67 * n + at)))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 68 * n + at), row(w, 69 * n + at), row(w, 70 * n + at)
        x3, x4, x5 = row(w, 71 * n + at), row(w, 72 * n + at), row(w, 73 * n + at)
        x6, x7, x8 = row(w, 74 * n + at), row(w, 75 * n + at), row(w, 76 * n + at)
        x9 = row(w, 77 * n + at)
        y = more(w, 1 * n + at, x1, times(row(w, 0 * n + at), x0))
        y = more(w, 3 * n + at, x3, more(w, 2 * n + at, x2, y))
        store(w, 68 * n + at, more(w, 5 * n + at, x9, more(w, 4 * n + at, x6, y)))
        y = more(w, 7 * n + at, x1, times(row(w, 6 * n + at), x0))
        y = more(w, 9 * n + at, x3, more(w, 8 * n + at, x2, y))
        store(w, 69 * n + at, more(w, 11 * n + at, x9, more(w, 10 * n + at, x6, y)))
        y = more(w, 13 * n + at, x1, times(row(w, 12 * n + at), x0))
        y = more(w, 15 * n + at, x3, more(w, 14 * n + at, x2, y))
        store(w, 70 * n + at, more(w, 17 * n + at, x9, more(w, 16 * n + at, x6, y)))
        y = more(w, 19 * n + at, x1, times(row(w, 18 * n + at), x0))
        y = more(w, 21 * n + at, x3, more(w, 20 * n + at, x2, y))
        store(w, 71 * n + at, more(w, 23 * n + at, x9, more(w, 22 * n + at, x6, y)))
        y = more(w, 25 * n + at, x1, times(row(w, 24 * n + at), x0))
        y = more(w, 27 * n + at, x3, more(w, 26 * n + at, x2, y))
        y = more(w, 29 * n + at, x6, more(w, 28 * n + at, x4, y))
        store(w, 72 * n + at, more(w, 30 * n + at, x9, y))
        y = more(w, 32 * n + at, x1, times(row(w, 31 * n + at), x0))
        y = more(w, 34 * n + at, x3, more(w, 33 * n + at, x2, y))
        y = more(w, 36 * n + at, x6, more(w, 35 * n + at, x5, y))
        store(w, 73 * n + at, more(w, 37 * n + at, x9, y))
        store(w, 74 * n + at, times(row(w, 38 * n + at), x6))
        y = more(w, 40 * n + at, x1, times(row(w, 39 * n + at), x0))
        y = more(w, 42 * n + at, x3, more(w, 41 * n + at, x2, y))
        y = more(w, 44 * n + at, x6, more(w, 43 * n + at, x5, y))
        y = more(w, 46 * n + at, x8, more(w, 45 * n + at, x7, y))
        store(w, 75 * n + at, more(w, 47 * n + at, x9, y))
        y = more(w, 49 * n + at, x1, times(row(w, 48 * n + at), x0))
        y = more(w, 51 * n + at, x3, more(w, 50 * n + at, x2, y))
        y = more(w, 53 * n + at, x6, more(w, 52 * n + at, x5, y))
        y = more(w, 55 * n + at, x8, more(w, 54 * n + at, x7, y))
        store(w, 76 * n + at, more(w, 56 * n + at, x9, y))
        store(w, 77 * n + at, times(row(w, 57 * n + at), x9))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 3712, 4352):
        for step in range(n_steps):
            _still(w, 64, 64)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 64)
    else:
        for step in range(n_steps):
            _step(w, 64, 64)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 64)


def narrow(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 928, 1088):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
