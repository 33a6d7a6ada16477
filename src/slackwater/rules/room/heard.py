"""What a room's crowd may listen to, and what it listens to now.

Each sign is switched on or off by an entry of the log, so that the log alone says which crowd a screen
showed.
"""

from collections.abc import Mapping
from enum import StrEnum


class Heard(StrEnum):
    """One kind of observation that a crowd can be reweighted by. Values are those of the engine's signs."""

    RATING = "rating"
    ALERTNESS = "alertness"
    ANSWERS = "answers"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    HEART_RATE = "heart_rate"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def in_words(self) -> str:
        """The same within a sentence."""
        return self.label[0].lower() + self.label[1:]


class NameAnswer(StrEnum):
    """How the patient answers to their name. The first two are the score of 3 or more of Chernik 1990."""

    AT_ONCE = "at_once"
    SLOWLY = "slowly"
    NO = "no"

    @property
    def label(self) -> str:
        """The answer in words."""
        return _ANSWERS[self]

    @property
    def answers(self) -> bool:
        """Whether there was an answer, at once or after the name was called loudly or again."""
        return self is not NameAnswer.NO


def in_use(at_opening: frozenset[Heard], switched: Mapping[Heard, bool]) -> frozenset[Heard]:
    """The signs that count now.

    at_opening: those that counted when the room was opened
    switched:   the last word of the log on each sign that was switched
    """
    return frozenset(sign for sign in Heard if switched.get(sign, sign in at_opening))


_LABELS = {
    Heard.RATING: "Ratings by the patient",
    Heard.ALERTNESS: "Alertness scores (MOAA/S)",
    Heard.ANSWERS: "Answers to the name",
    Heard.SYSTOLIC: "Systolic pressure",
    Heard.DIASTOLIC: "Diastolic pressure",
    Heard.HEART_RATE: "Heart rate",
}
_ANSWERS = {
    NameAnswer.AT_ONCE: "yes, at once",
    NameAnswer.SLOWLY: "slowly, or called loudly or again",
    NameAnswer.NO: "no",
}
