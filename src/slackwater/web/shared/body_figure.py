"""The drawn figure: where one person may touch, front and back, and how each part stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from slackwater.rules.agreements.permits import Permit, Permits, touch
from slackwater.terms.zone import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the figure: what it is, whether it is a yes, and what it is called in a form."""

    zone: Zone
    is_yes: bool
    value: str

    @property
    def state(self) -> str:
        """The word for it."""
        return "yes" if self.is_yes else "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One person's figure. A part that this clinic does not offer is not on it."""

    person: str
    name: str
    parts: tuple[Part, ...]

    @property
    def has_hug(self) -> bool:
        """Whether the second drawing is needed."""
        return any(part.zone is Zone.HUG for part in self.parts)

    @property
    def has_yes(self) -> bool:
        """Whether anything on it is a yes."""
        return any(part.is_yes for part in self.parts)


def figures(
    people: Iterable[tuple[str, str]],
    zones: Iterable[Zone],
    permits: Permits,
    *,
    value: Callable[[Permit], str],
) -> tuple[Figure, ...]:
    """A figure for each person, as permits stand.

    people: how permits name them, and how they are called
    value:  how a form names one permit
    """
    shown = tuple(zones)
    return tuple(
        Figure(
            person=person,
            name=name,
            parts=tuple(
                Part(zone=zone, is_yes=touch(zone, person) in permits, value=value(touch(zone, person)))
                for zone in shown
            ),
        )
        for person, name in people
    )
