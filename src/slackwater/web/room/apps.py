"""The room slice as Django sees it."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.room"
    label = "room"
