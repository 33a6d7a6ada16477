"""Two people: the second shows that they are there, and is not the first."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from tests import clinic as made

from slackwater.actions import accounts, second_person
from slackwater.actions.policy import Permission
from slackwater.records.models import AuditEvent, Role, User
from slackwater.terms.refusal import RefusedError

RIGHT = "a-long-passphrase"


@pytest.fixture
def nia(db) -> User:
    return made.person(Role.MONITOR, username="nia")


@pytest.fixture
def pia(db) -> User:
    return made.person(Role.PRESCRIBER, username="pia")


def tried(by: User, username: str, password: str = RIGHT, *, at=None) -> User | str:
    try:
        return second_person.confirm(
            username,
            password,
            by=by,
            permission=Permission.GIVE_DOSE,
            at=at or timezone.now(),
            subject="order:1",
        )
    except RefusedError as refusal:
        return refusal.problems[0].code


def test_the_second_person_is_given_back_and_written_down(nia, pia):
    assert tried(nia, "pia") == pia
    event = AuditEvent.objects.get(kind="second-person")
    assert (event.by, event.subject, event.detail) == (pia, "order:1", {"first": nia.pk})
    assert not AuditEvent.objects.filter(kind="signed-in").exists()


@pytest.mark.parametrize("name", ["nia", "NIA", " nia "])
def test_nobody_is_their_own_second_even_with_the_right_password(nia, name):
    assert tried(nia, name) == "same-person"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(nia, pia):
    assert tried(nia, "pia", "wrong") == tried(nia, "nobody") == "unknown"
    assert not AuditEvent.objects.filter(kind="second-person").exists()


def test_nobody_confirms_with_nothing_typed(nia):
    assert tried(nia, "  ") == "missing"


def test_somebody_who_may_not_do_it_cannot_confirm_it(nia):
    made.person(Role.GUIDE, username="gil")
    made.person(Role.PATIENT, username="robin")
    assert tried(nia, "gil") == tried(nia, "robin") == "not-allowed"


def test_somebody_who_has_left_the_clinic_cannot_confirm(nia, pia):
    User.objects.filter(pk=pia.pk).update(is_active=False)
    assert tried(nia, "pia") == "unknown"


def test_guesses_are_counted_with_those_at_the_door(nia, pia):
    at = timezone.now()
    for number in range(accounts.MOST_FAILURES):
        assert tried(nia, "pia", f"guess {number}", at=at) == "unknown"
    assert tried(nia, "pia", at=at) == "wait"
    with pytest.raises(RefusedError, match="too many"):
        accounts.check_password(username="pia", password=RIGHT, at=at)
    assert tried(nia, "pia", at=at + timedelta(minutes=6)) == pia


def test_a_failed_try_stays_written_down_because_it_is_asked_before_the_act(committed):
    nia = made.person(Role.MONITOR, username="nia")
    assert tried(nia, "nobody") == "unknown"
    assert AuditEvent.objects.filter(kind="sign-in-failed").count() == 1
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        tried(nia, "nobody")


def test_a_demonstration_asks_for_a_name_alone_and_a_clinic_never_does(nia, settings):
    other = made.person(Role.PRESCRIBER, username="demo-prescriber")
    assert tried(nia, "demo-prescriber", "") == "unknown"
    settings.DEMO = True
    assert tried(nia, "demo-prescriber", "") == other
    assert tried(nia, "demo-nobody", "") == "unknown"
