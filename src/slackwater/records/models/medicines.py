"""What was said of a patient's medicines, and what was set aside of their interactions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import NAME_LENGTH, Patient, User

LINE_KINDS = ["told", "asked", "planned", "verified"]
SOURCES = ["", "patient", "pharmacy", "bottle"]
PLANS = ["", "take", "hold", "stop"]
NOTE_LENGTH = 400
SENTENCE_LENGTH = 1000


class MedicineLine(models.Model):
    """One thing that was said of a list of medicines. Only ever added; the list is read from these.

    kind:    told: how it is taken; asked: when it was last taken; planned: what is done on the day;
             verified: the whole list, whose names it holds
    is_held: whether it was left out as planned; None where that was not asked
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medicine_lines")
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    dose = models.CharField(max_length=NAME_LENGTH, blank=True)
    how_often = models.CharField(max_length=NAME_LENGTH, blank=True)
    source = models.CharField(max_length=8, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    is_held = models.BooleanField(null=True, blank=True)
    plan = models.CharField(max_length=4, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    names = JSONField(default=list)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("medicine_line", "kind", LINE_KINDS),
            one_of("medicine_line", "source", SOURCES),
            one_of("medicine_line", "plan", PLANS),
            at_most("medicine_line", "name", NAME_LENGTH),
            at_most("medicine_line", "dose", NAME_LENGTH),
            at_most("medicine_line", "how_often", NAME_LENGTH),
            at_most("medicine_line", "note", NOTE_LENGTH),
            at_most("medicine_line", "by_name", 160),
            models.CheckConstraint(
                condition=Q(kind="verified") | ~Q(name=""), name="medicine_line_names_its_medicine"
            ),
            models.CheckConstraint(
                condition=~Q(kind="planned") | ~Q(plan=""), name="medicine_line_plans_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.kind}"


class InteractionAside(models.Model):
    """One finding about a medicine that was set aside, as it read then. Only ever added."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="interaction_asides")
    key = models.UUIDField(unique=True)
    rule = models.CharField(max_length=12)
    medicine = models.CharField(max_length=NAME_LENGTH)
    sentence = models.CharField(max_length=SENTENCE_LENGTH)
    reason = models.CharField(max_length=NOTE_LENGTH)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("interaction_aside", "reason"),
            at_most("interaction_aside", "medicine", NAME_LENGTH),
            at_most("interaction_aside", "sentence", SENTENCE_LENGTH),
            at_most("interaction_aside", "reason", NOTE_LENGTH),
            at_most("interaction_aside", "by_name", 160),
            at_most("interaction_aside", "second_name", 160),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("by")), name="interaction_aside_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.rule}"
