"""The rescue kit as it was found, each time somebody went through it."""

from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User

KIT_NOTE_LENGTH = 400


class KitCheckLine(models.Model):
    """One going through of the kit, signed by whoever did it. Only ever added.

    found:   by thing: here, missing or not_used
    version: of the list that was gone through
    """

    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    version = models.CharField(max_length=40)
    found = JSONField(default=dict)
    note = models.CharField(max_length=KIT_NOTE_LENGTH, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_most("kit_check", "by_name", 160),
            at_most("kit_check", "version", 40),
            at_most("kit_check", "note", KIT_NOTE_LENGTH),
        ]

    def __str__(self) -> str:
        return f"kit {self.at:%Y-%m-%d}"
