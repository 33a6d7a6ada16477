"""Shares work among threads of our own, because Numba's may not be entered from two web requests at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numba

_worker = threading.local()


def share_out(
    act: Callable[[int, int], None], n_pieces: int, at_a_time: int, n_threads: int | None = None
) -> None:
    """Calls `act(first, last)` until every piece is done, the caller working too.

    Work that is shared out within a piece is done by whoever has the piece.

    at_a_time: pieces that a thread fetches, so that a slow one does not keep the others waiting; no more than
               these are done before a second thread has started, so they are left to the caller
    n_threads: None for all there are
    """
    n_parts = -(-n_pieces // at_a_time)
    if n_parts <= 1:
        act(0, n_pieces)
        return
    n_others = min(n_threads or processors(), n_parts) - 1
    if n_others < 1 or getattr(_worker, "is_busy", False):
        act(0, n_pieces)
        return
    parts = count()

    def take() -> None:
        _worker.is_busy = True
        try:
            while (part := next(parts)) < n_parts:
                act(part * at_a_time, min((part + 1) * at_a_time, n_pieces))
        finally:
            _worker.is_busy = False

    with ThreadPoolExecutor(n_others) as pool:
        others = [pool.submit(take) for _ in range(n_others)]
        take()
    for other in others:
        other.result()


def processors() -> int:
    """As many as Numba was told of, which is all of them unless its environment says otherwise."""
    return int(numba.config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]  # numba sets it as it loads
