"""How often "outside my crowd" is said, as a section of the calibration page and for JSON."""

from collections.abc import Iterator

from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.outside import LOOKS_MIN, FalseAlarms, Found, Outside
from slackwater.pharma.estimates import estimate

_SHOWN_MIN = (45, 90, 180)
_HEAD = """## Outside my crowd

`slackwater calibrate --only outside {options}`. A patient is called outside when something else explains
what was seen of them so much better than the crowd does that at most {level:.0f} in 100 of the crowd's own
people would look so odd: records of its own people are simulated at the very times that are asked about, so
that the level holds for each dose, route, time and kind of observation. The crowd has 4,096 people, as in a
room.

**False alarms.** The crowd's own people, seen as staff would see them (slips and artefacts included), asked
about at each of the ten usual ratings, 15 to 180 minutes after the first dose. Intervals are 95 % and hold
the luck of the patients drawn, not of the crowd drawn. Each look has its own chance, so over a whole
session more are called at some time or other.

| dose | n | {times} | mean of ten looks | highest of ten | at any of the ten |
| --- | --: | --: | --: | --: | --: | --: | --: |
"""
_FOUND = """
**Planted patients**, asked about at 180 minutes, {n} of each kind. First how many of 100 are called; then
how many the best possible test of the same level would call (one standard error of either is 5 at most).
That test knows what was planted and weighs it alone against the crowd, which no room can do: by Neyman and
Pearson nothing does better. Where both are low such a patient is *like somebody in the crowd*, and is to be
learned, not called: who needs twice or half the usual concentration lies 1.8 SD from the middle of the
spread between people, and of those who were given nothing many look like the few whom the dose hardly
reaches. *Held* is how often the 90 % band held the true depth of those who were not called, from then on
({first}); a depth of exactly 0 no band of people who were given something can hold.

"""


def section(found: Outside, *, options: str) -> str:
    """The section as Markdown."""
    first = found.alarms[0].dose
    lines = [
        _HEAD.format(
            options=options,
            level=100 * found.level,
            times=" | ".join(f"at {minute} min" for minute in _SHOWN_MIN),
        ).rstrip("\n"),
        *map(_alarm, found.alarms),
        _FOUND.format(n=found.found[0].n_patients, first=first).rstrip("\n"),
        "",
        *_planted(found),
    ]
    return "\n".join(lines) + "\n"


def figures(found: Outside) -> Node:
    """The same figures for a program."""
    return {
        "level": found.level,
        "false_alarms": [
            {
                "dose": one.dose,
                "n": one.n_patients,
                "looks_min": list(LOOKS_MIN),
                "called": [round(share, 4) for share in one.by_look],
                "ever": round(one.ever, 4),
            }
            for one in found.alarms
        ],
        "planted": [
            {
                "dose": one.dose,
                "what": one.misfit.what,
                "n": one.n_patients,
                "called": round(one.called, 4),
                "best": round(one.best, 4),
                "held": None if one.held is None else round(one.held, 4),
            }
            for one in found.found
        ],
    }


def _alarm(one: FalseAlarms) -> str:
    def told(share: float) -> str:
        known = estimate(share, one.n_patients)
        return f"{_percent(share)} ({100 * known.low:.1f} to {100 * known.high:.1f})"

    cells = (
        one.dose,
        f"{one.n_patients:,}",
        *(told(one.by_look[LOOKS_MIN.index(minute)]) for minute in _SHOWN_MIN),
        _percent(sum(one.by_look) / len(one.by_look)),
        told(max(one.by_look)),
        told(one.ever),
    )
    return _line(cells)


def _planted(found: Outside) -> Iterator[str]:
    doses = [one.dose for one in found.alarms]
    yield _line(("planted", *doses, "held"))
    yield _line(("---", *("--:" for _ in doses), "--:"))
    for what in dict.fromkeys(one.misfit.what for one in found.found):
        by_dose = {one.dose: one for one in found.found if one.misfit.what == what}
        held = next((one.held for one in by_dose.values() if one.held is not None), None)
        cells = (_called(by_dose[dose]) if dose in by_dose else "is what was ordered" for dose in doses)
        yield _line((what, *cells, "-" if held is None else f"{100 * held:.0f} %"))


def _called(one: Found) -> str:
    return f"{100 * one.called:.0f} of {100 * one.best:.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
