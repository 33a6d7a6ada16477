"""A step of 6 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 1 2 3 5
1: 0 1 2 3 5
2: 0 1 2 3 5
3: 0 1 2 3 5
4: 0 1 2 3 4 5
5: 5
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 33 * n + at), row(w, 34 * n + at), row(w, 35 * n + at)
        x3, x4, x5 = row(w, 36 * n + at), row(w, 37 * n + at), row(w, 38 * n + at)
        y = more(w, 1 * n + at, x1, more(w, 0 * n + at, x0, row(w, 27 * n + at)))
        y = more(w, 3 * n + at, x3, more(w, 2 * n + at, x2, y))
        store(w, 33 * n + at, more(w, 4 * n + at, x5, y))
        y = more(w, 6 * n + at, x1, more(w, 5 * n + at, x0, row(w, 28 * n + at)))
        y = more(w, 8 * n + at, x3, more(w, 7 * n + at, x2, y))
        store(w, 34 * n + at, more(w, 9 * n + at, x5, y))
        y = more(w, 11 * n + at, x1, more(w, 10 * n + at, x0, row(w, 29 * n + at)))
        y = more(w, 13 * n + at, x3, more(w, 12 * n + at, x2, y))
        store(w, 35 * n + at, more(w, 14 * n + at, x5, y))
        y = more(w, 16 * n + at, x1, more(w, 15 * n + at, x0, row(w, 30 * n + at)))
        y = more(w, 18 * n + at, x3, more(w, 17 * n + at, x2, y))
        store(w, 36 * n + at, more(w, 19 * n + at, x5, y))
        y = more(w, 21 * n + at, x1, more(w, 20 * n + at, x0, row(w, 31 * n + at)))
        y = more(w, 23 * n + at, x3, more(w, 22 * n + at, x2, y))
        store(w, 37 * n + at, more(w, 25 * n + at, x5, more(w, 24 * n + at, x4, y)))
        store(w, 38 * n + at, more(w, 26 * n + at, x5, row(w, 32 * n + at)))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 33 * n + at), row(w, 34 * n + at), row(w, 35 * n + at)
        x3, x4, x5 = row(w, 36 * n + at), row(w, 37 * n + at), row(w, 38 * n + at)
        y = more(w, 1 * n + at, x1, times(row(w, 0 * n + at), x0))
        y = more(w, 3 * n + at, x3, more(w, 2 * n + at, x2, y))
        store(w, 33 * n + at, more(w, 4 * n + at, x5, y))
        y = more(w, 6 * n + at, x1, times(row(w, 5 * n + at), x0))
        y = more(w, 8 * n + at, x3, more(w, 7 * n + at, x2, y))
        store(w, 34 * n + at, more(w, 9 * n + at, x5, y))
        y = more(w, 11 * n + at, x1, times(row(w, 10 * n + at), x0))
        y = more(w, 13 * n + at, x3, more(w, 12 * n + at, x2, y))
        store(w, 35 * n + at, more(w, 14 * n + at, x5, y))
        y = more(w, 16 * n + at, x1, times(row(w, 15 * n + at), x0))
        y = more(w, 18 * n + at, x3, more(w, 17 * n + at, x2, y))
        store(w, 36 * n + at, more(w, 19 * n + at, x5, y))
        y = more(w, 21 * n + at, x1, times(row(w, 20 * n + at), x0))
        y = more(w, 23 * n + at, x3, more(w, 22 * n + at, x2, y))
        store(w, 37 * n + at, more(w, 25 * n + at, x5, more(w, 24 * n + at, x4, y)))
        store(w, 38 * n + at, times(row(w, 26 * n + at), x5))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 1728, 2112):
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
    if is_still(w, 432, 528):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
