"""Looking into a report."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from slackwater.actions import log
from slackwater.actions.incidents import evidence, lines, reviewing, telling
from slackwater.actions.incidents.lines import Deed
from slackwater.actions.policy import Permission, require
from slackwater.records.models import Report, User
from slackwater.reports.log_lines import log_lines
from slackwater.terms.refusal import RefusedError
from slackwater.web.incidents import looks
from slackwater.web.incidents.forms import DutyForm, EndForm, KeyedForm, NameForm, WordsForm, WriteForm
from slackwater.web.shared.asking import person

_Deed = Callable[[Deed], None]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.REVIEW_REPORTS)
    found = [looks.listed(one) for one in reviewing.seen_by(by)]
    return render(request, "incidents/reports.html", {"here": "reports", "reports": found})


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, report_id: UUID) -> HttpResponse:
    by, report = _asked(request, report_id)
    reviewing.look(report, deed=KeyedForm({}).deed(by))
    forms = _forms(report)
    if request.method == "POST":
        form, act = _sent(request, report)
        forms[request.POST["do"]] = form
        if form.is_valid() and _done(form, act, by):
            messages.success(request, "Kept.")
            return redirect("incidents:review", report_id)
    context = {"here": "reports", **looks.reviewed(report, by=by), "forms": forms}
    faulty = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "incidents/review.html", context, status=422 if faulty else 200)


@require_safe
def visit(request: HttpRequest, report_id: UUID, session_id: UUID) -> HttpResponse:
    """The log of a visit whose head this report keeps, every entry, those struck out too."""
    by, report = _asked(request, report_id)
    kept = [row for row in evidence.kept(lines.now(report)) if row.session is not None]
    found = next((row for row in kept if row.session and row.session.public_id == session_id), None)
    if found is None or found.session is None:
        raise Http404
    reviewing.look(report, deed=Deed(by=by, at=timezone.now(), key=KeyedForm({}).deed(by).key))
    entries = [log.entry(row) for row in log.rows(found.session)]
    context = {
        "here": "reports",
        "report": report,
        "kept": found,
        "session": found.session,
        "lines": log_lines(entries),
    }
    return render(request, "incidents/visit_log.html", context)


def _asked(request: HttpRequest, report_id: UUID) -> tuple[User, Report]:
    by = person(request)
    require(by, Permission.REVIEW_REPORTS)
    try:
        return by, reviewing.one_seen_by(by, report_id)
    except Report.DoesNotExist:
        raise Http404 from None


def _forms(report: Report) -> dict[str, WordsForm | NameForm]:
    duties = reviewing.duties(lines.now(report))
    return {
        "write": WriteForm(prefix="write"),
        "name": NameForm(prefix="name", people=telling.people()),
        "duty": DutyForm(prefix="duty", duties=duties),
        "end": EndForm(prefix="end"),
        "reopen": WordsForm(prefix="reopen"),
    }


def _sent(request: HttpRequest, report: Report) -> tuple[WordsForm | NameForm, _Deed]:
    """The form that was sent, and what it asks for."""
    match request.POST.get("do"):
        case "write":
            write = WriteForm(request.POST, prefix="write")
            return write, lambda deed: reviewing.write(report, write.said, deed=deed)
        case "name":
            name = NameForm(request.POST, prefix="name", people=telling.people())
            return name, lambda deed: reviewing.name(report, *name.named, deed=deed)
        case "duty":
            duties = reviewing.duties(lines.now(report))
            duty = DutyForm(request.POST, prefix="duty", duties=duties)
            return duty, lambda deed: reviewing.do_duty(report, duty.done, deed=deed)
        case "end":
            end = EndForm(request.POST, prefix="end")
            return end, lambda deed: reviewing.end(report, end.how, end.cleaned_data["words"], deed=deed)
        case "reopen":
            again = WordsForm(request.POST, prefix="reopen")
            return again, lambda deed: reviewing.reopen(report, again.cleaned_data["words"], deed=deed)
    raise Http404


def _done(form: WordsForm | NameForm, act: _Deed, by: User) -> bool:
    try:
        act(form.deed(by))
    except RefusedError as refusal:
        form.refuse(refusal.problems)
        return False
    return True
