"""What a patient's page shows, gathered from actions."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from slackwater.actions import boards, medicines, patients
from slackwater.actions.agreements.held import held
from slackwater.actions.eligibility import found as eligibility
from slackwater.actions.policy import Permission, may
from slackwater.records.models import Patient, User, Weight
from slackwater.rules.eligibility.criteria import Stage
from slackwater.terms import amounts
from slackwater.terms.sex import Sex
from slackwater.web.people.forms import MedicineForm, WeightForm


def patient_page(patient: Patient, *, by: User) -> dict[str, Any]:
    """Everything the patient's page needs."""
    now = timezone.now()
    return patient_head(patient) | {
        "agreement": _agreement(patient, at=now),
        "screening": _screening(patient, at=now),
        "sessions": boards.visits(patient.sessions.all(), at=now),
        "orders": patient.orders.all(),
        "weigh_form": WeightForm(),
        "medicine_form": medicine_form(),
        "medicines_verified": not medicines.list_gaps(patient, at=now),
        "may_order": may(by, Permission.SIGN_ORDER),
        "may_weigh": may(by, Permission.WEIGH_PATIENT),
        "may_keep_medicines": may(by, Permission.KEEP_MEDICINES),
        "may_open": may(by, Permission.OPEN_SESSION),
    }


def _agreement(patient: Patient, *, at: datetime) -> str:
    """How it stands, in one line."""
    now = held(patient, at=at).now
    if now.is_locked:
        return "In its window: it can only be narrowed until the patient is sober again and has told it back."
    if now.draft is not None:
        return "A draft waits to be told back or signed."
    if now.version is None:
        return "Nothing is agreed yet."
    return "Agreed, signed by all." if now.permits else "Taken back, or run out. Nothing is a yes."


def _screening(patient: Patient, *, at: datetime) -> str:
    """How it stands, in one line."""
    if eligibility.open_course(patient):
        return "A course is open."
    standing = eligibility.of(patient, stage=Stage.COURSE, route=None, at=at).barring
    if not patient.intake_lines.exists():
        return "Nothing was asked yet."
    return f"No course is open; {len(standing)} still in the way." if standing else "A course can be opened."


def patient_head(patient: Patient) -> dict[str, Any]:
    """Who this is, how heavy, and what they take."""
    now = timezone.now()
    weight = patients.current_weight(patient)
    return {
        "here": "patients",
        "patient": patient,
        "age": patients.age_years(patient, on=timezone.localdate()),
        "sex": Sex(patient.sex),
        "weight": weight,
        "weight_is_old": weight is not None and patients.is_old(weight, at=now),
        "weight_limit_days": patients.WEIGHT_HOLDS.days,
        "medicines": medicines.listed(patient),
    }


def medicine_form(data: QueryDict | None = None) -> MedicineForm:
    known = [(one.name, one.label) for one in medicines.known()]
    return MedicineForm(data, known=known)


def changed_weight(before: Weight | None, after: Weight) -> str:
    """What to say of a new weight: a large change is the sign of a slip, so the old one stands beside it."""
    now = amounts.show_kg(after.grams)
    if before is None or before.grams == after.grams:
        return f"Weight saved: {now}."
    share = round(100 * (after.grams - before.grams) / before.grams)
    change = f"{abs(share)} % {'more' if share > 0 else 'less'}" if share else "nearly the same"
    return f"Weight saved: {now}. Before it was {amounts.show_kg(before.grams)}, so this is {change}."
