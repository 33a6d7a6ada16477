"""What moving a crowd is worth, as a section and as figures."""

from collections.abc import Iterator, Sequence

from slackwater.cli.output_counts import line, percent
from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.worth import Worth

_HEAD = """## What moving is worth

`slackwater calibrate --only moving {options}`. Patients of the first case at 90 min, asked of a crowd that
is only weighed and of one that is moved where few are left of it. *Left* is what the weights were worth, as
a share of the crowd.

| left | n | 50 %, weighed | moved | 90 %, weighed | moved |
| --- | --: | --: | --: | --: | --: |
"""


def section(found: Sequence[Worth], *, options: str) -> str:
    """As Markdown."""
    return _HEAD.format(options=options) + "\n".join(map(_row, found)) + "\n"


def figures(found: Sequence[Worth]) -> Node:
    """The same figures for a program."""
    return [dict(_figures(one)) for one in found]


def _figures(one: Worth) -> Iterator[tuple[str, Node]]:
    yield from (("left_from", one.low), ("left_to", one.high), ("n", one.n_patients))
    for name, (half, most) in (("weighed", one.weighed), ("moved", one.moved)):
        yield from ((f"{name}_50", round(half.mean, 4)), (f"{name}_90", round(most.mean, 4)))


def _row(one: Worth) -> str:
    until = "% or more" if one.high == 1.0 else f"to {100 * one.high:g} %"
    left = "all" if (one.low, one.high) == (0.0, 1.0) else f"{100 * one.low:g} {until}"
    pairs = zip(one.weighed, one.moved, strict=True)
    return line(left, f"{one.n_patients:,}", *(percent(each.mean) for pair in pairs for each in pair))
