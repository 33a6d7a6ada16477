"""What a clinic has decided for all of its rooms."""

from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.people import User

SIGNS = ["rating", "alertness", "answers", "systolic", "diastolic", "heart_rate"]
REASON_LENGTH = 400


class SignDefault(models.Model):
    """From now on crowds in new rooms listen to this sign, or do not. Only ever added; the last counts."""

    sign = models.CharField(max_length=12)
    is_on = models.BooleanField()
    reason = models.CharField(max_length=REASON_LENGTH)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("signdefault", "sign", SIGNS),
            written("signdefault", "reason"),
            at_most("signdefault", "reason", REASON_LENGTH),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {'on' if self.is_on else 'off'}"
