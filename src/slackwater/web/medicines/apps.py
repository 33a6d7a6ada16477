"""The medicines slice as Django sees it."""

from django.apps import AppConfig


class MedicinesConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.medicines"
    label = "medicines"
