"""Bands drawn wider than the crowd's own: as the engine takes it, and in words."""

from collections.abc import Iterable, Sequence

from slackwater.actions.basis import Footing
from slackwater.pharma.quantity import Quantity
from slackwater.rules.room.log import Banded, Widened

_NAMES = {
    Banded.DEPTH: ("depth", "ratings"),
    Banded.SYSTOLIC: ("systolic pressure", "readings"),
    Banded.DIASTOLIC: ("diastolic pressure", "readings"),
}
_PERMILLE = 1000


def factors(widened: Iterable[Widened]) -> tuple[tuple[Quantity, float], ...]:
    """By how much each quantity's bands are stretched, as the engine takes it."""
    return tuple((Quantity(one.quantity.value), one.factor_permille / _PERMILLE) for one in widened)


def sentences(widened: Iterable[Widened]) -> Sequence[str]:
    """Each widening in plain words, with its reason."""
    return [_sentence(one) for one in widened]


def caution(widened: Iterable[Widened]) -> str:
    """What chances say where bands are widened; empty where they are not."""
    slipped = [
        f"past 9-in-10 bands of {_NAMES[one.quantity][0]} held only {percent(one.held_permille)} % of"
        f" {one.readings} {_NAMES[one.quantity][1]} in {one.sessions} sessions"
        for one in widened
        if one.quantity is not Banded.DIASTOLIC
    ]
    if not slipped:
        return ""
    return (
        f"Forecasts here have missed more than they should: {' and '.join(slipped)}. The chances below are"
        " made less sure by as much (see Insight), and may still be too sure."
    )


def footings(widened: Iterable[Widened]) -> tuple[Footing, ...]:
    """What a widening rests on, beside the rest of a prediction's basis."""
    return tuple(
        Footing(
            what=_sentence(one),
            source=f"This clinic's own finished sessions, marked up to {one.as_of:%Y-%m-%d}. See Insight",
            grade="observed here",
        )
        for one in widened
    )


def percent(permille: int) -> int:
    """Whole percent, for a sentence."""
    return round(permille / 10)


def _sentence(one: Widened) -> str:
    name, readings = _NAMES[one.quantity]
    return (
        f"Bands of {name} are {percent(one.factor_permille - _PERMILLE)} % wider than the crowd's own,"
        f" because past 9-in-10 bands held only {percent(one.held_permille)} % of {one.readings} {readings}"
        f" in {one.sessions} sessions."
    )
