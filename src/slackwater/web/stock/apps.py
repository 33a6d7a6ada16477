"""The stock slice as Django sees it."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.stock"
    label = "stock"
