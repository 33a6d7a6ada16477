"""The demonstration's people, whose names say that they are invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from slackwater.actions import kit, medicines, patients, reconciling
from slackwater.actions.accounts import DEMO_PREFIX
from slackwater.actions.agreements.deeds import Deed, Proposal, draw_up
from slackwater.actions.agreements.past import Parties, agree, usual
from slackwater.actions.eligibility import past as screening
from slackwater.actions.incidents import telling
from slackwater.actions.incidents.lines import Deed as Told
from slackwater.actions.patients import NewPatient
from slackwater.catalogue.rescue import load_kit
from slackwater.records.models import Patient, Role, User
from slackwater.rules.incidents.log import Subject
from slackwater.rules.rescue.kit import Found
from slackwater.terms.sex import Sex

_STAFF = {
    Role.MONITOR: ("Noor", "Notreal"),
    Role.PRESCRIBER: ("Imogen", "Invented"),
    Role.GUIDE: ("Gil", "Fictive"),
    Role.OWNER: ("Ola", "Madeup"),
    Role.REVIEWER: ("Rae", "Unreal"),
    Role.PATIENT: ("Ada", "Sample"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """An invented patient."""

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    grams: int


# Agreements are made in good time before a session (AGR-01).
_BEFORE = timedelta(days=4)
_SCREENED_BEFORE, _ASKED_BEFORE = timedelta(hours=1), timedelta(minutes=12)

ADA = Synthetic(
    given_name="Ada", family_name="Sample", birth_date=date(1992, 3, 14), sex=Sex.FEMALE, grams=71_000
)
BEN = Synthetic(
    given_name="Ben", family_name="Specimen", birth_date=date(1979, 8, 2), sex=Sex.MALE, grams=88_000
)
CLEO = Synthetic(
    given_name="Cleo", family_name="Placeholder", birth_date=date(1974, 11, 30), sex=Sex.FEMALE, grams=63_000
)


EVE = Synthetic(
    given_name="Eve", family_name="Unsigned", birth_date=date(1988, 6, 9), sex=Sex.FEMALE, grams=66_000
)


_CLEO_TAKES = (
    reconciling.Told(
        words="sertraline", dose="50 mg", how_often="every morning", source=reconciling.Source.BOTTLE
    ),
    reconciling.Told(words="lorazepam", dose="1 mg", how_often="at night", source=reconciling.Source.PATIENT),
)

# Who signs in to read and sign.
WAITING = f"{DEMO_PREFIX}{Role.PATIENT}-eve-unsigned"


def staff(role: Role) -> User:
    """Whoever has this role in the demonstration. They have no password: one signs in as them by a button."""
    given, family = _STAFF[role]
    user, is_new = User.objects.get_or_create(
        username=f"{DEMO_PREFIX}{role.value}",
        defaults={"first_name": given, "last_name": family, "role": role.value},
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def kit_signed(*, at: datetime) -> None:
    """The rescue kit was gone through this week, as every week."""
    if not kit.is_signed(at):
        found = {item.key: Found.HERE for item in load_kit().items}
        kit.sign(found, by=staff(Role.MONITOR), at=at, key=uuid4())


def _sign_in(who: Synthetic) -> User:
    """Somebody signs their agreement, so everybody can; only some of them have a button."""
    user, _ = User.objects.get_or_create(
        username=f"{DEMO_PREFIX}{Role.PATIENT}-{who.given_name}-{who.family_name}".lower(),
        defaults={"first_name": who.given_name, "last_name": who.family_name, "role": Role.PATIENT.value},
    )
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user


def agreed(patient: Patient, *, at: datetime) -> None:
    """The patient has said yes to the usual, some days before `at`, unless they did before."""
    if patient.agreement_lines.exists() or patient.user is None:
        return
    prescriber, guide, monitor = staff(Role.PRESCRIBER), staff(Role.GUIDE), staff(Role.MONITOR)
    parties = Parties(patient=patient.user, prescriber=prescriber, guide=guide)
    permits = usual([prescriber, guide, monitor], toucher=guide)
    agree(patient, permits, parties=parties, at=at - _BEFORE)


def screened(patient: Patient, *, at: datetime) -> None:
    """Asked before the course, again where that has become too old, and on the day of a dose at `at`."""
    prescriber = staff(Role.PRESCRIBER)
    if patient.intake_lines.exists():
        screening.keep_fresh(patient, by=prescriber, at=at - _SCREENED_BEFORE)
    else:
        screening.screen(patient, by=prescriber, at=at - _SCREENED_BEFORE)
    screening.on_the_day(patient, by=staff(Role.MONITOR), at=at - _ASKED_BEFORE)


def waiting(*, wall: datetime) -> None:
    """Those who are in no room: Cleo has agreed, and Eve has a draft to tell back and to sign."""
    cleo = patient(CLEO, at=wall)
    agreed(cleo, at=wall)
    screening.keep_fresh(cleo, by=staff(Role.PRESCRIBER), at=wall)
    screening.on_the_day(cleo, by=staff(Role.MONITOR), at=wall)
    eve = patient(EVE, at=wall)
    if not eve.agreement_lines.exists():
        guide = staff(Role.GUIDE)
        permits = usual([guide, staff(Role.MONITOR)], toucher=guide)
        proposal = Proposal(
            permits=permits, expires_at=wall + timedelta(days=180), stop_word="red", stop_sign="hand flat up"
        )
        draw_up(eve, proposal, deed=Deed(by=guide, at=wall, key=uuid4()))


def reported(*, wall: datetime) -> None:
    """Ben told something that the reviewer can look into."""
    ben = patient(BEN, at=wall).user
    if ben is None or ben.reports.exists():
        return
    deed = Told(by=ben, at=wall, key=uuid4())
    report = telling.begin(Subject.PRESSURE, deed=deed).report
    words = "Synthetic: I was asked three times whether I wanted the light off. I had said no before."
    telling.add(report, telling.More(words=words, others="The person by the door"), deed=deed.another())


def everyone() -> list[User]:
    """One of each role."""
    return [staff(role) for role in _STAFF]


def patient(who: Synthetic, *, at: datetime) -> Patient:
    """The invented patient, registered and weighed if need be."""
    found = Patient.objects.filter(given_name=who.given_name, family_name=who.family_name).first()
    if found is None:
        details = NewPatient(
            given_name=who.given_name, family_name=who.family_name, birth_date=who.birth_date, sex=who.sex
        )
        found = patients.register(details, by=staff(Role.MONITOR), at=at)
        found.user = staff(Role.PATIENT) if who is ADA else _sign_in(who)
        found.save(update_fields=["user"])
    weight = patients.current_weight(found)
    if weight is None or patients.is_old(weight, at=at):
        patients.weigh(found, grams=who.grams, by=staff(Role.MONITOR), at=at)
    if medicines.list_gaps(found, at=at):
        reconciling.verify(found, deed=_deed(Role.PRESCRIBER, at))
    return found


def told_since(*, wall: datetime) -> None:
    """After her visit Cleo has told of more that she takes: it waits to be gone through and decided about."""
    patient = Patient.objects.filter(family_name=CLEO.family_name, birth_date=CLEO.birth_date).first()
    if patient is None or medicines.on_list(patient):
        return
    for told in _CLEO_TAKES:
        reconciling.tell(patient, told, deed=_deed(Role.MONITOR, wall))


def _deed(role: Role, at: datetime) -> reconciling.Deed:
    return reconciling.Deed(by=staff(role), at=at, key=uuid4())
