"""What the lead said of each clinical rule, and where the clinic holds people to a stricter number."""

from typing import ClassVar

from django.db import models

from slackwater.records.models.constraints import at_most, written
from slackwater.records.models.people import User

RULE_LENGTH = 24
REASON_LENGTH = 400
NAME_LENGTH = 40


class RuleSignature(models.Model):
    """One rule accepted as it stood, or an acceptance taken back. Only ever added.

    text:   the rule as its signer read it; once the rule is another, this counts no more
    reason: why it was taken back; a line that accepts has none
    """

    key = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    rule = models.CharField(max_length=RULE_LENGTH)
    text = models.TextField()
    accepts = models.BooleanField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "rule"], name="rule_signature_once"),
            at_most("rule_signature", "by_name", 160),
            at_most("rule_signature", "rule", RULE_LENGTH),
            at_most("rule_signature", "reason", REASON_LENGTH),
            models.CheckConstraint(
                name="rule_signature_taken_back_with_a_reason",
                condition=models.Q(accepts=True, reason="")
                | (models.Q(accepts=False) & ~models.Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.at:%Y-%m-%d}"


class OwnNumber(models.Model):
    """A number of screening as this clinic wants it from then on. Only ever added; the newest counts.

    name:  of the row in the catalogue; the row's own value takes the clinic's back
    """

    key = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    name = models.CharField(max_length=NAME_LENGTH)
    value = models.PositiveIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            at_most("own_number", "by_name", 160),
            at_most("own_number", "name", NAME_LENGTH),
            at_most("own_number", "reason", REASON_LENGTH),
            written("own_number", "name"),
            written("own_number", "reason"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
