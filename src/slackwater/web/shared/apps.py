"""The shared slice as Django sees it."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Templates, static files and template tags that every slice uses."""

    name = "slackwater.web.shared"
    label = "shared"
