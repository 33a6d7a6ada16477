"""What is agreed, as the room's page shows it: it can only get less while the page is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slackwater.actions.agreements import deeds, lines
from slackwater.actions.agreements.deeds import person_of
from slackwater.actions.agreements.held import permits_for_dose
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import Patient, Session
from slackwater.rules.agreements.log import Drafted
from slackwater.rules.agreements.permits import Item, Permit, Permits, touch
from slackwater.rules.agreements.texts import Reply
from slackwater.web.shared import agreed as names
from slackwater.web.shared.body_figure import Figure, figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One thing that is, or could have been, a yes."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What the sheet shows: the figures, the other yeses, what stops everything, and what staff answer."""

    figures: tuple[Figure, ...]
    yeses: tuple[Named, ...]
    wishes: tuple[Named, ...]
    stop_word: str
    stop_sign: str
    replies: tuple[Reply, ...]


def agreed(session: Session, *, wall: datetime) -> Agreed:
    """The agreement as it holds in this session."""
    permits = _permits(session, wall)
    called = names.called(names.staff())
    touched = sorted({one.person for one in permits if one.item is Item.TOUCH})
    stop = _stop(session.patient)
    return Agreed(
        figures=figures(
            [(person, called.get(person, "Somebody")) for person in touched],
            deeds.offered_zones(),
            permits,
            value=names.value,
        ),
        yeses=tuple(_named(one, called) for one in sorted(permits) if one.item is not Item.TOUCH),
        wishes=tuple(_named(one, called) for one in _askable() if one not in permits),
        stop_word=stop.stop_word if stop else "",
        stop_sign=stop.stop_sign if stop else "",
        replies=load_agreement_texts().replies,
    )


def facts(session: Session, *, wall: datetime) -> dict[str, Any]:
    """For the page's own reckoning: every yes at this moment, and what each thing is called."""
    called = names.called(names.staff())
    permits = _permits(session, wall)
    return {
        "yeses": [names.value(one) for one in sorted(permits)],
        "words": {names.value(one): names.words(one, called) for one in {*permits, *_askable()}},
    }


def _permits(session: Session, wall: datetime) -> Permits:
    return permits_for_dose(session.patient, str(session.public_id), at=wall)


def _askable() -> list[Permit]:
    """What somebody may ask for in a session: touch, by whom and where, and more of the medicine."""
    people = [person_of(user) for user in names.staff()]
    return [
        *(touch(zone, person) for person in people for zone in deeds.offered_zones()),
        Permit(item=Item.BOOSTER),
    ]


def _named(permit: Permit, called: dict[str, str]) -> Named:
    return Named(value=names.value(permit), words=names.words(permit, called))


def _stop(patient: Patient) -> Drafted | None:
    """The last draft that names what stops everything."""
    said = (one.said for one in lines.entries(patient))
    drafts = [one for one in said if isinstance(one, Drafted) and one.stop_word]
    return drafts[-1] if drafts else None
