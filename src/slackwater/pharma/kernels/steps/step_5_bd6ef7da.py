"""A step of 5 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 1 2 4
1: 0 1 2 4
2: 0 1 2 4
3: 0 1 2 3 4
4: 4
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 23 * n + at), row(w, 24 * n + at), row(w, 25 * n + at)
        x3, x4 = row(w, 26 * n + at), row(w, 27 * n + at)
        y = more(w, 1 * n + at, x1, more(w, 0 * n + at, x0, row(w, 18 * n + at)))
        store(w, 23 * n + at, more(w, 3 * n + at, x4, more(w, 2 * n + at, x2, y)))
        y = more(w, 5 * n + at, x1, more(w, 4 * n + at, x0, row(w, 19 * n + at)))
        store(w, 24 * n + at, more(w, 7 * n + at, x4, more(w, 6 * n + at, x2, y)))
        y = more(w, 9 * n + at, x1, more(w, 8 * n + at, x0, row(w, 20 * n + at)))
        store(w, 25 * n + at, more(w, 11 * n + at, x4, more(w, 10 * n + at, x2, y)))
        y = more(w, 13 * n + at, x1, more(w, 12 * n + at, x0, row(w, 21 * n + at)))
        y = more(w, 15 * n + at, x3, more(w, 14 * n + at, x2, y))
        store(w, 26 * n + at, more(w, 16 * n + at, x4, y))
        store(w, 27 * n + at, more(w, 17 * n + at, x4, row(w, 22 * n + at)))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1, x2 = row(w, 23 * n + at), row(w, 24 * n + at), row(w, 25 * n + at)
        x3, x4 = row(w, 26 * n + at), row(w, 27 * n + at)
        y = more(w, 1 * n + at, x1, times(row(w, 0 * n + at), x0))
        store(w, 23 * n + at, more(w, 3 * n + at, x4, more(w, 2 * n + at, x2, y)))
        y = more(w, 5 * n + at, x1, times(row(w, 4 * n + at), x0))
        store(w, 24 * n + at, more(w, 7 * n + at, x4, more(w, 6 * n + at, x2, y)))
        y = more(w, 9 * n + at, x1, times(row(w, 8 * n + at), x0))
        store(w, 25 * n + at, more(w, 11 * n + at, x4, more(w, 10 * n + at, x2, y)))
        y = more(w, 13 * n + at, x1, times(row(w, 12 * n + at), x0))
        y = more(w, 15 * n + at, x3, more(w, 14 * n + at, x2, y))
        store(w, 26 * n + at, more(w, 16 * n + at, x4, y))
        store(w, 27 * n + at, times(row(w, 17 * n + at), x4))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 1152, 1472):
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
    if is_still(w, 288, 368):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
