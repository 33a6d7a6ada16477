"""Finished sessions for tests of marks, written through the one path."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone
from tests import clinic as made
from tests.checked import checked, dose_of
from tests.virtual import MINUTES, ratings

from slackwater.actions import crowds, log, order_terms, reconciling, sessions
from slackwater.actions.eligibility import past as screening
from slackwater.actions.entries.command import Author, Command
from slackwater.actions.entries.record import record
from slackwater.actions.marks.marking import mark_session
from slackwater.pharma.widening import FEWEST_SESSIONS
from slackwater.records.models import Order, Patient, Session, User
from slackwater.rules.room.log import Alertness, Check, CheckItem, Left, Payload, Rating, SetAside

# Nobody of this weight feels so much for so long after 35 mg into a muscle.
TOO_DEEP = [9, 10, 9, 10, 9, 8]
_PASSED = (
    CheckItem.DRINKS, CheckItem.ORIENTED, CheckItem.GAIT, CheckItem.DISTRESS, CheckItem.SAFETY,
    CheckItem.HALLUCINATIONS, CheckItem.ADVICE, CheckItem.ESCORT,
)  # fmt: skip


def finished(
    clinic: made.Clinic, said: list[int], *, days_ago: float = 1.0, patient: Patient | None = None
) -> Session:
    """One whole session of 35 mg into a muscle, with these ratings, from its opening to its end."""
    session, first_dose = begun(clinic, days_ago=days_ago, patient=patient)
    for minute, depth in zip(MINUTES, said, strict=True):
        write(session, clinic.monitor, first_dose + timedelta(minutes=minute), Rating(depth=depth))
    leave(session, clinic, at=first_dose + timedelta(hours=6))
    return session


def slipped(clinic: made.Clinic) -> None:
    """Sessions whose patients feel far more than the crowd expects, as many as it takes to widen."""
    for number in range(FEWEST_SESSIONS):
        opened = log.state(log.rows(clinic.session)).opened
        assert opened is not None
        expected = ratings(crowds.population_of(opened), seed=number)
        said = TOO_DEEP if number % 3 else expected
        mark_session(finished(clinic, said, days_ago=100 - number), at=timezone.now())


def begun(
    clinic: made.Clinic, *, days_ago: float = 1.0, patient: Patient | None = None
) -> tuple[Session, datetime]:
    """A session up to its first dose, and when that was given."""
    opened = timezone.now() - timedelta(days=days_ago)
    patient = patient or made.patient()
    made.agree(patient, prescriber=clinic.prescriber, guide=clinic.guide, before=opened)
    screening.screen(patient, by=clinic.prescriber, at=opened - timedelta(hours=2), is_opened=False)
    screening.on_the_day(patient, by=clinic.monitor, at=opened - timedelta(minutes=10))
    reconciling.verify(
        patient, deed=reconciling.Deed(by=clinic.monitor, at=opened - timedelta(hours=1), key=uuid4())
    )
    order = _order(clinic, patient, at=opened)
    session = sessions.open_session(order.public_id, room="Room 2", by=clinic.monitor, wall=opened)
    first_dose = opened + timedelta(minutes=5)
    asked = Check(item=CheckItem.CONSENT_TODAY, passed=True)
    taken = made.vitals(sbp=1220, dbp=780, hr=700, spo2=980)
    write(session, clinic.monitor, opened, taken, Alertness(moaas=5), asked)
    made.attend(session, at=opened)
    check = checked(session, by=clinic.monitor, second=clinic.prescriber, owner=clinic.owner, at=first_dose)
    write(session, clinic.monitor, first_dose, dose_of(check))
    return session, first_dose


def leave(session: Session, clinic: made.Clinic, *, at: datetime) -> None:
    """Everything that leaving asks for, and leaving."""
    seen = [Check(item=item, passed=True) for item in _PASSED]
    write(session, clinic.monitor, at, made.vitals(sbp=1200, dbp=760, spo2=980), Alertness(moaas=5), *seen)
    asked = sessions.recovery(session, at=at)
    is_barred = asked is None or asked.is_outside
    aside = (SetAside(barrier="CROWD-01", reason="Steady for hours."),) if is_barred else ()
    left = Command(
        session_id=session.public_id,
        key=uuid4(),
        payload=Left(overrides=aside),
        happened_at=at,
        author=Author(user_id=clinic.prescriber.pk),
        recovery=asked,
    )
    record([left], wall=at)[0].entry_or_refusal()


def _order(clinic: made.Clinic, patient: Patient, *, at: datetime) -> Order:
    order = made.order(patient, prescriber=clinic.prescriber, booster=True)
    unsaved = Order.objects.get(pk=order.pk)
    unsaved.pk, unsaved.public_id, unsaved.signed_at, unsaved.subjects = None, uuid4(), at, 64
    unsaved.version_hash = order_terms.version_hash(unsaved)
    unsaved.save(force_insert=True)
    return unsaved


def write(session: Session, by: User, at: datetime, *payloads: Payload) -> None:
    commands = [
        Command(
            session_id=session.public_id,
            key=uuid4(),
            payload=payload,
            happened_at=at,
            author=Author(user_id=by.pk),
        )
        for payload in payloads
    ]
    for outcome in record(commands, wall=at):
        outcome.entry_or_refusal()
