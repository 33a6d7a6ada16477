"""Wishes and limits as they are written on the command line, such as "depth 5 with 60 %"."""

import re
from decimal import Decimal

from slackwater.cli.durations import read_minutes
from slackwater.pharma.plan_question import NotFit, Systolic, TooDeep, Wish
from slackwater.rules.dosing.plan_limits import PlanLimits
from slackwater.terms.amounts import read_decimal
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min, h_from_s, min_from_h

_WITH = re.compile(r"(?P<what>.+?)(?: +with +(?P<chance>[^ %]+) ?%)?")
_DEPTH = re.compile(r"depth (?P<depth>[^ ]+)")
_PRESSURE = re.compile(r"(?P<systolic>[^ /]+)(?:/(?P<diastolic>[^ /]+))?(?: ?mmHg)?")
_LONGEST_MIN = min_from_h(24.0)


def read_wish(text: str) -> Wish:
    """ "depth 5 with 60 %"; RefusedError for another shape or a depth or chance out of range."""
    depth, chance = _depth(text, field="want")
    if chance is None:
        raise _shape("want", text, "Write a depth and its least chance, for example: depth 5 with 60 %.")
    return Wish(depth=depth, chance=chance)


def read_too_deep(text: str | None, limits: PlanLimits) -> TooDeep:
    """The same for the depth that is too deep; None for the clinic's own (PLAN-01, PLAN-02)."""
    usual = limits.plan_too_deep_chance.value / 100
    if text is None:
        return TooDeep(depth=float(limits.plan_too_deep.value), chance=usual)
    depth, chance = _depth(text, field="too-deep")
    return TooDeep(depth=depth, chance=usual if chance is None else chance)


def read_systolic(ceiling: str | None, baseline: str | None, limits: PlanLimits) -> Systolic | None:
    """ "160 with 5 %"; None where neither a ceiling nor a baseline was given.

    Raises RefusedError for a ceiling without a baseline: unknown is a barrier.
    """
    if ceiling is None and baseline is None:
        return None
    what, chance = _split(ceiling, field="ceiling") if ceiling else (f"{limits.systolic_alert.value}", None)
    return Systolic(
        ceiling_mmhg=_systolic(what, field="ceiling"),
        baseline_mmhg=None if baseline is None else _systolic(baseline, field="baseline"),
        chance=limits.plan_systolic_chance.value / 100 if chance is None else chance,
    )


def read_closing(text: str | None, limits: PlanLimits) -> NotFit:
    """ "4 h with 10 %", after the first dose begins; None for the clinic's own (PLAN-04, PLAN-05)."""
    what, chance = _split(text, field="closing") if text else (None, None)
    by_h = h_from_s(limits.plan_closing.minutes.total_seconds())
    if what is not None:
        minutes = read_minutes(what, field="closing", low_min=1.0, high_min=_LONGEST_MIN)
        by_h = h_from_min(minutes)
    return NotFit(
        by_h=by_h,
        observation_h=h_from_s(limits.observation.minutes.total_seconds()),
        chance=limits.plan_not_fit_chance.value / 100 if chance is None else chance,
    )


def _depth(text: str, *, field: str) -> tuple[float, float | None]:
    what, chance = _split(text, field=field)
    match = _DEPTH.fullmatch(what)
    if not match:
        raise _shape(field, text, "Write it with the word depth, for example: depth 5 with 60 %.")
    return float(read_decimal(match["depth"], field=field, places=1, low=0, high=10)), chance


def _split(text: str, *, field: str) -> tuple[str, float | None]:
    """What is meant, and its chance as a share where one was written."""
    match = _WITH.fullmatch(text.strip())
    if not match or (match["chance"] is None and "with" in text):
        raise _shape(field, text, "Write the chance after the word with, for example: with 10 %.")
    if match["chance"] is None:
        return match["what"], None
    percent = read_decimal(match["chance"], field=field, places=1, low=0, high=100, unit="%")
    return match["what"], float(percent / Decimal(100))


def _systolic(text: str, *, field: str) -> float:
    match = _PRESSURE.fullmatch(text.strip())
    if not match:
        raise _shape(field, text, "Write mmHg alone, for example 160, or 120/80 for a baseline.")
    if match["diastolic"] is not None:
        read_decimal(match["diastolic"], field=field, places=0, low=20, high=200, unit="mmHg")
    return float(read_decimal(match["systolic"], field=field, places=0, low=60, high=260, unit="mmHg"))


def _shape(field: str, text: str, mend: str) -> RefusedError:
    return RefusedError.of(field=field, code="shape", message=f"“{text[:40]}” cannot be read.", mend=mend)
