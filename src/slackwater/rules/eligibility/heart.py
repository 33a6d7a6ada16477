"""Vessels, heart and lungs (E01, E04 to E06)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked, listed
from slackwater.rules.eligibility.conditions import SleepApnoea
from slackwater.rules.eligibility.dates import is_within_days, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding
from slackwater.terms.vitals import show_tenths


def heart_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in vessels, heart and lungs."""
    rows, facts = asked.limits.criteria, intake.heart
    yield from asked.yes_or_no(
        rows.aneurysm,
        is_so=facts.has_aneurysm,
        fact="There is, or was, an aneurysm or a malformation of arteries and veins.",
        what="whether there ever was an aneurysm or a malformation of arteries and veins",
    )
    if facts.hazards:
        # What is coded tells which hazard it is.
        yield asked.found(rows.pressure_hazard, f"A rise in pressure is dangerous: {listed(facts.hazards)}.")
    elif facts.hazards is None:
        yield asked.unknown(
            rows.pressure_hazard, "whether a rise in blood or brain pressure would be dangerous"
        )
    yield from _event(intake, asked)
    yield from _heart_or_lung(intake, asked)


def _event(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, limit = asked.limits.criteria.recent_event, asked.limits.numbers.event_within
    last = intake.heart.last_event
    is_recent = is_within_days(last, limit, today=asked.today)
    if is_recent is None:
        what = f"whether there was a cardiovascular event within {shown(limit)}"
        yield asked.unknown(row, what, by=limit, seen=last.on if last else None)
    elif is_recent and last is not None:
        yield asked.found(
            row, f"The last cardiovascular event was {asked.day(last.on)}, within {shown(limit)}.", by=limit
        )


def _heart_or_lung(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """An event of any age counts here, so that nothing is silent on the day that E05 ends."""
    row, facts = asked.limits.criteria.heart_or_lung, intake.heart
    if facts.conditions is None:
        yield asked.unknown(row, "whether heart and lungs have a significant or unstable condition")
    elif facts.conditions:
        yield asked.found(row, f"Of heart and lungs there is {listed(facts.conditions)}.")
    if facts.last_event is not None and facts.last_event.has_happened:
        yield asked.found(row, f"There was a cardiovascular event {asked.day(facts.last_event.on)}.")
    apnoea, bmi = intake.breathing.sleep_apnoea, intake.person.bmi_tenths
    high = asked.limits.numbers.bmi_high
    if apnoea not in (None, SleepApnoea.NONE) and bmi is not None and bmi >= high.tenths:
        yield asked.found(
            row,
            f"There is sleep apnoea with a body mass index of {show_tenths(bmi)}, and this holds from"
            f" {high.value}.",
            by=high,
        )
