"""Two taps: that something went wrong, and what. Open to anybody, signed in or not."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.incidents import telling
from slackwater.actions.incidents.lines import Deed
from slackwater.records.models import User
from slackwater.rules.incidents.log import Subject
from slackwater.terms.refusal import RefusedError
from slackwater.web.incidents import looks
from slackwater.web.incidents.forms import subject
from slackwater.web.shared.asking import key_of

_SOMEBODY_ELSE = "other"


@login_not_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    by, refused = _teller(request), None
    if request.method == "POST":
        try:
            chosen = subject(request.POST.get("subject", ""))
            begun = telling.begin(chosen, deed=Deed(by=by, at=timezone.now(), key=key_of(request)))
        except RefusedError as refusal:
            refused = refusal.problems[0]
        else:
            if not begun.code:
                return redirect("incidents:one", begun.report.public_id)
            return render(request, "incidents/begun.html", looks.begun(begun))
    context = {
        "here": "tell",
        "subjects": list(Subject),
        "is_somebody_else": isinstance(request.user, User) and by is None,
        "key": uuid4(),
        "refused": refused,
        "nobody_reads": not telling.reviewers(),
        **looks.outside(),
    }
    return render(request, "incidents/tell.html", context, status=422 if refused else 200)


def _teller(request: HttpRequest) -> User | None:
    """Whoever is signed in, unless they say that the device is not theirs."""
    given = request.POST if request.method == "POST" else request.GET
    if given.get("as") == _SOMEBODY_ELSE:
        return None
    return request.user if isinstance(request.user, User) else None
