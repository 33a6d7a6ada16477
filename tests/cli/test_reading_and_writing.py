"""The small parts: durations, grids, names and figures."""

import numpy as np
import pytest

from slackwater.cli.durations import read_minutes, show_minutes
from slackwater.cli.figures import figures, minutes, percent, signed_percent
from slackwater.cli.grid import grid
from slackwater.cli.names import pick
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

DAY = 24 * 60.0


@pytest.mark.parametrize(("text", "expected"), [("8h", 480.0), ("90 min", 90.0), ("30s", 0.5), ("0.1h", 6.0)])
def test_a_duration_is_a_number_and_its_unit(text, expected):
    assert read_minutes(text, field="until", low_min=0.0, high_min=DAY) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["8", "h", "", "8 hours", "-1h", "1,5h", "1e3min", "8d"])
def test_other_durations_are_refused(text):
    with pytest.raises(RefusedError) as refused:
        read_minutes(text, field="until", low_min=0.0, high_min=DAY)
    assert {problem.field for problem in refused.value.problems} == {"until"}


@pytest.mark.parametrize("text", ["59s", "24.001h"])
def test_a_duration_outside_its_range_is_refused(text):
    with pytest.raises(RefusedError, match="between 1 min and 24 h"):
        read_minutes(text, field="until", low_min=1.0, high_min=DAY)


def test_the_ends_of_a_range_belong_to_it():
    assert read_minutes("1min", field="step", low_min=1.0, high_min=DAY) == 1.0
    assert read_minutes("24h", field="step", low_min=1.0, high_min=DAY) == DAY


@pytest.mark.parametrize(("number", "text"), [(480.0, "8 h"), (90.0, "90 min"), (0.5, "0.5 min")])
def test_durations_are_written_as_people_do(number, text):
    assert show_minutes(number) == text


def test_a_grid_reports_whole_steps_and_the_end():
    assert grid(Regimen(), until_min=10.0, step_min=4.0).shown_min.tolist() == [0.0, 4.0, 8.0, 10.0]
    assert grid(Regimen(), until_min=0.9, step_min=0.3).shown_min.tolist() == [0.0, 0.3, 0.6, 0.9]


def test_a_grid_meets_every_dose_exactly():
    """A rounding before a bolus would show the value before it."""
    at_h = 35.1 / 60
    dose = Dose(route=Route.IV, amount_mg=1.0, at_h=at_h, duration_h=1 / 7)
    found = grid(Regimen((dose,)), until_min=60.0, step_min=0.1)
    assert {at_h, dose.end_h} <= set(found.time_h.tolist())
    assert at_h in found.time_h[found.rows].tolist()
    assert np.all(np.diff(found.time_h) > 0)
    assert found.rows.size == found.shown_min.size == 601


def test_a_grid_is_fine_enough_for_peaks_however_little_is_shown():
    found = grid(Regimen(), until_min=120.0, step_min=60.0)
    assert found.shown_min.tolist() == [0.0, 60.0, 120.0]
    assert found.time_h.size == 121


def test_a_near_miss_is_told_what_was_probably_meant():
    known = {"clarithromycin": 1, "rifampicin": 2}
    assert pick("rifampicin", known, field="medicine", noun="medicine") == 2
    with pytest.raises(RefusedError, match=r"Did you mean rifampicin\?"):
        pick("rifampicine", known, field="medicine", noun="medicine")
    with pytest.raises(RefusedError, match="Known are clarithromycin, rifampicin"):
        pick("aspirin", known, field="medicine", noun="medicine")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (3.14159, "3.14"),
        (12345.6, "12300"),
        (0.00123, "0.00123"),
        (99.96, "100"),
        (-2.5, "-2.50"),
    ],
)
def test_numbers_are_written_to_three_figures(number, text):
    assert figures(number) == text


def test_other_figures_are_whole_where_they_can_be():
    assert (minutes(40.0), minutes(28.5), minutes(0.5)) == ("40", "28.5", "0.5")
    assert (percent(66.7), percent(None)) == ("67 %", "-")
    assert (signed_percent(2.2), signed_percent(-5.7), signed_percent(None)) == ("+2 %", "-6 %", "-")
