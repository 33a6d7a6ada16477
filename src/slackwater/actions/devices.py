"""Letting a program, such as a monitor's bridge, write vital signs into one session."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from slackwater.actions import audit
from slackwater.actions.policy import Permission, require
from slackwater.records.models import DeviceToken, Session, User
from slackwater.terms.refusal import RefusedError

LASTS = timedelta(hours=12)
_LONGEST_NAME = 80


@transaction.atomic
def allow(session: Session, *, name: str, by: User, at: datetime, lasts: timedelta = LASTS) -> str:
    """Let a program write into this session. Returns its token, which is shown once and kept nowhere."""
    require(by, Permission.ISSUE_DEVICE_TOKEN, session)
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise RefusedError.of(
            field="name",
            code="invalid",
            message="A device needs a name of at most 80 characters.",
            mend="Write, for example, Bedside monitor.",
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
    """The program may write no more."""
    require(by, Permission.ISSUE_DEVICE_TOKEN, device.session)
    DeviceToken.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at)
    audit.keep(audit.Act.DEVICE_REVOKED, by=by, at=at, subject=device.public_id)


def holder(token: str, *, at: datetime) -> DeviceToken | None:
    """The device that holds this token, while it lasts and the person who let it in is still active."""
    return (
        DeviceToken.objects.select_related("issued_by", "session")
        .filter(token_hash=_hash(token), revoked_at=None, expires_at__gt=at, issued_by__is_active=True)
        .first()
    )


def _hash(token: str) -> str:
    # A token of 256 random bits needs no slow hash, and finding it by its hash tells nothing by its timing.
    return hashlib.sha256(token.encode()).hexdigest()
