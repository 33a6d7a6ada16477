"""Counting: two people, one after the other, neither shown what to expect. It opens and closes the day."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import counts
from slackwater.actions.stock.ledger import Act
from slackwater.rules.stock.counts import Purpose
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import key_of, person
from slackwater.web.stock.count_form import CountForm


@login_required
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, purpose: str) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.HANDLE_STOCK)
    wanted = _purpose(purpose)
    form = CountForm(request.POST if request.method == "POST" else None, purpose=wanted)
    if request.method == "POST" and form.is_valid():
        try:
            row = counts.hand_in(form.handed, act=Act(by=by, at=at, key=key_of(request)))
            messages.success(request, _SECOND if row.place > 1 else _FIRST)
            return redirect("stock:cabinet")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    status = 422 if form.is_bound and form.errors else 200
    against = [] if form.is_bound else counts.against(wanted, by=by, at=at)
    context = {"form": form, "purpose": wanted, "against": against, "key": key_of(request)}
    return render(request, "stock/count.html", context, status=status)


def _purpose(name: str) -> Purpose:
    try:
        return Purpose(name)
    except ValueError:
        raise Http404 from None


_FIRST = "Your count is kept. Now somebody else counts, without seeing yours."
_SECOND = "Both counts are kept. If anything differed from the ledger, a case is open about it."
