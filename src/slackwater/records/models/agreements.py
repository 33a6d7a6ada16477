"""The log of a patient's agreements."""

from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import Patient, User
from slackwater.records.models.sessions import HASH_LENGTH

AGREEMENT_KINDS = ["drafted", "taught_back", "signed", "narrowed", "asked", "room_opened", "slept"]


class AgreementLine(models.Model):
    """One line of it. Only ever added; triggers refuse everything else.

    There is no field for what is agreed now: that is folded from all the lines and from when drug was given.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="agreement_lines")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    kind = models.CharField(max_length=12)
    payload = JSONField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    by_role = models.CharField(max_length=12)
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["patient", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["patient", "number"], name="agreement_number_once"),
            models.UniqueConstraint(fields=["patient", "key"], name="agreement_key_once"),
            models.UniqueConstraint(fields=["patient", "previous"], name="agreement_never_forks"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="agreement_number_from_one"),
            one_of("agreement", "kind", AGREEMENT_KINDS),
            at_most("agreement", "by_name", 160),
            at_most("agreement", "leaf", HASH_LENGTH),
            written("agreement", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}/{self.number} {self.kind}"
