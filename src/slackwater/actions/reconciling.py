"""Going through a patient's medicines: how each is taken, when last, what is done on the day, checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from slackwater.actions import audit, medicines, patients
from slackwater.actions.policy import Permission, require
from slackwater.records.models import MedicineLine, Patient, User
from slackwater.rules.interactions.findings import DayPlan
from slackwater.terms.refusal import Problem, RefusedError

LONGEST, LONGEST_NOTE = 80, 400


class Source(StrEnum):
    """Who or what says how a medicine is taken."""

    PATIENT = "patient"
    PHARMACY = "pharmacy"
    BOTTLE = "bottle"

    @property
    def label(self) -> str:
        return {"patient": "The patient", "pharmacy": "The pharmacy", "bottle": "The box or bottle"}[
            self.value
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How one medicine is taken. last_taken_at: None where nobody knows."""

    words: str
    dose: str
    how_often: str
    source: Source | None
    last_taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the patient said on the day. is_held: whether it was left out, None where it is not to be."""

    name: str
    last_taken_at: datetime | None
    is_held: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done with a medicine on the day. note: with whom it was spoken about, or why."""

    name: str
    plan: DayPlan
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who did it and when; a key that comes twice is one deed."""

    by: User
    at: datetime
    key: UUID


@transaction.atomic
def tell(patient: Patient, told: Told, *, deed: Deed) -> None:
    """List a medicine if need be, and keep how it is taken. A verified list then has to be verified anew."""
    require(deed.by, Permission.KEEP_MEDICINES, patient)
    if _is_done(patient, deed):
        return
    _refuse([*_told_problems(told), *_time_problems(told.last_taken_at, deed.at)])
    name = medicines.from_words(told.words)
    patients.list_medicine(patient, name=name, by=deed.by, at=deed.at)
    _write(
        patient,
        deed,
        kind="told",
        name=name,
        dose=told.dose.strip(),
        how_often=told.how_often.strip(),
        source=told.source.value if told.source else "",
        last_taken_at=told.last_taken_at,
    )
    audit.keep(audit.Act.MEDICINE_TOLD, by=deed.by, at=deed.at, subject=patient.public_id)


@transaction.atomic
def answer(patient: Patient, given: Answer, *, deed: Deed) -> None:
    """Keep when a medicine was last taken, as asked now, and whether it was left out as planned."""
    require(deed.by, Permission.KEEP_MEDICINES, patient)
    if _is_done(patient, deed):
        return
    found = _on_list(patient, given.name)
    problems = [*_time_problems(given.last_taken_at, deed.at)]
    if given.is_held is None and found.plan is not None and found.plan.leaves_out:
        problems.append(
            _problem(
                "is_held", "missing", "It is to be left out, and it was not asked whether it was.", "Ask it."
            )
        )
    _refuse(problems)
    _write(
        patient,
        deed,
        kind="asked",
        name=given.name,
        last_taken_at=given.last_taken_at,
        is_held=given.is_held,
    )
    audit.keep(audit.Act.MEDICINE_ASKED, by=deed.by, at=deed.at, subject=patient.public_id)


@transaction.atomic
def decide(patient: Patient, decision: Decision, *, deed: Deed) -> None:
    """Keep what is done with a medicine on the day; a prescriber decides it."""
    require(deed.by, Permission.DECIDE_MEDICINES, patient)
    if _is_done(patient, deed):
        return
    _on_list(patient, decision.name)
    _refuse([*_too_long("note", decision.note, LONGEST_NOTE)])
    _write(
        patient,
        deed,
        kind="planned",
        name=decision.name,
        plan=decision.plan.value,
        note=decision.note.strip(),
    )
    audit.keep(audit.Act.MEDICINE_PLANNED, by=deed.by, at=deed.at, subject=patient.public_id)


@transaction.atomic
def verify(patient: Patient, *, deed: Deed) -> None:
    """A licensed person has gone through the whole list as it stands, also where nothing is on it.

    Raises RefusedError naming each medicine of which it is not known how it is taken or who says so.
    """
    require(deed.by, Permission.VERIFY_MEDICINES, patient)
    if _is_done(patient, deed):
        return
    found = medicines.on_list(patient)
    _refuse(
        [
            _problem(
                "list",
                "incomplete",
                f"{one.medicine.label}: its dose, how often it is taken and who says so are not written.",
                "Write them first.",
            )
            for one in found
            if one.told is None
        ]
    )
    _write(patient, deed, kind="verified", names=[one.medicine.name for one in found])
    audit.keep(audit.Act.MEDICINES_VERIFIED, by=deed.by, at=deed.at, subject=patient.public_id)


def _write(patient: Patient, deed: Deed, **line: object) -> None:
    MedicineLine.objects.create(
        patient=patient,
        key=deed.key,
        happened_at=deed.at,
        by=deed.by,
        by_name=deed.by.shown_name,
        **line,
    )


def _is_done(patient: Patient, deed: Deed) -> bool:
    """Whether this came before; whoever presses twice at once waits here for the first."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    return MedicineLine.objects.filter(key=deed.key).exists()


def _on_list(patient: Patient, name: str) -> medicines.OnList:
    found = next((one for one in medicines.on_list(patient) if one.medicine.name == name), None)
    if found is None:
        raise RefusedError(
            _problem("name", "not-listed", "This medicine is not on the list any more.", "Look at it again.")
        )
    return found


def _told_problems(told: Told) -> Iterator[Problem]:
    for field, text, what in (
        ("medicine", told.words, "The name of the medicine"),
        ("dose", told.dose, "The dose"),
        ("how_often", told.how_often, "How often it is taken"),
    ):
        if not text.strip():
            yield _problem(field, "missing", f"{what} is missing.", "Write it, or that nobody knows.")
        yield from _too_long(field, text, LONGEST)
    if told.source is None:
        yield _problem("source", "missing", "Who says so is missing.", "Choose one.")


def _too_long(field: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text.strip()) > longest:
        yield _problem(
            field, "too-long", f"This has {len(text.strip())} characters.", f"Write at most {longest}."
        )


def _time_problems(moment: datetime | None, at: datetime) -> Iterator[Problem]:
    if moment is not None and moment > at:
        yield _problem("taken_on", "in-the-future", "This is later than now.", "Check the day and the time.")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise RefusedError(*problems)


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)
