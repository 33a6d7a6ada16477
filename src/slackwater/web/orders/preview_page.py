"""What the preview and the page that is read over show: words, marks and the crowd's answer."""

from dataclasses import astuple
from hashlib import sha256
from typing import Any

from django.utils import timezone

from slackwater.actions import orders, patients, previews
from slackwater.actions.orders import Draft
from slackwater.actions.policy import Permission, may
from slackwater.records.models import Patient, User
from slackwater.rules.findings import Finding
from slackwater.terms.refusal import RefusedError
from slackwater.units import min_from_s
from slackwater.web.orders import said
from slackwater.web.orders.forms import OrderForm
from slackwater.web.orders.looks import Forecast, forecast


def preview_page(form: OrderForm, patient: Patient, *, by: User) -> dict[str, Any]:
    """The fragment beside the form: what is still needed, or everything about the draft as it stands."""
    now = timezone.now()
    draft = form.draft()
    cited = said.cited_ranges(
        form.cleaned_data.get("drug"),
        form.cleaned_data.get("route"),
        weight_g=form.weight_g,
        age_years=patients.age_years(patient, on=now.date()),
    )
    if draft is None:
        return {"needs": form.needs(), "started": bool(form.data.get("dose")), "cited": cited}
    found = orders.findings(draft, patient, by=by, at=now)
    shown: dict[str, Any] = {
        "cited": cited,
        "needs": [],
        "started": True,
        "findings": found,
        "needs_reason": bool(orders.needing_reason(found)),
    }
    try:
        written = orders.text_of(draft, patient, at=now)
        return shown | {
            "forecast": _ask(draft, patient, by=by),
            "both_ways": said.per_kg(draft.dose_ug, written.weight_g or 0),
        }
    except RefusedError as refusal:
        return shown | {"needs": [f"{one.message} {one.mend}" for one in refusal.problems]}


def sign_page(draft: Draft, patient: Patient, form: OrderForm, *, by: User) -> dict[str, Any]:
    """The order in words, with its marks and what the crowd says."""
    order_said, found = _read_over(draft, patient, by=by)
    return {
        "here": "patients",
        "patient": patient,
        "said": order_said,
        "findings": found,
        "reason": form.why,
        "forecast": _ask(draft, patient, by=by),
        "typed": form.typed(),
        "seen": _hash(order_said, found, form.why),
        "may_sign": may(by, Permission.SIGN_ORDER),
    }


def seen(draft: Draft, patient: Patient, form: OrderForm, *, by: User) -> str:
    """A hash of all that is read over, so that what is signed is what was read."""
    order_said, found = _read_over(draft, patient, by=by)
    return _hash(order_said, found, form.why)


def _read_over(draft: Draft, patient: Patient, *, by: User) -> tuple[said.Said, tuple[Finding, ...]]:
    now = timezone.now()
    found = orders.findings(draft, patient, by=by, at=now)
    return said.of_draft(draft, orders.text_of(draft, patient, at=now), patient), found


def _ask(draft: Draft, patient: Patient, *, by: User) -> Forecast:
    answer = previews.preview(orders.plan(draft, patient, at=timezone.now()), by=by)
    booster_min = min_from_s(draft.booster.earliest_s) if draft.booster else None
    return forecast(answer, infusion_min=min_from_s(draft.duration_s), booster_min=booster_min)


def _hash(order_said: said.Said, found: tuple[Finding, ...], reason: str) -> str:
    seen = [*astuple(order_said), *(finding.sentence for finding in found), reason]
    return sha256("\0".join(seen).encode()).hexdigest()
