"""How an order reads in a list."""

from django import template

from slackwater.records.models import Order, Session
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.web.orders import words

register = template.Library()


@register.filter
def order_line(order: Order) -> str:
    drug, route = Drug(order.drug), Route(order.route)
    return words.short(drug=drug, route=route, dose_ug=order.dose_ug, duration_s=order.duration_s)


@register.filter
def session_of(order: Order) -> Session | None:
    """The session that was opened on this order, if any."""
    return getattr(order, "session", None)
