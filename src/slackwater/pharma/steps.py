"""Finds the compiled step of a pattern, where there is one."""

from enum import Enum
from functools import cache
from importlib import import_module
from typing import Final

import numba

from slackwater.pharma.kernels.compiled import STEP, STEP_SINGLE
from slackwater.pharma.kernels.compiling import callback
from slackwater.pharma.kernels.steps import NAMES
from slackwater.pharma.layout import Rows
from slackwater.pharma.step_source import name_of

# Not an address: the kernel then reads the pattern from its tables.
NO_STEP: Final = 0


class Kind(Enum):
    """For whom a step is compiled: a block of a crowd, in either precision, or a person or two."""

    WIDE = "wide", STEP
    WIDE_SINGLE = "wide", STEP_SINGLE
    NARROW = "narrow", STEP


@cache
def address_of(rows: Rows, kind: Kind) -> int:
    """Where the compiled step of this pattern is, compiling it if need be; NO_STEP where there is none."""
    name = name_of(rows)
    is_compiled = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]  # numba sets it as it loads
    if not is_compiled or name not in NAMES:
        return NO_STEP
    return _compiled(f"slackwater.pharma.kernels.steps.{name}", kind).address or NO_STEP


@cache
def _compiled(module: str, kind: Kind) -> "numba.core.ccallback.CFunc":
    """Kept for good, because nothing else keeps the machine code alive."""
    function, signature = kind.value
    return callback(getattr(import_module(module), function), signature)
