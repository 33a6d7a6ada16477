"""A whole order in words, from a draft that is read over or from an order that was signed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from slackwater.actions import earlier, medicines, order_terms
from slackwater.actions.orders import Draft, Start
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Order, Patient
from slackwater.rules.dosing.order import OrderText
from slackwater.rules.dosing.ranges import DoseRange, Per
from slackwater.rules.planned import PlannedFor
from slackwater.terms import amounts
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.web.orders import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Every part of an order as it is read aloud."""

    patient_name: str
    birth_date: str
    age_years: str
    weight: str
    drug: str
    dose: str
    dose_spelled: str
    manner: str
    per_kg: str
    booster: str
    booster_spelled: str
    booster_from: str
    booster_to: str
    hard_max: str
    hard_max_spelled: str
    medicines: str
    planned_for: str
    start: str


def of_draft(draft: Draft, written: OrderText, patient: Patient) -> Said:
    """The draft, with the patient's facts as they stand now."""
    booster = draft.booster
    window = (booster.cap_ug, booster.earliest_s, booster.latest_s) if booster else None
    listed = [one.in_order for one in medicines.listed(patient)]
    return _said(
        patient,
        _Parts(
            drug=draft.drug,
            route=draft.route,
            dose_ug=draft.dose_ug,
            duration_s=draft.duration_s,
            booster=window,
            hard_max_ug=draft.hard_max_ug or 0,
            weight_g=written.weight_g or 0,
            weighed_at=written.weighed_at,
            age_years=written.age_years or 0,
            medicines=", ".join(listed),
            planned=draft.planned,
            start=_start_of(draft, patient),
        ),
    )


def of_order(order: Order) -> Said:
    """The order, with the patient's facts as they stood when it was signed."""
    window = None
    if order.booster_ug and order.booster_earliest_s is not None and order.booster_latest_s is not None:
        window = (order.booster_ug, order.booster_earliest_s, order.booster_latest_s)
    return _said(
        order.patient,
        _Parts(
            drug=Drug(order.drug),
            route=Route(order.route),
            dose_ug=order.dose_ug,
            duration_s=order.duration_s,
            booster=window,
            hard_max_ug=order.hard_max_ug,
            weight_g=order.weight_g,
            weighed_at=None,
            age_years=order.age_years,
            medicines=", ".join(medicines.named(name).label for name in order.medicines),
            planned=order_terms.planned_for(order),
            start=_fresh(order.fresh_reason) if order.fresh_reason else "",
        ),
    )


def per_kg(dose_ug: int, weight_g: int) -> str:
    """35 mg is 0.5 mg/kg for 70 kg: both ways, so that a slip in either shows."""
    share = f"{Decimal(dose_ug) / weight_g:.3f}".rstrip("0").rstrip(".")
    return f"{amounts.show_mg(dose_ug)} is {share} mg/kg for {amounts.show_kg(weight_g)}"


def cited_ranges(drug: str | None, route: str | None, *, weight_g: int | None, age_years: int) -> list[str]:
    """What is cited for this drug by this route, for this body, each with its source."""
    if not drug or not route:
        return []
    found = load_limits().orders.ranges_for(Drug(drug), Route(route), age_years=age_years)
    return [f"{_range(one, weight_g)}: {one.what} ({one.rule}, {one.source})" for one in found]


def _range(cited: DoseRange, weight_g: int | None) -> str:
    span = f"{cited.low} to {cited.high} {cited.per}"
    if cited.per is Per.DOSE or weight_g is None:
        return span
    low, high = (int(cited.per.ug(end, weight_g=weight_g)) for end in (cited.low, cited.high))
    return f"{span}, here {amounts.show_mg(low).removesuffix(' mg')} to {amounts.show_mg(high)}"


def long_date(day: date) -> str:
    """The month in letters."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    drug: Drug
    route: Route
    dose_ug: int
    duration_s: int
    booster: tuple[int, int, int] | None
    hard_max_ug: int
    weight_g: int
    weighed_at: datetime | None
    age_years: int
    medicines: str
    planned: PlannedFor
    start: str


def _start_of(draft: Draft, patient: Patient) -> str:
    """From where its crowd starts: what earlier sessions say, or why they are not asked."""
    if draft.start is Start.PUBLISHED:
        return _fresh(draft.start_reason)
    return earlier.of_patient(patient).sentence


def _fresh(reason: str) -> str:
    return (
        f"The crowd starts from what is published, not from earlier sessions of this person: {reason.strip()}"
    )


def _said(patient: Patient, parts: _Parts) -> Said:
    cap_ug, earliest_s, latest_s = parts.booster or (0, 0, 0)
    weighed = f", weighed {long_date(timezone.localtime(parts.weighed_at))}" if parts.weighed_at else ""
    return Said(
        patient_name=patient.full_name,
        birth_date=long_date(patient.birth_date),
        age_years=str(parts.age_years),
        weight=amounts.show_kg(parts.weight_g) + weighed,
        drug=words.NAMES[parts.drug],
        dose=amounts.show_mg(parts.dose_ug),
        dose_spelled=words.spelled_mg(parts.dose_ug),
        manner=words.manner(parts.route, parts.duration_s),
        per_kg=per_kg(parts.dose_ug, parts.weight_g),
        booster=amounts.show_mg(cap_ug) if cap_ug else "",
        booster_spelled=words.spelled_mg(cap_ug) if cap_ug else "",
        booster_from=words.minutes(earliest_s),
        booster_to=words.minutes(latest_s),
        hard_max=amounts.show_mg(parts.hard_max_ug),
        hard_max_spelled=words.spelled_mg(parts.hard_max_ug),
        medicines=parts.medicines or "None written down",
        planned_for="; ".join(parts.planned.sentences()),
        start=parts.start,
    )
