"""The words that a patient reads, tells back and is answered with."""

import hashlib
from dataclasses import dataclass

from slackwater.rules.agreements.permits import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """What is said of one item before it is agreed to.

    if_no: what happens then, so that a no is as easy to give as a yes
    rests_on: identifiers of the evidence behind its sentences
    """

    item: Item
    title: str
    says: tuple[str, ...]
    asks: str
    if_no: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the teach-back; `full` is what a whole answer holds, for staff to judge by."""

    name: str
    item: Item
    asks: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What staff say to a wish for more in session."""

    name: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTexts:
    """One version of all the words, as everybody reads them."""

    version: str
    verified: str
    items: tuple[ItemText, ...]
    questions: tuple[Question, ...]
    replies: tuple[Reply, ...]

    def __post_init__(self) -> None:
        for what, expected, given in (
            ("item", [item.value for item in Item], [one.item.value for one in self.items]),
            (
                "question",
                sorted({one.name for one in self.questions}),
                sorted(one.name for one in self.questions),
            ),
            ("reply", sorted({one.name for one in self.replies}), sorted(one.name for one in self.replies)),
        ):
            if not given or given != expected:
                raise ValueError(f"every {what} is there once, and in order: {', '.join(given)}")

    @property
    def fingerprint(self) -> str:
        """Of every word a patient reads, so that a signature says which words it stands under."""
        read = [(one.item.value, one.title, one.says, one.asks, one.if_no) for one in self.items]
        return hashlib.sha256(repr((self.version, read)).encode()).hexdigest()

    @property
    def most_points(self) -> int:
        """Of a teach-back with every answer whole."""
        return MOST_POINTS * len(self.questions)


MOST_POINTS = 2
