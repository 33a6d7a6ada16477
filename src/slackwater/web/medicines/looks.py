"""What the page of medicines shows, gathered from actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from slackwater.actions import interactions, medicines
from slackwater.actions.medicines import OnList
from slackwater.actions.policy import Permission, may
from slackwater.catalogue.interactions import load_interactions
from slackwater.records.models import InteractionAside, Patient, User
from slackwater.rules.findings import Override
from slackwater.rules.interactions.findings import Found, grade_of
from slackwater.rules.interactions.grades import Grade
from slackwater.terms.route import Route
from slackwater.web.medicines.forms import AnswerForm, AsideForm, DecisionForm, ToldForm
from slackwater.web.shared.forms import PlainForm

# Forms that were sent and refused: which form, of which medicine or finding.
Sent = Mapping[tuple[str, str], PlainForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One medicine of the list."""

    on: OnList
    grade: Grade
    code: str
    is_asked_today: bool
    told_form: PlainForm
    answer_form: PlainForm
    decision_form: PlainForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding, and what can be done about it."""

    found: Found
    is_standing: bool
    aside: InteractionAside | None
    form: PlainForm | None
    needs_two: bool


def page(patient: Patient, *, by: User, route: Route, sent: Sent | None = None) -> dict[str, Any]:
    """Everything the page needs. `sent`: what was refused, so that nothing typed is lost."""
    at, sent = timezone.now(), sent or {}
    held = interactions.held(patient, route=route, at=at)
    return {
        "here": "patients",
        "patient": patient,
        "route": route,
        "routes": list(Route),
        "rows": _rows(patient, held.found, sent, at=at),
        "lines": _lines(held, sent, by=by, route=route),
        "worst": _worst(held),
        "ingredients": _names(),
        "gaps": _gaps(patient, at=at),
        "is_reconciled": not medicines.list_gaps(patient, at=at),
        "verified": medicines.verified(patient),
        "add_form": sent.get(("tell", ""), ToldForm()),
        "bad_form": next(iter(sent.values()), None),
        "key": uuid4(),
        "may_keep": may(by, Permission.KEEP_MEDICINES),
        "may_verify": may(by, Permission.VERIFY_MEDICINES),
        "may_decide": may(by, Permission.DECIDE_MEDICINES),
    }


def route_of(patient: Patient, asked: str) -> Route:
    """The route that was asked for, else that of the newest order, else into a vein."""
    if asked in {one.value for one in Route}:
        return Route(asked)
    order = patient.orders.filter(voided_at=None).order_by("-signed_at").first()
    return Route(order.route) if order else Route.IV


def _rows(patient: Patient, found: tuple[Found, ...], sent: Sent, *, at: datetime) -> list[Row]:
    today = timezone.localtime(at)
    return [
        Row(
            on=one,
            grade=grade_of(one.medicine.name, found),
            code=_code(one.medicine.name),
            is_asked_today=one.answered.is_asked_on(today.date(), at=today),
            told_form=sent.get(("tell", one.medicine.name)) or _told_form(one, number),
            answer_form=sent.get(("ask", one.medicine.name))
            or AnswerForm(initial={"name": one.medicine.name}, auto_id=f"ask{number}_%s"),
            decision_form=sent.get(("decide", one.medicine.name))
            or DecisionForm(
                initial={"name": one.medicine.name, "plan": one.plan or ""}, auto_id=f"plan{number}_%s"
            ),
        )
        for number, one in enumerate(medicines.on_list(patient))
    ]


def _told_form(one: OnList, number: int) -> PlainForm:
    told = one.told
    kept = {"dose": told.dose, "how_often": told.how_often, "source": told.source} if told else {}
    return ToldForm(initial={"words": one.medicine.name} | kept, auto_id=f"told{number}_%s")


def _lines(held: interactions.Held, sent: Sent, *, by: User, route: Route) -> list[Line]:
    may_set_aside = may(by, Permission.SET_ASIDE_INTERACTION)
    return [
        Line(
            found=one,
            is_standing=one in held.standing,
            aside=held.aside_of(one),
            form=_aside_form(one, sent, number, route) if may_set_aside and _can(one, held) else None,
            needs_two=one.override is Override.PRESCRIBER_AND_SECOND,
        )
        for number, one in enumerate(held.found)
    ]


def _can(found: Found, held: interactions.Held) -> bool:
    return found in held.standing and found.override is not Override.NONE


def _aside_form(found: Found, sent: Sent, number: int, route: Route) -> PlainForm:
    kept = {
        "rule": found.rule,
        "medicine": found.medicine.name,
        "sentence": found.sentence,
        "route": route.value,
    }
    return sent.get(("aside", found.sentence)) or AsideForm(initial=kept, auto_id=f"aside{number}_%s")


def _worst(held: interactions.Held) -> Grade | None:
    """The grade of the heaviest that still stands; `found` is sorted by weight."""
    return held.standing[0].grade if held.standing else None


def _gaps(patient: Patient, *, at: datetime) -> list[str]:
    found = (
        *medicines.list_gaps(patient, at=at),
        *medicines.asked_gaps(patient, at=at),
        *medicines.held_gaps(patient, at=at),
    )
    return [one.sentence for one in found]


def _names() -> list[str]:
    """Every name by which an ingredient is found."""
    found = load_interactions().ingredients.values()
    return sorted({name for one in found for name in (one.name, *one.also)}, key=str.casefold)


def _code(name: str) -> str:
    found = load_interactions().named(name)
    return found.seen_code if found else ""
