"""The drug itself, and one medicine that goes badly with it (E03, E34)."""

from collections.abc import Iterator
from decimal import Decimal

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding
from slackwater.terms.amounts import show_mg
from slackwater.units import ug_from_mg


def medicine_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in what the patient cannot take and what they take."""
    rows, facts, most = asked.limits.criteria, intake.medicines, asked.limits.numbers.benzodiazepine_most
    yield from asked.yes_or_no(
        rows.hypersensitivity,
        is_so=facts.is_hypersensitive,
        fact="The patient is hypersensitive to ketamine, esketamine or what comes with them.",
        what="whether the patient is hypersensitive to ketamine, esketamine or what comes with them",
    )
    daily, listed = facts.benzodiazepine_ug, " and ".join(facts.benzodiazepines or ())
    if listed and daily == 0:
        # The list and the answer cannot both be right.
        what = (
            f"how much {listed} is taken: the list of medicines has it, and the answer was no benzodiazepine"
        )
        yield asked.unknown(rows.benzodiazepine, what, by=most)
        return
    shown = "" if daily is None else show_mg(daily)
    yield from asked.yes_or_no(
        rows.benzodiazepine,
        is_so=None if daily is None else daily > ug_from_mg(Decimal(most.value)),
        fact=f"A benzodiazepine is taken every day that equals {shown} of lorazepam, over {most.value} mg.",
        what=f"whether a benzodiazepine is taken every day that equals over {most.value} mg of lorazepam",
        by=most,
    )
