"""The agreements slice as Django sees it."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.agreements"
    label = "agreements"
