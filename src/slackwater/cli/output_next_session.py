"""The next session's bands, as a section and as figures."""

from collections.abc import Iterator, Sequence

from slackwater.cli.output_counts import covered, held, in_minutes, line, minutes, standard_error
from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.next_session import Following

_HEAD = """## The next session

`slackwater calibrate --only next-session {options}`. Bands of 84 mg of nasal esketamine before anything was
seen in that session. A patient keeps what is theirs and has each session's occasion anew; the crowd has
learned from all that was seen in three hours of each earlier session. *Width* is a share of that of a crowd
that knows the population alone (learned from: nothing). One standard error is {half:.1f} points (50 %) and
{most:.1f} points (90 %).

| learned from | n | 50 % | worst | 90 % | worst | width | error, min | unlearned, min |
| --- | --: | --: | --- | --: | --- | --: | --: | --: |
"""


def section(found: Sequence[Following], *, options: str) -> str:
    """As Markdown."""
    n_patients = found[0].n_patients
    head = _HEAD.format(
        options=options, half=standard_error(0.5, n_patients), most=standard_error(0.9, n_patients)
    )
    return head + "\n".join(map(_row, found)) + "\n"


def figures(found: Sequence[Following]) -> Node:
    """The same figures for a program."""
    return [dict(_figures(one)) for one in found]


def _figures(one: Following) -> Iterator[tuple[str, Node]]:
    yield from (("learned_from", one.words), ("n", one.n_patients))
    yield from held(one.half, one.most)
    yield "width_share", round(one.width_share, 3)
    yield from in_minutes(one.errors, "error_min")
    yield from in_minutes(one.fresh, "unlearned_error_min")


def _row(one: Following) -> str:
    return line(
        one.words,
        f"{one.n_patients:,}",
        *covered(one.half, one.most),
        f"{100 * one.width_share:.0f} %",
        minutes(one.errors),
        minutes(one.fresh),
    )
