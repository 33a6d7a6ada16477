"""One strict grammar for every number a person or program writes.

A number is ASCII digits with at most one point, such as 35 or 0.5. Everything else is refused with its own
reason, because the common slips (a decimal comma, ".5" misread as 5) are also the common dosing errors.
Amounts of drug are whole micrograms and weights whole grams from the moment they are read.
"""

import re
from decimal import Decimal
from itertools import compress

from slackwater.terms.refusal import RefusedError
from slackwater.units import (
    decimal_kg_from_g,
    decimal_mg_from_ug,
    decimal_ml_from_ul,
    g_from_kg,
    ug_from_mg,
    ul_from_ml,
)

_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_LONGEST = 20
_SHOWN = 24

# These two bound the size of a number; clinical limits are the rules' own.
_SMALLEST_MG = Decimal("0.001")
_LARGEST_MG = Decimal(1_000_000)
_SMALLEST_ML = Decimal("0.001")
_LARGEST_ML = Decimal(1000)
_LIGHTEST_KG = Decimal(20)
_HEAVIEST_KG = Decimal(300)


def read_decimal(
    text: str, *, field: str, places: int, low: Decimal | int, high: Decimal | int, unit: str = ""
) -> Decimal:
    """The number written in `text`, between low and high, both included.

    places: how many digits may follow the point
    unit:   named in the messages only
    Raises RefusedError naming the field, the slip and how to mend it.
    """
    _check_shape(text, field)
    number = Decimal(text)
    decimals = len(text.partition(".")[2])
    if decimals > places:
        raise _refused(field, "too-many-places", f"{text} has {decimals} decimals.", _places_mend(places))
    _check_range(number, field, Decimal(low), Decimal(high), unit)
    return number


def read_int(text: str, *, field: str, low: int, high: int, unit: str = "") -> int:
    """The whole number written in `text`, between low and high, both included."""
    return int(read_decimal(text, field=field, places=0, low=low, high=high, unit=unit))


def read_mg_as_ug(text: str, *, field: str) -> int:
    """An amount of drug written in mg with at most 3 decimals, as whole micrograms."""
    mg = read_decimal(text, field=field, places=3, low=_SMALLEST_MG, high=_LARGEST_MG, unit="mg")
    return ug_from_mg(mg)


def read_rest_as_ug(text: str, *, field: str) -> int:
    """What is left of an amount, written in mg in the same way, as whole micrograms; 0 is nothing."""
    mg = read_decimal(text, field=field, places=3, low=Decimal(0), high=_LARGEST_MG, unit="mg")
    return ug_from_mg(mg)


def read_weight_g(text: str, *, field: str = "weight") -> int:
    """A body weight of 20 to 300 kg written in kg with at most 2 decimals, as whole grams."""
    kg = read_decimal(text, field=field, places=2, low=_LIGHTEST_KG, high=_HEAVIEST_KG, unit="kg")
    return g_from_kg(kg)


def show_mg(ug: int) -> str:
    """35500 is "35.5 mg": no trailing zero, which is misread ten times too large."""
    return f"{_bare(decimal_mg_from_ug(ug))} mg"


def read_ml_as_ul(text: str, *, field: str) -> int:
    """A volume written in mL with at most 3 decimals, as whole microlitres."""
    ml = read_decimal(text, field=field, places=3, low=_SMALLEST_ML, high=_LARGEST_ML, unit="mL")
    return ul_from_ml(ml)


def show_ml(ul: int) -> str:
    """700 is "0.7 mL": no trailing zero, and never a bare point."""
    return f"{_bare(decimal_ml_from_ul(ul))} mL"


def show_kg(g: int) -> str:
    """70500 is "70.5 kg"."""
    return f"{_bare(decimal_kg_from_g(g))} kg"


def _check_shape(text: str, field: str) -> None:
    if len(text) <= _LONGEST and _NUMBER.fullmatch(text):
        return
    code, message, mend = _slip(text)
    raise _refused(field, code, message, mend)


def _slip(text: str) -> tuple[str, str, str]:
    """Which of the known slips this is: code, message, mend."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    plain = "Write digits with at most one point, for example 35 or 0.5."
    if not text:
        return "missing", "No number was given.", plain
    if len(text) > _LONGEST:
        return "too-long", f"{shown} is too long for a number.", plain
    tests = (
        any(character.isspace() for character in text),
        any(character.isdigit() and not character.isascii() for character in text),
        "," in text,
        "_" in text,
        text[0] in "+-−",
        bool(re.fullmatch(r"nan|inf|infinity", text, re.IGNORECASE)),
        bool(re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", text)),
        bool(re.fullmatch(r"\.[0-9]+", text)),
        bool(re.fullmatch(r"[0-9]+\.", text)),
        bool(re.fullmatch(r"0[0-9]+(\.[0-9]+)?", text)),
        bool(re.fullmatch(r"[0-9.]+ *[^0-9.]+", text)),
    )
    slips = (
        ("space", f"“{shown}” has a space in it.", "Write the digits without spaces."),
        ("digits", f"{shown} uses digits other than 0 to 9.", "Write it with the digits 0 to 9."),
        ("comma", f"{shown} has a comma in it.", _comma_mend(text)),
        ("underscore", f"{shown} has an underscore in it.", plain),
        ("sign", f"{shown} has a sign.", "Write a number without + or -."),
        ("not-finite", f"{shown} is not a finite number.", plain),
        ("exponent", f"{shown} uses an exponent.", "Write all the digits out, for example 1000."),
        ("leading-dot", f"{shown} starts with a point.", f"Write 0{shown}."),
        ("trailing-dot", f"{shown} ends with a point.", f"Write {shown.rstrip('.')}, without the point."),
        ("leading-zero", f"{shown} starts with a zero it does not need.", "Write it without leading zeros."),
        ("extra-text", f"{shown} has more than a number in it.", "Write the number alone, without a unit."),
    )
    return next(compress(slips, tests), ("not-a-number", f"{shown} is not a number.", plain))


def _comma_mend(text: str) -> str:
    whole, _, rest = text.partition(",")
    if not (whole.isascii() and whole.isdigit() and rest.isascii() and rest.isdigit()):
        return "Write it with a point and no commas, for example 0.5 or 1000."
    if len(rest) == 3 and whole != "0":
        # 1,000 is one in some countries and a thousand in others: say both, choose neither.
        return f"Write {whole} or {whole}{rest}, whichever is meant."
    return f"Write {whole}.{rest}, not {text}."


def _check_range(number: Decimal, field: str, low: Decimal, high: Decimal, unit: str) -> None:
    unit = f" {unit}" if unit else ""
    mend = f"It must be between {_bare(low)} and {_bare(high)}{unit}."
    if number < low:
        raise _refused(field, "too-low", f"{_bare(number)}{unit} is too low.", mend)
    if number > high:
        raise _refused(field, "too-high", f"{_bare(number)}{unit} is too high.", mend)


def _places_mend(places: int) -> str:
    if places == 0:
        return "Write a whole number."
    return f"Write at most {places} digit{'' if places == 1 else 's'} after the point."


def _bare(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _refused(field: str, code: str, message: str, mend: str) -> RefusedError:
    return RefusedError.of(field=field, code=code, message=message, mend=mend)
