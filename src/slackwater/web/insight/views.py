"""How forecasts held: a page, and every mark behind it as a table to take away."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from slackwater.actions import insight as asked
from slackwater.actions.demo import past
from slackwater.actions.policy import Permission, may, require
from slackwater.pharma.quantity import Quantity
from slackwater.web.insight import table
from slackwater.web.insight.looks import page
from slackwater.web.insight.words import NAMES
from slackwater.web.shared.asking import person


@require_safe
def insight(request: HttpRequest) -> HttpResponse:
    by = person(request)
    require(by, Permission.SEE_INSIGHT)
    found = asked.insight(_quantity(request), by=by)
    context = {
        "here": "insight",
        "page": page(found),
        "may_watch": may(by, Permission.WATCH_SESSION),
        "n_missing": past.n_missing(),
    }
    return render(request, "insight/insight.html", context)


@require_safe
def marks_csv(request: HttpRequest) -> HttpResponse:
    marked = asked.export(by=person(request), at=timezone.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="marks.csv"'
    writer = csv.writer(response)
    writer.writerow(table.COLUMNS)
    writer.writerows(table.rows(marked))
    return response


def _quantity(request: HttpRequest) -> Quantity:
    """What the page is about; depth unless another effect is named."""
    wanted = request.GET.get("of", Quantity.DEPTH.value)
    for quantity in NAMES:
        if quantity.value == wanted:
            return quantity
    raise Http404
