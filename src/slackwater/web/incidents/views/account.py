"""A patient's own account, and what others share."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slackwater.actions.incidents import own_account
from slackwater.actions.policy import Permission, require
from slackwater.terms.refusal import RefusedError
from slackwater.web.incidents.forms import WordsForm
from slackwater.web.shared.asking import person


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.OWN_ACCOUNT)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deed = form.deed(by)
            own_account.write(form.cleaned_data["words"], by=by, at=deed.at, key=deed.key)
            messages.success(request, "Kept. Nobody reads it unless you share it.")
            return redirect("incidents:account")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    people = {one.pk: one for one in own_account.possible_readers()}
    parts = [
        {"part": one, "readers": [people[pk] for pk in sorted(one.readers) if pk in people]}
        for one in own_account.parts(by)
    ]
    context = {"here": "mine", "form": form, "parts": parts, "people": people.values()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "incidents/account.html", context, status=status)


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    by = person(request)
    act = own_account.take_back if "take_back" in request.POST else own_account.share
    try:
        act(_number(request, "part"), _number(request, "person"), by=by, at=timezone.now(), key=uuid4())
        messages.success(request, "Done.")
    except RefusedError as refusal:
        messages.warning(request, " ".join(f"{one.message} {one.mend}" for one in refusal.problems))
    return redirect("incidents:account")


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """What others let this person read."""
    found = own_account.shared_with(person(request))
    return render(request, "incidents/shared.html", {"here": "mine", "parts": found})


def _number(request: HttpRequest, name: str) -> int:
    """A number from a button, or 0, which is nobody's."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
