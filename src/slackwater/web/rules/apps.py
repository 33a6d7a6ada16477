"""The rules slice as Django sees it."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.rules"
    label = "rules"
