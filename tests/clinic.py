"""People, orders and sessions for tests, made the way the clinic makes them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone
from tests.checked import checked, dose_of

from slackwater.actions import kit, order_terms, reconciling, sessions
from slackwater.actions.agreements import past
from slackwater.actions.agreements.past import Parties, usual
from slackwater.actions.eligibility import deeds as answering
from slackwater.actions.eligibility import past as screening
from slackwater.actions.entries.command import Author, Command
from slackwater.actions.entries.record import record_one
from slackwater.actions.reconciling import Deed, Source, Told
from slackwater.catalogue.rescue import load_kit
from slackwater.records.models import Order, Patient, Role, Session, User, Weight
from slackwater.rules.rescue.kit import Found
from slackwater.rules.room.log import Alertness, Check, CheckItem, DoseGiven, Payload, Vitals, VitalSource
from slackwater.rules.room.presence import CameIn, Place
from slackwater.terms.vitals import Quality, Reading, VitalCode

BORN = date(1990, 5, 17)


def person(role: Role, *, username: str = "") -> User:
    """Somebody who signs in."""
    return User.objects.create_user(
        username=username or f"{role.value}-{uuid4().hex[:6]}",
        password="a-long-passphrase",
        first_name=role.label,
        last_name="Test",
        role=role.value,
    )


def patient(*, user: User | None = None) -> Patient:
    """A patient of 70 kg, whose list of medicines was gone through: there is nothing on it."""
    made = Patient.objects.create(
        user=user, given_name="Robin", family_name="Synthetic", birth_date=BORN, sex="female"
    )
    by = User.objects.filter(role=Role.MONITOR.value).first() or person(Role.MONITOR)
    Weight.objects.create(patient=made, grams=70_000, measured_at=timezone.now(), by=by)
    reconciling.verify(made, deed=deed(by))
    return made


def deed(by: User) -> Deed:
    """Something done now, once."""
    return Deed(by=by, at=timezone.now(), key=uuid4())


def takes(of: Patient, *words: str, by: User, last_taken_at: datetime | None = None) -> None:
    """The patient takes these, and the list was gone through with them on it."""
    for one in words:
        told = Told(
            words=one,
            dose="As on the box",
            how_often="Daily",
            source=Source.PATIENT,
            last_taken_at=last_taken_at,
        )
        reconciling.tell(of, told, deed=deed(by))
    reconciling.verify(of, deed=deed(by))


def agree(
    of: Patient, *, prescriber: User, guide: User | None = None, before: datetime | None = None
) -> None:
    """The patient has said yes to the usual, long ago or days before `before`, unless they already had.

    Whoever cannot sign in yet now can.
    """
    if of.agreement_lines.exists():
        return
    guide = guide or User.objects.filter(role=Role.GUIDE.value).first() or person(Role.GUIDE)
    if of.user is None:
        of.user = person(Role.PATIENT)
        of.save(update_fields=["user"])
    parties = Parties(patient=of.user, prescriber=prescriber, guide=guide)
    permits = usual([prescriber, guide], toucher=guide)
    past.agree(
        of, permits, parties=parties, at=(before or timezone.now() - timedelta(days=150)) - timedelta(days=3)
    )


def screen(of: Patient, *, prescriber: User, ago: timedelta = timedelta(days=1)) -> None:
    """Nothing stands against the patient, and a course is open, unless it was so already."""
    if not of.intake_lines.exists():
        screening.screen(of, by=prescriber, at=timezone.now() - ago)


def asked_since(clinic: "Clinic") -> None:
    """How it has been since the visit: neither longing nor anything of the bladder."""
    well: dict[str, bool | frozenset[str]] = {"watch.craving": False, "watch.bladder": frozenset()}
    answering.answer(clinic.patient, "since", well, by=clinic.guide, at=timezone.now(), key=uuid4())


def screened_today(clinic: "Clinic", *, at: datetime | None = None) -> None:
    """What is asked on the day was asked then, or a quarter of an hour ago."""
    at = at or timezone.now() - timedelta(minutes=15)
    screening.on_the_day(clinic.patient, by=clinic.monitor, at=at)


def order(of: Patient, *, prescriber: User, booster: bool = False, subjects: int = 256) -> Order:
    """A signed order for 35 mg into a vein over 40 min, or into a muscle with a booster."""
    made = Order(
        patient=of,
        prescriber=prescriber,
        drug="racemic",
        route="im" if booster else "iv",
        dose_ug=35_000,
        duration_s=0 if booster else 2400,
        booster_ug=10_000 if booster else None,
        booster_earliest_s=900 if booster else None,
        booster_latest_s=3600 if booster else None,
        hard_max_ug=45_000 if booster else 35_000,
        weight_g=70_000,
        age_years=34,
        sex="female",
        medicines=[],
        model="rk1",
        seed=1,
        subjects=subjects,
        signed_at=timezone.now(),
    )
    made.version_hash = order_terms.version_hash(made)
    made.save()
    return made


def ready_kit(*, at: datetime | None = None) -> None:
    """The rescue kit is whole, and signed this week."""
    wall = at or timezone.now()
    if not kit.is_signed(wall):
        by = User.objects.filter(role=Role.MONITOR.value).first() or person(Role.MONITOR)
        kit.sign({item.key: Found.HERE for item in load_kit().items}, by=by, at=wall, key=uuid4())


def attend(
    session: Session, *, guide: User | None = None, monitor: User | None = None, at: datetime | None = None
) -> None:
    """Two members of staff sign in: a guide in the room, a monitor within earshot."""
    wall = at or timezone.now()
    ready_kit(at=wall)
    guide, monitor = guide or person(Role.GUIDE), monitor or person(Role.MONITOR)
    for by, place in ((guide, Place.ROOM), (monitor, Place.EARSHOT)):
        came = Command(
            session_id=session.public_id,
            key=uuid4(),
            payload=CameIn(place=place),
            happened_at=wall,
            author=Author(user_id=by.pk),
        )
        record_one(came, wall=wall).entry_or_refusal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One of everybody, and one open session."""

    prescriber: User
    monitor: User
    guide: User
    patient_user: User
    owner: User
    stranger: User
    patient: Patient
    order: Order
    session: Session

    def command(self, payload: Payload, *, by: User | None = None, **changes: object) -> Command:
        """A command for this clinic's session, by the monitor and of this moment unless told otherwise."""
        facts: dict[str, object] = {
            "session_id": self.session.public_id,
            "key": uuid4(),
            "payload": payload,
            "happened_at": timezone.now(),
            "author": Author(user_id=(by or self.monitor).pk),
        }
        return Command(**(facts | changes))  # type: ignore[arg-type]  # the dataclass checks what is given

    def baseline(self) -> None:
        """What must be known before the first dose: alert, with a pressure, and asked again today."""
        screened_today(self)
        asked = Check(item=CheckItem.CONSENT_TODAY, passed=True)
        for payload in (vitals(sbp=1220, dbp=780, hr=700, spo2=980), Alertness(moaas=5), asked):
            sessions.perform(self.session.public_id, payload, by=self.monitor, at=timezone.now(), key=uuid4())
        attend(self.session, guide=self.guide, monitor=self.monitor)

    def dose(self, number: int = 1, *, ug: int | None = None, at: datetime | None = None) -> DoseGiven:
        """The first dose as ordered, or the booster, just checked by the monitor and the prescriber."""
        check = checked(
            self.session,
            by=self.monitor,
            second=self.prescriber,
            owner=self.owner,
            number=number,
            ug=ug,
            at=at,
        )
        return dose_of(check)


def clinic(
    *, booster: bool = False, subjects: int = 256, is_agreed: bool = True, is_screened: bool = True
) -> Clinic:
    """A clinic with one open session, of a patient who was screened and agreed unless told otherwise."""
    prescriber, monitor, guide, owner = map(person, (Role.PRESCRIBER, Role.MONITOR, Role.GUIDE, Role.OWNER))
    patient_user, stranger = person(Role.PATIENT), person(Role.PATIENT)
    treated = patient(user=patient_user)
    patient(user=stranger)
    if is_agreed:
        agree(treated, prescriber=prescriber, guide=guide)
    ready_kit()
    if is_screened and is_agreed:
        screen(treated, prescriber=prescriber)
    signed = order(treated, prescriber=prescriber, booster=booster, subjects=subjects)
    session = sessions.open_session(signed.public_id, room="Room 1", by=monitor, wall=timezone.now())
    return Clinic(
        prescriber=prescriber,
        monitor=monitor,
        guide=guide,
        patient_user=patient_user,
        owner=owner,
        stranger=stranger,
        patient=treated,
        order=signed,
        session=session,
    )


def vitals(source: VitalSource = VitalSource.HAND, **tenths: int) -> Vitals:
    """Readings, by code, in tenths."""
    readings = tuple(
        Reading(code=VitalCode(code), tenths=value, quality=Quality.OK) for code, value in tenths.items()
    )
    return Vitals(source=source, readings=readings)
