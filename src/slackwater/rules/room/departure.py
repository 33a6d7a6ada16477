"""Leaving against advice: nobody is held, and nobody is let go without a word.

It is told who spoke with them, what was said and offered, and who was told. Nothing is signed: somebody who
is, or may be, under a drug signs nothing (R07).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slackwater.rules.fields import Fields
from slackwater.rules.findings import Finding
from slackwater.terms.refusal import Problem

_LONGEST_TEXT = 1000
_MOST_BARRIERS = 50


class Offered(StrEnum):
    """What was offered or done for somebody who goes before it is safe."""

    STAY = "stay"
    QUIET_ROOM = "quiet_room"
    OTHER_PERSON = "other_person"
    PRESCRIBER = "prescriber"
    ESCORT = "escort"
    CARD = "card"
    NUMBER = "number"

    @property
    def label(self) -> str:
        """As it stands on the screen."""
        return _OFFERED[self]


_OFFERED = {
    Offered.STAY: "To stay as long as they like, without anything more being done",
    Offered.QUIET_ROOM: "Another room, or the door open",
    Offered.OTHER_PERSON: "Somebody else to be with them",
    Offered.PRESCRIBER: "To speak with the prescriber, here or by telephone",
    Offered.ESCORT: "A call to whoever takes them home, or a way home with somebody",
    Offered.CARD: "The card to take home",
    Offered.NUMBER: "The number to call, day and night",
}


class WithWhom(StrEnum):
    """Who went with them."""

    ESCORT = "escort"
    STAFF = "staff"
    ALONE = "alone"

    @property
    def label(self) -> str:
        """As it stands on the screen."""
        return _WITH[self]


_WITH = {
    WithWhom.ESCORT: "With the person who takes them home",
    WithWhom.STAFF: "With somebody of ours",
    WithWhom.ALONE: "Alone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstAdvice:
    """The patient went while something barred the way.

    told:     what was said to them of what could happen, in the words that were used
    offered:  what was offered or done
    with_whom: who went with them
    informed: the prescriber or whoever is on call who was told, by name
    said:     what the patient said, in their words, if anything
    standing: identifiers of the barriers that stood then; the server adds them
    """

    told: str
    offered: tuple[Offered, ...]
    with_whom: WithWhom
    informed: str
    said: str = ""
    standing: tuple[str, ...] = ()


def read(given: Fields) -> AgainstAdvice:
    """From the wire. What is missing is refused, because it cannot be asked for afterwards."""
    return AgainstAdvice(
        told=given.text("told", longest=_LONGEST_TEXT),
        offered=given.choices("offered", Offered),
        with_whom=given.choice("with_whom", WithWhom),
        informed=given.text("informed", longest=_LONGEST_TEXT),
        said=given.text("said", longest=_LONGEST_TEXT, empty=True) if given.has("said") else "",
        standing=given.texts("standing", longest=100, most=_MOST_BARRIERS) if given.has("standing") else (),
    )


def unfit(against: AgainstAdvice, standing: Sequence[Finding]) -> Iterator[Problem]:
    """Why this cannot be kept as a leaving against advice. What the patient does is never among it."""
    if not standing:
        yield Problem(
            field="against",
            code="nothing-bars",
            message="Nothing bars the way now.",
            mend="Confirm that they leave in the usual way.",
        )
    if not against.offered:
        yield Problem(
            field="offered",
            code="missing",
            message="It is not said what they were offered.",
            mend="Tick what was offered. Offer it now, if it was not.",
        )
