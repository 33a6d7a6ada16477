"""What the treatment is for, and what a doctor has not looked at yet (E41 to E43)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.dates import LastDay, is_within_days, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding, Override, Severity


def purpose_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in what the treatment is for and what is on file."""
    has_indication = intake.purpose.has_indication
    yield from asked.yes_or_no(
        asked.limits.criteria.no_indication,
        is_so=None if has_indication is None else not has_indication,
        fact="There is no depressive or PTSD-spectrum diagnosis.",
        what="whether there is a depressive or PTSD-spectrum diagnosis",
    )
    yield from _sexual_problem(intake, asked)
    facts = intake.on_file
    for name, last in (
        ("ECG", facts.ecg),
        ("kidney function", facts.kidney),
        ("liver function", facts.liver),
    ):
        yield from _on_file(name, last, asked)


def _sexual_problem(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, facts, limit = (
        asked.limits.criteria.sexual_problem,
        intake.purpose,
        asked.limits.numbers.review_within,
    )
    if facts.has_sexual_problem is None:
        yield asked.unknown(row, "whether erection, pain, bleeding or arousal is a new or changed problem")
    elif facts.has_sexual_problem:
        last = facts.sexual_review
        is_reviewed = is_within_days(last, limit, today=asked.today)
        if is_reviewed is None:
            what = f"whether a doctor has looked at a new sexual problem in the last {shown(limit)}"
            yield asked.unknown(row, what, by=limit, seen=last.on if last else None)
        elif not is_reviewed:
            fact = f"No doctor has looked at a new or changed sexual problem in the last {shown(limit)}."
            yield asked.found(row, fact, by=limit)


def _on_file(name: str, last: LastDay | None, asked: Asked) -> Iterator[Finding]:
    """Only by injection does it hold the dose up; by other routes it is advice."""
    row, limit = asked.limits.criteria.baseline_tests, asked.limits.numbers.tests_within
    is_recent = is_within_days(last, limit, today=asked.today)
    on = last.on if last else None
    if is_recent:
        return
    if row.is_strict(asked.route):
        if is_recent is None:
            yield asked.unknown(
                row, f"whether {name} is on file from the last {shown(limit)}", by=limit, seen=on
            )
        else:
            yield asked.found(row, f"No {name} is on file from the last {shown(limit)}.", by=limit)
    else:
        fact = f"It is advised to have {name} on file from the last {shown(limit)}."
        yield asked.found(row, fact, by=limit, severity=Severity.NOTE, override=Override.NONE)
