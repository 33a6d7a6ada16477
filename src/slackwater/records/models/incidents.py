"""Reports that something went wrong, and patients' own accounts."""

import uuid
from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User
from slackwater.records.models.sessions import HASH_LENGTH

REPORT_KINDS = [
    "opened", "told", "named", "placed", "held", "looked_at", "wrote", "duty_done", "ended", "reopened",
]  # fmt: skip
ACCOUNT_KINDS = ["wrote", "shared", "taken_back"]


class Report(models.Model):
    """One report. What it says is folded from its lines.

    teller:    whoever told it, where they were signed in as themselves
    code_hash: else the hash of the code by which they come back to it; the code itself is kept nowhere
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    code_hash = models.CharField(max_length=HASH_LENGTH, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_most("report", "code_hash", HASH_LENGTH),
            models.CheckConstraint(
                condition=models.Q(teller__isnull=False, code_hash="")
                | (models.Q(teller__isnull=True) & ~models.Q(code_hash="")),
                name="report_is_come_back_to",
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~models.Q(code_hash=""), name="report_code_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ReportLine(models.Model):
    """One line of a report. Only ever added; triggers refuse everything else."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    kind = models.CharField(max_length=12)
    payload = JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=160, blank=True)
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["report", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind"], name="report_line_kind")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number"], name="report_number_once"),
            models.UniqueConstraint(fields=["report", "key"], name="report_key_once"),
            models.UniqueConstraint(fields=["report", "previous"], name="report_never_forks"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="report_number_from_one"),
            one_of("report_line", "kind", REPORT_KINDS),
            at_most("report_line", "by_name", 160),
            at_most("report_line", "leaf", HASH_LENGTH),
            written("report_line", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number} {self.kind}"


class AccountLine(models.Model):
    """One line of somebody's own account: what they wrote, or with whom they share which part of it."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="account_lines")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    kind = models.CharField(max_length=12)
    payload = JSONField()
    at = models.DateTimeField()
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["owner", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "number"], name="account_number_once"),
            models.UniqueConstraint(fields=["owner", "key"], name="account_key_once"),
            models.UniqueConstraint(fields=["owner", "previous"], name="account_never_forks"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="account_number_from_one"),
            one_of("account", "kind", ACCOUNT_KINDS),
            at_most("account", "leaf", HASH_LENGTH),
            written("account", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.number} {self.kind}"
