"""An order: check what is written, sign it, void it. Signed, it is never edited."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from slackwater.actions import audit, earlier, interactions, medicines, order_terms, patients
from slackwater.actions.earlier import Earlier
from slackwater.actions.eligibility import deeds as eligibility
from slackwater.actions.policy import Permission, require
from slackwater.actions.previews import Plan
from slackwater.catalogue.loader import load
from slackwater.pharma.parameters import PublishedModel
from slackwater.pharma.person import Person
from slackwater.records.models import Order, Patient, User
from slackwater.rules.dosing.limits import check_order
from slackwater.rules.dosing.medicines import medicine_findings
from slackwater.rules.dosing.order import BoosterText, ModelScope, OrderText
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.rules.planned import NOTHING_PLANNED, PlannedFor
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.terms.sex import Sex
from slackwater.units import kg_from_g

LONGEST_REASON = 400


class Start(StrEnum):
    """From where the crowd of an order starts."""

    LEARNED = "learned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An order as it is written, before the patient's facts stand beside it.

    start_reason: why its crowd starts from what is published alone; without one such an order is not signed
    """

    drug: Drug
    route: Route
    dose_ug: int
    duration_s: int = 0
    hard_max_ug: int | None
    booster: BoosterText | None = None
    model: str
    seed: int = 1
    subjects: int = 4096
    planned: PlannedFor = NOTHING_PLANNED
    start: Start = Start.LEARNED
    start_reason: str = ""


def text_of(draft: Draft, patient: Patient, *, at: datetime) -> OrderText:
    """The draft with the patient's facts as they stand now. Raises RefusedError for a model not for them."""
    weight = patients.current_weight(patient)
    return OrderText(
        drug=draft.drug,
        route=draft.route,
        dose_ug=draft.dose_ug,
        duration_s=draft.duration_s,
        hard_max_ug=draft.hard_max_ug,
        booster=draft.booster,
        weight_g=weight.grams if weight else None,
        weighed_at=weight.measured_at if weight else None,
        age_years=patients.age_years(patient, on=at.date()),
        model=_scope(load().order_model(draft.model)),
    )


def findings(draft: Draft, patient: Patient, *, by: User, at: datetime) -> tuple[Finding, ...]:
    """Every mark against the draft for this patient."""
    require(by, Permission.PREVIEW_ORDER, patient)
    return _found(text_of(draft, patient, at=at), patient, at=at)


def needing_reason(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The marks that a prescriber may set aside, in writing."""
    return tuple(finding for finding in found if finding.override is Override.PRESCRIBER)


def plan(draft: Draft, patient: Patient, *, at: datetime) -> Plan:
    """The draft as the crowd is asked about it. Raises RefusedError where the patient was not weighed."""
    written = text_of(draft, patient, at=at)
    if written.weight_g is None:
        raise RefusedError.of(
            field="weight",
            code="missing",
            message="The patient was not weighed.",
            mend="Weigh first: the crowd is drawn for this weight.",
        )
    return Plan(
        person=Person(
            weight_kg=kg_from_g(written.weight_g),
            age_years=written.age_years,
            sex=Sex(patient.sex),
            medicines=patients.current_medicines(patient),
        ),
        model=draft.model,
        drug=draft.drug,
        route=draft.route,
        dose_ug=draft.dose_ug,
        duration_s=draft.duration_s,
        booster_ug=draft.booster.cap_ug if draft.booster else None,
        booster_after_s=draft.booster.earliest_s if draft.booster else None,
        seed=draft.seed,
        subjects=draft.subjects,
        earlier=learns_from(patient, draft.start).logs,
    )


def learns_from(patient: Patient, start: Start) -> Earlier:
    """The earlier sessions that an order's crowd starts from; none where it starts from what is published."""
    return Earlier() if start is Start.PUBLISHED else earlier.of_patient(patient)


def check(draft: Draft, patient: Patient, *, reason: str, by: User, at: datetime) -> None:
    """Raise RefusedError with everything that would keep this draft from being signed."""
    require(by, Permission.SIGN_ORDER, patient)
    found = findings(draft, patient, by=by, at=at)
    if problems := [*_all_problems(draft, patient, found, reason, at=at)]:
        raise RefusedError(*problems)


@transaction.atomic
def sign(draft: Draft, patient: Patient, *, reason: str = "", by: User, at: datetime) -> Order:
    """Sign the order. From then on it stands or is voided, and is never changed.

    reason: why it stands although marks that a prescriber may set aside speak against it
    Raises RefusedError naming every mark that stops it, and asking for a reason where one is needed.
    """
    require(by, Permission.SIGN_ORDER, patient)
    written = text_of(draft, patient, at=at)
    found = _found(written, patient, at=at)
    if problems := [*_all_problems(draft, patient, found, reason, at=at)]:
        raise RefusedError(*problems)
    order = _signed(draft, written, patient, by=by, at=at)
    order.findings = [asdict(finding) for finding in found]
    order.overrides = [{"id": one.id, "reason": reason.strip()} for one in needing_reason(found)]
    order.version_hash = order_terms.version_hash(order)
    order.save(force_insert=True)
    audit.keep(audit.Act.ORDER_SIGNED, by=by, at=at, subject=order.public_id)
    return order


@transaction.atomic
def void(order_id: UUID, *, reason: str, by: User, at: datetime) -> Order:
    """Void an order: nothing may be given on it any more. It stays, with who voided it and why.

    Raises RefusedError where no reason is given or it was voided already.
    """
    require(by, Permission.VOID_ORDER)
    order = Order.objects.select_for_update().get(public_id=order_id)
    if order.is_void:
        raise RefusedError.of(
            field="reason",
            code="already-void",
            message="This order was voided already.",
            mend="Nothing is left to do.",
        )
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        raise RefusedError.of(
            field="reason",
            code="missing" if not reason.strip() else "too-long",
            message="No reason was given." if not reason.strip() else "This reason is too long.",
            mend=f"Say why in at most {LONGEST_REASON} characters.",
        )
    order.voided_at, order.voided_by, order.void_reason = at, by, reason.strip()
    order.save(update_fields=["voided_at", "voided_by", "void_reason"])
    audit.keep(audit.Act.ORDER_VOIDED, by=by, at=at, subject=order.public_id)
    return order


def seen_by(user: User) -> QuerySet[Order]:
    """The orders of the patients whose records this person may see."""
    seen = Order.objects.filter(patient__in=patients.seen_by(user))
    return seen.select_related("patient", "prescriber", "voided_by", "session")


def kept_findings(order: Order) -> list[Finding]:
    """What was found when the order was signed, as it was kept."""
    return [
        Finding(**{**kept, "severity": Severity(kept["severity"]), "override": Override(kept["override"])})
        for kept in order.findings
    ]


def _found(written: OrderText, patient: Patient, *, at: datetime) -> tuple[Finding, ...]:
    not_checked = [one.label for one in medicines.listed(patient) if not one.checked]
    return (
        *check_order(written, at=at, limits=load().limits.orders),
        *medicine_findings(not_checked),
        *interactions.for_order(patient, route=written.route, at=at),
    )


def _all_problems(
    draft: Draft, patient: Patient, found: Sequence[Finding], reason: str, *, at: datetime
) -> Iterator[Problem]:
    yield from eligibility.order_problems(patient, route=draft.route, at=at)
    yield from _problems(found, reason.strip())
    yield from _start_problems(draft)


def _problems(found: Sequence[Finding], reason: str) -> Iterator[Problem]:
    wanting = needing_reason(found)
    for finding in found:
        # An order is signed by one: what takes two is never set aside by it.
        takes_two = finding.override is Override.PRESCRIBER_AND_SECOND
        if takes_two or (finding.severity.bars and finding not in wanting):
            yield Problem(
                field="order",
                code=finding.id,
                message=finding.sentence,
                mend=f"Change the order; {finding.override.label}.",
            )
    if wanting and not reason:
        yield Problem(
            field="reason",
            code="missing",
            message=" ".join(finding.sentence for finding in wanting),
            mend="Write the reason why this order stands all the same.",
        )
    if len(reason) > LONGEST_REASON:
        yield Problem(
            field="reason",
            code="too-long",
            message=f"This has {len(reason)} characters.",
            mend=f"Write at most {LONGEST_REASON}.",
        )


def _start_problems(draft: Draft) -> Iterator[Problem]:
    reason = draft.start_reason.strip()
    if draft.start is Start.PUBLISHED and not reason:
        yield Problem(
            field="start_reason",
            code="missing",
            message="Why the crowd should not start from this person's earlier sessions is missing.",
            mend="Write the reason, or let it learn from them.",
        )
    if len(reason) > LONGEST_REASON:
        yield Problem(
            field="start_reason",
            code="too-long",
            message=f"This has {len(reason)} characters.",
            mend=f"Write at most {LONGEST_REASON}.",
        )


def _signed(draft: Draft, written: OrderText, patient: Patient, *, by: User, at: datetime) -> Order:
    booster = draft.booster
    if draft.hard_max_ug is None or written.weight_g is None or written.age_years is None:
        raise TypeError("an order that lacks its hard maximum, weight or age is stopped by the rules")
    return Order(
        patient=patient,
        prescriber=by,
        drug=draft.drug.value,
        route=draft.route.value,
        dose_ug=draft.dose_ug,
        duration_s=draft.duration_s,
        booster_ug=booster.cap_ug if booster else None,
        booster_earliest_s=booster.earliest_s if booster else None,
        booster_latest_s=booster.latest_s if booster else None,
        hard_max_ug=draft.hard_max_ug,
        weight_g=written.weight_g,
        age_years=written.age_years,
        sex=patient.sex,
        medicines=list(patients.current_medicines(patient)),
        model=draft.model,
        seed=draft.seed,
        subjects=draft.subjects,
        signed_at=at,
        fresh_reason=draft.start_reason.strip() if draft.start is Start.PUBLISHED else "",
        **_planned(draft.planned),
    )


def _planned(planned: PlannedFor) -> dict[str, int]:
    """The columns of what was written; the others stay empty."""
    parts = {
        ("wish_tenths", "wish_permille"): planned.wish,
        ("too_deep_tenths", "too_deep_permille"): planned.too_deep,
        ("ceiling_mmhg", "ceiling_permille"): planned.ceiling,
        ("closing_s", "closing_permille"): planned.closing,
    }
    written = [(names, part) for names, part in parts.items() if part is not None]
    return {
        name: number
        for names, part in written
        for name, number in zip(names, (part.value, part.permille), strict=True)
    }


def _scope(model: PublishedModel) -> ModelScope:
    ages, weights = model.age_range, model.weight_range
    return ModelScope(
        title=model.title,
        drugs=model.drugs,
        routes=model.routes,
        age_low=ages.low if ages else None,
        age_high=ages.high if ages else None,
        weight_low_kg=weights.low if weights else None,
        weight_high_kg=weights.high if weights else None,
    )
