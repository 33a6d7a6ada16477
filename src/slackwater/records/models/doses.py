"""Doses as two people checked them, and cases about doses that nobody checked. Only ever added."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import at_most, between, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User
from slackwater.records.models.sessions import Session
from slackwater.records.models.stock import MOST_UG
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

CASE_KINDS = ["opened", "closed"]
WORDS_LENGTH = 2000


class DoseCheck(models.Model):
    """What two people read before a dose: who it is for, what is on the vial, how much is in the syringe.

    read: the identifiers asked, the containers with their codes, amounts and volumes, and the pump
    at:   the wall's time
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="dose_checks")
    number = models.PositiveSmallIntegerField()
    drug = models.CharField(max_length=12)
    route = models.CharField(max_length=16)
    amount_ug = models.PositiveIntegerField()
    read = JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    second = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second_name = models.CharField(max_length=160)

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="dosecheck_first_or_booster"),
            models.CheckConstraint(condition=~Q(second=F("by")), name="dosecheck_by_two_people"),
            one_of("dosecheck", "drug", [drug.value for drug in Drug]),
            one_of("dosecheck", "route", [route.value for route in Route]),
            between("dosecheck", "amount_ug", 1, MOST_UG),
            at_most("dosecheck", "by_name", 160),
            at_most("dosecheck", "second_name", 160),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class DoseCaseLine(models.Model):
    """One line of a case about a dose that went in without the check: opened with it, closed by two.

    case: the key of the dose's entry
    """

    case = models.UUIDField()
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="dose_case_lines")
    kind = models.CharField(max_length=8)
    words = models.CharField(max_length=WORDS_LENGTH)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_name = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "kind"], name="dosecase_each_once"),
            one_of("dosecase", "kind", CASE_KINDS),
            written("dosecase", "words"),
            at_most("dosecase", "words", WORDS_LENGTH),
            at_most("dosecase", "by_name", 160),
            at_most("dosecase", "second_name", 160),
            models.CheckConstraint(
                condition=~Q(kind="closed") | Q(second__isnull=False), name="dosecase_closed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("by")), name="dosecase_second_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
