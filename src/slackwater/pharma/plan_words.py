"""A plan in sentences: a range to choose from, what ends it, or why there is none. Never what to give."""

from slackwater.pharma.estimates import Estimate
from slackwater.pharma.plan import RoutePlan
from slackwater.pharma.plan_grid import Booster
from slackwater.pharma.plan_question import Asked, Kind, NotFit, Question, Systolic, TooDeep, Wish
from slackwater.pharma.plan_range import DoseRange
from slackwater.units import min_from_h

NOT_AN_INSTRUCTION = (
    "A range to choose from, not an instruction: whoever prescribes chooses, and the order's own checks hold."
)


def happening(asked: Asked) -> str:
    """What happens, such as "deeper than 9"."""
    match asked:
        case Wish(depth=depth):
            return f"depth {depth:g} reached"
        case TooDeep(depth=depth):
            return f"deeper than {depth:g}"
        case Systolic(ceiling_mmhg=ceiling):
            return f"systolic at {ceiling:g} mmHg or over"
        case NotFit(by_h=by_h):
            return f"not fit to leave {show_hours(by_h)} after the first dose"
    raise TypeError(f"{type(asked).__name__} has no words")


def terms(question: Question) -> tuple[str, ...]:
    """Every term of the question, the wish first."""
    return tuple(
        f"{happening(one)}: {'at least' if one.kind is Kind.WISH else 'at most'} {show_chance(one.chance)}"
        for one in question.asked
    )


def with_booster(booster: Booster | None) -> str:
    """The choice of booster in words."""
    if booster is None:
        return "no booster"
    return f"booster of {100 * booster.share:g} % at {min_from_h(booster.after_h):g} min"


def sentence(plan: RoutePlan, found: DoseRange) -> str:
    """What one range comes to, with what ends it and by how much."""
    wish = plan.question.wish
    beyond = _beyond(plan, found)
    if not found.is_empty:
        reached = f"keep every limit and reach depth {wish.depth:g} in {show_chance(wish.chance)} or more."
        return f"{show_range(found)} {reached} {beyond}"
    reached = f"reaches depth {wish.depth:g} in {show_chance(found.reached.share)}"
    wished = f"{show_chance(wish.chance)} is wished for"
    if found.limit_mg is None:
        return f"No dose: even {_mg(plan.grid.doses_mg[0])}, the lowest compared, breaks a limit. {beyond}"
    highest = f"No dose: {_mg(found.limit_mg)}, the highest that keeps every limit,"
    return f"{highest} {reached}, and {wished}. {beyond}"


def show_range(found: DoseRange) -> str:
    """The doses of a range; "none" where there are none."""
    if found.lowest_mg is None or found.highest_mg is None:
        return "none"
    if found.lowest_mg == found.highest_mg:
        return _mg(found.lowest_mg)
    return f"{found.lowest_mg:g} to {_mg(found.highest_mg)}"


def show_chance(share: float) -> str:
    """0.1 is "10 %", 0.1025 is "10.3 %"."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def show_interval(found: Estimate) -> str:
    """ "10 % (9.1 to 11)": the chance, and where another draw of the crowd would put it."""
    low, high = (show_chance(end).removesuffix(" %") for end in (found.low, found.high))
    return f"{show_chance(found.share)} ({low} to {high})"


def show_hours(hours: float) -> str:
    return f"{hours:g} h" if hours.is_integer() else f"{min_from_h(hours):g} min"


def _beyond(plan: RoutePlan, found: DoseRange) -> str:
    if found.ended_by is None or found.beyond is None:
        return "Above it lies no dose that may be given without a reason."
    ended = next(one for one in plan.question.limits if one.kind is found.ended_by)
    where = "There" if found.limit_mg is None else "The next dose"
    shown, limit = show_chance(found.beyond.share), show_chance(ended.chance)
    chance = f"just over its limit of {limit}" if shown == limit else f"{shown}, and the limit is {limit}"
    return f"{where}: {happening(ended)} in {chance}.{_near(plan, found)}"


def _near(plan: RoutePlan, found: DoseRange) -> str:
    """Where the highest dose is so near its limit that another crowd might put it over."""
    if found.ended_by not in found.close or found.limit_mg is None:
        return ""
    place = plan.grid.boosters.index(found.booster)
    there = plan.chance(found.ended_by, plan.grid.doses_mg.index(found.limit_mg), place)
    return (
        f" At {_mg(found.limit_mg)} it is {show_interval(there)}: within the crowd's own error of the limit,"
        " so another crowd might put that dose over it."
    )


def _mg(amount: float) -> str:
    return f"{amount:g} mg"
