"""Bladder, thyroid and eyes (E25 to E27)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def organ_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in bladder, thyroid and eyes."""
    rows, facts = asked.limits.criteria, intake.organs
    if intake.is_single_dose is not True:
        yield from _bladder(intake, asked)
    yield from asked.yes_or_no(
        rows.thyroid,
        is_so=facts.thyroid_uncontrolled,
        fact="The thyroid is overactive and not under control.",
        what="whether the thyroid is overactive and not under control",
    )
    yield from asked.any_of(
        rows.eye, facts.eyes, what="whether an eye has raised pressure, glaucoma or a recent injury"
    )


def _bladder(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Any sign counts, whatever a culture says: an infection is treated before a dose too."""
    row, facts, limit = asked.limits.criteria.bladder, intake.organs, asked.limits.numbers.bladder_score
    yield from asked.any_of(
        row, facts.bladder, what="whether there is cystitis, bladder pain or blood in the urine"
    )
    if facts.bpic_ss is None:
        yield asked.unknown(row, f"whether the bladder score (BPIC-SS) is under {limit.value}", by=limit)
    elif facts.bpic_ss >= limit.value:
        yield asked.found(
            row,
            f"The bladder score (BPIC-SS) is {facts.bpic_ss}, and this holds from {limit.value}.",
            by=limit,
        )
