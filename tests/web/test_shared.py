"""The parts that all pages share: the palette, the words, the frame."""

import re
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from slackwater.terms.route import Route
from slackwater.web import shared
from slackwater.web.orders import words
from slackwater.web.shared.templatetags import shared as filters

STATIC = Path(shared.__file__).parent / "static" / "shared"
_VARIABLE = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\s*;")
_BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")

# What is written on what. AA asks 4.5 of text, and 3 of the edge of a control and of a chart's line.
TEXT = [
    *product(["text", "dim", "tide", "stop", "warn", "good"], ["bg", "card", "raised"]),
    ("on-tide", "tide"),
    ("on-stop", "stop"),
    ("text", "tide-soft"),
    ("sand", "sand-soft"),
    *((name, f"{name}-soft") for name in ("stop", "warn", "note", "unknown")),
    *product(["text", "dim"], ["stop-soft", "warn-soft", "note-soft", "unknown-soft"]),
]
MARKS = [
    *product(["edge", "focus", "tide", "sand", "alarm-high", "alarm-medium", "alarm-low"], ["bg", "card"]),
    *product(["trace-sbp", "trace-dbp", "trace-hr", "trace-spo2", "trace-rr"], ["bg", "card"]),
]


def _palettes() -> dict[str, dict[str, str]]:
    """The screen's two palettes; the light one stands on the dark one."""
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    blocks = [dict(_VARIABLE.findall(body)) for _, body in _BLOCK.findall(css)]
    dark, light = blocks[0], blocks[1]
    return {"dark": dark, "light": dark | light}


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, section 1.4.3."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_text_and_marks_stand_out_enough_in_both_themes(theme: str) -> None:
    palette = _palettes()[theme]
    faint = [
        f"{front} on {back}: {_contrast(palette[front], palette[back]):.2f}"
        for pairs, least in ((TEXT, 4.5), (MARKS, 3.0))
        for front, back in pairs
        if _contrast(palette[front], palette[back]) < least
    ]
    assert not faint


def test_alarm_colours_are_used_for_nothing_else() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name != "tokens.css":
            assert "--alarm-" not in sheet.read_text(encoding="utf-8")


def test_nothing_is_fetched_from_outside() -> None:
    for file in STATIC.parent.glob("shared/*"):
        said = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "http" not in said
        assert "//" not in re.sub(r"//.*", "", said)


@pytest.mark.parametrize(
    ("length", "words_said"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2, minutes=5), "2 hours 5 minutes"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=31), "31 days"),
        (2400, "40 minutes"),
        (None, ""),
    ],
)
def test_a_length_of_time_in_plain_words(length: timedelta | float | None, words_said: str) -> None:
    assert filters.span(length) == words_said


def test_a_date_has_its_month_in_letters() -> None:
    assert filters.long_date(date(1990, 3, 4)) == "4 March 1990"


@pytest.mark.parametrize(
    ("ug", "said"),
    [
        (1_000, "one milligram"),
        (500, "zero point five milligrams"),
        (35_250, "thirty-five point two five milligrams"),
        (100_000, "one hundred milligrams"),
        (119_000, "one hundred and nineteen milligrams"),
        (1_050_000, "one thousand and fifty milligrams"),
        (20_005, "twenty point zero zero five milligrams"),
        (2_000_000_000, "two million milligrams"),
    ],
)
def test_an_amount_is_spelled_so_that_no_smudge_changes_it(ug: int, said: str) -> None:
    assert words.spelled_mg(ug) == said


def test_an_iv_dose_says_whether_it_is_a_drip_or_a_push() -> None:
    assert words.manner(Route.IV, 2400) == "into a vein (IV) over 40 minutes"
    assert words.manner(Route.IV, 0) == "into a vein (IV) as a push"
    assert words.manner(Route.IM, 0) == "into a muscle (IM)"
    assert words.minutes(90) == "1.5 minutes"
    assert words.minutes(60) == "1 minute"


def test_every_route_is_offered_with_what_it_means() -> None:
    assert [value for value, _ in words.route_choices()] == [route.value for route in Route]
    assert all(": " in label for _, label in words.route_choices())
