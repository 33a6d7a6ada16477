"""A database belongs to a demonstration or to a clinic, for good, and neither opens the other's."""

from django.conf import settings
from django.db import transaction

from slackwater.records.models import Installation


class OtherKindError(Exception):
    """This database belongs to the other kind of installation. Nothing was changed."""


@transaction.atomic
def claim() -> Installation:
    """Pin a new database to this kind of installation; raise OtherKindError where it is the other's."""
    kind = Installation.Kind(settings.INSTALLATION)
    found, _is_new = Installation.objects.get_or_create(only=1, defaults={"kind": kind.value})
    if found.kind != kind.value:
        other = Installation.Kind(found.kind).label.lower()
        raise OtherKindError(
            f"This database belongs to a {other}, and these settings are for a {kind.label.lower()}. "
            "Point DATABASE_URL, or SLACKWATER_VAR, at another."
        )
    return found
