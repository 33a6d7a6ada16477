"""Reads a dose as people write it: route, amount with a unit, `over` how long, `at` when.

    iv 35 mg over 40 min            im 20 mg at 30 min           iv 0.5 mg/kg over 40 min
    iv 60 mg/h for 40 min           nasal device 56 mg           lozenge 100 mg

Nothing is read without a unit, and what cannot be read is refused with how to mend it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.amounts import read_decimal
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route
from slackwater.units import h_from_min, h_from_s, mg_from_mcg, per_h_from_per_min

# A regimen is one session. This bounds what is read; clinical limits are the rules' own.
LATEST_H: Final = 24
_LARGEST: Final = 1_000_000
_PLACES: Final = 4

_ROUTES: Final = {
    "iv": Route.IV,
    "im": Route.IM,
    "nasal device": Route.NASAL_DEVICE,
    "nasal-device": Route.NASAL_DEVICE,
    "nasal solution": Route.NASAL_SOLUTION,
    "nasal-solution": Route.NASAL_SOLUTION,
    "lozenge": Route.LOZENGE,
    "film": Route.FILM,
    "oral": Route.ORAL,
}
_HOURS_OF: Final[dict[str, Callable[[float], float]]] = {
    **dict.fromkeys(("s", "second", "seconds"), h_from_s),
    **dict.fromkeys(("min", "minute", "minutes"), h_from_min),
    **dict.fromkeys(("h", "hour", "hours"), float),
}
_AMOUNT_MENDS: Final = {
    "ug": "Write mcg.",
    "µg": "Write mcg.",
    "μg": "Write mcg.",
    "g": "Write the amount in mg.",
    "ml": "Write the amount in mg; a volume is no dose without its strength.",
    "mg/ml": "Write the amount in mg; a strength is no dose.",
    "spray": "Write the amount in mg, for example 56 mg.",
    "sprays": "Write the amount in mg, for example 56 mg.",
}
_UNITS_MEND: Final = "Use mg, mcg, mg/kg or mcg/kg, or mg/h, mg/min, mg/kg/h or mcg/kg/min with a duration."
_EXAMPLE: Final = "Write it like this: iv 35 mg over 40 min at 10 min."

_NUMBER_THEN_UNIT = re.compile(r"([+\-−]?[\d.,_]+(?:[eE][+\-]?\d+)?)(.*)", re.DOTALL)
_AMOUNT_UNIT = re.compile(r"(mg|mcg)(/kg)?(/h|/min)?")


@dataclass(frozen=True, slots=True)
class _Quantity:
    number: Decimal
    unit: str


def parse_regimen(texts: list[str] | tuple[str, ...], *, weight_kg: float | None = None) -> Regimen:
    """Several doses as one regimen. Raises RefusedError with the problems of every dose."""
    doses: list[Dose] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            doses.append(parse_dose(text, weight_kg=weight_kg))
        except RefusedError as refused:
            problems.extend(refused.problems)
    if problems:
        raise RefusedError(*problems)
    return Regimen(tuple(doses))


def parse_dose(text: str, *, weight_kg: float | None = None, field: str = "dose") -> Dose:
    """One dose from words.

    weight_kg: needed for amounts per kg
    field:     the name of the input, for refusals
    Raises RefusedError naming the part that cannot be read and how to mend it.
    """
    return _Reader(text, weight_kg=weight_kg, field=field).dose()


class _Reader:
    def __init__(self, text: str, *, weight_kg: float | None, field: str) -> None:
        self._text = " ".join(text.split())
        self._words = self._text.lower().split(" ") if self._text else []
        self._weight_kg = weight_kg
        self._field = field

    def dose(self) -> Dose:
        route = self._route()
        amount = self._quantity("amount")
        over = at = None
        while self._words:
            word = self._words.pop(0)
            if word in ("over", "for") and over is None:
                over = self._time(word)
            elif word == "at" and at is None:
                at = self._time(word)
            elif word in ("over", "for", "at"):
                self._refuse("twice", f"“{word}” is given twice.", "Write it once.")
            else:
                self._refuse("extra", f"“{word}” is not understood.", _EXAMPLE)
        if over is not None and route is not Route.IV:
            self._refuse(
                "duration-route",
                "Only an iv dose has a duration of its own.",
                "Leave it out, or give the dose iv.",
            )
        amount_mg = self._amount_mg(amount, over)
        return Dose(route=route, amount_mg=amount_mg, at_h=at or 0.0, duration_h=over or 0.0)

    def _route(self) -> Route:
        if not self._words:
            self._refuse("missing", "No dose was given.", _EXAMPLE)
        for length in (2, 1):
            name = " ".join(self._words[:length])
            if name in _ROUTES:
                del self._words[:length]
                return _ROUTES[name]
        if self._words[0] == "nasal":
            self._refuse("route", "“nasal” alone is not a route.", "Write nasal device or nasal solution.")
        known = ", ".join(name for name in _ROUTES if "-" not in name)
        return self._refuse("route", f"“{self._words[0]}” is not a route.", f"Start with one of: {known}.")

    def _quantity(self, part: str) -> _Quantity:
        """A number and the unit after it, with or without a space."""
        if not self._words or self._words[0] in ("over", "for", "at"):
            self._refuse("missing", f"“{self._text}” has no {part}.", _EXAMPLE)
        word = self._words.pop(0)
        found = _NUMBER_THEN_UNIT.fullmatch(word)
        written, unit = (found[1], found[2]) if found else (word, "")
        number = read_decimal(written, field=self._field, places=_PLACES, low=0, high=_LARGEST)
        if not unit:
            unit = self._words.pop(0) if self._words and self._words[0] not in ("over", "for", "at") else ""
        if unit[:1].isdigit():
            self._refuse(
                "space", f"“{written} {unit}” has a space in it.", "Write the digits without spaces."
            )
        return _Quantity(number, unit)

    def _time(self, word: str) -> float:
        quantity = self._quantity("time")
        hours_of = _HOURS_OF.get(quantity.unit)
        written = f"{word} {quantity.number} {quantity.unit}".strip()
        if hours_of is None:
            fault = f"“{written}” has no unit." if not quantity.unit else f"“{quantity.unit}” is not a time."
            self._refuse("time-unit", fault, f"Write min or h, for example {word} 40 min.")
        hours = hours_of(float(quantity.number))
        if hours > LATEST_H:
            self._refuse(
                "too-late",
                f"“{written}” is longer than one session.",
                f"Give a time of at most {LATEST_H} h.",
            )
        return hours

    def _amount_mg(self, amount: _Quantity, over_h: float | None) -> float:
        found = _AMOUNT_UNIT.fullmatch(amount.unit)
        if found is None:
            self._refuse_unit(amount)
        unit, per_kg, per_time = found.groups()
        mg = float(amount.number) if unit == "mg" else mg_from_mcg(float(amount.number))
        if per_kg:
            mg *= self._weight()
        if per_time:
            rate = per_h_from_per_min(mg) if per_time == "/min" else mg
            mg = rate * self._duration(over_h)
        if mg <= 0:
            self._refuse("too-low", f"{amount.number} {amount.unit} is no dose.", "Write an amount above 0.")
        return mg

    def _weight(self) -> float:
        if self._weight_kg is None:
            self._refuse(
                "weight", "An amount per kg needs a weight.", "Give the weight, or the amount in mg."
            )
        return self._weight_kg

    def _duration(self, over_h: float | None) -> float:
        if not over_h:
            self._refuse("duration", "A rate needs a duration.", "Add it, for example: for 40 min.")
        return over_h

    def _refuse_unit(self, amount: _Quantity) -> NoReturn:
        if not amount.unit:
            self._refuse(
                "unit-missing",
                f"“{amount.number}” has no unit.",
                f"Write {amount.number} mg, if milligrams are meant.",
            )
        mend = _AMOUNT_MENDS.get(amount.unit, _UNITS_MEND)
        self._refuse("unit", f"“{amount.unit}” is not a unit of a dose here.", mend)

    def _refuse(self, code: str, message: str, mend: str) -> NoReturn:
        raise RefusedError.of(field=self._field, code=code, message=message, mend=mend)
