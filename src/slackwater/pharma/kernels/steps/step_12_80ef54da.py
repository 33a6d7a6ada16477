"""A step of 12 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 1 2
1: 0 1 2
2: 0 1 2
3: 0 1 2 3
4: 0 1 2 4
5: 0 1 2 4 5
6: 0 1 2 4 5 6 7
7: 0 1 2 4 5 6 7
8: 0 1 2 4 5 6 7 8
9: 0 1 2 4 5 6 7 8 9
10: 0 1 2 4 5 6 7 8 9 10 11
11: 0 1 2 4 5 6 7 8 9 10 11
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 87 * n + at), row(w, 88 * n + at), row(w, 89 * n + at)
        x3, x4, x5 = row(w, 90 * n + at), row(w, 91 * n + at), row(w, 92 * n + at)
        x6, x7, x8 = row(w, 93 * n + at), row(w, 94 * n + at), row(w, 95 * n + at)
        x9, x10, x11 = row(w, 96 * n + at), row(w, 97 * n + at), row(w, 98 * n + at)
        y = more(w, 1 * n + at, x1, more(w, 0 * n + at, x0, row(w, 75 * n + at)))
        store(w, 87 * n + at, more(w, 2 * n + at, x2, y))
        y = more(w, 4 * n + at, x1, more(w, 3 * n + at, x0, row(w, 76 * n + at)))
        store(w, 88 * n + at, more(w, 5 * n + at, x2, y))
        y = more(w, 7 * n + at, x1, more(w, 6 * n + at, x0, row(w, 77 * n + at)))
        store(w, 89 * n + at, more(w, 8 * n + at, x2, y))
        y = more(w, 10 * n + at, x1, more(w, 9 * n + at, x0, row(w, 78 * n + at)))
        store(w, 90 * n + at, more(w, 12 * n + at, x3, more(w, 11 * n + at, x2, y)))
        y = more(w, 14 * n + at, x1, more(w, 13 * n + at, x0, row(w, 79 * n + at)))
        store(w, 91 * n + at, more(w, 16 * n + at, x4, more(w, 15 * n + at, x2, y)))
        y = more(w, 18 * n + at, x1, more(w, 17 * n + at, x0, row(w, 80 * n + at)))
        y = more(w, 20 * n + at, x4, more(w, 19 * n + at, x2, y))
        store(w, 92 * n + at, more(w, 21 * n + at, x5, y))
        y = more(w, 23 * n + at, x1, more(w, 22 * n + at, x0, row(w, 81 * n + at)))
        y = more(w, 25 * n + at, x4, more(w, 24 * n + at, x2, y))
        y = more(w, 27 * n + at, x6, more(w, 26 * n + at, x5, y))
        store(w, 93 * n + at, more(w, 28 * n + at, x7, y))
        y = more(w, 30 * n + at, x1, more(w, 29 * n + at, x0, row(w, 82 * n + at)))
        y = more(w, 32 * n + at, x4, more(w, 31 * n + at, x2, y))
        y = more(w, 34 * n + at, x6, more(w, 33 * n + at, x5, y))
        store(w, 94 * n + at, more(w, 35 * n + at, x7, y))
        y = more(w, 37 * n + at, x1, more(w, 36 * n + at, x0, row(w, 83 * n + at)))
        y = more(w, 39 * n + at, x4, more(w, 38 * n + at, x2, y))
        y = more(w, 41 * n + at, x6, more(w, 40 * n + at, x5, y))
        store(w, 95 * n + at, more(w, 43 * n + at, x8, more(w, 42 * n + at, x7, y)))
        y = more(w, 45 * n + at, x1, more(w, 44 * n + at, x0, row(w, 84 * n + at)))
        y = more(w, 47 * n + at, x4, more(w, 46 * n + at, x2, y))
        y = more(w, 49 * n + at, x6, more(w, 48 * n + at, x5, y))
        y = more(w, 51 * n + at, x8, more(w, 50 * n + at, x7, y))
        store(w, 96 * n + at, more(w, 52 * n + at, x9, y))
        y = more(w, 54 * n + at, x1, more(w, 53 * n + at, x0, row(w, 85 * n + at)))
        y = more(w, 56 * n + at, x4, more(w, 55 * n + at, x2, y))
        y = more(w, 58 * n + at, x6, more(w, 57 * n + at, x5, y))
        y = more(w, 60 * n + at, x8, more(w, 59 * n + at, x7, y))
        y = more(w, 62 * n + at, x10, more(w, 61 * n + at, x9, y))
        store(w, 97 * n + at, more(w, 63 * n + at, x11, y))
        y = more(w, 65 * n + at, x1, more(w, 64 * n + at, x0, row(w, 86 * n + at)))
        y = more(w, 67 * n + at, x4, more(w, 66 * n + at, x2, y))
        y = more(w, 69 * n + at, x6, more(w, 68 * n + at, x5, y))
        y = more(w, 71 * n + at, x8, more(w, 70 * n + at, x7, y))
        y = more(w, 73 * n + at, x10, more(w, 72 * n + at, x9, y))
        store(w, 98 * n + at, more(w, 74 * n + at, x11, y))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 87 * n + at), row(w, 88 * n + at), row(w, 89 * n + at)
        x3, x4, x5 = row(w, 90 * n + at), row(w, 91 * n + at), row(w, 92 * n + at)
        x6, x7, x8 = row(w, 93 * n + at), row(w, 94 * n + at), row(w, 95 * n + at)
        x9, x10, x11 = row(w, 96 * n + at), row(w, 97 * n + at), row(w, 98 * n + at)
        y = more(w, 1 * n + at, x1, times(row(w, 0 * n + at), x0))
        store(w, 87 * n + at, more(w, 2 * n + at, x2, y))
        y = more(w, 4 * n + at, x1, times(row(w, 3 * n + at), x0))
        store(w, 88 * n + at, more(w, 5 * n + at, x2, y))
        y = more(w, 7 * n + at, x1, times(row(w, 6 * n + at), x0))
        store(w, 89 * n + at, more(w, 8 * n + at, x2, y))
        y = more(w, 10 * n + at, x1, times(row(w, 9 * n + at), x0))
        store(w, 90 * n + at, more(w, 12 * n + at, x3, more(w, 11 * n + at, x2, y)))
        y = more(w, 14 * n + at, x1, times(row(w, 13 * n + at), x0))
        store(w, 91 * n + at, more(w, 16 * n + at, x4, more(w, 15 * n + at, x2, y)))
        y = more(w, 18 * n + at, x1, times(row(w, 17 * n + at), x0))
        y = more(w, 20 * n + at, x4, more(w, 19 * n + at, x2, y))
        store(w, 92 * n + at, more(w, 21 * n + at, x5, y))
        y = more(w, 23 * n + at, x1, times(row(w, 22 * n + at), x0))
        y = more(w, 25 * n + at, x4, more(w, 24 * n + at, x2, y))
        y = more(w, 27 * n + at, x6, more(w, 26 * n + at, x5, y))
        store(w, 93 * n + at, more(w, 28 * n + at, x7, y))
        y = more(w, 30 * n + at, x1, times(row(w, 29 * n + at), x0))
        y = more(w, 32 * n + at, x4, more(w, 31 * n + at, x2, y))
        y = more(w, 34 * n + at, x6, more(w, 33 * n + at, x5, y))
        store(w, 94 * n + at, more(w, 35 * n + at, x7, y))
        y = more(w, 37 * n + at, x1, times(row(w, 36 * n + at), x0))
        y = more(w, 39 * n + at, x4, more(w, 38 * n + at, x2, y))
        y = more(w, 41 * n + at, x6, more(w, 40 * n + at, x5, y))
        store(w, 95 * n + at, more(w, 43 * n + at, x8, more(w, 42 * n + at, x7, y)))
        y = more(w, 45 * n + at, x1, times(row(w, 44 * n + at), x0))
        y = more(w, 47 * n + at, x4, more(w, 46 * n + at, x2, y))
        y = more(w, 49 * n + at, x6, more(w, 48 * n + at, x5, y))
        y = more(w, 51 * n + at, x8, more(w, 50 * n + at, x7, y))
        store(w, 96 * n + at, more(w, 52 * n + at, x9, y))
        y = more(w, 54 * n + at, x1, times(row(w, 53 * n + at), x0))
        y = more(w, 56 * n + at, x4, more(w, 55 * n + at, x2, y))
        y = more(w, 58 * n + at, x6, more(w, 57 * n + at, x5, y))
        y = more(w, 60 * n + at, x8, more(w, 59 * n + at, x7, y))
        y = more(w, 62 * n + at, x10, more(w, 61 * n + at, x9, y))
        store(w, 97 * n + at, more(w, 63 * n + at, x11, y))
        y = more(w, 65 * n + at, x1, times(row(w, 64 * n + at), x0))
        y = more(w, 67 * n + at, x4, more(w, 66 * n + at, x2, y))
        y = more(w, 69 * n + at, x6, more(w, 68 * n + at, x5, y))
        y = more(w, 71 * n + at, x8, more(w, 70 * n + at, x7, y))
        y = more(w, 73 * n + at, x10, more(w, 72 * n + at, x9, y))
        store(w, 98 * n + at, more(w, 74 * n + at, x11, y))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 4800, 5568):
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
    if is_still(w, 1200, 1392):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
