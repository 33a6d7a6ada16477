"""The crowd's word on a booster as screens read it: a range with its chances, never an instruction."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.utils import timezone

from slackwater.actions import clock, log, order_terms, widened
from slackwater.actions.forecasts import latest
from slackwater.actions.forecasts.booster import BoosterAnswer, booster_answer
from slackwater.catalogue.limits import load_limits
from slackwater.pharma.plan_question import Asked, Kind, NotFit
from slackwater.pharma.plan_words import happening, show_chance
from slackwater.records.models import Session
from slackwater.rules.findings import barring
from slackwater.rules.room.doses import BOOSTER, may_give
from slackwater.rules.room.fold import RoomState
from slackwater.rules.room.log import DoseGiven
from slackwater.rules.room.wire import moment_json
from slackwater.terms.amounts import show_mg
from slackwater.units import ug_from_mg

BoosterJson: TypeAlias = dict[str, Any]
NOT_AN_INSTRUCTION = "A range, not an instruction. The order and the rules decide whether a booster is given."
_KEPT = 32


class BoosterAnswers:
    """Answers by session, kept for the minute and the log that they were worked out for. One is at a time."""

    def __init__(self) -> None:
        self._engine = threading.Lock()
        self._kept: OrderedDict[object, BoosterJson] = OrderedDict()

    def of(self, session: Session, *, wall: datetime) -> BoosterJson:
        """The answer at this moment. Raises RefusedError where the crowd cannot answer."""
        state = log.state(log.rows(session))
        at = clock.room_time(state.clock, wall)
        forecast = latest.of(session)
        minute = at.replace(second=0, microsecond=0)
        key = (session.public_id, forecast.version, minute)
        with self._engine:
            if key not in self._kept:
                terms = order_terms.terms(session.order)
                told = _json(booster_answer(forecast, state, terms, at=at), at, forecast.version)
                self._kept[key] = told | {"caution": widened.caution(forecast.widened)}
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key] | {"barred": _barred(session, state, at)}


answers = BoosterAnswers()


def _json(answer: BoosterAnswer | None, at: datetime, version: int) -> BoosterJson:
    head: BoosterJson = {"version": version, "as_of": moment_json(at), "answer": None}
    if answer is None:
        return head
    plan = answer.plan
    largest = plan.largest_mg()
    return head | {
        "answer": {
            "is_open": answer.is_open,
            "opens_at": moment_json(answer.window.opens_at),
            "closes_at": moment_json(answer.window.closes_at),
            "earliest_at": moment_json(answer.earliest_at) if answer.earliest_at else None,
            "allowed_ug": answer.allowed_ug,
            "largest_ug": None if largest is None else ug_from_mg(f"{largest:.3f}"),
            "sentence": _sentence(answer),
            "chances": _chances(answer),
            "wish": _wish(answer),
            "missing": _missing(answer),
            "not_asked": answer.not_asked,
            "note": NOT_AN_INSTRUCTION,
            "limits": _whose(answer),
        }
    }


def _sentence(answer: BoosterAnswer) -> str:
    """What the answer comes to at its first moment, with the limit that binds."""
    plan, when = answer.plan, "now" if answer.is_open else "as the window opens"
    largest, smallest = plan.largest_mg(), plan.offer.amounts_mg[0]
    if largest is None:
        binding = next(one for one in plan.limits if one.kind is plan.binding(0))
        chance = show_chance(plan.chance(binding.kind, 0).share)
        if plan.without[binding.kind] > binding.chance:
            return (
                f"Without any booster a limit is broken already: {_happening(binding, answer)} in"
                f" {show_chance(plan.without[binding.kind])}, and the limit is {show_chance(binding.chance)}."
            )
        return (
            f"Given {when}, even {smallest:g} mg breaks a limit: {_happening(binding, answer)} in {chance},"
            f" and the limit is {show_chance(binding.chance)}."
        )
    if largest == plan.offer.amounts_mg[-1]:
        return f"Given {when}, up to {largest:g} mg, all that may be given, keeps every limit."
    over = plan.offer.amounts_mg.index(largest) + 1
    binding = next(one for one in plan.limits if one.kind is plan.binding(over))
    chance = show_chance(plan.chance(binding.kind, over).share)
    return (
        f"Given {when}, up to {largest:g} mg of {show_mg(answer.allowed_ug)} keeps every limit."
        f" Above it: {_happening(binding, answer)} in {chance},"
        f" and the limit is {show_chance(binding.chance)}."
    )


def _chances(answer: BoosterAnswer) -> list[BoosterJson]:
    """Each limit without a booster and with all that may be given, at the answer's first moment."""
    plan = answer.plan
    whole = len(plan.offer.amounts_mg) - 1
    return [
        {
            "kind": one.kind.value,
            "words": _happening(one, answer),
            "whose": "as ordered" if _ordered(one.kind, answer) else "the house's",
            "limit": show_chance(one.chance),
            "without": show_chance(plan.without[one.kind]),
            "with": show_chance(plan.chance(one.kind, whole).share),
            "keeps": bool(plan.chances[one.kind][whole, 0] <= one.chance),
        }
        for one in plan.limits
    ]


def _wish(answer: BoosterAnswer) -> BoosterJson | None:
    """The wished depth from now on, without a booster and with all that may be given; None if not told."""
    if answer.wish is None:
        return None
    (wish,) = answer.wish.limits
    whole = len(answer.wish.offer.amounts_mg) - 1
    share = answer.wish.chance(wish.kind, whole).share
    return {
        "words": f"{happening(wish)} from now on",
        "limit": f"at least {show_chance(wish.chance)}",
        "without": show_chance(answer.wish.without[wish.kind]),
        "with": show_chance(share),
        "keeps": share >= wish.chance,
    }


def _missing(answer: BoosterAnswer) -> str:
    """What the order leaves open of what it could have been planned for; empty where it names both."""
    planned = answer.planned
    if planned.is_empty:
        return (
            "The order does not say what it was planned for: no depth is wished for and no closing time set."
        )
    named = (("wished depth", planned.wish), ("closing time", planned.closing))
    missing = [words for words, part in named if part is None]
    return f"The order names no {' and no '.join(missing)}." if missing else ""


def _whose(answer: BoosterAnswer) -> str:
    if all(_ordered(one.kind, answer) for one in answer.plan.limits):
        return "The limits are those that the order was planned with."
    house = "the house's proposals (PLAN-01 to PLAN-05); no source publishes them."
    if answer.planned.is_empty:
        return f"The limits are {house}"
    return f"Limits marked as ordered are the prescriber's. The others are {house}"


def _ordered(kind: Kind, answer: BoosterAnswer) -> bool:
    """Whether the order itself names this limit."""
    planned = answer.planned
    parts = {Kind.TOO_DEEP: planned.too_deep, Kind.SYSTOLIC: planned.ceiling, Kind.NOT_FIT: planned.closing}
    return parts.get(kind) is not None


def _happening(asked: Asked, answer: BoosterAnswer) -> str:
    """What happens, with closing as a time of day: in a room nobody counts hours from the first dose."""
    if not isinstance(asked, NotFit):
        return happening(asked)
    closing = timezone.localtime(answer.zero_at + timedelta(hours=asked.by_h))
    return f"not fit to leave by {closing:%H:%M}"


def _barred(session: Session, state: RoomState, at: datetime) -> bool:
    """Whether a rule bars the booster at this moment, whatever the crowd says."""
    terms = order_terms.terms(session.order)
    if terms.booster is None:
        return True
    dose = DoseGiven(
        number=BOOSTER, drug=terms.drug, route=terms.route, amount_ug=terms.booster.cap_ug, duration_s=0
    )
    return bool(barring(may_give(dose, terms, state, at=at, limits=load_limits().room)))
