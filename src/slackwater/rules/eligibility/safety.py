"""Who is around the patient: the way home, home, and anybody who has harmed them (E36 to E38).

The patient's word is taken as it is. Nothing here asks for proof, and nothing is told to whom it is about.
"""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked, listed
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.dates import Answer, is_fresh, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def safety_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in who is around the patient."""
    facts = intake.safety
    yield from _escort(facts.escort, asked, who="named adult to take the patient home")
    yield from _escort(facts.escort_phone, asked, who="number at which that adult can be called")
    yield from _home(intake, asked)
    yield from _harm(intake, asked)


def _escort(answer: Answer | None, asked: Asked, *, who: str) -> Iterator[Finding]:
    row, within = asked.limits.criteria.no_escort, asked.limits.numbers.checked_within
    if answer is None or not is_fresh(answer.at, within, at=asked.at):
        yield asked.unknown(row, f"whether there is a {who}", by=within, seen=answer.at if answer else None)
    elif not answer.is_yes:
        yield asked.found(row, f"On {asked.time(answer.at)} there was no {who}.")


def _home(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """What is told counts with anybody near; that nothing was told counts only from the patient alone."""
    row, screen, numbers = asked.limits.criteria.unsafe_home, intake.safety.home, asked.limits.numbers
    is_close = asked.stage in (Stage.DAY, Stage.PROGRAMME)
    within = numbers.checked_within if is_close else numbers.screen_within
    if screen is None or not is_fresh(screen.at, within, at=asked.at):
        what = f"whether home is safe, from a private screen of the last {shown(within)}"
        yield asked.unknown(row, what, by=within, seen=screen.at if screen else None, is_of_today=True)
    elif screen.told:
        yield asked.found(row, f"On {asked.time(screen.at)} the patient told of {listed(screen.told)}.")
    elif not screen.was_alone:
        yield asked.unknown(row, "whether home is safe, for the patient was not asked alone")


def _harm(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """A partner only bears on the programme; one of the staff bears on every dose as well."""
    row, facts = asked.limits.criteria.harm_contact, intake.safety
    yield from asked.yes_or_no(
        row,
        is_so=facts.harm_by_staff,
        fact="Somebody who works here and is in contact with the patient has harmed them, as they say.",
        what="whether anybody who works here has harmed the patient",
    )
    if asked.stage is Stage.PROGRAMME:
        yield from asked.yes_or_no(
            row,
            is_so=facts.harm_by_partner,
            fact="The partner in the programme has harmed the patient, as they say.",
            what="whether the partner in the programme has harmed the patient",
        )
