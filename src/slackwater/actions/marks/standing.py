"""The marks of finished sessions as they stand: what was shown, what the present engine would show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from slackwater.actions.marks.marking import engine_of
from slackwater.pharma.marks import Mark, Seen
from slackwater.pharma.quantity import Quantity
from slackwater.records.models import ForecastMark, Marking, Session
from slackwater.terms.refusal import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A finished session's marks by one engine."""

    session: Session
    marking: Marking
    marks: tuple[Mark, ...]


def as_shown(*, model: str = "", route: str = "") -> list[Marked]:
    """Every session's marks by the engine whose forecasts its room showed, oldest first."""
    chosen = []
    for markings in _by_session(model, route):
        first = markings[0].engine
        chosen.append([one for one in markings if one.engine == first][-1])
    return _marked(chosen)


def by_present_engine(*, model: str = "", route: str = "") -> list[Marked]:
    """The marks that the engine of today gives, oldest first; sessions it has not marked yet are left out."""
    engines: dict[str, str] = {}
    chosen = []
    for markings in _by_session(model, route):
        name = markings[0].model
        if name not in engines:
            engines[name] = _engine(name)
        present = [one for one in markings if one.engine == engines[name]]
        chosen += present[-1:]
    return _marked(chosen)


def finished() -> QuerySet[Session]:
    """Sessions whose patient has left, of this kind of installation, oldest first."""
    sessions = Session.objects.filter(is_demo=settings.DEMO, put_away_at=None, entries__kind="left")
    return sessions.order_by("opened_at", "pk").distinct()


def _engine(model: str) -> str:
    try:
        return engine_of(model)
    except RefusedError:
        return ""  # a model that has left the catalogue has no present engine


def _by_session(model: str, route: str) -> list[list[Marking]]:
    found = Marking.objects.filter(session__is_demo=settings.DEMO, session__put_away_at=None)
    if model:
        found = found.filter(model=model)
    if route:
        found = found.filter(route=route)
    grouped: dict[int, list[Marking]] = defaultdict(list)
    for marking in found.select_related("session").order_by("session__opened_at", "session_id", "pk"):
        grouped[marking.session_id].append(marking)
    return list(grouped.values())


def _marked(markings: Iterable[Marking]) -> list[Marked]:
    chosen = list(markings)
    rows: dict[int, list[Mark]] = defaultdict(list)
    for row in ForecastMark.objects.filter(marking__in=chosen).order_by("marking", "number"):
        rows[row.marking_id].append(_mark(row))
    return [Marked(session=one.session, marking=one, marks=tuple(rows[one.pk])) for one in chosen]


def last_marked_at(marked: Iterable[Marked]) -> datetime | None:
    """When the last of these was marked."""
    return max((one.marking.marked_at for one in marked), default=None)


def _mark(row: ForecastMark) -> Mark:
    return Mark(
        seen=Seen(quantity=Quantity(row.quantity), at_h=row.at_h, value=row.value),
        lead_h=row.lead_h,
        n_before=row.n_before,
        low=row.low,
        middle=row.middle,
        high=row.high,
        pit_low=row.pit_low,
        pit_high=row.pit_high,
        own_pit_low=row.own_pit_low,
        own_pit_high=row.own_pit_high,
        own_factor=row.own_factor,
        factor=row.factor,
        is_claimed=row.is_claimed,
    )
