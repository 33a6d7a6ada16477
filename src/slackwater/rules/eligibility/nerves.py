"""Brain and nerves (E02, E30, E31)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.dates import is_within_days, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def nerve_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in brain and nerves."""
    rows, facts = asked.limits.criteria, intake.nerves
    yield from asked.yes_or_no(
        rows.brain_haemorrhage,
        is_so=facts.had_haemorrhage,
        fact="There was a bleeding within the brain.",
        what="whether there ever was a bleeding within the brain",
    )
    yield from _seizures(intake, asked)
    yield from asked.any_of(
        rows.brain_condition,
        facts.conditions,
        what="whether there is dementia, delirium or a brain injury with symptoms",
    )


def _seizures(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, limit, last = asked.limits.criteria.seizures, asked.limits.numbers.seizure_within, intake.nerves
    is_recent = is_within_days(last.last_seizure, limit, today=asked.today)
    on = last.last_seizure.on if last.last_seizure else None
    if is_recent is None:
        yield asked.unknown(row, f"whether there was a seizure within {shown(limit)}", by=limit, seen=on)
    elif is_recent:
        yield asked.found(row, f"The last seizure was {asked.day(on)}, within {shown(limit)}.", by=limit)
