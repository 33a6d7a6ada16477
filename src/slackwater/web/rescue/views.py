"""Going through the rescue kit."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions import kit as kits
from slackwater.actions.policy import Permission, may, require
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.rescue import load_kit
from slackwater.terms.refusal import RefusedError
from slackwater.web.rescue.forms import KitForm
from slackwater.web.shared.asking import key_of, person


@login_required
@require_http_methods(["GET", "POST"])
def kit(request: HttpRequest) -> HttpResponse:
    by, at = person(request), timezone.now()
    require(by, Permission.SEE_KIT)
    form = KitForm(request.POST if request.method == "POST" else None, kit=load_kit())
    if request.method == "POST":
        require(by, Permission.SIGN_KIT)
        if form.is_valid():
            try:
                note = form.cleaned_data["note"]
                kept = kits.sign(form.found, by=by, at=at, key=key_of(request), note=note)
                _tell(request, missing=kits.missing(kept))
                return redirect("rescue:kit")
            except RefusedError as refusal:
                form.refuse(refusal.problems)
    context = {
        "form": form,
        "kit": load_kit(),
        "days": load_limits().kit.kit_signed.value,
        "findings": kits.findings(at=at),
        "lines": [(line, kits.missing(line)) for line in kits.lines()],
        "may_sign": may(by, Permission.SIGN_KIT),
        "key": request.POST.get("key") or str(uuid4()),
    }
    return render(request, "rescue/kit.html", context, status=422 if form.is_bound and form.errors else 200)


def _tell(request: HttpRequest, *, missing: tuple[str, ...]) -> None:
    if missing:
        messages.warning(request, "Kept. Nothing is given until what is missing is there and signed for.")
    else:
        messages.success(request, "Signed. The kit is whole.")
