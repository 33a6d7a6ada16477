"""Letting a program, such as a monitor's bridge, write vital signs into one session."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.records.models import DeviceToken, Entry, Session, User
from slackwater.terms.refusal import RefusedError

LASTS = timedelta(hours=12)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A program that was let into a session. `wrote_at`: when it last wrote anything, by the wall's clock."""

    token: DeviceToken
    may_write: bool
    wrote_at: datetime | None


@transaction.atomic
def allow(session: Session, *, name: str, by: User, at: datetime, lasts: timedelta = LASTS) -> str:
    """Let a program write into this session. Returns its token, which is shown once and kept nowhere.

    Raises RefusedError for a name that is none, or that a program which may still write here has already.
    """
    require(by, Permission.ISSUE_DEVICE_TOKEN, session)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise RefusedError.of(
            field="name",
            code="invalid",
            message=f"A device needs a name of at most {LONGEST_NAME} characters.",
            mend="Write, for example, Bedside monitor.",
        )
    Session.objects.select_for_update().get(pk=session.pk)
    # Two of one name could not be told apart in the log; and a page sent twice lets in no second program.
    if _writing(session, at=at).filter(name__iexact=name).exists():
        raise RefusedError.of(
            field="name",
            code="taken",
            message=f"{name} may write here already. Its token was shown once and is kept nowhere.",
            mend="Take that one back below and allow it anew, or write another name.",
        )
    token = secrets.token_urlsafe(32)
    device = DeviceToken.objects.create(
        session=session, name=name, token_hash=_hash(token), issued_by=by, issued_at=at, expires_at=at + lasts
    )
    audit.keep(
        audit.Act.DEVICE_ALLOWED, by=by, at=at, subject=device.public_id, session=str(session.public_id)
    )
    return token


@transaction.atomic
def revoke(device: DeviceToken, *, by: User, at: datetime) -> None:
    """The program may write no more; done twice it is as done once."""
    require(by, Permission.ISSUE_DEVICE_TOKEN, device.session)
    if DeviceToken.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at):
        audit.keep(audit.Act.DEVICE_REVOKED, by=by, at=at, subject=device.public_id)


def of_session(session: Session, *, at: datetime) -> list[Device]:
    """Every program that was ever let into a session, those that may write first."""
    wrote = dict(
        Entry.objects.filter(session=session, device__isnull=False)
        .order_by()
        .values_list("device")
        .annotate(Max("written_at"))
    )
    tokens = (
        DeviceToken.objects.filter(session=session).select_related("issued_by").order_by("-issued_at", "-pk")
    )
    writing = set(_writing(session, at=at).values_list("pk", flat=True))
    found = [Device(token=one, may_write=one.pk in writing, wrote_at=wrote.get(one.pk)) for one in tokens]
    return sorted(found, key=lambda one: not one.may_write)


def find(session: Session, device: UUID) -> DeviceToken | None:
    """A program that was let into this session; None where there is no such one."""
    return DeviceToken.objects.select_related("session").filter(session=session, public_id=device).first()


def holder(token: str, *, at: datetime) -> DeviceToken | None:
    """The device that holds this token, while it lasts and the person who let it in is still active."""
    return (
        DeviceToken.objects.select_related("issued_by", "session")
        .filter(token_hash=_hash(token), revoked_at=None, expires_at__gt=at, issued_by__is_active=True)
        .first()
    )


def _writing(session: Session, *, at: datetime) -> QuerySet[DeviceToken]:
    return DeviceToken.objects.filter(
        session=session, revoked_at=None, expires_at__gt=at, issued_by__is_active=True
    )


def _hash(token: str) -> str:
    # A token of 256 random bits needs no slow hash, and finding it by its hash tells nothing by its timing.
    return hashlib.sha256(token.encode()).hexdigest()
