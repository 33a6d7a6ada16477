"""Blood pressure before the dose (E07 to E09), held to the same rows as in the room."""

from collections.abc import Iterator

from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.criteria import Criterion
from slackwater.rules.eligibility.dates import is_fresh, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding
from slackwater.rules.pressures import is_over
from slackwater.terms.vitals import show_tenths


def pressure_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every limit that the last pressure is over. At an unknown age both age bands are asked."""
    rows, held = asked.limits.criteria, asked.limits.pressures
    age, older = intake.person.age_years, held.older_age.value
    if age is None or age < older:
        yield from _raised(
            rows.pressure_raised, intake, asked, limits=(held.raised_systolic, held.raised_diastolic)
        )
    if age is None or age >= older:
        yield from _raised(
            rows.pressure_raised_older,
            intake,
            asked,
            limits=(held.raised_systolic_older, held.raised_diastolic_older),
        )
    yield from _ceiling(intake, asked)


def _raised(
    row: Criterion, intake: Intake, asked: Asked, *, limits: tuple[Threshold, Threshold]
) -> Iterator[Finding]:
    systolic, diastolic = limits
    most = f"{systolic.value}/{diastolic.value}"
    taken = intake.heart.pressure
    if taken is None or not _is_fresh(intake, asked):
        yield _not_taken(row, asked, f"whether blood pressure is over {most}", intake)
    elif is_over(taken.sbp, taken.dbp, systolic=systolic, diastolic=diastolic):
        yield asked.found(row, f"{_told(intake, asked)}, over {most}.", by=systolic)


def _ceiling(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, held, taken = asked.limits.criteria.pressure_ceiling, asked.limits.pressures, intake.heart.pressure
    ceiling = f"{held.ceiling_systolic.value}/{held.ceiling_diastolic.value}"
    if taken is None or not _is_fresh(intake, asked):
        yield _not_taken(row, asked, f"whether blood pressure has reached {ceiling}", intake)
    elif held.is_at_ceiling(sbp=taken.sbp, dbp=taken.dbp):
        yield asked.found(
            row, f"{_told(intake, asked)}, and the ceiling is {ceiling}.", by=held.ceiling_systolic
        )


def _not_taken(row: Criterion, asked: Asked, what: str, intake: Intake) -> Finding:
    taken, within = intake.heart.pressure, asked.limits.numbers.baseline_within
    return asked.unknown(
        row,
        f"{what}, from a reading of the last {shown(within)}",
        by=within,
        seen=taken.at if taken else None,
    )


def _is_fresh(intake: Intake, asked: Asked) -> bool:
    taken = intake.heart.pressure
    return is_fresh(taken.at if taken else None, asked.limits.numbers.baseline_within, at=asked.at)


def _told(intake: Intake, asked: Asked) -> str:
    taken = intake.heart.pressure
    if taken is None:
        raise TypeError("there is no pressure to tell of")
    return f"Blood pressure was {show_tenths(taken.sbp)}/{show_tenths(taken.dbp)} on {asked.time(taken.at)}"
