"""What Insight shows: whether bands held what they promised, from the marks of finished sessions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from slackwater.actions import audit
from slackwater.actions.marks import standing, widening
from slackwater.actions.marks.standing import Marked
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.loader import load
from slackwater.pharma import coverage
from slackwater.pharma.coverage import Held, Sharpness, claimed_of, held
from slackwater.pharma.marks import BAND_SHARE, Mark
from slackwater.pharma.quantity import Quantity
from slackwater.records.models import Marking, User
from slackwater.rules.room.log import Widened
from slackwater.terms.route import Route
from slackwater.units import min_from_h

LEVELS = tuple(tenth / 10 for tenth in range(1, 10))
# A running share over so many sessions: fewer jump about, more hide when it changed.
RUNNING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How one kind of forecast fared: made before any rating, after some, or both."""

    name: str
    band: Held
    half: Held
    sharpness: Sharpness


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The sessions of one model and route.

    widened: what is in force for it now; None where the crowd's own bands stand
    """

    model: str
    route: str
    stages: tuple[Stage, ...]
    widened: Widened | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One session's forecasts of one quantity.

    running: share that the last RUNNING sessions' bands held, up to this one; None where they are too few
    """

    session_id: UUID
    opened_at: datetime
    model: str
    route: str
    n_readings: int
    n_disowned: int
    inside: float
    factor: float
    running: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """How far off the expected time of being back was, in minutes, over sessions whose ratings tell it.

    depth:        at or under which a patient counts as back
    prior, third: mean distance before any rating, and after the third; None where the sessions are too few
    """

    depth: float
    n_sessions: int
    prior_min: float | None
    third_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """All that one page shows of one quantity.

    own:       the crowd's own bands, before any widening; None where nothing was widened
    present:   the same sessions by today's engine; None where that is the one that was shown
    disowned:  forecasts made after the crowd itself had said that nobody in it fits; not in the rest
    n_waiting: finished sessions that are not marked yet
    """

    quantity: Quantity
    levels: tuple[Held, ...]
    band: Held | None
    half: Held | None
    own: Held | None
    present: Held | None
    disowned: Held | None
    sharpness: Sharpness | None
    histogram: tuple[float, ...]
    groups: tuple[Group, ...]
    visits: tuple[Visit, ...]
    back: Return
    n_waiting: int


def insight(quantity: Quantity, *, by: User) -> Insight:
    """How the forecasts of this quantity fared. Raises DeniedError for whoever may not see it."""
    require(by, Permission.SEE_INSIGHT)
    shown = standing.as_shown()
    sessions = _claimed(shown, quantity)
    was_widened = any(mark.factor > 1.0 for one in sessions for mark in one)
    return Insight(
        quantity=quantity,
        levels=tuple(found for level in LEVELS if (found := held(sessions, level)) is not None),
        band=held(sessions, BAND_SHARE),
        half=held(sessions, 0.5),
        own=held(sessions, BAND_SHARE, own=True) if was_widened else None,
        present=_present(shown, quantity),
        disowned=held(_disowned(shown, quantity), BAND_SHARE),
        sharpness=coverage.sharpness(sessions),
        histogram=tuple(coverage.histogram(sessions).tolist()),
        groups=tuple(_groups(shown, quantity)),
        visits=tuple(_visits(shown, quantity)),
        back=_back([one.marking for one in shown]),
        n_waiting=_waiting(),
    )


def export(*, by: User, at: datetime) -> list[Marked]:
    """Every mark as it was shown, for whoever may see Insight; that it was taken out is kept."""
    require(by, Permission.SEE_INSIGHT)
    audit.keep(audit.Act.MARKS_EXPORTED, by=by, at=at)
    return standing.as_shown()


def _claimed(marked: Sequence[Marked], quantity: Quantity) -> list[list[Mark]]:
    return [claimed_of(one.marks, quantity) for one in marked]


def _disowned(marked: Sequence[Marked], quantity: Quantity) -> list[list[Mark]]:
    return [
        [mark for mark in one.marks if mark.seen.quantity is quantity and not mark.is_claimed]
        for one in marked
    ]


def _present(shown: Sequence[Marked], quantity: Quantity) -> Held | None:
    present = standing.by_present_engine()
    if [one.marking.pk for one in present] == [one.marking.pk for one in shown]:
        return None
    return held(_claimed(present, quantity), BAND_SHARE, own=True)


def _groups(shown: Sequence[Marked], quantity: Quantity) -> Iterator[Group]:
    for model, route in sorted({(one.marking.model, one.marking.route) for one in shown}):
        these = [one for one in shown if (one.marking.model, one.marking.route) == (model, route)]
        stages = tuple(_stages(_claimed(these, quantity)))
        if stages:
            yield Group(
                model=model.upper(),
                route=Route(route).label,
                stages=stages,
                widened=_in_force(model, route, quantity),
            )


def _in_force(model: str, route: str, quantity: Quantity) -> Widened | None:
    found = widening.in_force(model, route)
    return next((one for one in found if one.quantity.value == quantity.value), None)


def _stages(sessions: Sequence[Sequence[Mark]]) -> Iterator[Stage]:
    stages = {
        "all": sessions,
        "before anything was seen": [[mark for mark in one if mark.is_prior] for one in sessions],
        "after that": [[mark for mark in one if not mark.is_prior] for one in sessions],
    }
    for name, marks in stages.items():
        band, half, sharp = held(marks, BAND_SHARE), held(marks, 0.5), coverage.sharpness(marks)
        if band is not None and half is not None and sharp is not None:
            yield Stage(name=name, band=band, half=half, sharpness=sharp)


def _visits(shown: Sequence[Marked], quantity: Quantity) -> Iterator[Visit]:
    """Oldest first."""
    recent: list[list[Mark]] = []
    for one in shown:
        claimed = claimed_of(one.marks, quantity)
        all_marks = [mark for mark in one.marks if mark.seen.quantity is quantity]
        if not all_marks:
            continue
        recent = [*recent, claimed][-RUNNING:]
        running = held(recent, BAND_SHARE)
        yield Visit(
            session_id=one.session.public_id,
            opened_at=one.session.opened_at,
            model=one.marking.model.upper(),
            route=Route(one.marking.route).label,
            n_readings=len(claimed),
            n_disowned=len(all_marks) - len(claimed),
            inside=sum(mark.inside(BAND_SHARE) for mark in claimed),
            factor=all_marks[0].factor,
            running=running.share if running is not None and running.low is not None else None,
        )


def _back(markings: Sequence[Marking]) -> Return:
    told = [one for one in markings if one.seen_back_after_h is not None and one.seen_back_by_h is not None]
    # The two are compared on the same sessions.
    both = [one for one in told if one.prior_back_p50_h is not None and one.third_back_p50_h is not None]
    depth = load().response.recovery.depth
    if len(both) < coverage.FEWEST_TO_SAY:
        return Return(depth=depth, n_sessions=len(both), prior_min=None, third_min=None)
    prior = [_off_min(one, one.prior_back_p50_h) for one in both]
    third = [_off_min(one, one.third_back_p50_h) for one in both]
    return Return(
        depth=depth,
        n_sessions=len(both),
        prior_min=float(np.mean(prior)),
        third_min=float(np.mean(third)),
    )


def _off_min(marking: Marking, expected_h: float | None) -> float:
    """How far outside the stretch between the two ratings the expected time lies; 0 inside it."""
    after, by, expected = marking.seen_back_after_h or 0.0, marking.seen_back_by_h or 0.0, expected_h or 0.0
    return min_from_h(max(after - expected, expected - by, 0.0))


def _waiting() -> int:
    finished = standing.finished().filter(entries__kind="dose")
    return finished.exclude(pk__in=Marking.objects.values("session")).count()
