"""One container: its ledger line by line, and what can be done with it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from slackwater.actions import second_person
from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock import counts, moves, reading
from slackwater.actions.stock.ledger import Act
from slackwater.actions.stock.reading import Book
from slackwater.actions.stock.stopped import stopped_draws
from slackwater.records.models import User
from slackwater.rules.stock.told import adds_up, told
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import key_of, person
from slackwater.web.stock.movements import MOVEMENTS, Movement, StoppedForm, WitnessedMovement


@login_required
@require_safe
def container(request: HttpRequest, container_id: UUID) -> HttpResponse:
    by, at = person(request), timezone.now()
    found = _book(container_id, by=by)
    context = {
        "book": found,
        "lines": [(one, told(one.line.said)) for one in found.written],
        "adds_up": adds_up(found.held.state),
        "is_blind": counts.is_blind_for(by, at=at),
        "may_watch": may(by, Permission.WATCH_SESSION),
        "movements": _offered(found) if may(by, Permission.HANDLE_STOCK) else [],
    }
    return render(request, "stock/container.html", context)


@login_required
@sensitive_post_parameters("second_password")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, container_id: UUID, movement: str) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.HANDLE_STOCK)
    found = _book(container_id, by=by)
    if movement not in MOVEMENTS:
        raise Http404
    is_blind = counts.is_blind_for(by, at=at)
    form = MOVEMENTS[movement](
        request.POST if request.method == "POST" else None, book=found, is_blind=is_blind
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form, by=by)
            messages.success(request, "It stands in the ledger.")
            return redirect("stock:container", container_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {"book": found, "form": form, "key": key_of(request)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stock/move.html", context, status=status)


def _offered(book: Book) -> list[tuple[str, str]]:
    """What can be done with it; of one that is used up only that an infusion out of it was stopped."""
    state = book.held.state
    was_stopped = bool(stopped_draws(state))
    return [
        (name, form.title)
        for name, form in MOVEMENTS.items()
        if (was_stopped if form is StoppedForm else state.is_here)
    ]


def _keep(request: HttpRequest, form: Movement, *, by: User) -> None:
    """Ask the second person where it takes two, then write the line."""
    at, which = timezone.now(), form.book.container.public_id
    second = None
    if isinstance(form, WitnessedMovement):
        permission = Permission.WITNESS_STOCK
        second = second_person.confirm(*form.second(), by=by, permission=permission, at=at, subject=which)
    moves.move(which, form.said, act=Act(by=by, second=second, at=at, key=key_of(request)))


def _book(container_id: UUID, *, by: User) -> Book:
    found = reading.book(container_id, by=by, at=timezone.now())
    if found is None:
        raise Http404
    return found
