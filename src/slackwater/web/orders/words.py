"""An order in words: what is read over before it is signed, and what stands on paper afterwards."""

from decimal import Decimal

from slackwater.terms import amounts
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import decimal_mg_from_ug, min_from_s

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_STEPS = ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))

NAMES = {Drug.RACEMIC: "Ketamine (racemic)", Drug.ESKETAMINE: "Esketamine (S-ketamine)"}
# What each route means for the patient, for somebody who has a minute.
MEANINGS = {
    Route.IV: "a drip or a push",
    Route.IM: "one injection",
    Route.NASAL_DEVICE: "fixed amounts",
    Route.NASAL_SOLUTION: "uptake varies widely",
    Route.LOZENGE: "part of it is swallowed",
    Route.FILM: "until it has dissolved",
    Route.ORAL: "most is lost on the way",
}


def route_choices() -> list[tuple[str, str]]:
    return [(route.value, f"{_capital(route.label)}: {MEANINGS[route]}") for route in Route]


def spelled_mg(ug: int) -> str:
    """17500 is "seventeen point five milligrams": an amount that no smudge can change tenfold."""
    mg = decimal_mg_from_ug(ug).normalize()
    return f"{_spelled(mg)} {'milligram' if mg == 1 else 'milligrams'}"


def minutes(seconds: int) -> str:
    number = f"{min_from_s(seconds):.1f}".removesuffix(".0")
    return f"{number} {'minute' if number == '1' else 'minutes'}"


def manner(route: Route, duration_s: int) -> str:
    """How it is given: "into a vein (IV) over 40 minutes"."""
    if route is not Route.IV:
        return route.label
    return f"{route.label} over {minutes(duration_s)}" if duration_s else f"{route.label} as a push"


def short(*, drug: Drug, route: Route, dose_ug: int, duration_s: int) -> str:
    """One line: "Ketamine (racemic) 35 mg, into a vein (IV) over 40 minutes"."""
    return f"{NAMES[drug]} {amounts.show_mg(dose_ug)}, {manner(route, duration_s)}"


def _spelled(number: Decimal) -> str:
    whole, _, rest = format(number, "f").partition(".")
    point = f" point {' '.join(_SMALL[int(digit)] for digit in rest)}" if rest else ""
    return _spelled_whole(int(whole)) + point


def _spelled_whole(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    size, name = next((size, name) for size, name in _STEPS if number >= size)
    count, rest = divmod(number, size)
    joint = " and " if rest < 100 else " "
    return f"{_spelled_whole(count)} {name}" + (f"{joint}{_spelled_whole(rest)}" if rest else "")


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]
