"""Signing in: the same answer for a wrong name as for a wrong password, and a wait that locks nobody out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import clinic as made

from slackwater.actions import accounts
from slackwater.actions.accounts import NewPerson
from slackwater.actions.policy import DeniedError
from slackwater.records.models import AuditEvent, Role, User
from slackwater.terms.refusal import RefusedError

RIGHT = "a-long-passphrase"


def tried(username: str, password: str, at=None) -> str:
    try:
        accounts.check_password(username=username, password=password, at=at or timezone.now())
    except RefusedError as refusal:
        return refusal.problems[0].code
    return "in"


def test_the_right_password_signs_in_and_is_written_down(db):
    person = made.person(Role.MONITOR, username="nia")
    assert tried("nia", RIGHT) == "in"
    assert AuditEvent.objects.get(kind="signed-in").by == person


def test_a_wrong_name_and_a_wrong_password_are_told_alike(db):
    made.person(Role.MONITOR, username="nia")
    assert tried("nia", "wrong") == tried("nobody", RIGHT) == "unknown"


def test_somebody_who_has_left_the_clinic_does_not_sign_in(db):
    made.person(Role.MONITOR, username="nia")
    User.objects.update(is_active=False)
    assert tried("nia", RIGHT) == "unknown"


def test_after_many_failures_one_waits_five_minutes_and_no_more(db):
    made.person(Role.MONITOR, username="nia")
    at = timezone.now()
    for _ in range(accounts.MOST_FAILURES):
        assert tried("nia", "wrong", at) == "unknown"
    assert tried("nia", RIGHT, at) == "wait"
    made.person(Role.GUIDE, username="gil")
    assert tried("gil", RIGHT, at) == "in"
    assert tried("nia", RIGHT, at + timedelta(minutes=5, seconds=1)) == "in"


def test_what_was_typed_as_a_name_is_never_kept(db):
    tried("hunter2 my password by mistake", "x")
    event = AuditEvent.objects.get(kind="sign-in-failed")
    assert "hunter2" not in event.subject + str(event.detail)


def new(**changes: object) -> NewPerson:
    facts = {
        "username": "nia",
        "given_name": "Nia",
        "family_name": "North",
        "role": Role.MONITOR,
        "password": "correct horse battery",
    }
    return NewPerson(**(facts | changes))  # type: ignore[arg-type]  # the dataclass checks what is given


def test_an_owner_adds_a_person_who_then_signs_in(db):
    accounts.add_person(new(), by=made.person(Role.OWNER), at=timezone.now())
    assert tried("nia", "correct horse battery") == "in"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_nobody_else_adds_people(db, role: Role):
    with pytest.raises(DeniedError):
        accounts.add_person(new(), by=made.person(role), at=timezone.now())
    assert not User.objects.filter(username="nia").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "123456789012"}, "password"),
        ({"username": "nia.north.nurse", "password": "nia.north.nurse"}, "password"),
        ({"username": ""}, "username"),
        ({"username": "nia north"}, "username"),
        ({"username": "x" * 151}, "username"),
    ],
)
def test_a_person_who_cannot_stand_is_refused_by_field(db, changes: dict, field: str):
    with pytest.raises(RefusedError) as refused:
        accounts.add_person(new(**changes), by=None, at=timezone.now())
    assert {problem.field for problem in refused.value.problems} == {field}


def test_a_name_is_taken_whatever_its_case(db):
    accounts.add_person(new(), by=None, at=timezone.now())
    with pytest.raises(RefusedError) as refused:
        accounts.add_person(new(username="NIA"), by=None, at=timezone.now())
    assert refused.value.problems[0].code == "taken"
