"""One number of screening, and how the clinic's lead makes it stricter."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import own_numbers
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.signable import number_of, rules
from slackwater.rules.basis import Threshold
from slackwater.terms.refusal import RefusedError
from slackwater.web.rules import looks
from slackwater.web.rules.forms import NumberForm
from slackwater.web.shared.asking import key_of, person


@login_required
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, name: str) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.SIGN_RULES)
    ours = _row(name)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
        try:
            row = own_numbers.keep(name, value, reason=reason, by=by, at=at, key=key_of(request))
            messages.success(request, f"From now on {number_of(row)}. The rule waits for your signature.")
            return redirect("rules:rule", ours.rule)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {
        "line": looks.number_line(ours),
        "form": form,
        "history": own_numbers.history([name]),
        "key": request.POST.get("key") or str(uuid4()),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "rules/number.html", context, status=status)


def _row(name: str) -> Threshold:
    every = [row for one in rules() for row in one.rows]
    found = next((row for row in own_numbers.settable(every) if row.name == name), None)
    if found is None:
        raise Http404
    return found
