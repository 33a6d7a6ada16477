"""Psychiatry (E10 to E14)."""

from collections.abc import Iterator

from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.dates import is_fresh, is_within_days, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding


def mind_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every psychiatric reason."""
    rows, facts = asked.limits.criteria, intake.mind
    yield from asked.any_of(
        rows.psychosis,
        facts.psychosis,
        what="whether there is psychosis, or was a primary psychotic disorder",
    )
    yield from asked.any_of(
        rows.mania,
        facts.mood,
        what="whether there is mania, a mixed state or bipolar disorder without a mood stabiliser",
    )
    yield from asked.yes_or_no(
        rows.relative_psychosis,
        is_so=facts.relative_with_psychosis,
        fact="A parent, brother, sister or child has had a primary psychosis.",
        what="whether a parent, brother, sister or child has had a primary psychosis",
    )
    yield from _suicide(intake, asked)
    yield from _dissociation(intake, asked)


def _suicide(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """A screen that is too old is asked again, whatever it said."""
    row, screen, numbers = asked.limits.criteria.suicide_risk, intake.mind.suicide, asked.limits.numbers
    within = numbers.checked_within if asked.stage is Stage.DAY else numbers.screen_within
    if screen is None or not is_fresh(screen.at, within, at=asked.at):
        what = f"what a screen for suicide risk of the last {shown(within)} says"
        yield asked.unknown(row, what, by=within, seen=screen.at if screen else None, is_of_today=True)
        return
    when = f"(C-SSRS screener, {asked.time(screen.at)})"
    yield from asked.yes_or_no(
        row,
        is_so=screen.intent,
        fact=f"There is an intent to die by suicide {when}.",
        what="whether there is an intent to die by suicide",
    )
    yield from asked.yes_or_no(
        row,
        is_so=screen.plan,
        fact=f"There is a plan for suicide, with intent {when}.",
        what="whether there is a plan for suicide, with intent",
    )
    limit, last = numbers.behaviour_within, screen.behaviour
    is_recent = is_within_days(last, limit, today=asked.today)
    on = last.on if last else None
    if is_recent is None:
        yield asked.unknown(
            row, f"whether there was suicidal behaviour within {shown(limit)}", by=limit, seen=on
        )
    elif is_recent:
        yield asked.found(
            row, f"There was suicidal behaviour {asked.day(on)}, within {shown(limit)} {when}.", by=limit
        )


def _dissociation(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """The score only adds: without it a clinician's own view of dissociation decides."""
    row, facts, most = asked.limits.criteria.dissociation, intake.mind, asked.limits.numbers.cadss_most
    yield from asked.yes_or_no(
        row,
        is_so=facts.untreated_dissociative_disorder,
        fact="There is a dissociative disorder that is not treated.",
        what="whether there is a dissociative disorder that is not treated",
    )
    if facts.cadss_sober is not None and facts.cadss_sober > most.value:
        yield asked.found(
            row, f"Dissociation while sober scores {facts.cadss_sober} (CADSS), over {most.value}.", by=most
        )
    yield from asked.yes_or_no(
        row,
        is_so=facts.is_dissociating,
        fact="A clinician sees severe dissociation while sober.",
        what="whether there is severe dissociation while sober",
    )
