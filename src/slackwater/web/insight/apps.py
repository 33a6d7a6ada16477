"""The insight slice as Django sees it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.insight"
    label = "insight"
