"""Who signs in, and who is treated."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from slackwater.records.models.constraints import at_most, between, one_of, written
from slackwater.terms.sex import Sex

NAME_LENGTH = 80
LIGHTEST_G, HEAVIEST_G = 20_000, 300_000


class Role(models.TextChoices):
    """What a person comes for. What each role may do stands in actions/policy.py."""

    PATIENT = "patient", "Patient"
    PRESCRIBER = "prescriber", "Prescriber"
    GUIDE = "guide", "Guide"
    MONITOR = "monitor", "Monitor"
    OWNER = "owner", "Clinic owner"
    # Somebody from outside the team who reads reports; treats nobody, and sees no patient's record.
    REVIEWER = "reviewer", "Independent reviewer"


class User(AbstractUser):
    """A person who signs in."""

    role = models.CharField(max_length=12, choices=Role, default=Role.PATIENT)

    class Meta(AbstractUser.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [one_of("user", "role", Role.values)]

    def __str__(self) -> str:
        return self.username

    @property
    def shown_name(self) -> str:
        """The name that screens and logs carry."""
        return self.get_full_name() or self.username

    @property
    def is_clinic_staff(self) -> bool:
        """Whether this person works here. Django's own is_staff opens its admin site, which is off."""
        return self.role in {Role.PRESCRIBER, Role.GUIDE, Role.MONITOR}


class Patient(models.Model):
    """A person who is treated, whether or not they sign in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="patient")
    given_name = models.CharField(max_length=NAME_LENGTH)
    family_name = models.CharField(max_length=NAME_LENGTH)
    birth_date = models.DateField()
    sex = models.CharField(max_length=8, choices=[(sex.value, sex.value) for sex in Sex])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["family_name", "given_name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("patient", "given_name"),
            written("patient", "family_name"),
            at_most("patient", "given_name", NAME_LENGTH),
            at_most("patient", "family_name", NAME_LENGTH),
            one_of("patient", "sex", [sex.value for sex in Sex]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def full_name(self) -> str:
        """Given name first."""
        return f"{self.given_name} {self.family_name}"


class Weight(models.Model):
    """One weighing. The newest counts; the older ones stay."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="weights")
    grams = models.PositiveIntegerField()
    measured_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-measured_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            between("weight", "grams", LIGHTEST_G, HEAVIEST_G)
        ]

    def __str__(self) -> str:
        return f"{self.grams} g"


class PatientMedicine(models.Model):
    """A medicine the patient takes, by its name in the catalogue."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medicines")
    name = models.CharField(max_length=NAME_LENGTH)
    since = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("medicine", "name"),
            at_most("medicine", "name", NAME_LENGTH),
            models.UniqueConstraint(
                fields=["patient", "name"],
                condition=models.Q(ended_at__isnull=True),
                name="medicine_listed_once_while_taken",
            ),
        ]

    def __str__(self) -> str:
        return self.name
