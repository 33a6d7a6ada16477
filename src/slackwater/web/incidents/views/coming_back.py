"""Coming back to what one told: by signing in, or by a code."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from slackwater.actions.incidents import lines, telling
from slackwater.actions.policy import Permission, may
from slackwater.records.models import Report, User
from slackwater.terms.refusal import RefusedError
from slackwater.web.incidents import looks
from slackwater.web.incidents.forms import CodeForm, MoreForm
from slackwater.web.shared.asking import person


@login_not_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    context = {
        "here": "mine",
        "reports": [looks.told(one) for one in telling.own(user)] if user else [],
        "keeps_account": user is not None and may(user, Permission.OWN_ACCOUNT),
        "form": CodeForm(),
        **looks.outside(),
    }
    return render(request, "incidents/mine.html", context)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, report_id: UUID) -> HttpResponse:
    by = person(request)
    report = Report.objects.filter(public_id=report_id, teller=by).first()
    if report is None:
        raise Http404
    form = _more(request, report) if request.method == "POST" else _empty(report)
    if request.method == "POST" and _kept(request, report, form, by):
        messages.success(request, "Kept.")
        return redirect("incidents:one", report_id)
    return _page(request, report, form)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["POST"])
def with_code(request: HttpRequest) -> HttpResponse:
    """The same by a code, which travels in the body alone: no address or history carries it."""
    asked = CodeForm(request.POST)
    try:
        report = telling.by_code(request.POST.get("code", ""))
    except RefusedError as refusal:
        asked.is_valid()
        asked.refuse(refusal.problems)
        return render(request, "incidents/mine.html", {"form": asked, **looks.outside()}, status=422)
    form = _empty(report)
    if "words" in request.POST:
        form = _more(request, report)
        if _kept(request, report, form, None):
            return _page(request, report, _empty(report), code=request.POST["code"], is_kept=True)
    return _page(request, report, form, code=request.POST["code"])


def _kept(request: HttpRequest, report: Report, form: MoreForm, by: User | None) -> bool:
    if not form.is_valid():
        return False
    try:
        if "reopen" in request.POST:
            telling.reopen(report, form.cleaned_data["words"], deed=form.deed(by))
        else:
            telling.add(report, form.more, deed=form.deed(by))
    except RefusedError as refusal:
        form.refuse(refusal.problems)
        return False
    return True


def _empty(report: Report) -> MoreForm:
    return MoreForm(people=telling.people(), visits=telling.visits(report))


def _more(request: HttpRequest, report: Report) -> MoreForm:
    return MoreForm(request.POST, people=telling.people(), visits=telling.visits(report))


def _page(
    request: HttpRequest, report: Report, form: MoreForm, *, code: str = "", is_kept: bool = False
) -> HttpResponse:
    state = lines.now(report)
    context = {
        "here": "mine",
        "report": looks.told(report),
        "form": form,
        "code": code,
        "is_kept": is_kept,
        "has_reader": telling.has_reader(state),
        **looks.outside(),
    }
    return render(
        request, "incidents/one.html", context, status=422 if form.is_bound and form.errors else 200
    )
