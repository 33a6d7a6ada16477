"""The liver (E22 to E24)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.conditions import ChildPugh
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def liver_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in the liver."""
    yield from _impairment(intake, asked)
    if intake.is_single_dose is not True:
        yield from _tests(intake, asked)


def _impairment(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Class C is class B and more, so both rows speak of it."""
    rows, found = asked.limits.criteria, intake.liver.child_pugh
    yield from asked.yes_or_no(
        rows.liver_severe,
        is_so=None if found is None else found is ChildPugh.C,
        fact="The liver is severely impaired (Child-Pugh C).",
        what="whether the liver is severely impaired (Child-Pugh C)",
    )
    yield from asked.yes_or_no(
        rows.liver_moderate,
        is_so=None if found is None else found in (ChildPugh.B, ChildPugh.C),
        fact="The liver is moderately impaired or worse (from Child-Pugh B).",
        what="whether the liver is moderately impaired or worse (from Child-Pugh B)",
    )


def _tests(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, facts, most = asked.limits.criteria.liver_tests, intake.liver, asked.limits.numbers.liver_most
    values = {"ALT": facts.alt, "AST": facts.ast, "ALP": facts.alp, "GGT": facts.ggt}
    missing = [name for name, percent in values.items() if percent is None]
    high = [
        f"{name} is {percent} % of its upper limit"
        for name, percent in values.items()
        if percent is not None and percent > most.value * _PERCENT
    ]
    if missing:
        yield asked.unknown(
            row, f"how {', '.join(missing)} stand to {most.value} times their upper limit", by=most
        )
    if high:
        yield asked.found(row, f"{', '.join(high)}, over {most.value} times.", by=most)
    yield from asked.yes_or_no(
        row,
        is_so=facts.is_cholestatic,
        fact="The liver tests have a new cholestatic pattern.",
        what="whether the liver tests have a new cholestatic pattern",
    )


_PERCENT = 100
