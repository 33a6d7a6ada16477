"""The orders slice as Django sees it."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Pages only; the models are in slackwater.records."""

    name = "slackwater.web.orders"
    label = "orders"
