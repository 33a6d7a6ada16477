"""Who signs in: check a password, add a person, the demonstration's sign-ins."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from slackwater.actions import audit
from slackwater.actions.policy import Permission, may, require
from slackwater.records.models import AuditEvent, Role, User
from slackwater.terms.refusal import Problem, RefusedError

# A short lock by name, never by address: a clinic is one address and must not lock itself out mid-session.
MOST_FAILURES = 8
FAILURES_COUNT_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is to sign in."""

    username: str
    given_name: str
    family_name: str
    role: Role
    password: str


def check_password(*, username: str, password: str, at: datetime) -> User:
    """The person with this name and password, who signs in. Raises RefusedError, as `identify` does."""
    user = identify(username=username, password=password, at=at)
    audit.keep(audit.Act.SIGNED_IN, by=user, at=at)
    return user


def identify(*, username: str, password: str, at: datetime) -> User:
    """The person with this name and password, wherever it is asked for.

    Raises RefusedError, the same for an unknown name as for a wrong password; after several failures in
    five minutes it asks to wait, whoever asks.
    """
    name = username.strip()[:150]
    if _failures(name, at) >= MOST_FAILURES:
        raise RefusedError.of(
            field="username",
            code="wait",
            message="There were too many failed sign-ins with this name.",
            mend="Wait five minutes and try again.",
        )
    user = authenticate(username=name, password=password)
    if not isinstance(user, User):
        audit.keep(audit.Act.SIGN_IN_FAILED, by=None, at=at, subject=_without_spelling_it(name))
        raise RefusedError.of(
            field="username",
            code="unknown",
            message="This name and password do not belong together.",
            mend="Check both and try again.",
        )
    return user


def confirm(user: User, password: str, *, at: datetime) -> None:
    """Make sure that whoever acts is still this person, by their password.

    Raises RefusedError, as `check_password` does. A demonstration's people have none, and nothing to lose.
    """
    if has_password(user):
        found = check_password(username=user.username, password=password, at=at)
        if found.pk != user.pk:
            raise AssertionError("a name belongs to one person")


def has_password(user: User) -> bool:
    """Whether this person signs in by a password; only a demonstration's people do not."""
    return not settings.DEMO or user.has_usable_password()


def signed_out(user: User, *, at: datetime) -> None:
    """Write down that this person signed out."""
    audit.keep(audit.Act.SIGNED_OUT, by=user, at=at)


@transaction.atomic
def add_person(person: NewPerson, *, by: User | None, at: datetime) -> User:
    """Add somebody who signs in. `by` is None only from the command line of the clinic's own machine."""
    if by is not None:
        require(by, Permission.KEEP_PEOPLE)
    user = User(
        username=person.username.strip(),
        first_name=person.given_name.strip(),
        last_name=person.family_name.strip(),
        role=person.role.value,
    )
    if User.objects.filter(username__iexact=user.username).exists():
        raise RefusedError.of(
            field="username", code="taken", message="This name is taken.", mend="Choose another."
        )
    _check_new(user, person.password)
    user.set_password(person.password)
    user.save()
    audit.keep(audit.Act.PERSON_ADDED, by=by, at=at, subject=f"user:{user.pk}", role=user.role)
    return user


def people_seen_by(user: User) -> QuerySet[User]:
    """Everybody who signs in, for whoever keeps that list; nobody for anyone else."""
    if not may(user, Permission.KEEP_PEOPLE):
        return User.objects.none()
    return User.objects.filter(is_active=True).order_by("role", "last_name", "first_name", "pk")


def demo_sign_ins() -> list[User]:
    """One person for each role, to sign in as by a button. Empty outside a demonstration."""
    if not settings.DEMO:
        return []
    return list(User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True).order_by("pk"))


def demo_person(username: str, *, at: datetime) -> User:
    """One of the demonstration's people, without a password. Raises RefusedError outside a demonstration."""
    user = next((user for user in demo_sign_ins() if user.username == username), None)
    if user is None:
        raise RefusedError.of(
            field="username",
            code="unknown",
            message="There is no such sign-in here.",
            mend="Sign in with your name and password.",
        )
    audit.keep(audit.Act.SIGNED_IN, by=user, at=at)
    return user


DEMO_PREFIX = "demo-"


def _check_new(user: User, password: str) -> None:
    problems = []
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        problems += [_problem(field, text) for field, text in _texts(error.message_dict)]
    try:
        validate_password(password, user)
    except ValidationError as error:
        problems += [_problem("password", text) for text in error.messages]
    if problems:
        raise RefusedError(*problems)


def _texts(messages: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(field, text) for field, texts in messages.items() for text in texts]


def _problem(field: str, text: str) -> Problem:
    return Problem(field=field, code="invalid", message=text, mend="Choose another.")


def _failures(name: str, at: datetime) -> int:
    return AuditEvent.objects.filter(
        kind=audit.Act.SIGN_IN_FAILED.value,
        subject=_without_spelling_it(name),
        at__gt=at - FAILURES_COUNT_FOR,
    ).count()


def _without_spelling_it(name: str) -> str:
    # People type passwords into the name's field: what was typed is never kept, only its hash.
    return "name:" + hashlib.sha256(name.lower().encode()).hexdigest()[:32]
