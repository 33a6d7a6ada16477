"""Cases about differences and losses: what was seen and is known; the owner and another close them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from slackwater.actions import second_person
from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock import cases as asked
from slackwater.actions.stock import counts
from slackwater.actions.stock.cases import Case
from slackwater.actions.stock.ledger import Act
from slackwater.records.models import User
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import key_of, person
from slackwater.web.stock.case_forms import CloseForm, NoteForm


@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    require(person(request), Permission.SEE_STOCK)
    return render(request, "stock/cases.html", {"cases": asked.every()})


@login_required
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    by = person(request)
    found = _case(case_id, by=by)
    return _page(request, found, by=by, note=NoteForm(), closing=CloseForm(case=found))


@login_required
@require_POST
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    by = person(request)
    found, form = _case(case_id, by=by), NoteForm(request.POST)
    if form.is_valid():
        try:
            act = Act(by=by, at=timezone.now(), key=key_of(request))
            asked.note(case_id, form.cleaned_data["note_words"], act=act)
            messages.success(request, "Added.")
            return redirect("stock:case", case_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _page(request, found, by=by, note=form, closing=CloseForm(case=found))


@login_required
@sensitive_post_parameters("second_password")
@require_POST
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.CLOSE_STOCK_CASE)
    found = _case(case_id, by=by)
    form = CloseForm(request.POST, case=found)
    if form.is_valid():
        try:
            permission = Permission.WITNESS_STOCK
            second = second_person.confirm(
                *form.second(), by=by, permission=permission, at=at, subject=case_id
            )
            act = Act(by=by, second=second, at=at, key=key_of(request))
            said = form.cleaned_data
            asked.close(case_id, said["words"], delta_ug=said["delta_ug"], act=act)
            messages.success(request, "Closed, with both your names.")
            return redirect("stock:case", case_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    return _page(request, found, by=by, note=NoteForm(), closing=form)


def _case(case_id: UUID, *, by: User) -> Case:
    require(by, Permission.SEE_STOCK)
    try:
        return asked.one(case_id)
    except RefusedError:
        raise Http404 from None


def _page(request: HttpRequest, found: Case, *, by: User, note: NoteForm, closing: CloseForm) -> HttpResponse:
    faulty = next((form for form in (closing, note) if form.is_bound and form.errors), None)
    context = {
        "case": found,
        "note": note,
        "closing": closing if may(by, Permission.CLOSE_STOCK_CASE) and found.is_open else None,
        "form": faulty,
        "key": key_of(request),
        "is_blind": counts.is_blind_for(by, at=timezone.now()),
    }
    return render(request, "stock/case.html", context, status=422 if faulty else 200)
