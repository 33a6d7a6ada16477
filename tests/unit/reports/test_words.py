"""What a person typed is printed letter by letter, and nothing of it is lost or acts."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from slackwater.reports.words import count, printable, show_clock, show_elapsed
from slackwater.terms.days import day_text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0:00"), (42, "0:42"), (160.4, "2:40"), (-5, "−0:05"), (-61, "−1:01"), (1500, "25:00")],
)
def test_elapsed_time_counts_from_minute_zero_both_ways(minutes: float, words: str):
    assert show_elapsed(minutes) == words


def test_a_clock_time_is_the_clinics_own_across_the_change_to_summer_time():
    zone = ZoneInfo("Europe/Stockholm")
    assert show_clock(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), zone) == "01:59"
    assert show_clock(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), zone) == "03:00"


def test_a_date_is_written_with_the_month_in_letters():
    assert day_text(date(2026, 3, 4)) == "4 March 2026"


def test_counts_agree_with_their_noun():
    assert [count(number, "dose") for number in (0, 1, 2)] == ["no dose", "1 dose", "2 doses"]


def test_accents_greek_and_cyrillic_stay_as_they_are():
    assert printable("Åsa Öberg, Ζωή, Надія, SpO₂ ≥ 92 %") == "Åsa Öberg, Ζωή, Надія, SpO₂ ≥ 92 %"


def test_a_decomposed_letter_is_composed():
    assert printable("e\u0301") == "é"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("😀", "[U+1F600 grinning face]"),
        ("王", "[U+738B]"),
        ("\x07", "[U+0007]"),
        ("\x00", "[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\u202e53 mg", "[U+202E right-to-left override]53 mg"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_what_the_fonts_cannot_draw_is_named_and_what_would_act_is_shown(text: str, words: str):
    assert printable(text) == words


def test_a_right_to_left_note_is_kept_apart_from_the_line_around_it():
    assert printable("שלום") == "\u2068שלום\u2069"


def test_lines_stay_lines():
    assert printable("one\r\ntwo\n\tthree") == "one\ntwo\n    three"


def test_a_run_without_spaces_can_break_and_loses_no_letter():
    run = "x" * 300
    broken = printable(run)
    assert broken.replace("\u200b", "") == run
    assert max(map(len, broken.split("\u200b"))) <= 28
