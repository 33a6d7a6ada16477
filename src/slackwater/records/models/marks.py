"""How the forecasts of finished sessions fared."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import between, one_of, written
from slackwater.records.models.sessions import Session

QUANTITIES = ["depth", "systolic_rise", "diastolic_rise"]


class Marking(models.Model):
    """One finished session's forecasts, scored by one engine for one state of its log. Only ever added.

    engine:      names model, response and method; another engine marks the session again, beside this
    log_version: the last entry that the marks rest on
    seen_back:   hours from the first dose between which the patient's own ratings came back to the depth that
                 counts as recovered; empty where they do not tell
    prior_back, third_back: when the crowd expected that of 10, 50 and 90 % of its members, before any rating
                 and after the third; empty where not known, or later than was asked
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="markings")
    engine = models.CharField(max_length=16)
    log_version = models.PositiveIntegerField()
    marked_at = models.DateTimeField()
    model = models.CharField(max_length=100)
    route = models.CharField(max_length=16)
    crowd_id = models.CharField(max_length=16)
    seen_back_after_h = models.FloatField(null=True, blank=True)
    seen_back_by_h = models.FloatField(null=True, blank=True)
    prior_back_p10_h = models.FloatField(null=True, blank=True)
    prior_back_p50_h = models.FloatField(null=True, blank=True)
    prior_back_p90_h = models.FloatField(null=True, blank=True)
    third_back_p10_h = models.FloatField(null=True, blank=True)
    third_back_p50_h = models.FloatField(null=True, blank=True)
    third_back_p90_h = models.FloatField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["session", "engine", "log_version"], name="marking_once_for_each_log_and_engine"
            ),
            written("marking", "engine"),
            written("marking", "model"),
            models.CheckConstraint(
                condition=Q(seen_back_after_h__isnull=True, seen_back_by_h__isnull=True)
                | Q(
                    seen_back_after_h__isnull=False,
                    seen_back_by_h__isnull=False,
                    seen_back_by_h__gte=F("seen_back_after_h"),
                ),
                name="marking_seen_back_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} by {self.engine}"


class ForecastMark(models.Model):
    """One reading, held against what was expected of it; the fields are those of the engine's mark."""

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="marks")
    number = models.PositiveIntegerField()
    quantity = models.CharField(max_length=16)
    at_h = models.FloatField()
    lead_h = models.FloatField()
    n_before = models.PositiveIntegerField()
    value = models.FloatField()
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    pit_low = models.FloatField()
    pit_high = models.FloatField()
    own_pit_low = models.FloatField()
    own_pit_high = models.FloatField()
    own_factor = models.FloatField()
    factor = models.FloatField()
    is_claimed = models.BooleanField()

    class Meta:
        ordering: ClassVar[list[str]] = ["marking", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["marking", "number"], name="mark_numbered_once"),
            one_of("mark", "quantity", QUANTITIES),
            models.CheckConstraint(
                condition=Q(low__lte=F("middle"), middle__lte=F("high")), name="mark_band_in_order"
            ),
            models.CheckConstraint(
                condition=Q(pit_low__gte=0.0, pit_low__lte=F("pit_high"), pit_high__lte=1.0),
                name="mark_place_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(own_pit_low__gte=0.0, own_pit_low__lte=F("own_pit_high"), own_pit_high__lte=1.0),
                name="mark_own_place_is_a_share",
            ),
            between("mark", "factor", 1, 3),
            models.CheckConstraint(condition=Q(own_factor__gte=0.0), name="mark_own_factor_not_negative"),
            models.CheckConstraint(condition=Q(at_h__gte=0.0, lead_h__gte=0.0), name="mark_after_the_dose"),
        ]

    def __str__(self) -> str:
        return f"{self.marking_id}/{self.number} {self.quantity}"
