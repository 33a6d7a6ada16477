"""The models, by what they are about."""

from slackwater.records.models.agreements import AgreementLine
from slackwater.records.models.audit import AuditEvent
from slackwater.records.models.calls import CallLine
from slackwater.records.models.choices import SignDefault
from slackwater.records.models.courses import Course, CourseEnd, FindingAside, IntakeLine
from slackwater.records.models.devices import DeviceToken
from slackwater.records.models.doses import DoseCaseLine, DoseCheck
from slackwater.records.models.incidents import AccountLine, Report, ReportLine
from slackwater.records.models.installation import Installation
from slackwater.records.models.marks import ForecastMark, Marking
from slackwater.records.models.medicines import InteractionAside, MedicineLine
from slackwater.records.models.orders import Order
from slackwater.records.models.people import Patient, PatientMedicine, Role, User, Weight
from slackwater.records.models.rescue import KitCheckLine
from slackwater.records.models.sessions import Entry, Session
from slackwater.records.models.signing import OwnNumber, RuleSignature
from slackwater.records.models.stock import (
    CaseLine,
    Container,
    LedgerLine,
    Product,
    ProductRetired,
    StockCount,
)

__all__ = [
    "AccountLine",
    "AgreementLine",
    "AuditEvent",
    "CallLine",
    "CaseLine",
    "Container",
    "Course",
    "CourseEnd",
    "DeviceToken",
    "DoseCaseLine",
    "DoseCheck",
    "Entry",
    "FindingAside",
    "ForecastMark",
    "Installation",
    "IntakeLine",
    "InteractionAside",
    "KitCheckLine",
    "LedgerLine",
    "Marking",
    "MedicineLine",
    "Order",
    "OwnNumber",
    "Patient",
    "PatientMedicine",
    "Product",
    "ProductRetired",
    "Report",
    "ReportLine",
    "Role",
    "RuleSignature",
    "Session",
    "SignDefault",
    "StockCount",
    "User",
    "Weight",
]
