"""A step of 2 states. Written by `make steps`; not to be edited.

What feeds each of them:
0: 0 1
1: 0 1
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of


@kernel
def _step(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1 = row(w, 6 * n + at), row(w, 7 * n + at)
        store(w, 6 * n + at, more(w, 1 * n + at, x1, more(w, 0 * n + at, x0, row(w, 4 * n + at))))
        store(w, 7 * n + at, more(w, 3 * n + at, x1, more(w, 2 * n + at, x0, row(w, 5 * n + at))))


@kernel
def _still(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
        x0, x1 = row(w, 6 * n + at), row(w, 7 * n + at)
        store(w, 6 * n + at, more(w, 1 * n + at, x1, times(row(w, 0 * n + at), x0)))
        store(w, 7 * n + at, more(w, 3 * n + at, x1, times(row(w, 2 * n + at), x0)))


def wide(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, 256, 384):
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
    if is_still(w, 64, 96):
        for step in range(n_steps):
            _still(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
    else:
        for step in range(n_steps):
            _step(w, 16, 4)
            put_out(w, y, places, n_out, step * stride, here, is_streamed, 16)
