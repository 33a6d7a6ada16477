"""What the pages show, gathered from actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slackwater.actions.agreements import deeds, lines
from slackwater.actions.agreements.held import Held, held
from slackwater.actions.policy import Permission, may
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import AgreementLine, Patient, User
from slackwater.rules.agreements.log import (
    AskedInSession,
    Drafted,
    Narrowed,
    Party,
    RoomOpened,
    Said,
    Signed,
    Slept,
    TaughtBack,
)
from slackwater.rules.agreements.permits import Item, Permit, Permits
from slackwater.rules.agreements.texts import ItemText
from slackwater.web.shared import agreed as names
from slackwater.web.shared.body_figure import Figure, figures

_SIGNS = {
    "tap": "by tapping",
    "word": "with the stop word",
    "gesture": "with the stop sign",
    "silence": "by silence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """One yes as it stands now."""

    words: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One item: what one reads about it, and every yes that there is to it."""

    text: ItemText
    yeses: tuple[Yes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft that can still be signed, and what it lacks."""

    number: int
    drafted: Drafted
    is_told_back: bool
    is_rehearsed: bool
    signed: tuple[str, ...]
    lacks: tuple[str, ...]
    still_needs: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    @property
    def needs_rehearsal(self) -> bool:
        """Whether there is touch in it, so that a stop word and a stop sign are practised."""
        return any(permit.item is Item.TOUCH for permit in self.drafted.permits)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the log in words."""

    line: AgreementLine
    words: str


def page(patient: Patient, *, by: User, at: datetime) -> dict[str, Any]:
    """Everything about the agreement as it stands."""
    found = held(patient, at=at)
    called = names.called(names.staff())
    now = found.now
    return {
        "here": "patients",
        "patient": patient,
        "is_own": patient.user_id == by.pk,
        "chapters": chapters(now.permits, called),
        "has_any": bool(now.permits),
        "figures": touch_figures(now.permits, called),
        "version": now.version,
        "stop": stop_words(found),
        "is_locked": now.is_locked,
        "waiting_for_sleep": [one.session for one in found.open],
        "draft": draft(found, called),
        "wishes": [names.words(one, called) for one in sorted(now.wishes)],
        "texts": load_agreement_texts(),
        "may_draw_up": may(by, Permission.DRAW_UP_AGREEMENT, patient),
        "may_hear": may(by, Permission.HEAR_TEACH_BACK, patient),
        "may_sign": may(by, Permission.SIGN_AGREEMENT, patient),
    }


def chapters(permits: Permits, called: Mapping[str, str]) -> tuple[Chapter, ...]:
    """Every item in order, with what is a yes of it."""
    return tuple(
        Chapter(
            text=text,
            yeses=tuple(
                Yes(words=names.words(one, called), value=names.value(one))
                for one in sorted(permits)
                if one.item is text.item
            ),
        )
        for text in load_agreement_texts().items
    )


def touch_figures(permits: Permits, called: Mapping[str, str]) -> tuple[Figure, ...]:
    """The figure of everybody to whom any touch is a yes."""
    people = sorted({one.person for one in permits if one.item is Item.TOUCH})
    shown = [(person, called.get(person, "Somebody who has left")) for person in people]
    return figures(shown, deeds.offered_zones(), permits, value=names.value)


def stop_words(found: Held) -> Drafted | None:
    """The draft whose stop word and sign count now."""
    version = found.now.version
    if version is None:
        return None
    said = found.log[version.number - 1].said
    return said if isinstance(said, Drafted) and said.stop_word else None


def draft(found: Held, called: Mapping[str, str]) -> Draft | None:
    """The draft that can still be signed, if there is one."""
    number = found.now.draft
    if number is None:
        return None
    drafted = found.log[number - 1].said
    if not isinstance(drafted, Drafted):
        return None
    since = [one.said for one in found.log[number:]]
    told = [said for said in since if isinstance(said, TaughtBack) and said.draft == number]
    is_told, is_rehearsed = bool(told) and told[-1].is_passed, bool(told) and told[-1].is_rehearsed
    signed = {said.party for said in since if isinstance(said, Signed) and said.draft == number}
    lacks = [_LACKS[party] for party in Party if party not in signed]
    needs = [_NEEDS[party] for party in Party if party not in signed]
    return Draft(
        number=number,
        drafted=drafted,
        is_told_back=is_told,
        is_rehearsed=is_rehearsed,
        signed=tuple(_SIGNED[party] for party in Party if party in signed),
        lacks=tuple(lacks if is_told else ["the teach-back", *lacks]),
        still_needs=tuple(needs if is_told else [_TELLING, *needs]),
        chapters=tuple(one for one in chapters(drafted.permits, called) if one.yeses),
    )


def history(patient: Patient) -> list[LogRow]:
    """Every line of the log, the newest first."""
    called = names.called(names.staff())
    return [
        LogRow(line=row, words=_told(lines.entry(row).said, called)) for row in reversed(lines.rows(patient))
    ]


def _told(said: Said, called: Mapping[str, str]) -> str:
    match said:
        case Drafted(permits=permits):
            words = f"Drawn up: {_list(permits, called)}"
        case TaughtBack(is_passed=is_passed):
            words = f"Told back in their own words: {'passed' if is_passed else 'not finished yet'}"
        case Signed(party=party):
            words = f"Signed as the {party.value}"
        case Narrowed():
            what = "everything" if said.is_everything else _list(said.gone, called)
            words = f"No, from now on: {what} ({_SIGNS[said.sign]})"
        case AskedInSession(wishes=wishes):
            words = f"Asked for, and kept for a sober day: {_list(wishes, called)}"
        case RoomOpened():
            words = "A room was opened"
        case Slept():
            words = "Has slept a night since"
    return words


def _list(permits: frozenset[Permit], called: Mapping[str, str]) -> str:
    return "; ".join(names.words(one, called) for one in sorted(permits)) or "nothing"


_SIGNED = {Party.PATIENT: "the patient", Party.PRESCRIBER: "the prescriber", Party.GUIDE: "the guide"}
# The same, to the patient.
_TELLING = "that you tell it back in your own words"
_NEEDS = {
    Party.PATIENT: "your signature",
    Party.PRESCRIBER: "the prescriber's signature",
    Party.GUIDE: "the guide's signature",
}
_LACKS = {party: f"the signature of {words}" for party, words in _SIGNED.items()}
