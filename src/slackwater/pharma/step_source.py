"""Writes the source of a compiled step: one pattern, every product written out.

A step that reads its pattern from tables asks memory at every product where to find it; written out, the
processor has nothing left to do but the products. The text is kept in files, and not made when it is needed,
so that the compiler's cache can find it again.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from slackwater.pharma.layout import Rows

# A pattern that needs a longer function than our own rule allows is read from its tables.
_MOST_LINES: Final = 48
_LOADS_PER_LINE: Final = 3
_PRODUCTS_PER_LINE: Final = 2
# How many lanes a row has, and how many of them stand for somebody.
_WIDTHS: Final = {"wide": (64, 64), "narrow": (16, 4)}

_HEAD = '''"""A step of {n} states. Written by `make steps`; not to be edited.

What feeds each of them:
{listed}
"""

from slackwater.pharma.kernels.compiled import array_at, is_still, more, put_out, row
from slackwater.pharma.kernels.compiling import kernel
from slackwater.pharma.kernels.pattern import Places
from slackwater.pharma.kernels.vectors import Reals, store, times, width_of
'''

_STEP = """

@kernel
def {name}(w: Reals, n: int, in_use: int) -> None:
    for at in range(0, in_use, width_of(w)):
"""

_TAIL = """

def {name}(
    work: Reals, out: Reals, reads: Places, n_out: int, n_steps: int, stride: int, here: int, is_streamed: int
) -> None:
    w, y, places = array_at(work), array_at(out), array_at(reads)
    if is_still(w, {gains}, {states}):
        for step in range(n_steps):
            _still(w, {lanes}, {in_use})
            put_out(w, y, places, n_out, step * stride, here, is_streamed, {lanes})
    else:
        for step in range(n_steps):
            _step(w, {lanes}, {in_use})
            put_out(w, y, places, n_out, step * stride, here, is_streamed, {lanes})
"""


def name_of(rows: Rows) -> str:
    """The name of the module that holds the step of this pattern."""
    return f"step_{len(rows)}_{hashlib.sha256(repr(rows).encode()).hexdigest()[:8]}"


def source_of(rows: Rows) -> str | None:
    """The whole module, or None for a pattern that is too large to be written out.

    rows: which states feed each state, itself included, in rising order
    """
    steps = {"_step": _products(rows, is_still=False), "_still": _products(rows, is_still=True)}
    if len(_loads(rows)) + len(steps["_step"]) > _MOST_LINES:
        return None
    listed = "\n".join(f"{number}: {' '.join(map(str, row))}" for number, row in enumerate(rows))
    bodies = "".join(
        _STEP.format(name=name) + "".join(f"        {line}\n" for line in (*_loads(rows), *lines))
        for name, lines in steps.items()
    )
    n_phi, n = sum(map(len, rows)), len(rows)
    tails = "".join(
        _TAIL.format(name=name, lanes=lanes, in_use=in_use, gains=n_phi * lanes, states=(n_phi + n) * lanes)
        for name, (lanes, in_use) in _WIDTHS.items()
    )
    return _HEAD.format(n=len(rows), listed=listed) + bodies + tails


def _loads(rows: Rows) -> list[str]:
    first = sum(map(len, rows)) + len(rows)
    lines = []
    for low in range(0, len(rows), _LOADS_PER_LINE):
        states = range(low, min(low + _LOADS_PER_LINE, len(rows)))
        names = ", ".join(f"x{state}" for state in states)
        lines.append(f"{names} = {', '.join(_row(first + state) for state in states)}")
    return lines


def _products(rows: Rows, *, is_still: bool) -> list[str]:
    """Row by row; what held states add comes first, if there is any, then what feeds the state, in order."""
    n_phi, entry, lines = sum(map(len, rows)), 0, []
    for state, sources in enumerate(rows):
        total = "" if is_still else _row(n_phi + state)
        for low in range(0, len(sources), _PRODUCTS_PER_LINE):
            for source in sources[low : low + _PRODUCTS_PER_LINE]:
                place = f"{entry} * n + at"
                total = (
                    f"more(w, {place}, x{source}, {total})" if total else f"times(row(w, {place}), x{source})"
                )
                entry += 1
            if low + _PRODUCTS_PER_LINE < len(sources):
                lines.append(f"y = {total}")
                total = "y"
        lines.append(f"store(w, {n_phi + len(rows) + state} * n + at, {total})")
    return lines


def _row(place: int) -> str:
    return f"row(w, {place} * n + at)"


def index_of(names: Sequence[str]) -> str:
    """The text of the package that holds the modules of these names."""
    listed = "".join(f'        "{name}",\n' for name in sorted(names))
    return (
        '"""Steps of the patterns that the catalogue\'s models have. Written by `make steps`."""\n\n'
        "from typing import Final\n\n"
        f"NAMES: Final = frozenset(\n    {{\n{listed}    }}\n)\n"
    )
