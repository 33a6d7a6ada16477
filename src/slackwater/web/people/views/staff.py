"""The people who sign in, kept by the clinic's owner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from slackwater.actions import accounts
from slackwater.actions.policy import Permission, require
from slackwater.terms.refusal import RefusedError
from slackwater.web.people.forms import NewPersonForm
from slackwater.web.shared.asking import person


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.KEEP_PEOPLE)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = accounts.add_person(form.details(), by=by, at=timezone.now())
            messages.success(request, f"{added.shown_name} can sign in now.")
            return redirect("people:home")
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/new_person.html", {"form": form}, status=status)
