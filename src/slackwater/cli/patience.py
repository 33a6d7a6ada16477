"""Says what is being done, when it takes longer than somebody likes to wait in silence."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from rich.console import Console
from rich.progress import Progress

# After this, a screen that says nothing looks like one that hangs.
_SILENCE_S = 2.0


@contextmanager
def patience(words: str) -> Iterator[None]:
    """Write one line to a person at a terminal, and only if the work takes more than two seconds."""
    timer = threading.Timer(_SILENCE_S, lambda: print(words, file=sys.stderr))
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def progress(words: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how far work of so many parts is; call what it gives after each part, from any thread.

    A bar at a terminal, and elsewhere a line for each tenth of it.
    """
    if not sys.stderr.isatty():
        yield _told_in_tenths(words, total)
        return
    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(words, total=total)
        yield lambda: shown.advance(task)


def _told_in_tenths(words: str, total: int) -> Callable[[], None]:
    done, one_at_a_time = count(1), threading.Lock()

    def tell() -> None:
        with one_at_a_time:
            part = next(done)
            if part * 10 // total > (part - 1) * 10 // total:
                print(f"{words}: {part:,} of {total:,}", file=sys.stderr, flush=True)

    return tell
