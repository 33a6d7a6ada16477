"""Scoring the forecasts of one finished session, from its log alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction

from slackwater.actions import crowds, log, widened
from slackwater.actions.forecasts.seen import told_before
from slackwater.actions.forecasts.version import version_of
from slackwater.catalogue.loader import load
from slackwater.pharma.back import N_RATINGS, Back, Between, expected_back, seen_back
from slackwater.pharma.crowd import Crowd
from slackwater.pharma.fingerprint import fingerprint
from slackwater.pharma.marks import Known, Mark, Seen, marks
from slackwater.pharma.observe import Rating
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Regimen
from slackwater.records.models import ForecastMark, Marking, Session
from slackwater.rules.room.fold import RoomState
from slackwater.terms.vitals import VitalCode

# Goes up whenever code changes what a mark is, so that finished sessions are marked again.
_METHOD = 2
# A monitor reads each second, and readings of one stretch say nearly the same.
_SPACING = timedelta(minutes=10)
_PRESSURES = (
    (VitalCode.SBP, Quantity.SYSTOLIC_RISE),
    (VitalCode.DBP, Quantity.DIASTOLIC_RISE),
)


def mark_session(session: Session, *, at: datetime) -> Marking | None:
    """Score the session's forecasts, once for each state of its log and each engine.

    Returns None where the patient has not left, or nothing was given: there is then nothing to score.
    Raises RefusedError where the order's model can no longer be asked.
    """
    state, version = log.state(log.rows(session)), version_of(session)
    if state.left is None or state.opened is None or not state.doses:
        return None
    engine = engine_of(state.opened.model)
    known = Marking.objects.filter(session=session, engine=engine, log_version=version).first()
    return known or _kept(session, _scored(state), engine=engine, version=version, at=at)


def engine_of(model: str) -> str:
    """A short name for all that decides a mark: the model, the response, and how marks are made."""
    catalogue = load()
    return fingerprint(catalogue.model(model), catalogue.response, _METHOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """What one session's log says of its forecasts."""

    model: str
    route: str
    crowd_id: str
    marks: tuple[Mark, ...]
    seen: Between | None
    prior: Back
    third: Back | None


def _scored(state: RoomState) -> _Scored:
    if state.opened is None:
        raise ValueError("a session without its opening names no crowd")
    drawn, regimen, ratings = (
        crowds.crowd_of(state.opened),
        crowds.regimen_of(state),
        crowds.ratings_of(state),
    )
    factors = widened.factors(state.opened.widened)
    readings = [*map(Seen.of, ratings), *_pressures(state)]
    return _Scored(
        model=state.opened.model,
        route=state.doses[0].route.value,
        crowd_id=drawn.crowd_id,
        marks=marks(drawn, regimen, partial(told_before, state), readings, factors=factors),
        seen=seen_back(ratings, recovered_depth=drawn.population.response.recovery.depth),
        prior=expected_back(drawn, regimen, Known(observations=())),
        third=_third(drawn, regimen, state, ratings),
    )


def _third(drawn: Crowd, regimen: Regimen, state: RoomState, ratings: list[Rating]) -> Back | None:
    if len(ratings) < N_RATINGS:
        return None
    third = sorted(ratings)[N_RATINGS - 1]
    known = told_before(state, third.at_h)
    return expected_back(drawn, regimen, replace(known, observations=(*known.observations, third)))


def _pressures(state: RoomState) -> Iterator[Seen]:
    """Good pressures since the first dose, one in each stretch, above the baseline; none without one."""
    baseline = state.baseline
    if baseline is None:
        return
    for (code, quantity), before in zip(_PRESSURES, (baseline.sbp, baseline.dbp), strict=True):
        next_at = state.first_dose_at
        for one in state.good(code):
            hours = _hours(state, one.at)
            if not hours or next_at is None or one.at < next_at:
                continue
            next_at = one.at + _SPACING
            yield Seen(quantity=quantity, at_h=hours, value=(one.said.tenths - before) / 10)


def _hours(state: RoomState, at: datetime) -> float | None:
    """Hours since the first dose; None before it."""
    start = state.first_dose_at
    return (at - start) / timedelta(hours=1) if start is not None and at >= start else None


def _kept(session: Session, scored: _Scored, *, engine: str, version: int, at: datetime) -> Marking:
    seen, prior, third = scored.seen, scored.prior, scored.third
    row = Marking(
        session=session,
        engine=engine,
        log_version=version,
        marked_at=at,
        model=scored.model,
        route=scored.route,
        crowd_id=scored.crowd_id,
        seen_back_after_h=seen.after_h if seen else None,
        seen_back_by_h=seen.by_h if seen else None,
        prior_back_p10_h=prior.p10_h,
        prior_back_p50_h=prior.p50_h,
        prior_back_p90_h=prior.p90_h,
        third_back_p10_h=third.p10_h if third else None,
        third_back_p50_h=third.p50_h if third else None,
        third_back_p90_h=third.p90_h if third else None,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ForecastMark.objects.bulk_create(
                _row(row, number, one) for number, one in enumerate(scored.marks, 1)
            )
    except IntegrityError:
        # Another worker marked it meanwhile; from the same log it found the same.
        return Marking.objects.get(session=session, engine=engine, log_version=version)
    return row


def _row(marking: Marking, number: int, mark: Mark) -> ForecastMark:
    return ForecastMark(
        marking=marking,
        number=number,
        quantity=mark.seen.quantity.value,
        at_h=mark.seen.at_h,
        lead_h=mark.lead_h,
        n_before=mark.n_before,
        value=mark.seen.value,
        low=mark.low,
        middle=mark.middle,
        high=mark.high,
        pit_low=mark.pit_low,
        pit_high=mark.pit_high,
        own_pit_low=mark.own_pit_low,
        own_pit_high=mark.own_pit_high,
        own_factor=mark.own_factor,
        factor=mark.factor,
        is_claimed=mark.is_claimed,
    )
