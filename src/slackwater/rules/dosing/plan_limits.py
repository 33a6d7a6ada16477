"""The chance limits that a plan starts from. None is published: a clinic sets its own."""

from dataclasses import dataclass

from slackwater.rules.basis import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLimits:
    """How much of the crowd may come to what, and how thin a crowd may be (PLAN-01 to PLAN-06).

    plan_fewest: people who must be expected in the rarer part of each chance
    """

    plan_too_deep: Threshold
    plan_too_deep_chance: Threshold
    plan_systolic_chance: Threshold
    plan_closing: Threshold
    plan_not_fit_chance: Threshold
    plan_fewest: Threshold
    systolic_alert: Threshold
    senior_age: Threshold
    observation: Threshold
