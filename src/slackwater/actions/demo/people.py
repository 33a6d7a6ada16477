"""The demonstration's people, whose names say that they are invented."""

from dataclasses import dataclass
from datetime import date, datetime

from slackwater.actions import patients
from slackwater.actions.accounts import DEMO_PREFIX
from slackwater.actions.patients import NewPatient
from slackwater.records.models import Patient, Role, User
from slackwater.terms.sex import Sex

_STAFF = {
    Role.MONITOR: ("Noor", "Notreal"),
    Role.PRESCRIBER: ("Imogen", "Invented"),
    Role.GUIDE: ("Gil", "Fictive"),
    Role.OWNER: ("Ola", "Madeup"),
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


ADA = Synthetic(
    given_name="Ada", family_name="Sample", birth_date=date(1992, 3, 14), sex=Sex.FEMALE, grams=71_000
)
BEN = Synthetic(
    given_name="Ben", family_name="Specimen", birth_date=date(1979, 8, 2), sex=Sex.MALE, grams=88_000
)
CLEO = Synthetic(
    given_name="Cleo", family_name="Placeholder", birth_date=date(1974, 11, 30), sex=Sex.FEMALE, grams=63_000
)


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
        if who is ADA:
            found.user = staff(Role.PATIENT)
            found.save(update_fields=["user"])
    weight = patients.current_weight(found)
    if weight is None or patients.is_old(weight, at=at):
        patients.weigh(found, grams=who.grams, by=staff(Role.MONITOR), at=at)
    return found
