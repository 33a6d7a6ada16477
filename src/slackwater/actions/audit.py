"""What was done outside a session's log is written down in the same transaction as the act."""

from datetime import datetime
from enum import StrEnum

from slackwater.records.models import AuditEvent, User


class Act(StrEnum):
    """What can be done outside a session's log."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    PERSON_ADDED = "person-added"
    PATIENT_REGISTERED = "patient-registered"
    PATIENT_WEIGHED = "patient-weighed"
    MEDICINE_LISTED = "medicine-listed"
    MEDICINE_ENDED = "medicine-ended"
    MEDICINE_TOLD = "medicine-told"
    MEDICINE_ASKED = "medicine-asked"
    MEDICINE_PLANNED = "medicine-planned"
    MEDICINES_VERIFIED = "medicines-verified"
    INTERACTION_SET_ASIDE = "interaction-set-aside"
    ORDER_SIGNED = "order-signed"
    ORDER_VOIDED = "order-voided"
    SESSION_OPENED = "session-opened"
    REPORT_PRINTED = "report-printed"
    CARD_PRINTED = "card-printed"
    DEVICE_ALLOWED = "device-allowed"
    DEVICE_REVOKED = "device-revoked"
    DEMO_STARTED_OVER = "demo-started-over"
    MARKS_EXPORTED = "marks-exported"
    SIGN_DECIDED = "sign-decided"
    PRODUCT_ADDED = "product-added"
    PRODUCT_RETIRED = "product-retired"
    STOCK_COUNTED = "stock-counted"
    STOCK_CASE_CLOSED = "stock-case-closed"
    LEDGER_EXPORTED = "ledger-exported"
    KIT_SIGNED = "kit-signed"
    RULES_SIGNED = "rules-signed"
    NUMBER_SET = "number-set"
    FINDING_SET_ASIDE = "finding-set-aside"
    COURSE_OPENED = "course-opened"
    COURSE_ENDED = "course-ended"
    SECOND_PERSON = "second-person"
    DOSE_CHECKED = "dose-checked"
    DOSE_CASE_CLOSED = "dose-case-closed"


def keep(act: Act, *, by: User | None, at: datetime, subject: object = "", **detail: str | int) -> AuditEvent:
    """Write down one act. `detail` holds identifiers and words, never names or clinical values."""
    return AuditEvent.objects.create(kind=act.value, by=by, at=at, subject=str(subject)[:80], detail=detail)
