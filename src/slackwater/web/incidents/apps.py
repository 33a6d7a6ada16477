"""The incidents slice as Django sees it."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.incidents"
    label = "incidents"
