"""Programs that write into a session, such as a bedside monitor's bridge."""

import uuid
from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, written
from slackwater.records.models.people import User
from slackwater.records.models.sessions import Session


class DeviceToken(models.Model):
    """Lets one program write vital signs into one session until it expires. Only the token's hash is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="device_tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("device", "name"),
            at_most("device", "name", 80),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
