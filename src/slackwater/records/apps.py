"""The Django app that owns every model, so that migrations have no cycles."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is kept."""

    name = "slackwater.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
