"""Unit conversions and UCUM names: the only place where a factor of 1000 or 60 stands."""

from decimal import Decimal
from enum import StrEnum

_MILLI = 1000
_SIXTY = 60


class UCUM(StrEnum):
    """Unit codes of the Unified Code for Units of Measure, https://ucum.org."""

    MILLIGRAM = "mg"
    MICROGRAM = "ug"
    MICROLITRE = "uL"
    MICROGRAM_PER_MILLILITRE = "ug/mL"
    MILLIGRAM_PER_KILOGRAM = "mg/kg"
    NANOGRAM_PER_MILLILITRE = "ng/mL"
    KILOGRAM = "kg"
    MINUTE = "min"
    HOUR = "h"
    YEAR = "a"
    MILLIMETRE_OF_MERCURY = "mm[Hg]"
    PER_MINUTE = "/min"
    PERCENT = "%"


def mg_from_ug(ug: int) -> float:
    return ug / _MILLI


def ug_from_mg(mg: Decimal | str) -> int:
    """Whole micrograms, exactly; ValueError when the amount is not a whole number of them."""
    return _whole(Decimal(mg) * _MILLI, "micrograms")


def decimal_mg_from_ug(ug: int) -> Decimal:
    return Decimal(ug) / _MILLI


def mg_from_mcg(mcg: float) -> float:
    return mcg / _MILLI


def kg_from_g(g: int) -> float:
    return g / _MILLI


def g_from_kg(kg: Decimal | str) -> int:
    """Whole grams, exactly; ValueError when the weight is not a whole number of them."""
    return _whole(Decimal(kg) * _MILLI, "grams")


def decimal_kg_from_g(g: int) -> Decimal:
    return Decimal(g) / _MILLI


def ug_from_ul(ul: int, *, ug_ml: int) -> int:
    """How much is in a volume; ValueError where that is not a whole number of micrograms."""
    ug, rest = divmod(ul * ug_ml, _MILLI)
    if rest:
        raise ValueError(f"{ul} uL of {ug_ml} ug/mL hold no whole number of micrograms")
    return ug


def ul_from_ug(ug: int, *, ug_ml: int) -> int:
    """The volume that holds so much, to the nearest whole microlitre; halves go up."""
    return (2 * ug * _MILLI + ug_ml) // (2 * ug_ml)


def ul_per_h(ul: int, *, s: int) -> int:
    """The rate at which a volume is given over so many seconds, to the nearest microlitre an hour."""
    per_h = 2 * ul * _SIXTY * _SIXTY
    return (per_h + s) // (2 * s)


def decimal_ml_from_ul(ul: int) -> Decimal:
    return Decimal(ul) / _MILLI


def ul_from_ml(ml: Decimal | str) -> int:
    """Whole microlitres, exactly; ValueError when the volume is not a whole number of them."""
    return _whole(Decimal(ml) * _MILLI, "microlitres")


def ng_ml_from_mg_l(mg_l: float) -> float:
    return mg_l * _MILLI


def mg_l_from_ng_ml(ng_ml: float) -> float:
    return ng_ml / _MILLI


def h_from_min(minutes: float) -> float:
    return minutes / _SIXTY


def min_from_h(hours: float) -> float:
    return hours * _SIXTY


def h_from_s(seconds: float) -> float:
    return seconds / (_SIXTY * _SIXTY)


def s_from_h(hours: float) -> float:
    return hours * (_SIXTY * _SIXTY)


def min_from_s(seconds: float) -> float:
    return seconds / _SIXTY


def s_from_min(minutes: float) -> float:
    return minutes * _SIXTY


def h_and_min(minutes: int) -> tuple[int, int]:
    """Whole hours, and the minutes that are left of none or more."""
    return divmod(minutes, _SIXTY)


def per_h_from_per_min(per_minute: float) -> float:
    return per_minute * _SIXTY


def _whole(amount: Decimal, name: str) -> int:
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of {name}")
    return int(amount)
