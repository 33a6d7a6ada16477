"""The small words of Insight's templates."""

from django import template

register = template.Library()


@register.filter
def wider(factor: float) -> int:
    """By how many percent a factor stretches."""
    return round(100 * (factor - 1.0))
