"""A report as the words the template sets; only how they look is left to the template."""

from datetime import datetime

from slackwater.reports.chart.alt import alt_text
from slackwater.reports.chart.drawing import chart
from slackwater.reports.figures import figures
from slackwater.reports.given import dose_words, show_given
from slackwater.reports.rows import BasisRow, CheckRow, DoseRow, Field, LogRow, Sheet
from slackwater.reports.session import CheckLine, DoseGiven, LogLine, SessionReport
from slackwater.reports.words import count, printable, show_clock, show_elapsed
from slackwater.rules.room.fold import LATE_AFTER
from slackwater.terms.days import day_text
from slackwater.terms.spans import show_span
from slackwater.units import min_from_s

# Neutral on purpose: a title, a tab and a file's name are read over shoulders.
TITLE = "Visit record"


def sheet(report: SessionReport) -> Sheet:
    """The report in words, every free text made printable."""
    name, day = printable(report.patient.name), day_text(report.zero_at.astimezone(report.zone).date())
    return Sheet(
        title=TITLE,
        paper=report.paper,
        clinic=printable(report.clinic),
        visit_date=day,
        running=f"{name}, born {day_text(report.patient.birth_date)} · {day}",
        status=_status(report),
        demo="Demonstration · invented person, invented data" if report.is_demo else "",
        patient=_patient(report),
        visit=_visit(report),
        figures=figures(report),
        chart=chart(report),
        chart_alt=printable(alt_text(report)),
        order=_order(report),
        remarks=tuple(map(printable, report.order.remarks)),
        doses=tuple(_dose(report, dose) for dose in report.doses),
        checks=tuple(map(_check, report.leaving.checks)),
        set_aside=tuple(map(printable, report.leaving.set_aside)),
        log=tuple(_log_row(report, entry) for entry in report.log),
        log_note=_log_note(report),
        warning=_warning(report),
        crowd=_crowd(report),
        basis=tuple(
            BasisRow(what=printable(one.what), source=printable(one.source), grade=printable(one.grade))
            for one in report.basis.lines
        ),
        people=tuple(Field(label=printable(one.name), value=printable(one.role)) for one in report.people),
        seal_note=_seal_note(report),
        seal=" ".join(report.seal.head[start : start + 8] for start in range(0, len(report.seal.head), 8)),
    )


def _status(report: SessionReport) -> str:
    if not report.is_in_progress:
        return ""
    return f"In progress. Drawn up at {_clock(report, report.generated_at)}; what came after is not in it."


def _patient(report: SessionReport) -> tuple[Field, ...]:
    return (
        Field(label="Name", value=printable(report.patient.name)),
        Field(label="Born", value=day_text(report.patient.birth_date)),
        Field(label="Number", value=printable(report.patient.reference)),
        Field(label="On the day", value=printable(report.patient.details)),
    )


def _visit(report: SessionReport) -> tuple[Field, ...]:
    left_at = report.leaving.left_at
    hours = f"{_clock(report, report.opened_at)} to {_clock(report, left_at) if left_at else 'now'}"
    return (
        Field(label="Hours", value=f"{hours}, {printable(report.zone_name)}"),
        Field(label="Room", value=printable(report.room)),
        Field(label="Prescriber", value=printable(report.order.prescriber)),
        Field(label="Order", value=printable(report.order.reference)),
    )


def _order(report: SessionReport) -> tuple[Field, ...]:
    order = report.order
    signed = order.signed_at.astimezone(report.zone)
    return (
        Field(label="Dose", value=printable(order.dose)),
        Field(label="Booster", value=printable(order.booster) or "none ordered"),
        Field(label="Most in all", value=printable(order.hard_max)),
        Field(
            label="Signed",
            value=f"{printable(order.prescriber)}, {day_text(signed.date())} {_clock(report, signed)}",
        ),
    )


def _dose(report: SessionReport, dose: DoseGiven) -> DoseRow:
    given = _clock(report, dose.given_at)
    if dose.ran_min:
        given += f" to {_clock(report, dose.ended_at)}"
    words = dose_words(dose)
    if dose.was_cut_short:
        words += f": {show_given([dose])} went in"
    return DoseRow(number=str(dose.number), words=words, given=given, by=printable(dose.by))


def _check(check: CheckLine) -> CheckRow:
    mark = "not recorded" if check.passed is None else "yes" if check.passed else "no"
    return CheckRow(label=printable(check.label), mark=mark, detail=printable(check.detail))


def _log_row(report: SessionReport, entry: LogLine) -> LogRow:
    struck = ""
    if entry.struck:
        at = _clock(report, entry.struck.at)
        struck = f"Struck out at {at} by {printable(entry.struck.by)}: {printable(entry.struck.reason)}"
    return LogRow(
        sequence=str(entry.sequence),
        elapsed=show_elapsed(report.minute(entry.happened_at)),
        clock=_on_day(report, entry.happened_at),
        late=f"entered {_on_day(report, entry.recorded_at)}" if entry.is_late else "",
        kind=printable(entry.kind),
        text=printable(entry.text),
        by=printable(entry.by),
        struck=struck,
        is_key=entry.is_key,
    )


def _log_note(report: SessionReport) -> str:
    if not report.log:
        return "Nothing was entered."
    late = show_span(min_from_s(LATE_AFTER.total_seconds()))
    zero = "the first dose" if report.doses else "the opening"
    said = (
        f"{count(len(report.log), 'line')}, timed from {zero}. An entry made more than {late} after it "
        "happened shows both times. Struck lines stay."
    )
    return " ".join([said, *report.leaving.late])


def _warning(report: SessionReport) -> str:
    words = (
        "Estimate, not monitoring: every predicted number comes from virtual patients, not from this body."
    )
    if report.basis.is_outside:
        words += " This visit lay outside the crowd: nobody in it fits what was seen."
    return f"{words} {printable(report.basis.sentence)}".strip()


def _crowd(report: SessionReport) -> tuple[Field, ...]:
    basis = report.basis
    size = f"{basis.subjects} virtual patients, seed {basis.seed}, crowd {basis.crowd_id}"
    weight = f"{basis.ess:.0f} of {basis.subjects} effective ({basis.ess_share:.0%})"
    if basis.was_refreshed:
        weight += ", then redrawn"
    return (
        Field(label="Model", value=printable(f"{basis.model_title} ({basis.model}), {basis.drug}")),
        Field(label="Crowd", value=printable(size)),
        Field(label="Observed", value=printable(basis.observed)),
        Field(label="Sample size", value=weight),
        *_recovery(report),
    )


def _recovery(report: SessionReport) -> tuple[Field, ...]:
    recovery = report.forecast.recovery if report.forecast else None
    if recovery is None:
        return ()
    times = ((1, recovery.p10_min), (5, recovery.p50_min), (9, recovery.p90_min))
    words = ", ".join(
        f"{share} of 10 by {_clock(report, report.moment(minute))}" if minute is not None
        else f"{share} of 10 not within the forecast"
        for share, minute in times
    )  # fmt: skip
    return (Field(label="Recovered", value=words),)


def _seal_note(report: SessionReport) -> str:
    day = day_text(report.generated_at.astimezone(report.zone).date())
    return (
        f"Drawn up {day} at {_clock(report, report.generated_at)} from a log of {report.seal.entries}. "
        "Each entry’s hash holds the one before it, so the last one, below, changes if any is changed, "
        "added or removed."
    )


def _clock(report: SessionReport, moment: datetime) -> str:
    return show_clock(moment, report.zone)


def _on_day(report: SessionReport, moment: datetime) -> str:
    """The clock time, with the date where it is not the visit's own."""
    there, here = moment.astimezone(report.zone).date(), report.zero_at.astimezone(report.zone).date()
    clock = _clock(report, moment)
    return clock if there == here else f"{clock}, {day_text(there)}"
