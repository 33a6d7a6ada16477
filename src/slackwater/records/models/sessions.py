"""A session and its log."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from slackwater.records.models.constraints import at_most, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.orders import Order
from slackwater.records.models.people import Patient, User

KINDS = [
    "opened", "dose", "vitals", "rating", "alertness", "name_call", "listening", "note", "stop", "check",
    "struck", "left", "speed", "said_no", "asked", "came_in", "went_out",
    "alarm_seen", "alarm_scored", "rescue_step",
]  # fmt: skip
ROOM_LENGTH = 40
HASH_LENGTH = 64
# Scripts of the demonstration's past begin so; their rooms are played quickly, out of sight.
PAST = "past-"


class Session(models.Model):
    """One dosing session. What happened in it is folded from its entries and stands nowhere else."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="sessions")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="session")
    room = models.CharField(max_length=ROOM_LENGTH)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)
    put_away_at = models.DateTimeField(null=True, blank=True)
    # Which play a demonstration's room follows; empty where people write the log themselves.
    script = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("session", "room"),
            at_most("session", "room", ROOM_LENGTH),
            # Only a demonstration can be started over; a patient's session stays where it is.
            models.CheckConstraint(
                condition=Q(put_away_at__isnull=True) | Q(is_demo=True), name="session_put_away_only_in_demo"
            ),
            models.CheckConstraint(
                condition=Q(script="") | Q(is_demo=True), name="session_scripted_only_in_demo"
            ),
            at_most("session", "script", 20),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_past_play(self) -> bool:
        """Whether this is a visit of the demonstration's past, which nobody holds a room for."""
        return self.script.startswith(PAST)


class Entry(models.Model):
    """One line of a session's log. Only ever added; triggers refuse everything else.

    happened_at and recorded_at are in the room's time, which is the wall's outside a demonstration;
    written_at is the wall's. clock_shift_ms says by how much a wrong device clock was corrected.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    key = models.UUIDField()
    kind = models.CharField(max_length=12)
    payload = JSONField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    written_at = models.DateTimeField()
    clock_shift_ms = models.BigIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    by_role = models.CharField(max_length=12)
    device = models.ForeignKey(
        "records.DeviceToken", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dose_number = models.PositiveSmallIntegerField(null=True, blank=True)
    request_hash = models.CharField(max_length=HASH_LENGTH)
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "sequence"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["session", "kind"], name="entry_session_kind")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "sequence"], name="entry_sequence_once"),
            models.UniqueConstraint(fields=["session", "key"], name="entry_key_once"),
            models.UniqueConstraint(fields=["session", "dose_number"], name="entry_dose_given_once"),
            # One successor to every entry: two logs can never grow from one head.
            models.UniqueConstraint(fields=["session", "previous"], name="entry_never_forks"),
            models.CheckConstraint(
                condition=Q(kind="dose", dose_number__isnull=False, dose_number__in=[1, 2])
                | (~Q(kind="dose") & Q(dose_number__isnull=True)),
                name="entry_dose_is_numbered",
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="entry_sequence_from_one"),
            one_of("entry", "kind", KINDS),
            at_most("entry", "by_name", 160),
            at_most("entry", "leaf", HASH_LENGTH),
            written("entry", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.sequence} {self.kind}"
