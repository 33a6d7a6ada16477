"""Pregnancy and breastfeeding (E20, E21)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.dates import is_fresh, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def reproduction_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in pregnancy and breastfeeding."""
    yield from _pregnancy(intake, asked)
    yield from asked.yes_or_no(
        asked.limits.criteria.breastfeeding,
        is_so=intake.reproduction.is_breastfeeding,
        fact="The patient is breastfeeding.",
        what="whether the patient is breastfeeding",
    )


def _pregnancy(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """A positive test counts however old it is, and a negative one only for a time."""
    row, facts = asked.limits.criteria.pregnancy, intake.reproduction
    within, test = asked.limits.numbers.pregnancy_test_within, facts.test
    if test is not None and test.is_yes:
        yield asked.found(row, f"The pregnancy test of {asked.time(test.at)} was positive.")
    elif facts.can_be_pregnant is None:
        yield asked.unknown(row, "whether the patient may be pregnant")
    elif facts.can_be_pregnant and (test is None or not is_fresh(test.at, within, at=asked.at)):
        yield asked.unknown(
            row,
            f"what a pregnancy test of the last {shown(within)} says",
            by=within,
            seen=test.at if test else None,
            is_of_today=True,
        )
    if facts.can_be_pregnant is not False:
        yield from asked.yes_or_no(
            row,
            is_so=facts.plans_pregnancy,
            fact="A pregnancy is planned.",
            what="whether a pregnancy is planned",
        )
