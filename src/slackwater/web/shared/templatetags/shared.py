"""The small words of the templates: amounts, ages and times as people say them."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from slackwater.rules.basis import Basis
from slackwater.rules.findings import Finding
from slackwater.rules.sign_off import sureness
from slackwater.terms import amounts
from slackwater.units import h_and_min, min_from_s

register = template.Library()


@register.simple_tag(takes_context=True)
def how_sure(context: template.Context, row: Finding | Basis) -> str:
    """How sure the source of a finding or a row is, and who has accepted it here."""
    rule = row.id if isinstance(row, Finding) else row.rule
    return sureness(rule, row.verified, context.get("signatures") or {})


@register.simple_tag(takes_context=True)
def how_sure_here(context: template.Context, finding: Finding) -> str:
    """Who has accepted the rule of a finding; nothing where nobody has."""
    signature = (context.get("signatures") or {}).get(finding.id)
    return f" ({signature.told})" if signature else ""


_DAY_H = 24


@register.filter
def mg(ug: int) -> str:
    return amounts.show_mg(ug)


@register.filter
def kg(grams: int) -> str:
    return amounts.show_kg(grams)


@register.filter
def long_date(day: date | datetime | None) -> str:
    """4 March 1990: the month in letters, so that nobody swaps it with the day."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return f"{day.day} {day:%B %Y}"


@register.filter
def clock_time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
def day_time(moment: datetime | None) -> str:
    """4 March 1990, 16:40."""
    return f"{long_date(moment)}, {clock_time(moment)}" if moment else ""


@register.filter
def span(length: timedelta | float | None) -> str:
    """A length of time in plain words: "40 minutes", "1 hour 5 minutes", "3 days"."""
    if length is None:
        return ""
    seconds = length.total_seconds() if isinstance(length, timedelta) else float(length)
    minutes = int(min_from_s(seconds))
    if minutes < 1:
        return "less than a minute"
    hours, rest = h_and_min(minutes)
    if not hours:
        return _counted(rest, "minute")
    if hours < _DAY_H:
        return _counted(hours, "hour") + (f" {_counted(rest, 'minute')}" if rest else "")
    return _counted(hours // _DAY_H, "day")


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago: to the minute within the hour, then to the hour, then to the day."""
    if moment is None:
        return ""
    age = timezone.now() - moment
    whole_hours = age - age % timedelta(hours=1)
    return f"{span(whole_hours or age)} ago"


@register.filter
def before_colon(label: str) -> str:
    return str(label).partition(": ")[0]


@register.filter
def after_colon(label: str) -> str:
    return str(label).partition(": ")[2]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
