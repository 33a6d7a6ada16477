"""Agreements kept for real: who may write what, what stands in the way, and what holds afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests import clinic as made
from tests import marked
from tests.clinic import Clinic

from slackwater.actions import boards, sessions, windows
from slackwater.actions.agreements import deeds, lines
from slackwater.actions.agreements.deeds import Deed, Proposal, person_of
from slackwater.actions.agreements.held import held
from slackwater.actions.policy import DeniedError
from slackwater.catalogue.agreement_texts import load_agreement_texts
from slackwater.records.models import AgreementLine, Entry, Order, Patient, Role, Session, User
from slackwater.rules.agreements.log import Narrowed, Sign, everything
from slackwater.rules.agreements.permits import Item, Permit, Permits, touch
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route
from slackwater.terms.zone import Zone

DAY = timedelta(days=1)
TREATMENT = Permit(item=Item.TREATMENT)
# What a dose needs.
NEEDED = frozenset(
    {
        TREATMENT,
        Permit(item=Item.OFF_LABEL),
        *(Permit(item=Item.ROUTE, of=route.value) for route in (Route.IM, Route.IV)),
    }
)
WHOLE = {question.name: 2 for question in load_agreement_texts().questions}
SAID = [2, 4, 4, 2, 1, 0]


@pytest.fixture(autouse=True)
def _pass_mark(settings) -> Iterator[None]:
    settings.TEACH_BACK_PASS_MARK = 15
    return iter(())


@pytest.fixture
def clinic(db: None) -> Clinic:
    """One in which nothing has been agreed."""
    return made.clinic(is_agreed=False)


def deed(by: User, at: datetime | None = None) -> Deed:
    return Deed(by=by, at=at or timezone.now(), key=uuid4())


def hands(clinic: Clinic) -> Permit:
    return touch(Zone.HANDS, person_of(clinic.guide))


def hug(clinic: Clinic) -> Permit:
    return touch(Zone.HUG, person_of(clinic.guide))


def usual(clinic: Clinic) -> Permits:
    return NEEDED | {hands(clinic)}


def agreed(clinic: Clinic, permits: Permits, *, at: datetime | None = None) -> int:
    """Drawn up, told back and signed by all three, at this moment."""
    draft = drawn_up(clinic, permits, at=at)
    deeds.hear_back(clinic.patient, draft, WHOLE, deed=deed(clinic.guide, at), is_rehearsed=True)
    for user in (clinic.patient_user, clinic.prescriber, clinic.guide):
        deeds.sign(clinic.patient, draft, deed=deed(user, at))
    return draft


def drawn_up(clinic: Clinic, permits: Permits, *, at: datetime | None = None) -> int:
    expires_at = (at or timezone.now()) + 90 * DAY
    return deeds.draw_up(clinic.patient, proposed(permits, expires_at), deed=deed(clinic.guide, at)).number


def proposed(permits: Permits, expires_at: datetime) -> Proposal:
    return Proposal(permits=permits, expires_at=expires_at, stop_word="red", stop_sign="hand flat up")


def permits(clinic: Clinic) -> Permits:
    return held(clinic.patient, at=timezone.now()).now.permits


def codes(caught: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_yes_needs_all_three_and_a_no_needs_anybody(clinic: Clinic):
    draft = drawn_up(clinic, usual(clinic))
    deeds.hear_back(clinic.patient, draft, WHOLE, deed=deed(clinic.guide), is_rehearsed=True)
    for user in (clinic.patient_user, clinic.prescriber):
        deeds.sign(clinic.patient, draft, deed=deed(user))
        assert permits(clinic) == frozenset()
    deeds.sign(clinic.patient, draft, deed=deed(clinic.guide))
    assert permits(clinic) == usual(clinic)
    deeds.narrow(
        clinic.patient,
        Narrowed(gone=frozenset({hands(clinic)}), sign=Sign.GESTURE),
        happened_at=timezone.now(),
        deed=deed(clinic.monitor),
    )
    assert permits(clinic) == NEEDED
    deeds.narrow(
        clinic.patient, everything(Sign.TAP), happened_at=timezone.now(), deed=deed(clinic.patient_user)
    )
    assert permits(clinic) == frozenset()


@pytest.mark.parametrize("who", ["owner", "stranger"])
def test_outsiders_write_nothing_and_are_told_nothing(clinic: Clinic, who: str):
    draft, outsider = drawn_up(clinic, usual(clinic)), deed(getattr(clinic, who))
    now = timezone.now()
    for act in (
        lambda: deeds.draw_up(clinic.patient, proposed(usual(clinic), now + DAY), deed=outsider),
        lambda: deeds.hear_back(clinic.patient, draft, WHOLE, deed=outsider),
        lambda: deeds.sign(clinic.patient, draft, deed=outsider),
        lambda: deeds.narrow(clinic.patient, everything(Sign.TAP), happened_at=now, deed=outsider),
        lambda: deeds.keep_wish(clinic.patient, usual(clinic), happened_at=now, deed=outsider),
        lambda: deeds.say_slept(clinic.patient, str(clinic.session.public_id), deed=outsider),
    ):
        with pytest.raises(DeniedError):
            act()
    assert [row.kind for row in lines.rows(clinic.patient)] == ["room_opened", "drafted"]


def test_a_monitor_and_a_patient_draw_nothing_up_and_a_monitor_signs_nothing(clinic: Clinic):
    draft = drawn_up(clinic, usual(clinic))
    for user in (clinic.monitor, clinic.patient_user):
        with pytest.raises(DeniedError):
            deeds.draw_up(clinic.patient, proposed(usual(clinic), timezone.now() + DAY), deed=deed(user))
        with pytest.raises(DeniedError):
            deeds.hear_back(clinic.patient, draft, WHOLE, deed=deed(user))
    with pytest.raises(DeniedError):
        deeds.sign(clinic.patient, draft, deed=deed(clinic.monitor))


def test_touch_is_agreed_with_people_who_work_here_alone(clinic: Clinic):
    strangers = frozenset({touch(Zone.FEET, person_of(clinic.owner)), touch(Zone.HANDS, "user:0")})
    with pytest.raises(RefusedError) as caught:
        drawn_up(clinic, usual(clinic) | strangers)
    assert codes(caught) == ["unknown-person", "unknown-person"]


def test_a_teach_back_that_broke_off_is_kept_nowhere(clinic: Clinic):
    draft = drawn_up(clinic, usual(clinic))
    with pytest.raises(RefusedError) as caught:
        deeds.hear_back(clinic.patient, draft, {"why": 2}, deed=deed(clinic.guide))
    assert set(codes(caught)) == {"missing"}
    with pytest.raises(RefusedError) as caught:
        deeds.sign(clinic.patient, draft, deed=deed(clinic.guide))
    assert codes(caught) == ["AGR-04"]


def test_without_a_pass_mark_of_its_own_a_clinic_agrees_nothing(clinic: Clinic, settings):
    settings.TEACH_BACK_PASS_MARK = None
    with pytest.raises(RefusedError) as caught:
        deeds.hear_back(clinic.patient, drawn_up(clinic, usual(clinic)), WHOLE, deed=deed(clinic.guide))
    assert codes(caught) == ["pass-mark"]


def test_the_same_deed_twice_is_one_line_and_another_under_its_key_is_refused(clinic: Clinic):
    once = deed(clinic.monitor)
    said = Narrowed(gone=usual(clinic), sign=Sign.WORD)
    first = deeds.narrow(clinic.patient, said, happened_at=once.at, deed=once)
    again = deeds.narrow(clinic.patient, said, happened_at=once.at, deed=replace(once, at=once.at + DAY))
    assert again.pk == first.pk
    with pytest.raises(RefusedError) as caught:
        deeds.narrow(clinic.patient, everything(Sign.WORD), happened_at=once.at, deed=once)
    assert codes(caught) == ["key-reused"]


@pytest.fixture
def under_the_drug(clinic: Clinic) -> Clinic:
    """Somebody who agreed four days ago and was given a dose two days ago. They left, seen to be well."""
    user = made.person(Role.PATIENT)
    clinic = replace(clinic, patient=made.patient(user=user), patient_user=user)
    agreed(clinic, usual(clinic), at=timezone.now() - 4 * DAY)
    return replace(clinic, session=marked.finished(clinic, SAID, days_ago=2, patient=clinic.patient))


def test_in_a_window_nothing_is_drawn_up_and_a_wish_is_kept(under_the_drug: Clinic):
    clinic = under_the_drug
    found = held(clinic.patient, at=timezone.now())
    assert found.now.is_locked
    assert found.now.permits == usual(clinic)
    with pytest.raises(RefusedError) as caught:
        drawn_up(clinic, usual(clinic) | {hug(clinic)})
    assert codes(caught) == ["AGR-02"]
    deeds.keep_wish(
        clinic.patient, frozenset({hug(clinic)}), happened_at=timezone.now(), deed=deed(clinic.patient_user)
    )
    found = held(clinic.patient, at=timezone.now())
    assert found.now.permits == usual(clinic)
    assert found.now.wishes == {hug(clinic)}


def test_the_window_closes_with_sleep_and_a_teach_back_and_then_more_can_be_agreed(under_the_drug: Clinic):
    clinic = under_the_drug
    version = held(clinic.patient, at=timezone.now()).now.version
    assert version is not None
    with pytest.raises(RefusedError) as caught:
        deeds.hear_back(clinic.patient, version.number, WHOLE, deed=deed(clinic.guide))
    assert codes(caught) == ["R07.sleep"]
    deeds.say_slept(clinic.patient, str(clinic.session.public_id), deed=deed(clinic.patient_user))
    deeds.hear_back(clinic.patient, version.number, WHOLE, deed=deed(clinic.guide))
    assert not held(clinic.patient, at=timezone.now()).now.is_locked
    room = boards.room(clinic.session, at=timezone.now())
    assert not windows.window(clinic.session, room.state, at=room.at).is_open
    agreed(clinic, usual(clinic) | {hug(clinic)})
    assert permits(clinic) == usual(clinic) | {hug(clinic)}


def test_a_failed_teach_back_closes_nothing(under_the_drug: Clinic):
    clinic = under_the_drug
    version = held(clinic.patient, at=timezone.now()).now.version
    assert version is not None
    deeds.say_slept(clinic.patient, str(clinic.session.public_id), deed=deed(clinic.monitor))
    deeds.hear_back(clinic.patient, version.number, dict.fromkeys(WHOLE, 1), deed=deed(clinic.guide))
    assert held(clinic.patient, at=timezone.now()).now.is_locked


def test_somebody_given_a_drug_before_anything_was_agreed_can_end_the_window(clinic: Clinic):
    other = made.patient(user=made.person(Role.PATIENT))
    session = _dosed_on_paper(clinic, other)
    assert held(other, at=timezone.now()).now.is_locked
    deeds.say_slept(other, str(session.public_id), deed=deed(clinic.monitor))
    deeds.hear_back(other, 0, WHOLE, deed=deed(clinic.guide))
    assert not held(other, at=timezone.now()).now.is_locked


def test_what_was_signed_once_the_room_was_open_does_not_count_in_it(clinic: Clinic):
    """Not even where the server's clock was put back by days for as long as it took to sign."""
    agreed(clinic, usual(clinic), at=timezone.now() - 3 * DAY)
    assert [row.kind for row in lines.rows(clinic.patient)][:2] == ["room_opened", "drafted"]
    assert permits(clinic) == usual(clinic)
    clinic.baseline()
    with pytest.raises(RefusedError) as caught:
        marked.write(clinic.session, clinic.monitor, timezone.now(), clinic.dose())
    assert [one for one in codes(caught) if one.startswith("AGR")] == ["AGR-08"] * 3


def test_what_was_signed_less_than_a_day_before_permits_no_dose(clinic: Clinic):
    other = made.patient(user=made.person(Role.PATIENT))
    here = replace(clinic, patient=other, patient_user=other.user)
    agreed(here, usual(here), at=timezone.now() - timedelta(hours=23))
    session, _ = _opened(here)
    with pytest.raises(RefusedError) as caught:
        marked.write(session, clinic.monitor, timezone.now(), clinic.dose())
    assert set(codes(caught)) >= {"AGR-08"}


def _opened(clinic: Clinic) -> tuple[Session, Order]:
    order = made.order(clinic.patient, prescriber=clinic.prescriber)
    session = sessions.open_session(order.public_id, room="Room 3", by=clinic.monitor, wall=timezone.now())
    return session, order


def _dosed_on_paper(clinic: Clinic, patient: Patient) -> Session:
    """A dose that no check of ours ever saw: written into the table by hand, two days ago."""
    elsewhere = marked.finished(clinic, SAID, days_ago=2)
    session, _ = _opened(replace(clinic, patient=patient))
    for row in Entry.objects.filter(session=elsewhere, sequence__gt=1).order_by("sequence"):
        row.pk, row.session, row.key = None, session, uuid4()
        row.save(force_insert=True)
    return session


def test_lines_are_only_added_and_a_changed_one_is_named(clinic: Clinic):
    agreed(clinic, usual(clinic))
    assert lines.check(clinic.patient).holds
    row = lines.rows(clinic.patient)[2]
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementLine.objects.filter(pk=row.pk).update(by_name="Somebody else")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
