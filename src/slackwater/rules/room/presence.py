"""Staff come into a room and go out of it, each for themselves, and say where they are (M09, M10)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slackwater.rules.fields import Fields

_LONGEST_WHO = 20


class Place(StrEnum):
    """Where somebody is. A camera alone is neither."""

    ROOM = "room"
    EARSHOT = "earshot"

    @property
    def label(self) -> str:
        """As it stands on the screen."""
        return _LABELS[self]


_LABELS = {Place.ROOM: "in the room", Place.EARSHOT: "within earshot"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Whoever writes this is here now, at this place and no other; `who` is the server's word for them."""

    place: Place
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOut:
    """Whoever writes this is here no longer.

    is_fact: they are out already, whatever that leaves behind: it is kept, and the others are told
    """

    is_fact: bool = False
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A coming in or a going out as the log has it (UTC); place is None where somebody went."""

    at: datetime
    sequence: int
    who: str
    name: str
    role: str
    place: Place | None


def read_in(given: Fields) -> CameIn:
    """From the wire."""
    return CameIn(place=given.choice("place", Place), who=_who(given))


def read_out(given: Fields) -> WentOut:
    """From the wire."""
    is_fact = bool(given.integer("is_fact", low=0, high=1)) if given.has("is_fact") else False
    return WentOut(is_fact=is_fact, who=_who(given))


def _who(given: Fields) -> str:
    return given.text("who", longest=_LONGEST_WHO, empty=True) if given.has("who") else ""
