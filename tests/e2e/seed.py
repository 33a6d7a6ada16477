"""Fills a new demonstration's database, in a process of its own: people, patients, orders, open rooms.

`python -m tests.e2e.seed FILE` writes to FILE what the tests need to find everything again. It goes through
the same actions as the pages do.
"""

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from tests.e2e.people import PASSWORD, ROOMS, Room

django.setup()

from django.core.management import call_command  # noqa: E402  settings first
from django.utils import timezone  # noqa: E402
from tests import marked, stock  # noqa: E402
from tests.checked import checked, dose_of  # noqa: E402
from tests.clinic import Clinic  # noqa: E402
from tests.virtual import MINUTES  # noqa: E402

from slackwater.actions import accounts, clock, installation, kit, orders, patients, reconciling, sessions  # noqa: E402
from slackwater.actions.agreements import past  # noqa: E402
from slackwater.actions.agreements.deeds import person_of  # noqa: E402
from slackwater.actions.eligibility import past as screening  # noqa: E402
from slackwater.actions.entries.writer import writer  # noqa: E402
from slackwater.actions.incidents import telling  # noqa: E402
from slackwater.actions.incidents.lines import Deed  # noqa: E402
from slackwater.catalogue.rescue import load_kit  # noqa: E402
from slackwater.records.models import Order, Patient, Role, Session, User  # noqa: E402
from slackwater.rules.dosing.order import BoosterText  # noqa: E402
from slackwater.rules.incidents.log import Subject  # noqa: E402
from slackwater.rules.planned import Part, PlannedFor  # noqa: E402
from slackwater.rules.rescue.kit import Found  # noqa: E402
from slackwater.rules.room.agreed import AskedMore, YesTo  # noqa: E402
from slackwater.rules.room.log import Alertness, Check, CheckItem, Rating, Vitals, VitalSource  # noqa: E402
from slackwater.rules.room.presence import CameIn, Place  # noqa: E402
from slackwater.terms.drug import Drug  # noqa: E402
from slackwater.terms.route import Route  # noqa: E402
from slackwater.terms.sex import Sex  # noqa: E402
from slackwater.terms.vitals import Quality, Reading, VitalCode  # noqa: E402
from slackwater.terms.zone import Zone  # noqa: E402

_STAFF = {
    Role.PRESCRIBER: ("Pia", "Prescribing"),
    Role.MONITOR: ("Mona", "Monitoring"),
    Role.GUIDE: ("Guido", "Guiding"),
    Role.OWNER: ("Olga", "Owning"),
    Role.PATIENT: ("Robin", "Invented"),
    Role.REVIEWER: ("Rita", "Reviewing"),
}
_BASELINE = {VitalCode.SBP: 1180, VitalCode.DBP: 760, VitalCode.HR: 680, VitalCode.SPO2: 980}
_AS_MOST_FEEL = (2, 4, 4, 2, 1, 0)
_ORDER = orders.Draft(drug=Drug.RACEMIC, route=Route.IM, dose_ug=35_000, hard_max_ug=35_000, model="rk1")
_PLANNED = PlannedFor(wish=Part(value=50, permille=400), closing=Part(value=18_000, permille=100))
_BOOSTER = BoosterText(cap_ug=10_000, earliest_s=600, latest_s=3600)


def main(file: Path) -> None:
    """Migrate, fill, and say what was made."""
    call_command("migrate", verbosity=0)
    installation.claim()
    writer.start()
    staff = {role: _person(role, *names) for role, names in _STAFF.items()}
    _person(Role.PATIENT, "Sam", "Stranger", username="stranger")
    kit.sign(
        {item.key: Found.HERE for item in load_kit().items},
        by=staff[Role.MONITOR],
        at=timezone.now(),
        key=uuid4(),
    )
    stock.vials(staff[Role.OWNER], len(ROOMS) + 6)
    made: dict[str, Any] = {"planned": str(_patient("Ines", "Planned", staff).public_id)}
    made |= {"rooms": {room.name: _room(room, staff) for room in ROOMS}}
    made |= {"ready": _ready(staff), "medicated": _medicated(staff)}
    made["slept"] = _the_day_before_yesterday(staff)
    _report(staff[Role.PATIENT], staff[Role.GUIDE])
    writer.stop()
    file.write_text(json.dumps(made), encoding="utf-8")


def _report(teller: User, named: User) -> None:
    deed = Deed(by=teller, at=timezone.now(), key=uuid4())
    report = telling.begin(Subject.PRESSURE, deed=deed).report
    more = telling.More(words="Asked again after I had said no.", people=(named.pk,))
    telling.add(report, more, deed=deed.another())


def _person(role: Role, given: str, family: str, *, username: str = "") -> User:
    details = accounts.NewPerson(
        username=username or role.value, given_name=given, family_name=family, role=role, password=PASSWORD
    )
    return accounts.add_person(details, by=None, at=timezone.now())


def _patient(given: str, family: str, staff: dict[Role, User], *, user: User | None = None) -> Patient:
    user = user or _person(Role.PATIENT, given, family, username=f"{given}-{family}".lower())
    patient = _registered(given, family, staff, user=user)
    _agree(patient, staff)
    screening.screen(patient, by=staff[Role.PRESCRIBER], at=timezone.now() - timedelta(days=1))
    screening.on_the_day(patient, by=staff[Role.MONITOR], at=timezone.now() - timedelta(minutes=5))
    return patient


def _registered(given: str, family: str, staff: dict[Role, User], *, user: User) -> Patient:
    now = timezone.now()
    details = patients.NewPatient(
        given_name=given, family_name=family, birth_date=date(1990, 5, 17), sex=Sex.FEMALE
    )
    patient = patients.register(details, by=staff[Role.MONITOR], at=now)
    patients.weigh(patient, grams=70_000, by=staff[Role.MONITOR], at=now)
    reconciling.verify(patient, deed=reconciling.Deed(by=staff[Role.MONITOR], at=now, key=uuid4()))
    patient.user = user
    patient.save(update_fields=["user"])
    return patient


def _agree(patient: Patient, staff: dict[Role, User]) -> None:
    """The usual, days ago."""
    parties = past.Parties(patient=patient.user, prescriber=staff[Role.PRESCRIBER], guide=staff[Role.GUIDE])
    permits = past.usual([staff[Role.GUIDE], staff[Role.MONITOR]], toucher=staff[Role.GUIDE])
    past.agree(patient, permits, parties=parties, at=timezone.now() - timedelta(days=3))


def _order(patient: Patient, staff: dict[Role, User], *, is_boosted: bool = False) -> Order:
    boosted = replace(_ORDER, hard_max_ug=45_000, booster=_BOOSTER, planned=_PLANNED)
    draft = boosted if is_boosted else _ORDER
    return orders.sign(draft, patient, reason="For a test.", by=staff[Role.PRESCRIBER], at=timezone.now())


def _ready(staff: dict[Role, User]) -> dict[str, str]:
    """A signed order whose room nobody has opened yet."""
    patient = _patient("Rea", "Ready", staff)
    return {"patient": str(patient.public_id), "order": str(_order(patient, staff).public_id)}


def _the_day_before_yesterday(staff: dict[Role, User]) -> str:
    """Somebody whose visit is over but for a night's sleep and a teach-back, and who asked for more in it."""
    user = _person(Role.PATIENT, "Nell", "Rested", username="nell-rested")
    patient = _registered("Nell", "Rested", staff, user=user)
    elsewhere = Session.objects.select_related("order").earliest("pk")
    clinic = Clinic(
        prescriber=staff[Role.PRESCRIBER],
        monitor=staff[Role.MONITOR],
        guide=staff[Role.GUIDE],
        owner=staff[Role.OWNER],
        patient=patient,
        patient_user=user,
        stranger=user,
        order=elsewhere.order,
        session=elsewhere,
    )
    session, dosed_at = marked.begun(clinic, days_ago=2, patient=patient)
    for minute, depth in zip(MINUTES, _AS_MOST_FEEL, strict=True):
        marked.write(session, clinic.monitor, dosed_at + timedelta(minutes=minute), Rating(depth=depth))
    feet = YesTo(item="touch", of=Zone.FEET.value, person=person_of(clinic.guide))
    marked.write(session, clinic.guide, dosed_at + timedelta(hours=1), AskedMore(wishes=(feet,)))
    marked.leave(session, clinic, at=dosed_at + timedelta(hours=6))
    return str(patient.public_id)


def _medicated(staff: dict[Role, User]) -> str:
    """Somebody whose list of medicines holds one of every grade, and waits to be gone through."""
    patient = _patient("Mia", "Medicated", staff)
    for words in ("sertraline", "lorazepam", "methadone", "cocaine", "an unlisted herb"):
        told = reconciling.Told(
            words=words, dose="1 mg", how_often="Daily", source=reconciling.Source.PATIENT
        )
        deed = reconciling.Deed(by=staff[Role.MONITOR], at=timezone.now(), key=uuid4())
        reconciling.tell(patient, told, deed=deed)
    return str(patient.public_id)


def _room(room: Room, staff: dict[Role, User]) -> dict[str, str]:
    user = staff[Role.PATIENT] if room.is_robins else None
    patient = _patient(room.name.capitalize(), "Roomed", staff, user=user)
    order = _order(patient, staff, is_boosted=room.is_boosted)
    session = sessions.open_session(
        order.public_id, room=f"{room.name.capitalize()} room", by=staff[Role.MONITOR], wall=timezone.now()
    )
    _baseline(session, staff[Role.MONITOR])
    _write(session, CameIn(place=Place.ROOM), by=staff[Role.GUIDE])
    if room.is_dosed:
        _dose(session, staff)
    return {
        "session": str(session.public_id),
        "patient": str(patient.public_id),
        "order": str(order.public_id),
        "name": patient.full_name,
    }


def _baseline(session: Session, by: User) -> None:
    readings = tuple(
        Reading(code=code, tenths=tenths, quality=Quality.OK) for code, tenths in _BASELINE.items()
    )
    _write(session, Vitals(source=VitalSource.HAND, readings=readings), by=by)
    _write(session, Alertness(moaas=5), by=by)
    _write(session, Check(item=CheckItem.CONSENT_TODAY, passed=True), by=by)
    _write(session, CameIn(place=Place.EARSHOT), by=by)


def _dose(session: Session, staff: dict[Role, User]) -> None:
    check = checked(session, by=staff[Role.MONITOR], second=staff[Role.PRESCRIBER], owner=staff[Role.OWNER])
    _write(session, dose_of(check), by=staff[Role.MONITOR])
    _write(session, Rating(depth=1), by=staff[Role.GUIDE])


def _write(session: Session, payload: Any, *, by: User) -> None:
    at = clock.room_time(clock.of_session(session), timezone.now() + timedelta(milliseconds=1))
    sessions.perform(session.public_id, payload, by=by, at=at, key=uuid4())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
