"""Drawing up an agreement, with the patient, everything starting at no."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from slackwater.actions.agreements import deeds
from slackwater.actions.agreements.deeds import Deed
from slackwater.actions.agreements.held import held
from slackwater.actions.policy import Permission
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import Patient
from slackwater.rules.agreements.permits import Item, Permits
from slackwater.terms.refusal import RefusedError
from slackwater.web.agreements.forms import ProposalForm, boxes
from slackwater.web.agreements.views.overview import seen
from slackwater.web.shared import agreed as names
from slackwater.web.shared.asking import person
from slackwater.web.shared.body_figure import figures


@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    patient = seen(request, patient_id, Permission.DRAW_UP_AGREEMENT)
    form = ProposalForm(request.POST if request.method == "POST" else None, people=names.staff())
    if request.method == "POST" and form.is_valid():
        try:
            deed = Deed(by=person(request), at=timezone.now(), key=uuid4())
            deeds.draw_up(patient, form.proposal, deed=deed)
            messages.success(request, "Drawn up. Nothing is agreed yet: now the teach-back, then each signs.")
            return redirect("agreements:one", patient_id)
        except RefusedError as refusal:
            form.refuse(refusal.problems)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "agreements/draw_up.html", _context(patient, form), status=status)


def _context(patient: Patient, form: ProposalForm) -> dict[str, object]:
    people, now = names.staff(), held(patient, at=timezone.now()).now
    called = names.called(people)
    return {
        "here": "patients",
        "patient": patient,
        "form": form,
        "is_locked": now.is_locked,
        "wishes": [names.words(one, called) for one in sorted(now.wishes)],
        "chapters": [
            {
                "text": text,
                "boxes": boxes(text, form, people, now.permits),
                "is_touch": text.item is Item.TOUCH,
            }
            for text in load_agreement_texts().items
        ],
        "figures": figures(called.items(), deeds.offered_zones(), _ticked(form), value=names.value),
    }


def _ticked(form: ProposalForm) -> Permits:
    """What was ticked, less what is no permit at all: the refusal names that."""
    found = set()
    for text in form.ticked:
        try:
            found.add(names.permit_of(text, field="permits"))
        except RefusedError:
            continue
    return frozenset(found)
