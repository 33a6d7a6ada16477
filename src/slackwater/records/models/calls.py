"""Calls to patients after a visit."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from slackwater.records.models.constraints import at_most, one_of
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User
from slackwater.records.models.sessions import Session

CALL_KINDS = ["at_once", "next_day", "week"]
CALL_OUTCOMES = ["reached", "not_reached", "declined"]
NOTE_LENGTH = 1000


class CallLine(models.Model):
    """One try at one call. Only ever added; which calls are still due is worked out from these.

    answers:      by question, 1 for yes and 0 for no; one that was not asked is not there
    is_recovered: whoever called says that the person has recovered, having spoken with them
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="calls")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    answers = JSONField(default=dict)
    is_recovered = models.BooleanField(default=False)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("call", "kind", CALL_KINDS),
            one_of("call", "outcome", CALL_OUTCOMES),
            at_most("call", "note", NOTE_LENGTH),
            at_most("call", "by_name", 160),
            models.CheckConstraint(
                condition=Q(is_recovered=False) | Q(outcome="reached"), name="call_recovered_only_if_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} {self.outcome}"
