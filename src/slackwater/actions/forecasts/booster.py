"""What the ordered booster would do to this person, asked of the crowd as it stands in a live session.

The rules say whether it may be given. The crowd can only narrow that: it never allows what a rule bars.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.actions import crowds, medicines, widened
from slackwater.actions.forecasts.forecast import Forecast
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.plans import check_person, limits_of, wish_of
from slackwater.pharma.booster_plan import BoosterOffer, BoosterPlan, plan_booster
from slackwater.pharma.less_sure import booster_less_sure
from slackwater.pharma.plan_question import Asked
from slackwater.rules.boosters import is_never_repeated
from slackwater.rules.planned import PlannedFor
from slackwater.rules.room.booster import BoosterWindow, booster_window
from slackwater.rules.room.doses import BOOSTER, FIRST
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.order import OrderTerms
from slackwater.terms.refusal import RefusedError
from slackwater.units import mg_from_ug

# So many amounts are compared up to the largest that is allowed, each of whole tenths of a milligram.
_AMOUNTS, _TENTH_UG = 20, 100
# So many moments of the window are compared, a minute apart or more.
_MOMENTS = 60
_NO_BASELINE = "No pressure from before the drug is known, so the ceiling could not be asked about."
_OLDER = "From this age pressure rises further than the crowd knows, so the ceiling was not asked about."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoosterAnswer:
    """The crowd's word on the booster of an order, at one moment.

    ordered_ug:  the most that was ordered; allowed_ug is what the rules leave of it (D13, the hard maximum)
    not_asked:   why pressure was not asked about; empty where it was
    wish:        the same question about the depth that the order was planned to reach, from now on; None
                 where nobody wrote one, or the crowd is too thin to tell
    planned:     what the order was planned with; the limits that it does not name are the house's
    zero_at:     when the first dose began, from which closing counts
    """

    asked_at: datetime
    window: BoosterWindow
    ordered_ug: int
    allowed_ug: int
    plan: BoosterPlan
    not_asked: str
    wish: BoosterPlan | None
    planned: PlannedFor
    zero_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether the window is open at the moment asked about."""
        return self.window.opens_at <= self.asked_at <= self.window.closes_at

    @property
    def earliest_at(self) -> datetime | None:
        """From when the smallest booster compared keeps every limit; None where none in the window does."""
        wait = self.plan.earliest_wait_min
        return None if wait is None else self.asked_at + timedelta(minutes=wait)


def booster_answer(
    forecast: Forecast, state: RoomState, terms: OrderTerms, *, at: datetime
) -> BoosterAnswer | None:
    """What each booster from now on would do; None where no booster of this order may be given any more.

    Raises RefusedError where the crowd cannot answer: nobody in it fits, it was drawn from other people, or
    too few of it are left to tell a chance.
    """
    limits = load_limits()
    window = booster_window(terms, state, limits=limits.room.doses)
    allowed_ug = _allowed_ug(state, terms)
    first, amounts = state.dose(FIRST), _amounts_ug(allowed_ug)
    if window is None or first is None or terms.booster is None or not amounts or at > window.closes_at:
        return None
    limited, not_asked = _limits(forecast, state, terms.planned)
    offer = BoosterOffer(
        route=terms.route,
        amounts_mg=tuple(mg_from_ug(ug) for ug in amounts),
        waits_min=_waits(window, at),
    )

    def ask(*asked: Asked) -> BoosterPlan:
        answered = plan_booster(
            forecast.posterior.crowd,
            crowds.regimen_of(state),
            asked,
            offer,
            now_h=(at - first.started_at) / timedelta(hours=1),
            fewest=float(limits.plans.plan_fewest.value),
        )
        return booster_less_sure(answered, widened.factors(forecast.widened))

    return BoosterAnswer(
        asked_at=at,
        window=window,
        ordered_ug=terms.booster.cap_ug,
        allowed_ug=allowed_ug,
        plan=ask(*limited),
        not_asked=not_asked,
        wish=_wish(terms.planned, ask),
        planned=terms.planned,
        zero_at=first.started_at,
    )


def _wish(planned: PlannedFor, ask: Callable[[Asked], BoosterPlan]) -> BoosterPlan | None:
    wish = wish_of(planned)
    if wish is None:
        return None
    try:
        return ask(wish)
    except RefusedError:
        # A crowd too thin for a wish can still tell of limits, and those are what a booster is held to.
        return None


def _allowed_ug(state: RoomState, terms: OrderTerms) -> int:
    """The most that D11 to D15 and the order leave for a booster; 0 for none."""
    first = state.dose(FIRST)
    if first is None or terms.booster is None or state.dose(BOOSTER) is not None:
        return 0
    if is_never_repeated(terms.drug, terms.route) or state.stopped is not None or state.left is not None:
        return 0
    largest = load_limits().room.doses.boosters.largest_ug(first.amount_ug)
    return max(min(terms.booster.cap_ug, largest, terms.hard_max_ug - state.given_ug), 0)


def _amounts_ug(allowed_ug: int) -> tuple[int, ...]:
    """Amounts up to what is allowed, rising, the whole of it among them."""
    parts = (allowed_ug * number // _AMOUNTS // _TENTH_UG * _TENTH_UG for number in range(1, _AMOUNTS))
    return tuple(sorted({ug for ug in (*parts, allowed_ug) if ug > 0}))


def _waits(window: BoosterWindow, at: datetime) -> tuple[int, ...]:
    """Whole minutes from now: from when the window opens, or now, to when it closes."""
    first = max(math.ceil((window.opens_at - at) / timedelta(minutes=1)), 0)
    last = max(math.floor((window.closes_at - at) / timedelta(minutes=1)), first)
    return tuple(range(first, last + 1, max(math.ceil((last - first) / _MOMENTS), 1)))


def _limits(forecast: Forecast, state: RoomState, planned: PlannedFor) -> tuple[tuple[Asked, ...], str]:
    """What is asked of the crowd, and why pressure is not; RefusedError where it cannot answer at all."""
    people, plans = forecast.crowd.population, load_limits().plans
    if forecast.posterior.outside:
        raise RefusedError.of(
            field="crowd",
            code="outside",
            message="Nobody in the crowd fits what was seen.",
            mend="Go by the person and by the rules.",
        )
    taken = [medicines.named(name) for name in people.person.medicines]
    unknown = [one.label for one in taken if not one.checked]
    check_person(people, plans, asks_pressure=False, not_checked=unknown)
    age, baseline = people.person.age_years, state.baseline
    if age is not None and age >= plans.senior_age.value:
        return limits_of(planned, plans, baseline_mmhg=None), _OLDER
    if baseline is None:
        return limits_of(planned, plans, baseline_mmhg=None), _NO_BASELINE
    return limits_of(planned, plans, baseline_mmhg=baseline.sbp / 10), ""
