"""What crowds in new rooms listen to, decided by the clinic's owner."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import listening
from slackwater.actions.listening import Usual
from slackwater.actions.policy import Permission, require
from slackwater.rules.room.heard import Heard
from slackwater.terms.refusal import RefusedError
from slackwater.web.people.forms import SignForm
from slackwater.web.shared.asking import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sign with the form that would change it."""

    usual: Usual
    form: SignForm


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.DECIDE_SIGNS)
    bad = None
    if request.method == "POST":
        bad = SignForm(request.POST, prefix=request.POST.get("prefix", "")[:20])
        if bad.is_valid():
            sign, on = Heard(bad.cleaned_data["sign"]), bad.cleaned_data["on"] == "1"
            try:
                listening.decide(sign, on=on, reason=bad.cleaned_data["reason"], by=by, at=timezone.now())
                messages.success(
                    request, f"{sign.label}: {'on' if on else 'off'} in rooms opened from now on."
                )
                return redirect("people:signs")
            except RefusedError as refusal:
                bad.refuse(refusal.problems)
    context = {"rows": [_row(one, bad) for one in listening.usual()], "bad_form": bad}
    return render(request, "people/signs.html", context, status=422 if bad else 200)


def _row(one: Usual, bad: SignForm | None) -> Row:
    """The form as it was sent, where it was this sign's; else one that turns the sign the other way."""
    if bad is not None and bad.prefix == one.sign.value:
        return Row(usual=one, form=bad)
    initial = {"sign": one.sign.value, "on": "0" if one.is_on else "1"}
    return Row(usual=one, form=SignForm(initial=initial, prefix=one.sign.value))
