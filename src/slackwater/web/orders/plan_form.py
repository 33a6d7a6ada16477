"""What a prescriber wishes for and where the limits are, as it is typed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.plans import observation_h
from slackwater.pharma.plan_question import NotFit, Question, Systolic, TooDeep, Wish
from slackwater.rules.dosing.plan_limits import PlanLimits
from slackwater.terms import amounts
from slackwater.terms.refusal import RefusedError
from slackwater.units import h_from_min
from slackwater.web.shared.forms import NumberText, PlainForm

PREFIX = "plan"
# What a number in each field may be: the lowest, the highest, its unit.
_DEPTH, _PERCENT, _MMHG, _HOURS = (0, 10, ""), (0, 100, "%"), (60, 260, "mmHg"), (0, 24, "h")
_SHAPES = {
    "want": _DEPTH,
    "want_chance": _PERCENT,
    "too_deep": _DEPTH,
    "too_deep_chance": _PERCENT,
    "baseline": _MMHG,
    "ceiling": _MMHG,
    "ceiling_chance": _PERCENT,
    "closing": _HOURS,
    "closing_chance": _PERCENT,
}
_PRESSURE = ("baseline", "ceiling", "ceiling_chance")


def _number(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=NumberText(), help_text=help_text)


class PlanForm(PlainForm):
    """A wish and three limits. Nothing is wished for until somebody writes it."""

    aliases: ClassVar[dict[str, str]] = {name.replace("_", "-"): name for name in _SHAPES}

    want = _number("Depth to reach", "0 to 10, from what was agreed while sober")
    want_chance = _number("In at least", "of people like this patient")
    too_deep = _number("Too deep is over", "0 to 10")
    too_deep_chance = _number("In at most")
    baseline = _number("Systolic before the drug", "Left empty, pressure is not asked about.")
    ceiling = _number("Systolic ceiling")
    ceiling_chance = _number("Reached in at most")
    closing = _number("Fit to leave by", "after the first dose begins")
    closing_chance = _number("Not fit in at most")

    @property
    def is_begun(self) -> bool:
        """Whether anything is wished for yet."""
        return bool(self.data.get(self.add_prefix("want")))

    def clean(self) -> dict[str, Any]:
        """Adds the question; None where a part is missing or wrong, with its words at the field."""
        typed = self.cleaned_data
        asks_pressure = bool(typed.get("baseline"))
        names = [name for name in _SHAPES if asks_pressure or name not in _PRESSURE]
        numbers = {name: self._number(name) for name in names}
        typed["question"] = None
        if not self.errors:
            try:
                typed["question"] = _question(numbers, load_limits().plans)
            except RefusedError as refusal:
                self.refuse(refusal.problems)
        return typed

    def question(self) -> Question | None:
        """What is asked, once all of it can be."""
        return self.cleaned_data["question"] if self.is_valid() else None

    def needs(self) -> list[str]:
        """What is still to be written or mended, field by field."""
        at_fields = [f"{field.label}: {error}" for field in self for error in field.errors]
        return [*at_fields, *(str(error) for error in self.non_field_errors())]

    def _number(self, name: str) -> float:
        low, high, unit = _SHAPES[name]
        found = self.read(
            name,
            lambda text: amounts.read_decimal(text, field=name, places=1, low=low, high=high, unit=unit),
        )
        return float(found or 0)


def plan_form(data: QueryDict | None = None, *, kept: Mapping[str, str] = MappingProxyType({})) -> PlanForm:
    """The form with the house's limits in it; the wish and the baseline are for the prescriber to write.

    kept: what stands in the order itself, by the names of this form; it comes before the house's limits
    """
    limits = load_limits().plans
    closing_h = h_from_min(limits.plan_closing.value)
    first = {
        "too_deep": limits.plan_too_deep.value,
        "too_deep_chance": limits.plan_too_deep_chance.value,
        "ceiling": limits.systolic_alert.value,
        "ceiling_chance": limits.plan_systolic_chance.value,
        "closing": f"{closing_h:g}",
        "closing_chance": limits.plan_not_fit_chance.value,
    }
    return PlanForm(data, prefix=PREFIX, initial=first | dict(kept))


def _question(numbers: dict[str, float], limits: PlanLimits) -> Question:
    systolic = None
    if "baseline" in numbers:
        systolic = Systolic(
            ceiling_mmhg=numbers["ceiling"],
            baseline_mmhg=numbers["baseline"],
            chance=numbers["ceiling_chance"] / 100,
        )
    return Question(
        wish=Wish(depth=numbers["want"], chance=numbers["want_chance"] / 100),
        too_deep=TooDeep(depth=numbers["too_deep"], chance=numbers["too_deep_chance"] / 100),
        systolic=systolic,
        not_fit=NotFit(
            by_h=numbers["closing"],
            observation_h=observation_h(limits),
            chance=numbers["closing_chance"] / 100,
        ),
    )
