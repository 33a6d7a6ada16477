"""The board of the day, before the room is open and in it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from slackwater.actions import clock, log, readiness
from slackwater.actions.eligibility import found as eligibility
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Order, Session, User
from slackwater.rules.readiness.board import Board, Item, Line
from slackwater.web.room.views.screen import seen
from slackwater.web.shared.asking import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line with who can settle it, and where."""

    line: Line
    roles: str
    address: str


@login_required
@require_safe
def of_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    by, session = person(request), seen(request, session_id)
    require(by, Permission.SEE_INTAKE, session)
    require(by, Permission.OPEN_SESSION, session)
    wall = timezone.now()
    state = log.state(log.rows(session))
    found = readiness.of_session(
        session, state, wall=wall, room=clock.room_time(clock.of_session(session), wall)
    )
    context = _context(found, session.order, session, by)
    return render(request, "room/ready.html", context | {"is_dosed": bool(state.doses)})


@login_required
@require_safe
def of_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    by = person(request)
    require(by, Permission.OPEN_SESSION)
    order = Order.objects.select_related("patient").filter(public_id=order_id).first()
    if order is None:
        raise Http404
    session = Session.objects.filter(order=order).first()
    if session is not None:
        return of_session(request, session.public_id)
    found = readiness.of_order(order, at=timezone.now())
    return render(request, "room/ready.html", _context(found, order, None, by))


def _context(found: Board, order: Order, session: Session | None, by: User) -> dict[str, object]:
    shown = [
        Shown(
            line=_seen(line, by),
            roles=_either(readiness.roles(line.item)),
            address=_where(line.item, order, session),
        )
        for line in found.lines
    ]
    return {
        "here": "home",
        "patient": order.patient,
        "order": order,
        "session": session,
        "board": found,
        "lines": shown,
    }


def _seen(line: Line, by: User) -> Line:
    """The line as this person may read it."""
    return Line(item=line.item, gaps=tuple(eligibility.as_shown(one, by=by) for one in line.gaps))


def _where(item: Item, order: Order, session: Session | None) -> str:
    """The page on which a line is settled."""
    patient = order.patient.public_id
    room = (
        reverse("room:live", args=[session.public_id])
        if session
        else reverse("room:open", args=[order.public_id])
    )
    day = reverse("courses:section", args=[patient, "day"])
    return {
        Item.SCREENING: f"{reverse('courses:one', args=[patient])}?stage=day",
        Item.TOUCH: reverse("agreements:one", args=[patient]),
        Item.MEDICINES: reverse("medicines:one", args=[patient]),
        Item.FASTING: day,
        Item.ESCORT: day,
        Item.SOBER: day,
        Item.PREGNANCY: reverse("courses:section", args=[patient, "reproduction"]) + "?go=1",
        Item.KIT: reverse("rescue:kit"),
    }.get(item, room)


def _either(roles: list[str]) -> str:
    """`a prescriber, a monitor or a guide`."""
    named = [f"{'an' if role[0] in 'aeiou' else 'a'} {role}" for role in roles]
    return " or ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
