"""What may be planned by a route: only what could be ordered without giving a reason for it.

Planning is not a way round the cited ranges: a dose outside them is not compared at all, whoever asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from slackwater.rules.basis import house
from slackwater.rules.boosters import COVERED, is_never_repeated
from slackwater.rules.dosing.amounts import NO_RANGE, dose_findings
from slackwater.rules.dosing.booster import NOT_COVERED
from slackwater.rules.dosing.order import ModelScope, OrderText
from slackwater.rules.dosing.ranges import OrderLimits
from slackwater.rules.findings import Finding, Severity
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import min_from_s, ug_from_mg

NOTHING_LEFT = house("PLAN-07", "a plan stays within the order's hard maximum")

ROWS = (NOTHING_LEFT,)

# Steps between doses, mg: the finest that leaves a row short enough to read.
_STEPS_MG = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(20))
_MOST_DOSES = 100
# Boosters are compared in quarters of the first dose.
_QUARTER_PERCENT = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """For whom doses are planned, and within what.

    hard_max_ug:     of the order; None where none is written yet
    duration_s:      of an infusion; None for the cited time
    booster_after_s: when the one booster would come; None where none is planned
    """

    drug: Drug
    weight_g: int
    age_years: int
    hard_max_ug: int | None = None
    duration_s: int | None = None
    booster_after_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What may be compared by one route.

    doses_ug:         rising; none is left out but for a reason in the catalogue
    most_ug:          what first dose and booster may add up to
    booster_percents: of the first dose, rising; empty where no booster may be planned
    marks:            why a booster is not among them, where one was asked for
    """

    route: Route
    doses_ug: tuple[int, ...]
    most_ug: int
    duration_s: int
    booster_percents: tuple[int, ...]
    marks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOffered:
    """A route by which nothing may be planned, and why."""

    route: Route
    why: Finding


def offered(route: Route, asker: Asker, limits: OrderLimits) -> Offered | NotOffered:
    """The doses and boosters by a route that need no reason."""
    shortest = limits.shortest_iv
    if route is Route.IV and _duration_s(route, asker, limits) < shortest.minutes.total_seconds():
        return NotOffered(
            route=route, why=shortest.stop(f"Only drips over the cited {shortest.value} min are compared.")
        )
    cited = _cited(route, asker, limits)
    if not cited:
        return NotOffered(route=route, why=_no_range(route, asker.drug))
    most = _most(cited[-1], route, asker, limits)
    doses = tuple(ug for ug in cited if ug <= most)
    if not doses:
        sentence = "The hard maximum is below every cited dose by this route."
        return NotOffered(route=route, why=NOTHING_LEFT.stop(sentence))
    marks = tuple(_booster_marks(route, asker, limits))
    may_boost = asker.booster_after_s is not None and not marks
    share = limits.boosters.booster_share.value
    return Offered(
        route=route,
        doses_ug=doses,
        most_ug=most,
        duration_s=_duration_s(route, asker, limits),
        booster_percents=tuple(range(_QUARTER_PERCENT, share + 1, _QUARTER_PERCENT)) if may_boost else (),
        marks=marks,
    )


def _cited(route: Route, asker: Asker, limits: OrderLimits) -> tuple[int, ...]:
    """Round amounts against which no check of the dose speaks, rising."""
    if route is Route.NASAL_DEVICE:
        device = ug_from_mg(str(limits.device_mg.value))
        most = ug_from_mg(str(limits.devices_mg.value))
        return _without_marks(range(device, most + 1, device), route, asker, limits)
    ranges = [one for one in limits.ranges_for(asker.drug, route, age_years=asker.age_years) if one.decides]
    if not ranges:
        return ()
    low = min(one.per.ug(one.low, weight_g=asker.weight_g) for one in ranges)
    high = max(one.per.ug(one.high, weight_g=asker.weight_g) for one in ranges)
    step = next(
        (ug_from_mg(mg) for mg in _STEPS_MG if (high - low) / ug_from_mg(mg) < _MOST_DOSES),
        ug_from_mg(_STEPS_MG[-1]),
    )
    first = -int(-low // step) * step
    return _without_marks(range(first, int(high) + 1, step), route, asker, limits)


def _without_marks(amounts: range, route: Route, asker: Asker, limits: OrderLimits) -> tuple[int, ...]:
    return tuple(ug for ug in amounts if not any(dose_findings(_order(ug, route, asker, limits), limits)))


def _order(ug: int, route: Route, asker: Asker, limits: OrderLimits) -> OrderText:
    """This dose alone, as an order, so that the same checks speak about it."""
    return OrderText(
        drug=asker.drug,
        route=route,
        dose_ug=ug,
        duration_s=_duration_s(route, asker, limits),
        hard_max_ug=None,
        booster=None,
        weight_g=asker.weight_g,
        weighed_at=None,
        age_years=asker.age_years,
        model=ModelScope(title="", drugs=frozenset(Drug), routes=frozenset(Route)),
    )


def _duration_s(route: Route, asker: Asker, limits: OrderLimits) -> int:
    if route is not Route.IV:
        return 0
    cited = int(limits.shortest_iv.minutes.total_seconds())
    return cited if asker.duration_s is None else asker.duration_s


def _most(cited_most: int, route: Route, asker: Asker, limits: OrderLimits) -> int:
    """What both doses may add up to: no more than one cited dose, nor what else bounds it."""
    caps = [cited_most]
    if asker.hard_max_ug is not None:
        caps.append(asker.hard_max_ug)
    if route is Route.IM and asker.drug is Drug.RACEMIC:
        caps.append(ug_from_mg(str(limits.largest_im_mg.value)))
    return min(caps)


def _booster_marks(route: Route, asker: Asker, limits: OrderLimits) -> Iterator[Finding]:
    if asker.booster_after_s is None:
        return
    least, row = limits.boosters.earliest(route, duration_s=_duration_s(route, asker, limits))
    if is_never_repeated(asker.drug, route):
        yield limits.boosters.nasal_esketamine_boosters.stop(
            "Nasal esketamine is not given twice in a session, so no booster is compared."
        )
    elif route not in COVERED:
        yield NOT_COVERED.finding(
            Severity.NOTE,
            f"The house's rules for boosters do not cover {route.label}, so none is compared.",
        )
    elif asker.booster_after_s < least.total_seconds():
        yield row.stop(
            f"A booster by this route comes {min_from_s(least.total_seconds()):g} min after the first dose or"
            f" later, so none is compared at {min_from_s(asker.booster_after_s):g} min."
        )


def _no_range(route: Route, drug: Drug) -> Finding:
    return NO_RANGE.finding(
        Severity.NOTE, f"No range was found in print for {drug.label}, {route.label}, so no dose is compared."
    )
