"""The cabinet: products, containers, their ledgers, counts and cases. Nothing here is ever deleted."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from slackwater.records.models.constraints import at_most, between, one_of, written
from slackwater.records.models.json import JSONField
from slackwater.records.models.people import User
from slackwater.records.models.sessions import HASH_LENGTH, Session
from slackwater.terms.drug import Drug

FORMS = ["vial", "device", "lozenge"]
MOVEMENT_KINDS = [
    "received", "opened", "drawn", "given", "not_given", "wasted", "returned", "disposed", "lost",
    "set_aside", "counted", "adjusted", "reversed",
]  # fmt: skip
WITNESSED_KINDS = ["wasted", "returned", "disposed", "lost", "adjusted", "reversed"]
COUNT_PURPOSES = ["opening", "closing", "weekly", "inventory"]
CASE_KINDS = ["opened", "lost", "seen", "noted", "closed"]
MOST_UG = 2_000_000_000
CODE_LENGTH = 40


class Product(models.Model):
    """One drug in one form, strength and size. Never edited: another strength is another product.

    gtin: the number in its barcode, 14 digits as text; empty where it has none
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    drug = models.CharField(max_length=12)
    form = models.CharField(max_length=8)
    content_ug = models.PositiveIntegerField()
    strength_ug_ml = models.PositiveIntegerField(default=0)
    volume_ul = models.PositiveIntegerField(default=0)
    is_single_use = models.BooleanField(default=True)
    gtin = models.CharField(max_length=14, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("product", "name"),
            at_most("product", "name", 80),
            at_most("product", "gtin", 14),
            one_of("product", "drug", [drug.value for drug in Drug]),
            one_of("product", "form", FORMS),
            between("product", "content_ug", 1, MOST_UG),
            models.UniqueConstraint(fields=["gtin"], condition=~Q(gtin=""), name="product_gtin_once"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ProductRetired(models.Model):
    """From then on no more of this product comes in, and another strength may. What is here is used up."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="retired")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.product_id} retired"


class Container(models.Model):
    """One vial, device or lozenge. What is in it is folded from its ledger and stands nowhere else.

    own_number: the clinic's own, written on it when it comes in
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="containers")
    own_number = models.PositiveIntegerField(unique=True)
    lot = models.CharField(max_length=CODE_LENGTH)
    serial = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    expiry = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["own_number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            written("container", "lot"),
            at_most("container", "lot", CODE_LENGTH),
            at_most("container", "serial", CODE_LENGTH),
            models.UniqueConstraint(
                fields=["product", "serial"], condition=~Q(serial=""), name="container_serial_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it: the clinic's own number."""
        return f"no. {self.own_number}"


class LedgerLine(models.Model):
    """One line of a container's ledger. Only ever added; triggers refuse everything else."""

    container = models.ForeignKey(Container, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    kind = models.CharField(max_length=12)
    payload = JSONField()
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_lines"
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    by_role = models.CharField(max_length=12)
    witness = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    witness_name = models.CharField(max_length=160, blank=True, default="")
    leaf = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar[list[str]] = ["container", "number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["happened_at"], name="ledger_happened_at")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["container", "number"], name="ledger_number_once"),
            models.UniqueConstraint(fields=["container", "key"], name="ledger_key_once"),
            models.UniqueConstraint(fields=["container", "previous"], name="ledger_never_forks"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ledger_number_from_one"),
            models.CheckConstraint(
                condition=~Q(kind__in=WITNESSED_KINDS) | Q(witness__isnull=False),
                name="ledger_seen_by_two",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("by")), name="ledger_witness_is_another"
            ),
            one_of("ledger", "kind", MOVEMENT_KINDS),
            at_most("ledger", "by_name", 160),
            at_most("ledger", "witness_name", 160),
            at_most("ledger", "leaf", HASH_LENGTH),
            written("ledger", "leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.container_id}/{self.number} {self.kind}"


class StockCount(models.Model):
    """One person's count; two of them make a count. What was seen stands in the ledgers, a line each."""

    public_id = models.UUIDField(unique=True)
    purpose = models.CharField(max_length=12)
    day = models.DateField()
    place = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "purpose", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("count", "purpose", COUNT_PURPOSES),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="count_first_or_second"),
            models.UniqueConstraint(fields=["purpose", "day", "place"], name="count_place_once"),
            models.UniqueConstraint(fields=["purpose", "day", "by"], name="count_by_two_people"),
            at_most("count", "note", 400),
            at_most("count", "by_name", 160),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.purpose} {self.place}"


class CaseLine(models.Model):
    """One line of a case about a difference. A case is open until a line closes it; none is ever edited.

    kind: opened by a count or lost; seen again by another count; noted; closed
    expected_ug, seen_ug: of a count or a loss; empty elsewhere
    """

    case = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    container = models.ForeignKey(Container, on_delete=models.PROTECT, related_name="case_lines")
    expected_ug = models.PositiveIntegerField(null=True, blank=True)
    seen_ug = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_name = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["case", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="closed"), name="case_closed_once"),
            one_of("case", "kind", CASE_KINDS),
            at_most("case", "words", 1000),
            at_most("case", "by_name", 160),
            at_most("case", "second_name", 160),
            models.CheckConstraint(
                condition=~Q(kind="closed") | Q(second__isnull=False), name="case_closed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("by")), name="case_second_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}/{self.number} {self.kind}"
