"""The five figures a reader with a minute wants, taken from what was entered and never modelled."""

from dataclasses import dataclass
from datetime import datetime

from slackwater.reports.given import show_given
from slackwater.reports.session import SessionReport, VitalTaken
from slackwater.reports.words import count, show_clock
from slackwater.terms.spans import show_span
from slackwater.terms.vitals import VitalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it is, its value with unit, and when or how it came about."""

    label: str
    value: str
    detail: str


def figures(report: SessionReport) -> tuple[Figure, ...]:
    """Given, felt, pressure, oxygen, leaving: always these five and in this order."""
    return (_given(report), _felt(report), _pressure(report), _oxygen(report), _left(report))


def _given(report: SessionReport) -> Figure:
    doses = report.doses
    if not doses:
        return Figure(label="Given", value="nothing", detail="no dose was given")
    how = f"in {count(len(doses), 'dose')}"
    if len(doses) > 1:
        how += ": " + " + ".join(show_given([dose]).removesuffix(" mg") for dose in doses) + " mg"
    return Figure(
        label="Given", value=show_given(doses), detail=f"{how}, from {_clock(report, doses[0].given_at)}"
    )


def _felt(report: SessionReport) -> Figure:
    ratings = sorted(report.counted_ratings, key=lambda rating: rating.at)
    if not ratings:
        return Figure(label="Highest rating", value="none", detail="no rating was entered")
    top = max(ratings, key=lambda rating: rating.depth)
    last = ratings[-1]
    detail = f"at {_clock(report, top.at)}; last {last.depth} at {_clock(report, last.at)}"
    return Figure(label="Highest rating", value=f"{top.depth} of 10", detail=detail)


def _pressure(report: SessionReport) -> Figure:
    label = "Highest pressure"
    systolic = report.good_readings(VitalCode.SBP)
    if not systolic:
        return Figure(label=label, value="none", detail="no pressure was entered")
    diastolic = {one.at: one for one in report.good_readings(VitalCode.DBP)}

    def pair(one: VitalTaken) -> str:
        return f"{one.reading.text}/{diastolic[one.at].reading.text if one.at in diastolic else '–'}"

    top = max(systolic, key=lambda one: one.reading.tenths)
    detail = f"at {_clock(report, top.at)}; first {pair(systolic[0])}, last {pair(systolic[-1])}"
    return Figure(label=label, value=f"{pair(top)} mmHg", detail=detail)


def _oxygen(report: SessionReport) -> Figure:
    label = "Lowest saturation"
    readings = report.good_readings(VitalCode.SPO2)
    if not readings:
        return Figure(label=label, value="none", detail="no saturation was entered")
    low = min(readings, key=lambda one: one.reading.tenths)
    left_out = sum(not one.reading.is_good for one in report.vitals if one.reading.code is VitalCode.SPO2)
    detail = f"at {_clock(report, low.at)}, of {count(len(readings), 'reading')}"
    if left_out:
        detail += f"; {left_out} more left out"
    return Figure(label=label, value=f"{low.reading.text} %", detail=detail)


def _left(report: SessionReport) -> Figure:
    left_at = report.leaving.left_at
    if left_at is None:
        return Figure(label="Left", value="still here", detail=f"as of {_clock(report, report.generated_at)}")
    if not report.doses:
        return Figure(label="Left", value=_clock(report, left_at), detail="no dose was given")
    ended = max(dose.ended_at for dose in report.doses)
    since = show_span(report.minute(left_at) - report.minute(ended))
    return Figure(label="Left", value=_clock(report, left_at), detail=f"{since} after the last dose ended")


def _clock(report: SessionReport, moment: datetime) -> str:
    return show_clock(moment, report.zone)
