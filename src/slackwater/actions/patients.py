"""Who is treated: register, weigh, list medicines, look up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from slackwater.actions import audit
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import Order, Patient, PatientMedicine, Session, User, Weight
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.sex import Sex

LONGEST_NAME = 80
_EARLIEST_BIRTH = date(1900, 1, 1)
LIGHTEST_G, HEAVIEST_G = 20_000, 300_000
# An older weight is shown as old (design); the order's own rules say what follows.
WEIGHT_HOLDS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """What is written down of a person when they are registered."""

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex = Sex.UNKNOWN


@transaction.atomic
def register(details: NewPatient, *, by: User, at: datetime) -> Patient:
    """Add a patient. Raises RefusedError naming each field that cannot stand."""
    require(by, Permission.REGISTER_PATIENT)
    if problems := list(_problems(details, today=at.date())):
        raise RefusedError(*problems)
    patient = Patient.objects.create(
        given_name=details.given_name.strip(),
        family_name=details.family_name.strip(),
        birth_date=details.birth_date,
        sex=details.sex.value,
    )
    audit.keep(audit.Act.PATIENT_REGISTERED, by=by, at=at, subject=patient.public_id)
    return patient


@transaction.atomic
def weigh(patient: Patient, *, grams: int, by: User, at: datetime) -> Weight:
    """Add a weighing; the newest counts from now on. Orders already signed keep the weight they had."""
    require(by, Permission.WEIGH_PATIENT, patient)
    if not LIGHTEST_G <= grams <= HEAVIEST_G:
        raise RefusedError.of(
            field="weight",
            code="too-high" if grams > HEAVIEST_G else "too-low",
            message="This weight is outside 20 to 300 kg.",
            mend="Weigh again, in kg.",
        )
    weight = Weight.objects.create(patient=patient, grams=grams, measured_at=at, by=by)
    audit.keep(audit.Act.PATIENT_WEIGHED, by=by, at=at, subject=patient.public_id)
    return weight


@transaction.atomic
def list_medicine(patient: Patient, *, name: str, by: User, at: datetime) -> PatientMedicine:
    """Add a medicine that the patient takes. Listing it twice changes nothing.

    A name that the catalogue lacks is kept too: an order then says that it was not checked.
    """
    require(by, Permission.KEEP_MEDICINES, patient)
    if problem := _name_problem("medicine", name):
        raise RefusedError(problem)
    medicine, is_new = PatientMedicine.objects.get_or_create(
        patient=patient, name=name.strip().lower(), ended_at=None, defaults={"by": by, "since": at.date()}
    )
    if is_new:
        audit.keep(audit.Act.MEDICINE_LISTED, by=by, at=at, subject=patient.public_id)
    return medicine


@transaction.atomic
def end_medicine(patient: Patient, *, name: str, by: User, at: datetime) -> None:
    """The patient no longer takes this medicine. The row stays, with its end."""
    require(by, Permission.KEEP_MEDICINES, patient)
    ended = patient.medicines.filter(name=name.strip().lower(), ended_at=None).update(ended_at=at)
    if ended:
        audit.keep(audit.Act.MEDICINE_ENDED, by=by, at=at, subject=patient.public_id)


def seen_by(user: User) -> QuerySet[Patient]:
    """The patients whose records this person may see: staff all, a patient themselves, anyone else none."""
    if may(user, Permission.SEE_PATIENTS):
        return Patient.objects.all()
    if may(user, Permission.SEE_OWN_RECORD):
        return Patient.objects.filter(user=user)
    return Patient.objects.none()


def own_record(user: User) -> UUID | None:
    """The public identifier of the record of whoever signs in as a patient; None where they have none."""
    return Patient.objects.filter(user=user).values_list("public_id", flat=True).first()


def found(user: User, text: str) -> QuerySet[Patient]:
    """The patients this person may see who have every word of `text` in their name."""
    patients = seen_by(user)
    for word in text.split():
        patients = patients.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return patients


def one_seen_by(user: User, public_id: UUID) -> Patient:
    """This patient, with weights, orders and sessions at hand.

    Raises Patient.DoesNotExist for a stranger's record as for none, so that neither can be told apart.
    """
    orders = Order.objects.select_related("prescriber", "session")
    sessions = Session.objects.filter(put_away_at=None).select_related("order")
    current = PatientMedicine.objects.filter(ended_at=None)
    return (
        seen_by(user)
        .prefetch_related(
            "weights",
            Prefetch("medicines", queryset=current, to_attr="current_medicines"),
            Prefetch("orders", queryset=orders),
            Prefetch("sessions", queryset=sessions),
        )
        .get(public_id=public_id)
    )


def current_weight(patient: Patient) -> Weight | None:
    """The newest weighing."""
    return next(iter(patient.weights.all()), None)


def is_old(weight: Weight, *, at: datetime) -> bool:
    """Whether the weighing is too long ago to be taken for today's."""
    return at - weight.measured_at > WEIGHT_HOLDS


def current_medicines(patient: Patient) -> tuple[str, ...]:
    """What the patient takes now, by name."""
    return tuple(patient.medicines.filter(ended_at=None).order_by("name").values_list("name", flat=True))


def age_years(patient: Patient, *, on: date) -> int:
    """Whole years of age on a day."""
    born = patient.birth_date
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _problems(details: NewPatient, *, today: date) -> Iterable[Problem]:
    for field in ("given_name", "family_name"):
        if problem := _name_problem(field, getattr(details, field)):
            yield problem
    if details.birth_date > today:
        yield Problem(
            field="birth_date",
            code="in-the-future",
            message="This birth date is still to come.",
            mend="Write the day the patient was born.",
        )
    elif details.birth_date < _EARLIEST_BIRTH:
        yield Problem(
            field="birth_date",
            code="too-early",
            message="This birth date is before 1900.",
            mend="Check the year.",
        )


def _name_problem(field: str, text: str) -> Problem | None:
    name = text.strip()
    if not name:
        return Problem(field=field, code="missing", message="No name was given.", mend="Write the name.")
    if len(name) > LONGEST_NAME:
        return Problem(
            field=field,
            code="too-long",
            message=f"This has {len(name)} characters.",
            mend=f"Write at most {LONGEST_NAME}.",
        )
    if not name.isprintable():
        return Problem(
            field=field,
            code="control",
            message="This has characters that cannot be seen.",
            mend="Type the name again.",
        )
    return None
