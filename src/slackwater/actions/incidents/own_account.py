"""Somebody's own account: written by them, read by nobody else unless they share it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from slackwater.actions.clock import to_milliseconds
from slackwater.actions.policy import Permission, require
from slackwater.proofs.leaf import NOTHING_BEFORE, Line, Link, Verdict, leaf, verify
from slackwater.records.models import AccountLine, Role, User
from slackwater.rules.incidents.account import (
    KIND_OF,
    AccountEntry,
    AccountKind,
    Said,
    Shared,
    TakenBack,
    Wrote,
    as_json,
    parse,
    readers,
)
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an account: its words, when they were written, the leaf that proves it, who may read it."""

    number: int
    words: str
    at: datetime
    leaf: str
    readers: frozenset[int]
    owner: User


def parts(owner: User) -> list[Part]:
    """Somebody's own account, for themselves alone; the newest part first."""
    found = _rows(owner)
    allowed = readers(_entry(row) for row in found)
    return [
        Part(
            number=row.number,
            words=str(row.payload["words"]),
            at=row.at,
            leaf=row.leaf,
            readers=allowed[row.number],
            owner=owner,
        )
        for row in reversed(found)
        if row.number in allowed
    ]


def shared_with(user: User) -> list[Part]:
    """Every part that somebody shares with this person now."""
    owners = User.objects.filter(
        pk__in=AccountLine.objects.filter(kind=AccountKind.SHARED.value).values("owner")
    ).order_by("pk")
    return [part for owner in owners for part in parts(owner) if user.pk in part.readers]


@transaction.atomic
def write(words: str, *, by: User, at: datetime, key: UUID) -> AccountLine:
    """Add a part. Raises RefusedError for one without words."""
    require(by, Permission.OWN_ACCOUNT)
    return _add(Wrote(words=words), by=by, at=at, key=key)


@transaction.atomic
def share(part: int, person: int, *, by: User, at: datetime, key: UUID) -> AccountLine:
    """Let somebody who works here, or a reviewer, read one part."""
    require(by, Permission.OWN_ACCOUNT)
    _check(by, part, person)
    return _add(Shared(part=part, person=person), by=by, at=at, key=key)


@transaction.atomic
def take_back(part: int, person: int, *, by: User, at: datetime, key: UUID) -> AccountLine:
    """From now on they read it no more."""
    require(by, Permission.OWN_ACCOUNT)
    _check(by, part, person)
    return _add(TakenBack(part=part, person=person), by=by, at=at, key=key)


def possible_readers() -> QuerySet[User]:
    """Everybody with whom a part can be shared."""
    return (
        User.objects.filter(is_active=True)
        .exclude(role__in=[Role.PATIENT.value, Role.OWNER.value])
        .order_by("last_name", "first_name", "pk")
    )


def check(owner: User) -> Verdict:
    """Whether it is the one that was written, from its first line to its last."""
    links = (Link(line=_line(row), previous=row.previous, leaf=row.leaf) for row in _rows(owner))
    return verify(links, session=_name(owner))


def _check(by: User, part: int, person: int) -> None:
    if not any(one.number == part for one in parts(by)):
        raise RefusedError.of(
            field="part", code="unknown", message="There is no such part.", mend="Load the page again."
        )
    if not possible_readers().filter(pk=person).exists():
        raise RefusedError.of(
            field="person", code="unknown", message="There is no such person.", mend="Choose them again."
        )


def _add(said: Said, *, by: User, at: datetime, key: UUID) -> AccountLine:
    owner = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    kind, payload = KIND_OF[type(said)], as_json(said)
    parse(kind, payload)
    if row := AccountLine.objects.filter(owner=owner, key=key).first():
        return row
    last = AccountLine.objects.filter(owner=owner).order_by("-number").first()
    row = AccountLine(
        owner=owner,
        number=last.number + 1 if last else 1,
        key=key,
        kind=kind.value,
        payload=payload,
        at=to_milliseconds(at),
        previous=last.leaf if last else NOTHING_BEFORE,
    )
    row.leaf = leaf(_line(row), previous=row.previous)
    row.save(force_insert=True)
    return row


def _rows(owner: User) -> list[AccountLine]:
    return list(AccountLine.objects.filter(owner=owner).select_related("owner").order_by("number"))


def _entry(row: AccountLine) -> AccountEntry:
    return AccountEntry(number=row.number, at=row.at, said=parse(AccountKind(row.kind), row.payload))


def _line(row: AccountLine) -> Line:
    return Line(
        session=_name(row.owner),
        sequence=row.number,
        key=str(row.key),
        kind=row.kind,
        payload=row.payload,
        happened_at=row.at,
        recorded_at=row.at,
        by=f"user:{row.owner_id}",
        by_name="",
        by_role="",
    )


def _name(owner: User) -> str:
    return f"account of user {owner.pk}"
