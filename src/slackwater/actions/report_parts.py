"""The parts of a visit's report from what the records, the log and the crowd hold."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from slackwater.actions import order_terms, signing
from slackwater.actions.forecasts.forecast import Bands, Forecast
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.loader import load
from slackwater.pharma.arrays import Vector
from slackwater.records.models import Order, Patient
from slackwater.reports import forecast as drawn
from slackwater.reports import session as report
from slackwater.reports.log_lines import author
from slackwater.rules.room.fold import RoomState, RunDose
from slackwater.rules.room.log import CheckItem, LogEntry, Opened
from slackwater.rules.room.mandatory import late
from slackwater.terms.amounts import show_kg, show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import min_from_h, min_from_s

# What is looked at before leaving, in the order in which the room asks it.
_BEFORE = (CheckItem.PRESSURE_ACCEPTED, CheckItem.CONSENT_TODAY)
_LEAVING = tuple(item for item in CheckItem if item not in _BEFORE)
_MOST_ALERT = 5

# Blocks of a model that only some routes pass. What is given by nose or mouth is partly swallowed.
_PASSED_BY = {
    "intramuscular": {Route.IM},
    "nasal device": {Route.NASAL_DEVICE},
    "nasal solution": {Route.NASAL_SOLUTION},
    "lozenge": {Route.LOZENGE},
    "held film": {Route.FILM},
    "oral": set(Route) - {Route.IV, Route.IM},
    "first-pass norketamine": set(Route) - {Route.IV, Route.IM},
}


def patient(of: Patient, opened: Opened) -> report.Patient:
    """Who, and what was known of them on the day."""
    age = f"{opened.age_years} years" if opened.age_years is not None else "age unknown"
    return report.Patient(
        name=of.full_name,
        birth_date=of.birth_date,
        reference=_short(of.public_id),
        details=f"{age}, {opened.sex}, {show_kg(opened.weight_g)}",
    )


def order(of: Order) -> report.Order:
    """What was signed, in words with units."""
    dose = f"{Drug(of.drug).label} {show_mg(of.dose_ug)} {Route(of.route).label}"
    if of.duration_s:
        dose += f" over {min_from_s(of.duration_s):g} min"
    return report.Order(
        reference=_short(of.public_id),
        dose=dose,
        booster=_booster(of),
        hard_max=show_mg(of.hard_max_ug),
        prescriber=of.prescriber.shown_name,
        signed_at=of.signed_at,
        remarks=tuple(_remarks(of)),
    )


def doses(state: RoomState, entries: Sequence[LogEntry]) -> tuple[report.DoseGiven, ...]:
    """Each dose as it went in; a stop ends what was running."""
    by = {entry.sequence: author(entry) for entry in entries}
    return tuple(_dose(dose, by[dose.sequence]) for dose in state.doses)


def vitals(state: RoomState) -> tuple[report.VitalTaken, ...]:
    """Every reading that was not struck out, good or not."""
    return tuple(report.VitalTaken(at=one.at, reading=one.said) for one in state.readings)


def leaving(state: RoomState, entries: Sequence[LogEntry]) -> report.Leaving:
    """How the visit ended. Once a patient who was dosed has left, what nobody looked at is named too."""
    left = state.left
    names = {entry.sequence: author(entry) for entry in entries}
    by = names[left.sequence] if left else ""
    overrides = left.said.overrides if left else ()
    set_aside = (f"{one.barrier}. {by}: {one.reason}" for one in overrides)
    return report.Leaving(
        left_at=left.at if left else None,
        checks=tuple(_checks(state, with_missing=bool(left and state.doses))),
        set_aside=tuple(set_aside),
        late=tuple(late(state, limits=load_limits().room.due)),
    )


def people(order: Order, entries: Iterable[LogEntry]) -> tuple[report.Person, ...]:
    """The prescriber, then everybody who wrote in the log, in the order in which they first did."""
    written = [(entry.by_name, entry.by_role) for entry in entries]
    signed = (order.prescriber.shown_name, order.prescriber.role)
    return tuple(report.Person(name=name, role=role) for name, role in dict.fromkeys([signed, *written]))


def forecast(asked: Forecast | None) -> drawn.Forecast | None:
    """The crowd's depth; none where nothing was given, as then there is nothing to compare it with."""
    if asked is None or asked.is_planned:
        return None
    return drawn.Forecast(
        now=_band(asked.time_min, asked.now),
        prior=_band(asked.time_min, asked.prior) if asked.posterior.n_seen else None,
        recovery=drawn.RecoveryTimes(
            p10_min=_minutes(asked.recovered.p10_h),
            p50_min=_minutes(asked.recovered.p50_h),
            p90_min=_minutes(asked.recovered.p90_h),
        ),
    )


def basis(
    opened: Opened, asked: Forecast | None, *, routes: frozenset[Route], refusal: str, unheard: str
) -> drawn.Basis:
    """What every predicted number rests on.

    unheard: what the crowd was told not to listen to, in words; empty where it listens to everything
    routes:  those by which something was given; what a model holds for others has no part in the numbers
    refusal: why no crowd could be asked, where none could
    """
    posterior = asked.posterior if asked else None
    model = load().models.get(opened.model)
    return drawn.Basis(
        model=opened.model,
        model_title=model.title if model else opened.model,
        drug=opened.drug.label,
        seed=opened.seed,
        subjects=opened.subjects,
        crowd_id=asked.crowd.crowd_id if asked else "not drawn",
        observed=f"{posterior.counted_text if posterior else 'nothing'}. {unheard}".removesuffix(". "),
        ess=posterior.ess if posterior else 0.0,
        was_refreshed=bool(posterior and posterior.refreshed),
        is_outside=bool(posterior and posterior.outside),
        sentence=posterior.sentence if posterior else refusal,
        lines=tuple(_basis_lines(asked, routes)),
    )


def _booster(of: Order) -> str:
    if of.booster_ug is None or of.booster_earliest_s is None or of.booster_latest_s is None:
        return ""
    window = f"{min_from_s(of.booster_earliest_s):g} to {min_from_s(of.booster_latest_s):g} min"
    return f"at most {show_mg(of.booster_ug)}, once, {window} after the first dose began"


def _remarks(of: Order) -> Iterable[str]:
    """What it was planned for; each mark that was set aside, then the reason, which may stand for several."""
    if planned := "; ".join(order_terms.planned_for(of).sentences()):
        yield f"Planned for: {planned}."
    if of.fresh_reason:
        yield f"The crowd starts from what is published, not from earlier sessions: {of.fresh_reason}"
    said = {found["id"]: found["sentence"] for found in of.findings}
    for override in of.overrides:
        yield f"{override['id']}: {said.get(override['id'], '')}"
    for reason in dict.fromkeys(override["reason"] for override in of.overrides):
        yield f"{of.prescriber.shown_name}: {reason}"


def _dose(dose: RunDose, by: str) -> report.DoseGiven:
    return report.DoseGiven(
        number=dose.number,
        drug=dose.drug.label,
        route=dose.route.label,
        amount_ug=dose.amount_ug,
        given_at=dose.started_at,
        by=by,
        duration_min=_between(dose.started_at, dose.planned_end_at),
        stopped_after_min=_between(dose.started_at, dose.ended_at) if dose.was_cut else None,
    )


def _checks(state: RoomState, *, with_missing: bool) -> Iterable[report.CheckLine]:
    last = state.alertness[-1].said.moaas if state.alertness else None
    needed = load().limits.recovery.leaving_moaas.value
    if last is not None:
        yield report.CheckLine(
            label="Alert (MOAA/S)", passed=last >= needed, detail=f"{last} of {_MOST_ALERT}"
        )
    elif with_missing:
        yield report.CheckLine(label="Alert (MOAA/S)", passed=None)
    for item in _LEAVING:
        seen = state.check(item)
        if seen:
            yield report.CheckLine(label=item.label, passed=seen.said.passed, detail=seen.said.detail)
        elif with_missing and item is not CheckItem.PRESSURE_FALLING:
            # R03 asks for it only where the pressure itself doesn't answer; what wasn't asked isn't missing.
            yield report.CheckLine(label=item.label, passed=None)


def _basis_lines(asked: Forecast | None, routes: frozenset[Route]) -> Iterable[drawn.BasisLine]:
    for footing in asked.basis if asked else ():
        passed_by = _PASSED_BY.get(footing.what.partition(": ")[2])
        if passed_by is None or passed_by & routes:
            # The grade stands beside it, so the source need not begin with it.
            source = footing.source.removeprefix("Judgement: ")
            yield drawn.BasisLine(what=footing.what.rstrip("."), source=source, grade=footing.grade)
    limits = load().limits.recovery
    for row in (limits.observation, limits.recovered_chance):
        grade = signing.told(row.rule, row.verified)
        yield drawn.BasisLine(what=f"{row.rule}: {row.what}", source=row.source, grade=grade)


def _band(time_min: Vector, bands: Bands) -> drawn.Band:
    p05, p25, p50, p75, p95 = (tuple(row) for row in bands.depth.tolist())
    return drawn.Band(time_min=tuple(time_min.tolist()), p05=p05, p25=p25, p50=p50, p75=p75, p95=p95)


def _minutes(hours: float | None) -> float | None:
    return None if hours is None else min_from_h(hours)


def _between(start: datetime, end: datetime) -> float:
    return min_from_s((end - start).total_seconds())


def _short(public_id: object) -> str:
    """The part of an identifier that people read out to each other."""
    return str(public_id)[:8]
