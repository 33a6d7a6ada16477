"""Moments, spans and free text as they stand in print."""

import unicodedata
from datetime import datetime, tzinfo

from slackwater.reports.glyphs import can_draw
from slackwater.units import h_and_min

_MINUS = "\u2212"
_BREAK_HERE = "\u200b"
_FIRST_STRONG_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# They join letters in Persian and Indic names and have no glyph of their own.
_JOINERS = {"\u200c", "\u200d"}
# They only ask for a coloured or a plain picture of the character before them.
_SELECTORS = {"\ufe0e", "\ufe0f"}
_RIGHT_TO_LEFT = {"R", "AL"}
_LONGEST_RUN = 28


def show_clock(moment: datetime, zone: tzinfo) -> str:
    """`13:05` in the clinic's zone."""
    return moment.astimezone(zone).strftime("%H:%M")


def show_elapsed(minutes: float) -> str:
    """`0:42` after minute 0, `−0:05` before it."""
    whole = round(minutes)
    hours, rest = h_and_min(abs(whole))
    return f"{_MINUS if whole < 0 else ''}{hours}:{rest:02d}"


def count(number: int, one: str) -> str:
    """`1 dose`, `2 doses`, `no dose`."""
    if number == 0:
        return f"no {one}"
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def printable(text: str) -> str:
    """`text` with every character either drawn as it is or named in brackets: none is dropped, none acts.

    Controls that reorder a line are named too, because they could make an amount read backwards. A run
    without spaces gets invisible places to break, so that it stays inside its column.
    """
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", "    ")
    drawn = "".join(_drawn(character) for character in plain)
    broken = "\n".join(" ".join(map(_breakable, line.split(" "))) for line in drawn.split("\n"))
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in broken):
        return f"{_FIRST_STRONG_ISOLATE}{broken}{_END_ISOLATE}"
    return broken


def _drawn(character: str) -> str:
    if character == "\n" or character in _JOINERS or can_draw(character):
        return character
    if character in _SELECTORS:
        return ""
    name = unicodedata.name(character, "").lower()
    # An ideograph's formal name only repeats its number.
    known = name and not name.startswith(("cjk ", "hangul "))
    return f"[U+{ord(character):04X}{' ' + name if known else ''}]"


def _breakable(run: str) -> str:
    if len(run) <= _LONGEST_RUN:
        return run
    return _BREAK_HERE.join(run[start : start + _LONGEST_RUN] for start in range(0, len(run), _LONGEST_RUN))
