"""A step of 8 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 2 3 6 7
1: 0 1 2 3 5 6 7
2: 0 2 3 6 7
3: 0 2 3 6 7
4: 0 2 3 4 6 7
5: 0 1 2 3 5 6 7
6: 6
7: 7
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 45 * n + at), row(w, 46 * n + at), row(w, 47 * n + at)
        x3, x4, x5 = row(w, 48 * n + at), row(w, 49 * n + at), row(w, 50 * n + at)
        x6, x7 = row(w, 51 * n + at), row(w, 52 * n + at)
        y = more(w, 1 * n + at, x2, more(w, 0 * n + at, x0, row(w, 37 * n + at)))
        y = more(w, 3 * n + at, x6, more(w, 2 * n + at, x3, y))
        store(w, 45 * n + at, more(w, 4 * n + at, x7, y))
        y = more(w, 6 * n + at, x1, more(w, 5 * n + at, x0, row(w, 38 * n + at)))
        y = more(w, 8 * n + at, x3, more(w, 7 * n + at, x2, y))
        y = more(w, 10 * n + at, x6, more(w, 9 * n + at, x5, y))
        store(w, 46 * n + at, more(w, 11 * n + at, x7, y))
        y = more(w, 13 * n + at, x2, more(w, 12 * n + at, x0, row(w, 39 * n + at)))
        y = more(w, 15 * n + at, x6, more(w, 14 * n + at, x3, y))
        store(w, 47 * n + at, more(w, 16 * n + at, x7, y))
        y = more(w, 18 * n + at, x2, more(w, 17 * n + at, x0, row(w, 40 * n + at)))
        y = more(w, 20 * n + at, x6, more(w, 19 * n + at, x3, y))
        store(w, 48 * n + at, more(w, 21 * n + at, x7, y))
        y = more(w, 23 * n + at, x2, more(w, 22 * n + at, x0, row(w, 41 * n + at)))
        y = more(w, 25 * n + at, x4, more(w, 24 * n + at, x3, y))
        store(w, 49 * n + at, more(w, 27 * n + at, x7, more(w, 26 * n + at, x6, y)))
        y = more(w, 29 * n + at, x1, more(w, 28 * n + at, x0, row(w, 42 * n + at)))
        y = more(w, 31 * n + at, x3, more(w, 30 * n + at, x2, y))
        y = more(w, 33 * n + at, x6, more(w, 32 * n + at, x5, y))
        store(w, 50 * n + at, more(w, 34 * n + at, x7, y))
        store(w, 51 * n + at, more(w, 35 * n + at, x6, row(w, 43 * n + at)))
        store(w, 52 * n + at, more(w, 36 * n + at, x7, row(w, 44 * n + at)))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 45 * n + at), row(w, 46 * n + at), row(w, 47 * n + at)
        x3, x4, x5 = row(w, 48 * n + at), row(w, 49 * n + at), row(w, 50 * n + at)
        x6, x7 = row(w, 51 * n + at), row(w, 52 * n + at)
        y = more(w, 1 * n + at, x2, times(row(w, 0 * n + at), x0))
        y = more(w, 3 * n + at, x6, more(w, 2 * n + at, x3, y))
        store(w, 45 * n + at, more(w, 4 * n + at, x7, y))
        y = more(w, 6 * n + at, x1, times(row(w, 5 * n + at), x0))
        y = more(w, 8 * n + at, x3, more(w, 7 * n + at, x2, y))
        y = more(w, 10 * n + at, x6, more(w, 9 * n + at, x5, y))
        store(w, 46 * n + at, more(w, 11 * n + at, x7, y))
        y = more(w, 13 * n + at, x2, times(row(w, 12 * n + at), x0))
        y = more(w, 15 * n + at, x6, more(w, 14 * n + at, x3, y))
        store(w, 47 * n + at, more(w, 16 * n + at, x7, y))
        y = more(w, 18 * n + at, x2, times(row(w, 17 * n + at), x0))
        y = more(w, 20 * n + at, x6, more(w, 19 * n + at, x3, y))
        store(w, 48 * n + at, more(w, 21 * n + at, x7, y))
        y = more(w, 23 * n + at, x2, times(row(w, 22 * n + at), x0))
        y = more(w, 25 * n + at, x4, more(w, 24 * n + at, x3, y))
        store(w, 49 * n + at, more(w, 27 * n + at, x7, more(w, 26 * n + at, x6, y)))
        y = more(w, 29 * n + at, x1, times(row(w, 28 * n + at), x0))
        y = more(w, 31 * n + at, x3, more(w, 30 * n + at, x2, y))
        y = more(w, 33 * n + at, x6, more(w, 32 * n + at, x5, y))
        store(w, 50 * n + at, more(w, 34 * n + at, x7, y))
        store(w, 51 * n + at, times(row(w, 35 * n + at), x6))
        store(w, 52 * n + at, times(row(w, 36 * n + at), x7))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 2368, 2880):
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
    if is_still(w, 592, 720):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
