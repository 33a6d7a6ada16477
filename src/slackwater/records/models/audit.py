"""What was done outside a session's log, and by whom."""

from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User


class AuditEvent(models.Model):
    """One act: who, what, on what, when. Only ever added; no names or clinical text in `detail`."""

    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=80, blank=True)
    detail = JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "subject", "at"], name="audit_kind_subject_at")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("audit", "kind"),
            at_most("audit", "kind", 40),
            at_most("audit", "subject", 80),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
