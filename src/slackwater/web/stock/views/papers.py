"""The ledger over chosen days, as a PDF or as a table."""

import csv
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.policy import Permission, require
from slackwater.actions.stock import exporting
from slackwater.reports import ledger as reports
from slackwater.reports.ledger import Ledger
from slackwater.terms.refusal import RefusedError
from slackwater.web.shared.asking import person
from slackwater.web.stock.period_form import PeriodForm

_A_MONTH = timedelta(days=30)


@login_required
@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest) -> HttpResponse:
    by, today = person(request), timezone.localdate()
    require(by, Permission.SEE_STOCK)
    initial = {"first": today - _A_MONTH, "last": today, "form": "pdf"}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["form"]
        try:
            return _file(exporting.export(form.period, form=wanted, by=by, at=timezone.now()), wanted)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    context = {"form": form, "kept": exporting.kept_for()}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stock/ledger.html", context, status=status)


def _file(found: Ledger, wanted: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{reports.file_name(found, wanted)}"'}
    if wanted == "pdf":
        return HttpResponse(reports.ledger_pdf(found), content_type="application/pdf", headers=headers)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    writer.writerow(reports.COLUMNS)
    writer.writerows(reports.table_rows(found))
    return response
