"""JSON in a column, for values that only our own code writes."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class JSONField(models.JSONField):
    """Django's field without its CHECK (JSON_VALID): with trusted_schema off, SQLite calls that unsafe."""

    def db_check(self, connection: BaseDatabaseWrapper) -> Any:  # noqa: ARG002  Django's signature
        return None

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "slackwater.records.models.json.JSONField", args, kwargs
