"""How numbers are written for people: three figures, no exponents, no false precision."""

from decimal import Decimal


def figures(number: float) -> str:
    """3.14159 is "3.14", 12345.6 is "12300", 0 is "0"."""
    return f"{Decimal(f'{number:.2e}'):f}" if number else "0"


def minutes(number: float) -> str:
    """Whole minutes, or to the tenth where they are not whole."""
    return f"{number:.0f}" if abs(number - round(number)) < 0.05 else f"{number:.1f}"


def percent(number: float | None) -> str:
    """A whole per cent; a dash where there is none."""
    return "-" if number is None else f"{number:.0f} %"


def signed_percent(number: float | None) -> str:
    """A whole per cent with its sign; a dash where there is none."""
    return "-" if number is None else f"{number:+.0f} %"
