"""A list of medicines: told, asked about, decided, verified, and how long that counts."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.clinic import Clinic, deed, takes

from slackwater.actions import medicines, patients, reconciling
from slackwater.actions.reconciling import Answer, Decision, Deed, Source, Told
from slackwater.records.models import AuditEvent, MedicineLine, User
from slackwater.rules.interactions.findings import DayPlan
from slackwater.terms.refusal import RefusedError

LORAZEPAM = Told(words="Lorazepam", dose="1 mg", how_often="At night", source=Source.BOTTLE)


def tell(clinic: Clinic, told: Told = LORAZEPAM, *, by: User | None = None) -> None:
    reconciling.tell(clinic.patient, told, deed=deed(by or clinic.monitor))


def decide(clinic: Clinic, plan: DayPlan, *, by: User | None = None, name: str = "lorazepam") -> None:
    decision = Decision(name=name, plan=plan, note="Spoken about with the patient's own doctor")
    reconciling.decide(clinic.patient, decision, deed=deed(by or clinic.prescriber))


def answer(
    clinic: Clinic, *, last: datetime | None, held: bool | None = None, by: User | None = None
) -> None:
    given = Answer(name="lorazepam", last_taken_at=last, is_held=held)
    reconciling.answer(clinic.patient, given, deed=deed(by or clinic.monitor))


def ids(found: tuple[object, ...]) -> list[str]:
    return [f"{one.id} {one.severity.value}" for one in found]  # type: ignore[attr-defined]


def refused(refusal: pytest.ExceptionInfo[RefusedError]) -> dict[str, str]:
    return {problem.field: problem.code for problem in refusal.value.problems}


def test_what_is_told_is_listed_by_its_ingredient_and_reaches_the_engine(clinic: Clinic) -> None:
    tell(clinic, replace(LORAZEPAM, words="St John's wort"))
    assert patients.current_medicines(clinic.patient) == ("st-johns-wort",)
    [one] = medicines.on_list(clinic.patient)
    assert one.told is not None
    assert (one.told.dose, one.told.how_often, one.told.source) == ("1 mg", "At night", "bottle")
    assert one.told.by == clinic.monitor
    assert one.medicine.counted
    assert AuditEvent.objects.filter(kind="medicine-told").count() == 1


def test_what_the_catalogue_lacks_is_kept_and_not_known(clinic: Clinic) -> None:
    tell(clinic, replace(LORAZEPAM, words="An unlisted herb"))
    [one] = medicines.on_list(clinic.patient)
    assert one.medicine.name == "an unlisted herb"
    assert not one.medicine.checked


def test_telling_again_corrects_and_keeps_what_was_said_before(clinic: Clinic) -> None:
    tell(clinic)
    tell(clinic, replace(LORAZEPAM, dose="2 mg"))
    [one] = medicines.on_list(clinic.patient)
    assert one.told is not None
    assert one.told.dose == "2 mg"
    assert MedicineLine.objects.filter(kind="told").count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": "  "}, "medicine"),
        ({"dose": ""}, "dose"),
        ({"how_often": " "}, "how_often"),
        ({"source": None}, "source"),
        ({"dose": "x" * 81}, "dose"),
        ({"last_taken_at": timezone.now() + timedelta(days=2)}, "taken_on"),
    ],
)
def test_a_line_that_lacks_something_is_refused_by_name(
    clinic: Clinic, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        tell(clinic, replace(LORAZEPAM, **changes))  # type: ignore[arg-type]
    assert field in refused(refusal)
    assert not medicines.on_list(clinic.patient)


def test_a_list_counts_only_as_it_was_verified_and_not_for_ever(clinic: Clinic) -> None:
    now = timezone.now()
    assert medicines.list_gaps(clinic.patient, at=now) == ()
    tell(clinic)
    assert ids(medicines.list_gaps(clinic.patient, at=timezone.now())) == ["INT-02 unknown"]
    reconciling.verify(clinic.patient, deed=deed(clinic.prescriber))
    at = medicines.verified_at(clinic.patient)
    assert at is not None
    assert medicines.list_gaps(clinic.patient, at=at + timedelta(days=30)) == ()
    late = at + timedelta(days=30, seconds=1)
    assert ids(medicines.list_gaps(clinic.patient, at=late)) == ["INT-02 unknown"]
    patients.end_medicine(clinic.patient, name="lorazepam", by=clinic.monitor, at=timezone.now())
    assert ids(medicines.list_gaps(clinic.patient, at=timezone.now())) == ["INT-02 unknown"]


def test_a_name_without_how_it_is_taken_cannot_be_verified(clinic: Clinic) -> None:
    patients.list_medicine(clinic.patient, name="lorazepam", by=clinic.monitor, at=timezone.now())
    with pytest.raises(RefusedError, match="Lorazepam: its dose"):
        reconciling.verify(clinic.patient, deed=deed(clinic.prescriber))
    assert medicines.verified_at(clinic.patient) is None


def test_the_day_asks_about_each_and_whether_what_is_held_was_held(clinic: Clinic) -> None:
    now = timezone.now()
    takes(clinic.patient, "Lorazepam", "Sertraline", by=clinic.monitor)
    assert ids(medicines.asked_gaps(clinic.patient, at=now)) == ["INT-03 unknown"] * 2
    assert medicines.held_gaps(clinic.patient, at=now) == ()
    decide(clinic, DayPlan.HOLD)
    assert ids(medicines.held_gaps(clinic.patient, at=now)) == ["INT-04 unknown"]
    answer(clinic, last=now - timedelta(hours=20), held=True)
    now = timezone.now()
    assert medicines.held_gaps(clinic.patient, at=now) == ()
    [left] = medicines.asked_gaps(clinic.patient, at=now)
    assert "Sertraline" in left.sentence
    tomorrow = now + timedelta(days=1)
    assert ids(medicines.held_gaps(clinic.patient, at=tomorrow)) == ["INT-04 unknown"]


def test_held_but_taken_too_late_or_taken_all_the_same_stays_open(clinic: Clinic) -> None:
    takes(clinic.patient, "Lorazepam", by=clinic.monitor)
    decide(clinic, DayPlan.HOLD)
    answer(clinic, last=timezone.now() - timedelta(hours=11), held=True)
    assert ids(medicines.held_gaps(clinic.patient, at=timezone.now())) == ["INT-D01 stop"]
    answer(clinic, last=None, held=True)
    assert ids(medicines.held_gaps(clinic.patient, at=timezone.now())) == ["INT-D01 unknown"]
    answer(clinic, last=timezone.now(), held=False)
    assert ids(medicines.held_gaps(clinic.patient, at=timezone.now())) == ["INT-04 stop"]


def test_what_is_to_be_left_out_is_asked_about_by_name(clinic: Clinic) -> None:
    takes(clinic.patient, "Lorazepam", by=clinic.monitor)
    decide(clinic, DayPlan.STOP)
    with pytest.raises(RefusedError) as refusal:
        answer(clinic, last=None)
    assert refused(refusal) == {"is_held": "missing"}
    with pytest.raises(RefusedError) as refusal:
        answer(clinic, last=timezone.now() + timedelta(minutes=1), held=True)
    assert refused(refusal) == {"taken_on": "in-the-future"}


def test_a_medicine_that_was_ended_and_comes_back_starts_anew(clinic: Clinic) -> None:
    takes(clinic.patient, "Lorazepam", by=clinic.monitor)
    decide(clinic, DayPlan.HOLD)
    patients.end_medicine(clinic.patient, name="lorazepam", by=clinic.monitor, at=timezone.now())
    with pytest.raises(RefusedError, match="not on the list"):
        decide(clinic, DayPlan.TAKE)
    tell(clinic)
    [one] = medicines.on_list(clinic.patient)
    assert one.plan is None


def test_a_button_pressed_twice_is_one_deed(clinic: Clinic) -> None:
    once = Deed(by=clinic.monitor, at=timezone.now(), key=uuid4())
    for _press in range(2):
        reconciling.tell(clinic.patient, LORAZEPAM, deed=once)
    assert MedicineLine.objects.filter(kind="told").count() == 1


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("prescriber", {"tell", "answer", "decide", "verify"}),
        ("monitor", {"tell", "answer", "verify"}),
        ("guide", set()),
        ("patient_user", set()),
        ("owner", set()),
        ("stranger", set()),
    ],
)
def test_who_may_do_what(clinic: Clinic, who: str, may: set[str]) -> None:
    takes(clinic.patient, "Lorazepam", by=clinic.monitor)
    before, user = MedicineLine.objects.count(), getattr(clinic, who)
    acts = {
        "tell": lambda: tell(clinic, by=user),
        "answer": lambda: answer(clinic, last=None, by=user),
        "decide": lambda: decide(clinic, DayPlan.TAKE, by=user),
        "verify": lambda: reconciling.verify(clinic.patient, deed=deed(user)),
    }
    for name, act in acts.items():
        if name in may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()
    assert MedicineLine.objects.count() == before + len(may)


def test_a_line_is_never_changed_nor_taken_away(clinic: Clinic) -> None:
    tell(clinic)
    with pytest.raises(DatabaseError), transaction.atomic():
        MedicineLine.objects.update(dose="3 mg")
    with pytest.raises(DatabaseError), transaction.atomic():
        MedicineLine.objects.all().delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "guessed"},
        {"source": "neighbour"},
        {"plan": "half"},
        {"name": ""},
        {"kind": "planned", "plan": ""},
        {"dose": "x" * 81},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(clinic: Clinic, wrong: dict[str, str]) -> None:
    facts = {"kind": "told", "name": "lorazepam"} | wrong
    with pytest.raises(DatabaseError), transaction.atomic():
        MedicineLine.objects.create(
            patient=clinic.patient,
            key=uuid4(),
            happened_at=timezone.now(),
            by=clinic.monitor,
            by_name="Somebody",
            **facts,
        )
