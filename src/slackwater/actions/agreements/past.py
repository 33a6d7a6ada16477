"""An agreement as it would have come about, for invented patients: nobody here is real."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed, Proposal, person_of
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import Patient, User
from slackwater.rules.agreements.permits import Item, Permit, Permits, touch
from slackwater.rules.agreements.texts import MOST_POINTS
from slackwater.terms.route import Route
from slackwater.terms.zone import Zone

_HOLDS = timedelta(days=365)
_BETWEEN = timedelta(minutes=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who signs."""

    patient: User
    prescriber: User
    guide: User


def usual(staff: list[User], *, toucher: User) -> Permits:
    """Yes to the treatment, every way, a second dose, these people in the room, and hands by one of them."""
    plain = [Permit(item=item) for item in (Item.TREATMENT, Item.OFF_LABEL, Item.BOOSTER)]
    ways = [Permit(item=Item.ROUTE, of=route.value) for route in Route]
    here = [Permit(item=Item.PRESENCE, person=person_of(one)) for one in staff]
    return frozenset([*plain, *ways, *here, touch(Zone.HANDS, person_of(toucher))])


def agree(patient: Patient, permits: Permits, *, parties: Parties, at: datetime) -> int:
    """Drawn up, told back, practised and signed by all, one after another from `at` on. Gives its number."""
    proposal = Proposal(permits=permits, expires_at=at + _HOLDS, stop_word="red", stop_sign="hand flat up")
    draft = deeds.draw_up(patient, proposal, deed=_deed(parties.guide, at)).number
    answers = {one.name: MOST_POINTS for one in load_agreement_texts().questions}
    deeds.hear_back(patient, draft, answers, deed=_deed(parties.guide, at + _BETWEEN), is_rehearsed=True)
    for number, party in enumerate((parties.patient, parties.guide, parties.prescriber), start=2):
        deeds.sign(patient, draft, deed=_deed(party, at + number * _BETWEEN))
    return draft


def _deed(by: User, at: datetime) -> Deed:
    return Deed(by=by, at=at, key=uuid4())
