"""What was asked before a course and on the day, what was set aside, and the courses themselves."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import Patient, User
from slackwater.records.models.sessions import HASH_LENGTH

STAGES = ["course", "order", "day", "programme"]
REASON_LENGTH = 1000


class IntakeLine(models.Model):
    """The answers of one saving, of one section. Only ever added; the last word on a question counts.

    by_staff: whether a clinician gave them, or the patient
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intake_lines")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    section = models.CharField(max_length=20)
    payload = JSONField()
    by_staff = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    by_role = models.CharField(max_length=12)
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["patient", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["patient", "number"], name="intake_number_once"),
            models.UniqueConstraint(fields=["patient", "key"], name="intake_key_once"),
            models.UniqueConstraint(fields=["patient", "previous"], name="intake_never_forks"),
            models.CheckConstraint(condition=Q(number__gte=1), name="intake_number_from_one"),
            at_most("intake", "section", 20),
            at_most("intake", "by_name", 160),
            at_most("intake", "leaf", HASH_LENGTH),
            written("intake", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id}/{self.number} {self.section}"


class FindingAside(models.Model):
    """A finding that was set aside, as it stood then, with who did and why. Only ever added."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="findings_aside")
    key = models.UUIDField(unique=True)
    stage = models.CharField(max_length=12)
    finding = JSONField()
    reason = models.CharField(max_length=REASON_LENGTH)
    prescriber = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["patient", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("aside", "stage", STAGES),
            written("aside", "reason"),
            at_most("aside", "reason", REASON_LENGTH),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("prescriber")), name="aside_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.stage}"


class Course(models.Model):
    """A course of sessions, opened once nothing stood against it. Only ever added; `CourseEnd` ends it.

    findings: what was found when it was opened, with what was set aside, as it stood then
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    number = models.PositiveIntegerField()
    findings = JSONField(default=list)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["patient", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["patient", "number"], name="course_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="course_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} course {self.number}"


class CourseEnd(models.Model):
    """A course that was ended, once, with the reason. Only ever added."""

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=REASON_LENGTH)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("course_end", "reason"),
            at_most("course_end", "reason", REASON_LENGTH),
        ]

    def __str__(self) -> str:
        return f"end of {self.course_id}"
