"""The chart in words, for whoever can't see it. The log beside it holds every number."""

from slackwater.reports.given import dose_words
from slackwater.reports.session import SessionReport
from slackwater.reports.words import count, show_clock, show_elapsed
from slackwater.terms.vitals import VitalCode


def alt_text(report: SessionReport) -> str:
    """Doses, prediction, ratings and vital signs of the chart, one sentence each."""
    sentences = [_doses(report), _prediction(report), _ratings(report)]
    sentences += [
        _vital(report, code) for code in (VitalCode.SBP, VitalCode.DBP, VitalCode.HR, VitalCode.SPO2)
    ]
    return "Chart of the visit over time. " + " ".join(sentence for sentence in sentences if sentence)


def _doses(report: SessionReport) -> str:
    given = "; ".join(
        f"{dose_words(dose)} at {show_clock(dose.given_at, report.zone)}" for dose in report.doses
    )
    return f"Doses: {given}." if given else "No dose was given."


def _prediction(report: SessionReport) -> str:
    if report.forecast is None:
        return "No prediction."
    band = report.forecast.now
    peak = max(range(len(band.p50)), key=band.p50.__getitem__)
    words = (
        f"Predicted depth: median peak {band.p50[peak]:.1f} of 10 at {show_elapsed(band.time_min[peak])}, "
        f"9 of 10 of the crowd between {band.p05[peak]:.1f} and {band.p95[peak]:.1f} then."
    )
    recovery = report.forecast.recovery
    if recovery and recovery.p90_min is not None:
        words += f" 9 of 10 have recovered from {show_elapsed(recovery.p90_min)}."
    return words


def _ratings(report: SessionReport) -> str:
    ratings = report.counted_ratings
    if not ratings:
        return "No ratings."
    listed = ", ".join(f"{rating.depth} at {show_clock(rating.at, report.zone)}" for rating in ratings)
    return f"Ratings: {listed}."


def _vital(report: SessionReport, code: VitalCode) -> str:
    readings = report.good_readings(code)
    if not readings:
        return ""
    low = min(readings, key=lambda one: one.reading.tenths).reading.text
    high = max(readings, key=lambda one: one.reading.tenths).reading.text
    return f"{code.label}: {count(len(readings), 'reading')} from {low} to {high}."
