"""The people slice as Django sees it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.people"
    label = "people"
