"""The rescue slice as Django sees it."""

from django.apps import AppConfig


class RescueConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.rescue"
    label = "rescue"
