"""What is used and was used, long ago and lately (E15 to E19)."""

from collections.abc import Iterator

from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.conditions import UrineScreen
from slackwater.rules.eligibility.dates import Answer, LastTime, is_fresh, is_within_hours, shown
from slackwater.rules.eligibility.intake import Intake, Substances
from slackwater.rules.findings import Finding, Override
from slackwater.terms.sex import Sex


def substance_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in what is used and was used."""
    rows, facts = asked.limits.criteria, intake.substances
    yield from asked.yes_or_no(
        rows.ketamine_use,
        is_so=facts.ketamine_disorder,
        fact="There is, or was, a use disorder of ketamine or PCP.",
        what="whether there ever was a use disorder of ketamine or PCP",
    )
    yield from asked.yes_or_no(
        rows.ketamine_use,
        is_so=facts.ketamine_often,
        fact="Ketamine or PCP was used more than rarely outside care.",
        what="whether ketamine or PCP was used more than rarely outside care",
    )
    yield from _other_disorder(intake, asked)
    yield from _sober(facts, asked)
    yield from _stimulant(facts, asked)
    yield from _depressants(facts, asked)


def _other_disorder(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """A screen is not a diagnosis: from its cut-off a clinician judges, and until then nobody knows."""
    row, facts = asked.limits.criteria.other_use_disorder, intake.substances
    if facts.has_other_disorder is not None:
        if facts.has_other_disorder:
            yield asked.found(row, "There is another active use disorder, moderate or severe.")
        return
    numbers = asked.limits.numbers
    screens = (
        ("AUDIT-C", facts.audit_c, _audit_from(intake, asked)),
        ("DAST-10", facts.dast_10, numbers.dast_10),
    )
    high = [
        f"{name} is {score}, and from {cut.value} a clinician judges"
        for name, score, cut in screens
        if _is_high(score, cut)
    ]
    if high or None in (facts.audit_c, facts.dast_10):
        told = f" ({'; '.join(high)})" if high else ""
        yield asked.unknown(row, f"whether there is another active use disorder{told}", by=numbers.dast_10)


def _audit_from(intake: Intake, asked: Asked) -> Threshold:
    """The lower cut-off unless the higher is known to be meant."""
    numbers = asked.limits.numbers
    return numbers.audit_c_men if intake.person.sex is Sex.MALE else numbers.audit_c_women


def _is_high(score: int | None, cut: Threshold) -> bool:
    return score is not None and score >= cut.value


def _sober(facts: Substances, asked: Asked) -> Iterator[Finding]:
    for check, fact, what in (
        (
            facts.intoxicated,
            "The patient was intoxicated or in withdrawal",
            "whether the patient is intoxicated or in withdrawal",
        ),
        (
            facts.breath_alcohol,
            "The breath test for alcohol was positive",
            "whether there is alcohol in the breath",
        ),
    ):
        yield from _checked(check, asked, fact=fact, what=what)


def _checked(check: Answer | None, asked: Asked, *, fact: str, what: str) -> Iterator[Finding]:
    row, within = asked.limits.criteria.not_sober, asked.limits.numbers.checked_within
    if check is None or not is_fresh(check.at, within, at=asked.at):
        yield asked.unknown(
            row,
            f"{what}, from a check of the last {shown(within)}",
            by=within,
            seen=check.at if check else None,
        )
    elif check.is_yes:
        yield asked.found(row, f"{fact} on {asked.time(check.at)}.")


def _stimulant(facts: Substances, asked: Asked) -> Iterator[Finding]:
    row, numbers = asked.limits.criteria.stimulant, asked.limits.numbers
    yield from _used(
        facts.stimulant,
        asked,
        name="an illicit stimulant",
        limit=numbers.stimulant_within,
    )
    screen, within = facts.urine_screen, numbers.checked_within
    if screen is None or not is_fresh(screen.at, within, at=asked.at):
        what = f"what a urine screen says, or that none is made, from the last {shown(within)}"
        yield asked.unknown(row, what, by=within, seen=screen.at if screen else None)
    elif screen.result is UrineScreen.POSITIVE:
        yield asked.found(row, f"The urine screen for stimulants was positive on {asked.time(screen.at)}.")


def _depressants(facts: Substances, asked: Asked) -> Iterator[Finding]:
    """GHB and GBL nobody sets aside, nor that nobody knows of them; the others a prescriber may."""
    limit = asked.limits.numbers.depressant_within
    yield from _used(facts.ghb, asked, name="GHB or GBL", limit=limit, override=Override.NONE)
    yield from _used(
        facts.opioid_not_prescribed, asked, name="an opioid that was not prescribed", limit=limit
    )
    yield from _used(facts.alcohol, asked, name="alcohol", limit=limit)


def _used(
    last: LastTime | None, asked: Asked, *, name: str, limit: Threshold, override: Override | None = None
) -> Iterator[Finding]:
    rows = asked.limits.criteria
    row = rows.stimulant if limit.rule == rows.stimulant.rule else rows.depressant
    is_recent = is_within_hours(last, limit, at=asked.at)
    at = last.at if last else None
    if is_recent is None:
        what = f"whether {name} was taken in the last {shown(limit)}"
        yield asked.unknown(row, what, by=limit, seen=at, override=override)
    elif is_recent and at is not None:
        fact = f"{name[0].upper()}{name[1:]} was taken on {asked.time(at)}, in the last {shown(limit)}."
        yield asked.found(row, fact, by=limit, override=override)
