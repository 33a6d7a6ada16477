"""What kind of installation a database belongs to."""

from typing import ClassVar

from django.db import models


class Installation(models.Model):
    """The one row that pins a database as a demonstration or a clinic for good."""

    class Kind(models.TextChoices):
        """The two kinds. Neither can become the other."""

        DEMO = "demo", "Demonstration"
        CLINIC = "clinic", "Clinic"

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(only=1), name="installation_is_one"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["demo", "clinic"]), name="installation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
