"""The chart is well-formed, holds what was observed, and draws no reading that was none."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from tests.unit.reports.samples import at, band, infusion, line, taken, usual

from slackwater.reports.chart.alt import alt_text
from slackwater.reports.chart.drawing import chart
from slackwater.reports.chart.frame import Scale, clock_of
from slackwater.reports.chart.svg import element, text
from slackwater.reports.forecast import Band, Forecast, RecoveryTimes
from slackwater.reports.session import Leaving, RatingGiven, SessionReport
from slackwater.terms.vitals import Quality, VitalCode

SVG = "{http://www.w3.org/2000/svg}"


def drawn(report: SessionReport) -> ET.Element:
    return ET.fromstring(chart(report).svg)  # noqa: S314 - our own drawing, not somebody's


def words(report: SessionReport) -> list[str]:
    return [node.text or "" for node in drawn(report).iter(f"{SVG}text")]


def marks(report: SessionReport, tag: str, **attributes: str) -> list[ET.Element]:
    return [
        node
        for node in drawn(report).iter(f"{SVG}{tag}")
        if all(node.get(name.replace("_", "-")) == value for name, value in attributes.items())
    ]


def test_text_and_attributes_are_escaped():
    assert text('<b a="1">&', x=1, y=2).count("<") == 2
    assert element("g", id='"><script>') == '<g id="&quot;&gt;&lt;script&gt;"/>'


def test_a_hostile_drug_name_stays_words():
    report = replace(usual(), doses=(replace(infusion(minutes=40), drug='<script>"&'),))
    assert any('<script>"&' in written for written in words(report))


def test_every_rating_is_a_filled_dot_and_a_struck_one_an_open_dot_with_a_stroke():
    report = replace(usual(), vitals=(), log=())
    in_key = 1
    assert len(marks(report, "circle", r="3.1")) == 8
    assert len(marks(report, "circle", r="2.8", fill="#ffffff")) == 1 + in_key


def test_the_prior_is_dashed_and_only_there_when_something_was_observed():
    with_prior = marks(usual(), "path", stroke_dasharray="3.5 2")
    without = marks(replace(usual(), forecast=Forecast(now=band(0.7, 0.3))), "path", stroke_dasharray="3.5 2")
    assert (len(with_prior), len(without)) == (2, 0)


def test_the_median_is_solid_to_the_end_of_the_visit_and_dashed_beyond():
    dashes = [node.get("stroke-dasharray") for node in marks(usual(), "path", stroke_width="1.5")]
    assert dashes == ["none", "2 2.4"]


def test_an_infusion_is_as_long_as_it_ran_and_its_unrun_part_is_open():
    report = replace(usual(), doses=(infusion(minutes=40, stopped_after=30),))
    ran, unrun = marks(report, "rect", height="4.5")
    assert float(ran.get("width", "")) == pytest.approx(3 * float(unrun.get("width", "")), rel=0.01)
    assert unrun.get("fill") == "none"


def test_no_line_crosses_a_dropout():
    readings = [taken(minute, VitalCode.HR, 70) for minute in (0, 10, 20, 40, 50)]
    dropout = taken(30, VitalCode.HR, 0, Quality.DISCONNECTED)
    report = replace(usual(), forecast=None, vitals=(*readings, dropout), ratings=(), doses=())
    points = [node.get("d", "").count(",") for node in marks(report, "path", stroke_width="0.6", fill="none")]
    assert points == [3, 2]


def test_no_line_crosses_a_long_silence():
    readings = tuple(taken(minute, VitalCode.HR, 70) for minute in (0, 10, 100, 110))
    report = replace(usual(), forecast=None, vitals=readings)
    assert len(marks(report, "path", stroke_width="0.6", fill="none")) == 2


def test_an_artefact_is_an_open_mark_and_never_widens_the_axis():
    good = (taken(0, VitalCode.HR, 70), taken(10, VitalCode.HR, 72))
    with_artefact = replace(usual(), vitals=(*good, taken(5, VitalCode.HR, 277, Quality.ARTEFACT)))
    assert "artefact, kept but not used" in words(with_artefact)
    assert "277" not in words(with_artefact)
    assert {"40", "80", "120"} <= set(words(with_artefact))


def test_a_monitors_stream_is_a_line_without_marks():
    stream = tuple(taken(minute, VitalCode.HR, 70 + minute % 3) for minute in range(120))
    report = replace(usual(), vitals=stream, ratings=(), log=())
    assert marks(report, "circle", r="1.7") == []


def test_only_lanes_with_something_entered_are_drawn():
    report = replace(usual(), vitals=(taken(0, VitalCode.SPO2, 98),))
    names = " ".join(words(report))
    assert "Oxygen saturation" in names
    assert "Heart rate" not in names
    assert chart(report).height_pt < chart(usual()).height_pt


def test_the_recovered_zone_is_hatched_and_named():
    assert len(marks(usual(), "rect", fill="url(#zone-hatch)")) == 1
    assert "9 of 10 recovered from 2:28" in words(usual())


def test_no_zone_where_the_crowd_has_not_recovered():
    never = Forecast(now=band(0.7, 0.3), recovery=RecoveryTimes(p10_min=100, p50_min=None, p90_min=None))
    assert marks(replace(usual(), forecast=never), "rect", fill="url(#zone-hatch)") == []


def test_a_recovery_beyond_the_chart_is_still_said():
    late = Forecast(now=band(0.7, 0.3), recovery=RecoveryTimes(p10_min=100, p50_min=200, p90_min=900))
    report = replace(usual(), forecast=late)
    assert "9 of 10 recovered from 15:00" in words(report)
    assert clock_of(report).end_min < 400
    never = Forecast(now=band(0.7, 0.3), recovery=RecoveryTimes(p10_min=100, p50_min=200, p90_min=None))
    assert "9 of 10 recovered: later than predicted here" in words(replace(usual(), forecast=never))


def test_a_room_that_nobody_closed_does_not_squeeze_the_visit():
    report = replace(usual(), leaving=Leaving(left_at=None), generated_at=at(5 * 24 * 60))
    assert clock_of(report).end_min < 400


def test_the_axis_holds_everything_and_ends_on_a_step():
    clock = clock_of(replace(usual(), log=(*usual().log, line(99, 400, "Note", "late", is_event=True))))
    assert clock.holds(-25)
    assert clock.holds(400)
    assert (clock.start_min % 15, clock.end_min % 30) == (0, 0)


def test_the_grid_is_five_minutes_on_a_usual_visit_and_coarser_on_a_long_one():
    assert clock_of(usual()).steps == (5, 30)
    assert clock_of(replace(usual(), leaving=Leaving(left_at=at(600)))).steps == (15, 60)


def test_a_value_beyond_the_axis_stands_at_its_edge():
    scale = Scale(low=0, high=10, top=100, bottom=200)
    assert [scale.y(value) for value in (-5, 0, 5, 10, 50)] == [200, 200, 150, 100, 100]


def test_two_hundred_events_become_ticks_instead_of_a_blot():
    many = tuple(line(number, number * 0.8, "Note", "x", is_event=True) for number in range(1, 201))
    numbers = set(words(replace(usual(), log=many))) & {str(number) for number in range(161, 200)}
    assert numbers == set()


def test_a_chart_without_a_prediction_says_so():
    assert "No prediction could be made for this visit." in words(replace(usual(), forecast=None))


def test_the_alternative_text_says_what_the_chart_shows():
    said = alt_text(usual())
    assert "racemic ketamine 35 mg, into a muscle (IM) at 11:05" in said
    assert "7 at 11:53" in said
    assert "9 at" not in said
    assert "9 of 10 have recovered from 2:28" in said
    assert "Systolic pressure: 14 readings from 122 to 151." in said


def test_no_trace_wears_an_alarm_colour():
    strokes = {node.get("stroke") for node in drawn(usual()).iter() if node.get("stroke")}
    assert strokes <= {"#16222b", "#56656f", "#d9e0e3", "#b9c4c9", "#17605b", "#ffffff", "none"}


@pytest.mark.parametrize("broken", [(1.0, float("nan")), (1.0, float("inf")), (1.0,), (1.0, 2.0, 3.0)])
def test_a_band_cannot_hold_what_cannot_be_drawn(broken: tuple[float, ...]):
    fine = (1.0, 2.0)
    with pytest.raises(ValueError, match="band"):
        Band(time_min=fine, p05=fine, p25=fine, p50=broken, p75=fine, p95=fine)


def test_a_bands_times_increase():
    row = (0.0, 0.0)
    with pytest.raises(ValueError, match="increase"):
        Band(time_min=(1.0, 1.0), p05=row, p25=row, p50=row, p75=row, p95=row)


def test_a_rating_at_either_end_of_the_scale_is_drawn_inside_the_lane():
    ends = (RatingGiven(at=at(10), depth=0), RatingGiven(at=at(20), depth=10))
    report = replace(usual(), ratings=ends)
    assert {"0", "10"} <= set(words(report))
