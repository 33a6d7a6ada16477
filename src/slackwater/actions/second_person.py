"""A second person confirms on the spot, with their own name and password, what the first has typed."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from slackwater.actions import accounts, audit
from slackwater.actions.policy import Permission, may
from slackwater.records.models import User
from slackwater.terms.refusal import Problem, RefusedError

NAME_FIELD, PASSWORD_FIELD = "second_username", "second_password"


def confirm(
    username: str, password: str, *, by: User, permission: Permission, at: datetime, subject: object = ""
) -> User:
    """The second person, once they have shown that they are there; hand them to the act that needs two.

    by:         the first person, who is signed in
    permission: what the second person must be allowed to do
    subject:    what it is about, for the audit row; an identifier, never a name

    Raises RefusedError at `second_username` or `second_password`: the same person twice, somebody who may
    not, a wrong name or password, and after too many of those a wait, counted together with sign-in's.
    Call it before the act and outside its transaction: a failed try must stay written down when the act is
    refused.
    """
    with transaction.atomic(durable=True):
        found = _identified(username, password, by=by, at=at)
        problem = None if isinstance(found, Problem) else _unfit(found, by=by, permission=permission)
        if isinstance(found, User) and problem is None:
            audit.keep(audit.Act.SECOND_PERSON, by=found, at=at, subject=subject, first=by.pk)
    if isinstance(found, Problem):
        raise RefusedError(found)
    if problem is not None:
        raise RefusedError(problem)
    return found


def _identified(username: str, password: str, *, by: User, at: datetime) -> User | Problem:
    name = username.strip()
    if not name:
        return _problem(
            NAME_FIELD, "missing", "Nobody has confirmed this yet.", "Ask the second person to write theirs."
        )
    if name.casefold() == by.username.casefold():
        return _SAME
    try:
        if settings.DEMO and name.startswith(accounts.DEMO_PREFIX):
            return next(one for one in accounts.demo_sign_ins() if one.username == name)
        return accounts.identify(username=name, password=password, at=at)
    except StopIteration:
        return _problem(NAME_FIELD, "unknown", "There is no such sign-in here.", "Check the name.")
    except RefusedError as refusal:
        first = refusal.problems[0]
        return _problem(NAME_FIELD, first.code, first.message, first.mend)


def _unfit(second: User, *, by: User, permission: Permission) -> Problem | None:
    if second.pk == by.pk:
        return _SAME
    if not may(second, permission):
        return _problem(
            NAME_FIELD,
            "not-allowed",
            f"{second.shown_name} may not {permission.value}.",
            "Ask somebody who may.",
        )
    return None


def _problem(field: str, code: str, message: str, mend: str) -> Problem:
    return Problem(field=field, code=code, message=message, mend=mend)


_SAME = Problem(
    field=NAME_FIELD,
    code="same-person",
    message="The second person is the first: this takes two.",
    mend="Somebody else who is here writes their own name and password.",
)
