"""One table from what went wrong to the exit code, so that scripts can rely on it."""

import sys
from enum import IntEnum

from slackwater.terms.refusal import RefusedError


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    REFUSED = 2


# A refusal shares the 2 of a mistyped option: both mean "write it differently". Anything not listed is a
# bug of ours and crashes with a traceback and exit code 1. Typer itself answers an interrupt with 130.
_TABLE: tuple[tuple[type[Exception], Exit], ...] = ((RefusedError, Exit.REFUSED),)
EXPECTED = tuple(kind for kind, _ in _TABLE)


def exit_code(error: Exception) -> Exit:
    """The exit code of an expected error; raises LookupError for any other."""
    for kind, code in _TABLE:
        if isinstance(error, kind):
            return code
    raise LookupError(f"{type(error).__name__} has no exit code")


def explain(error: Exception) -> None:
    """Say on stderr what to mend: one line a problem, nothing else."""
    if isinstance(error, RefusedError):
        for problem in error.problems:
            print(problem, file=sys.stderr)
