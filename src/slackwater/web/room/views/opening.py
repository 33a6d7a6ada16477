"""Opening a room from a signed order, with the baseline that a first dose rests on."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import clock, sessions
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Order, Session, User
from slackwater.rules.room.log import Alertness, Check, CheckItem, Payload, Vitals, VitalSource
from slackwater.terms.refusal import RefusedError
from slackwater.web.room import words
from slackwater.web.room.forms import OpenForm
from slackwater.web.shared.asking import person


@login_required
@require_http_methods(["GET", "POST"])
def open_room(request: HttpRequest, order_id: UUID) -> HttpResponse:
    by = person(request)
    require(by, Permission.OPEN_SESSION)
    order = _order(order_id)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            session = sessions.open_session(
                order_id, room=form.cleaned_data["room"], by=by, wall=timezone.now()
            )
            _keep_baseline(session, form, by=by)
            return redirect("room:live", session.public_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return render(
        request, "room/open.html", _context(order, form), status=422 if form.is_bound and form.errors else 200
    )


def _keep_baseline(session: Session, form: OpenForm, *, by: User) -> None:
    at = clock.room_time(clock.of_session(session), timezone.now())
    readings = Vitals(source=VitalSource.HAND, readings=form.cleaned_data["readings"])
    asked: list[Payload] = (
        [Check(item=CheckItem.CONSENT_TODAY, passed=True)] if form.cleaned_data["is_consent"] else []
    )
    for payload in [*asked, readings, Alertness(moaas=form.cleaned_data["moaas"])]:
        sessions.perform(session.public_id, payload, by=by, at=at, key=uuid4())


def _context(order: Order, form: OpenForm) -> dict[str, object]:
    return {
        "order": order,
        "form": form,
        "dose_words": words.dose(order),
        "booster_words": words.booster(order),
        "planned_words": words.planned(order),
        "start_words": words.start(order),
        "fresh_min": load_limits().room.doses.baseline_within.value,
    }


def _order(order_id: UUID) -> Order:
    order = Order.objects.select_related("patient", "prescriber").filter(public_id=order_id).first()
    if order is None:
        raise Http404
    return order
