"""The long view of one patient: what was given in all, and what is watched for because of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from slackwater.actions.eligibility import lines
from slackwater.actions.eligibility.counting import counted
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Course, Entry, Patient, Session
from slackwater.rules.eligibility.gathered import Given
from slackwater.rules.exposure.course import Past, Watched, course_findings, interval_findings
from slackwater.rules.findings import Finding
from slackwater.rules.room.log import DoseGiven, EntryKind
from slackwater.rules.room.wire import parse_payload
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

_LIVER = ("liver.alt", "liver.ast", "liver.alp", "liver.ggt")
_STOPS = "STOPS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What was given in one visit. `is_played`: a demonstration's play, begun again as often as one likes."""

    session: str
    is_played: bool
    first_at: datetime
    last_at: datetime
    drug: Drug
    route: Route
    amount_ug: int
    doses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What was given in all of one drug by one route."""

    drug: Drug
    route: Route
    visits: int
    amount_ug: int


def visits(patient: Patient, *, until: datetime | None = None) -> tuple[Visit, ...]:
    """Every visit in which something was given, oldest first; those known by a moment."""
    rows = Entry.objects.filter(
        session__patient=patient, session__put_away_at=None, kind=EntryKind.DOSE.value
    ).select_related("session")
    if until is not None:
        rows = rows.filter(happened_at__lte=until)
    by_session: dict[Session, list[tuple[datetime, DoseGiven]]] = {}
    for row in rows.order_by("happened_at"):
        said = parse_payload(EntryKind.DOSE, row.payload)
        if isinstance(said, DoseGiven):
            by_session.setdefault(row.session, []).append((row.happened_at, said))
    return tuple(_visit(session, given) for session, given in by_session.items())


def totals(seen: tuple[Visit, ...]) -> tuple[Total, ...]:
    """In all, by drug and route."""
    amounts: Counter[tuple[Drug, Route]] = Counter()
    numbers: Counter[tuple[Drug, Route]] = Counter()
    for one in seen:
        amounts[one.drug, one.route] += one.amount_ug
        numbers[one.drug, one.route] += 1
    return tuple(
        Total(drug=drug, route=route, visits=numbers[drug, route], amount_ug=amount)
        for (drug, route), amount in sorted(amounts.items())
    )


def against_order(patient: Patient, *, at: datetime) -> tuple[Finding, ...]:
    """What an order waits for because of the visits before it."""
    past = _past(patient, _real(patient, at=at), at=at)
    return tuple(course_findings(past, at=timezone.localtime(at), limits=load_limits().exposure))


def against_dose(patient: Patient, *, at: datetime, but: str = "") -> tuple[Finding, ...]:
    """Whether enough time has passed since the visit before; `but` is the session that is going on."""
    earlier = tuple(one for one in _real(patient, at=at) if one.session != but)
    past = _past(patient, earlier, at=at)
    return tuple(interval_findings(past, at=at, limits=load_limits().exposure))


def _real(patient: Patient, *, at: datetime) -> tuple[Visit, ...]:
    return tuple(one for one in visits(patient, until=at) if not one.is_played)


def _past(patient: Patient, seen: tuple[Visit, ...], *, at: datetime) -> Past:
    given = counted(lines.given(lines.rows(patient, until=at)))
    course = Course.objects.filter(patient=patient, end__isnull=True).first()
    in_course = [one.first_at for one in seen if course and one.first_at >= course.opened_at]
    review = given.get("course.review")
    liver = [one.at for name in _LIVER if (one := given.get(name)) is not None and one.value is not None]
    return Past(
        dosed=tuple(sorted(one.last_at for one in seen)),
        begun=min(in_course, default=None),
        craving=_watched(given.get("watch.craving")),
        bladder=_watched(given.get("watch.bladder")),
        liver_at=min(liver) if len(liver) == len(_LIVER) else None,
        reviewed_at=review.at if review and review.value is not None else None,
        is_to_stop=bool(review and course and review.value == _STOPS and review.at >= course.opened_at),
    )


def _watched(one: Given | None) -> Watched | None:
    return None if one is None or one.value is None else Watched(is_there=bool(one.value), at=one.at)


def _visit(session: Session, given: list[tuple[datetime, DoseGiven]]) -> Visit:
    first = given[0][1]
    return Visit(
        session=str(session.public_id),
        is_played=bool(session.script),
        first_at=given[0][0],
        last_at=given[-1][0],
        drug=first.drug,
        route=first.route,
        amount_ug=sum(said.amount_ug for _, said in given),
        doses=len(given),
    )
