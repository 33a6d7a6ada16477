"""The card for the way home, as the words the template sets. It names neither a medicine nor a treatment."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from typing import Final

from slackwater.reports.session import Paper
from slackwater.reports.typeset import set_page
from slackwater.reports.words import printable, show_clock
from slackwater.terms.days import day_text

TITLE: Final = "After your visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and what stands under it."""

    title: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    """What a person takes home.

    until:     the first moment at which they may count as clear; None where nobody can tell yet
    phone:     the clinic's number, day and night; empty where the clinic has set none
    emergency: the emergency number; empty where the clinic has set none
    """

    clinic: str
    given_name: str
    visit_at: datetime
    until: datetime | None
    phone: str
    emergency: str
    parts: tuple[Part, ...]
    version: str
    is_demo: bool
    drawn_at: datetime
    zone: tzinfo
    paper: Paper = Paper.A4

    @property
    def until_words(self) -> str:
        """When it ends, in words a tired person can read."""
        if self.until is None:
            return "until we have spoken with you tomorrow"
        there = self.until.astimezone(self.zone)
        day, time = day_text(there.date()), show_clock(there, self.zone)
        return f"until {day}, {time}, and until you have slept a night"


def card_pdf(card: HomeCard) -> bytes:
    """The card on one sheet."""
    words = {
        "title": TITLE,
        "paper": card.paper,
        "clinic": printable(card.clinic),
        "name": printable(card.given_name),
        "day": day_text(card.visit_at.astimezone(card.zone).date()),
        "until": card.until_words,
        "phone": printable(card.phone),
        "emergency": printable(card.emergency),
        "parts": [asdict(part) for part in card.parts],
        "version": printable(card.version),
        "demo": "Demonstration · invented person" if card.is_demo else "",
    }
    return set_page("card.typ", json.dumps(words, ensure_ascii=False), at=card.drawn_at)


def file_name(card: HomeCard) -> str:
    """A name for the download that says nothing of who came or for what."""
    return f"after-your-visit-{card.visit_at.astimezone(card.zone).date().isoformat()}.pdf"
