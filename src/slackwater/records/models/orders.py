"""What a prescriber ordered."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import at_most, between, one_of
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import HEAVIEST_G, LIGHTEST_G, Patient, User
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import s_from_h

# Bounds of what a row can hold, far outside care; the limits of care are rules.dosing's.
LARGEST_UG = 2_000_000_000
LONGEST_S = int(s_from_h(24))


# Each part of a plan: its name, its figure's unit, and between what the figure can lie at all.
_PLANNED = (
    ("wish", "tenths", 1, 99),
    ("too_deep", "tenths", 1, 99),
    ("ceiling", "mmhg", 60, 260),
    ("closing", "s", 60, LONGEST_S),
)


def _both_or_neither(name: str, unit: str, low: int, high: int) -> models.CheckConstraint:
    """A figure without its chance says nothing, and a chance without its figure less."""
    value, chance = f"{name}_{unit}", f"{name}_permille"
    return models.CheckConstraint(
        condition=Q(**{f"{value}__isnull": True, f"{chance}__isnull": True})
        | Q(
            **{
                f"{value}__isnull": False,
                f"{chance}__isnull": False,
                f"{value}__gte": low,
                f"{value}__lte": high,
                f"{chance}__gte": 1,
                f"{chance}__lte": 999,
            }
        ),
        name=f"order_{name}_whole_or_empty",
    )


class Order(models.Model):
    """One signed order: a dose, and at most one booster with its window and cap.

    A row exists only once it is signed, and is never edited: another order replaces it, this one is voided.
    Amounts are micrograms, times seconds, weights grams.

    What it was planned for (a wish and limits, each with its chance in 1000) is empty where nobody wrote it.
    fresh_reason: why its crowd starts from what is published though earlier sessions could teach it; empty
                  where it learns from them
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="orders")
    prescriber = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drug = models.CharField(max_length=12)
    route = models.CharField(max_length=16)
    dose_ug = models.PositiveIntegerField()
    duration_s = models.PositiveIntegerField(default=0)
    booster_ug = models.PositiveIntegerField(null=True, blank=True)
    booster_earliest_s = models.PositiveIntegerField(null=True, blank=True)
    booster_latest_s = models.PositiveIntegerField(null=True, blank=True)
    hard_max_ug = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField()
    age_years = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=8)
    medicines = JSONField(default=list)
    model = models.CharField(max_length=40)
    seed = models.PositiveIntegerField(default=1)
    subjects = models.PositiveIntegerField(default=4096)
    findings = JSONField(default=list)
    overrides = JSONField(default=list)
    signed_at = models.DateTimeField()
    version_hash = models.CharField(max_length=64)
    wish_tenths = models.PositiveSmallIntegerField(null=True, blank=True)
    wish_permille = models.PositiveSmallIntegerField(null=True, blank=True)
    too_deep_tenths = models.PositiveSmallIntegerField(null=True, blank=True)
    too_deep_permille = models.PositiveSmallIntegerField(null=True, blank=True)
    ceiling_mmhg = models.PositiveSmallIntegerField(null=True, blank=True)
    ceiling_permille = models.PositiveSmallIntegerField(null=True, blank=True)
    closing_s = models.PositiveIntegerField(null=True, blank=True)
    closing_permille = models.PositiveSmallIntegerField(null=True, blank=True)
    fresh_reason = models.CharField(max_length=400, blank=True, default="")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-signed_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("order", "drug", [drug.value for drug in Drug]),
            one_of("order", "route", [route.value for route in Route]),
            between("order", "dose_ug", 1, LARGEST_UG),
            between("order", "hard_max_ug", 1, LARGEST_UG),
            between("order", "duration_s", 0, LONGEST_S),
            between("order", "weight_g", LIGHTEST_G, HEAVIEST_G),
            at_most("order", "void_reason", 400),
            models.CheckConstraint(
                condition=Q(dose_ug__lte=F("hard_max_ug")), name="order_dose_within_hard_max"
            ),
            models.CheckConstraint(
                condition=Q(
                    booster_ug__isnull=True, booster_earliest_s__isnull=True, booster_latest_s__isnull=True
                )
                | Q(
                    # Said apart: a comparison with NULL is neither true nor false, and a CHECK lets it by.
                    booster_ug__isnull=False,
                    booster_latest_s__isnull=False,
                    booster_ug__gte=1,
                    booster_earliest_s__isnull=False,
                    booster_latest_s__gte=F("booster_earliest_s"),
                    hard_max_ug__gte=F("dose_ug") + F("booster_ug"),
                ),
                name="order_booster_whole_and_within_hard_max",
            ),
            *(_both_or_neither(name, value, low, high) for name, value, low, high in _PLANNED),
            at_most("order", "fresh_reason", 400),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="order_voided_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_void(self) -> bool:
        """Whether nothing may be given on it any more."""
        return self.voided_at is not None
