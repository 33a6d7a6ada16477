"""The card that a patient takes home: its words, as the catalogue has them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart:
    """One part of it, with the rows of evidence that it rests on."""

    title: str
    says: tuple[str, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """All of it. A changed word is a changed version."""

    version: str
    verified: str
    parts: tuple[CardPart, ...]

    def __post_init__(self) -> None:
        if not self.parts or not all(part.says for part in self.parts):
            raise ValueError("every part of the card says something")
