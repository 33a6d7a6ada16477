"""Checks that the database itself makes.

SQLite keeps 13 characters in a field of 5 when a row is created without a form, so lengths are constraints.
"""

from django.db.models import CheckConstraint, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual


def at_most(table: str, field: str, characters: int) -> CheckConstraint:
    """The text in `field` is no longer than this."""
    return CheckConstraint(
        condition=LessThanOrEqual(Length(field), characters), name=f"{table}_{field}_at_most_{characters}"
    )


def written(table: str, field: str) -> CheckConstraint:
    """The text in `field` is not empty."""
    return CheckConstraint(condition=GreaterThanOrEqual(Length(field), 1), name=f"{table}_{field}_is_written")


def between(table: str, field: str, low: int, high: int) -> CheckConstraint:
    """The number in `field` lies between low and high, both included; NULL passes."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=f"{table}_{field}_in_range"
    )


def one_of(table: str, field: str, values: list[str]) -> CheckConstraint:
    """The text in `field` is one of these words."""
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"{table}_{field}_is_known")
