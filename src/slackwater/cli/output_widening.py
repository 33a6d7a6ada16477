"""What widening does in virtual clinics, as a section of the calibration page and for JSON."""

from slackwater.cli.output_json import Node
from slackwater.pharma.calibration.clinics import N_AFTER, N_SESSIONS, Widened
from slackwater.pharma.estimates import estimate
from slackwater.pharma.slipping import FALSE_WIDENING, TOLERANCE

_HEAD = """## Widening, in virtual clinics

`slackwater calibrate --only widening {options}`. Every session is marked by the crowd's own 9-in-10 bands
of what will be rated next ({dose}; a rating and a score of alertness at each of ten times). Bands are
widened once a bet against their promise has won (`pharma/slipping.py`): of clinics whose bands keep it
within {tolerance:.0f} point at most {most:.0f} in 100 may ever be widened, over all their sessions,
whatever the number of looks. Here {n} clinics of each kind are followed for {sessions} sessions, drawn from
{patients} simulated ones. *Held, widened* counts the {after} sessions from the first wide one on, each with
the factor that those before it ask for.

A crowd that learns from ratings soon follows patients who merely need more or less drug: their bands hold,
and need no widening. Ratings that scatter more than is known, or a curve of another shape, it cannot
follow.

| patients | own bands held | widened | after sessions | factor, then | {after} later | held, widened |
| --- | --: | --: | --: | --: | --: | --: |
"""


def section(found: tuple[Widened, ...], *, dose: str, patients: int, options: str) -> str:
    """The section as Markdown."""
    head = _HEAD.format(
        options=options,
        dose=dose,
        most=100 * FALSE_WIDENING,
        tolerance=100 * TOLERANCE,
        n=found[0].n_clinics,
        sessions=N_SESSIONS,
        after=N_AFTER,
        patients=f"{patients:,}",
    )
    return head + "\n".join(map(_row, found)) + "\n"


def figures(found: tuple[Widened, ...]) -> Node:
    """The same figures for a program."""
    return {
        "level": FALSE_WIDENING,
        "clinics": [
            {
                "patients": one.clinic.what,
                "n": one.n_clinics,
                "own_held": round(one.held, 4),
                "own_held_se": round(one.held_se, 4),
                "widened": round(one.widened, 4),
                "after_sessions": None if one.after is None else list(one.after),
                "factor": None if one.factor is None else [round(factor, 3) for factor in one.factor],
                "held_widened": None if one.held_wide is None else round(one.held_wide, 4),
            }
            for one in found
        ],
    }


def _row(one: Widened) -> str:
    known = estimate(one.widened, one.n_clinics)
    own = f"{100 * one.held:.1f} % (SE {100 * one.held_se:.1f})"
    widened = f"{100 * one.widened:.1f} % ({100 * known.low:.1f} to {100 * known.high:.1f})"
    rest: tuple[str, ...] = ("-", "-", "-", "-")
    if one.after is not None and one.factor is not None and one.held_wide is not None:
        low, middle, high = one.after
        rest = (
            f"{middle:.0f} ({low:.0f} to {high:.0f})",
            *(f"{factor:.2f}" for factor in one.factor),
            f"{100 * one.held_wide:.1f} %",
        )
    return f"| {' | '.join((one.clinic.what, own, widened, *rest))} |"
