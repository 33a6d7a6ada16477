"""Age, and being able to agree (E32, E33, E35)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def person_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in age and in being able to agree."""
    yield from _age(intake, asked)
    yield from _capacity(intake, asked)


def _age(intake: Intake, asked: Asked) -> Iterator[Finding]:
    rows, numbers, age = asked.limits.criteria, asked.limits.numbers, intake.person.age_years
    adult, senior = numbers.adult_age.value, numbers.senior_age.value
    yield from asked.yes_or_no(
        rows.under_age,
        is_so=None if age is None else age < adult,
        fact=f"The patient is {age}, under {adult} years.",
        what=f"whether the patient is under {adult}",
        by=numbers.adult_age,
    )
    yield from asked.yes_or_no(
        rows.senior,
        is_so=None if age is None else age >= senior,
        fact=f"The patient is {age}, and this holds from {senior} years.",
        what=f"whether the patient is {senior} or older",
        by=numbers.senior_age,
    )


def _capacity(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, facts, tries = asked.limits.criteria.capacity, intake.person, asked.limits.numbers.teach_back_tries
    yield from asked.yes_or_no(
        row,
        is_so=None if facts.has_capacity is None else not facts.has_capacity,
        fact="The patient cannot, as a clinician judges, agree to this treatment.",
        what="whether the patient can agree to this treatment",
    )
    fails = facts.teach_back_fails
    yield from asked.yes_or_no(
        row,
        is_so=None if fails is None else fails >= tries.value,
        fact=f"Teach-backs not passed in a row: {fails}. This holds from {tries.value}.",
        what="whether the teach-back was passed",
        by=tries,
    )
