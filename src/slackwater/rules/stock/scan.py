"""What a scanner types: a GS1 code with its product, last day, lot and serial number.

A keyboard wedge sends it as text, with the group separator as one of several characters or left out where a
field has a fixed length; printed codes have brackets. Only what stands on a vial is read: 01, 10, 17 and 21.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from slackwater.terms.refusal import RefusedError

_LONGEST = 120
_GTIN_LENGTH = 14
# FNC1 arrives as the group separator, or as what a scanner was told to send in its place.
_SEPARATORS = "\x1d|^~"
_SYMBOLOGY = re.compile(r"^\](?:d2|C1|Q3|e0)")
_BRACKETS = re.compile(r"\((01|10|17|21)\)")
_TEXT = re.compile(r"[!-~]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What was read; empty or None where the code did not say."""

    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expiry: date | None = None


def read_scan(text: str, *, field: str = "scan") -> Scanned:
    """The product, lot, last day and serial number in a scanned code.

    A bare GTIN of 8, 12, 13 or 14 digits is read too. Raises RefusedError for anything else, saying what
    was wrong and that it can be typed instead.
    """
    code = _SYMBOLOGY.sub("", text.strip())
    if not code or len(code) > _LONGEST:
        raise _refused(field, "unreadable", "Nothing that can be read was scanned.")
    if re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", code) and _is_gtin(code):
        return Scanned(gtin=code.zfill(_GTIN_LENGTH))
    parts = _bracketed(code, field) if code.startswith("(") else _plain(code, field)
    return Scanned(
        gtin=_gtin(parts["01"], field) if "01" in parts else "",
        lot=parts.get("10", ""),
        serial=parts.get("21", ""),
        expiry=_day(parts["17"], field) if "17" in parts else None,
    )


def _bracketed(code: str, field: str) -> dict[str, str]:
    pieces = _BRACKETS.split(code)
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if pieces[0] or len(found) != len(pieces) // 2:
        raise _refused(field, "unknown-part", "This code has a part in it twice, or one that is not known.")
    for part in ("10", "21"):
        if part in found:
            _check_text(found[part], field)
    return found


def _plain(code: str, field: str) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = code.lstrip(_SEPARATORS)
    while rest:
        part, rest = rest[:2], rest[2:]
        if part not in ("01", "10", "17", "21") or part in found:
            raise _refused(
                field, "unknown-part", "This code has a part in it twice, or one that is not known."
            )
        length = {"01": _GTIN_LENGTH, "17": 6}.get(part) or _upto(rest)
        found[part], rest = rest[:length], rest[length:].lstrip(_SEPARATORS)
        if part in ("10", "21"):
            _check_text(found[part], field)
    return found


def _upto(rest: str) -> int:
    """A field of changing length runs to the next separator, or to the end."""
    ends = [place for place in map(rest.find, _SEPARATORS) if place >= 0]
    return min(ends, default=len(rest))


def _check_text(text: str, field: str) -> None:
    if not _TEXT.fullmatch(text):
        raise _refused(field, "unreadable", "The lot or serial number in this code cannot be read.")


def _gtin(digits: str, field: str) -> str:
    if len(digits) != _GTIN_LENGTH or not _is_gtin(digits):
        raise _refused(field, "check-digit", "The product's number in this code has a wrong check digit.")
    return digits


def _is_gtin(digits: str) -> bool:
    """GS1's check digit: weights 3 and 1 from the right, the sum a multiple of ten."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def _day(digits: str, field: str) -> date:
    """YYMMDD; a day of 00 is the last of the month. This century: nothing in a cabinet is older."""
    if not re.fullmatch(r"[0-9]{6}", digits):
        raise _refused(field, "no-day", "The last day in this code cannot be read.")
    year, month, day = 2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise _refused(field, "no-day", "The last day in this code is no day.") from None


def _refused(field: str, code: str, message: str) -> RefusedError:
    return RefusedError.of(
        field=field,
        code=code,
        message=message,
        mend="Scan it again, or type product, lot and last day from the label.",
    )
