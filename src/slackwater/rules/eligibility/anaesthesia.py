"""What an anaesthetist would ask: the ASA class and the empty stomach (E39, E40)."""

from collections.abc import Iterator

from slackwater.rules.basis import Threshold
from slackwater.rules.eligibility.asked import Asked
from slackwater.rules.eligibility.dates import LastTime, is_sooner_than, shown
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.findings import Finding
from slackwater.terms.route import Route

_INJECTED = frozenset({Route.IV, Route.IM})
_NASAL = frozenset({Route.NASAL_DEVICE, Route.NASAL_SOLUTION})


def anaesthetic_findings(intake: Intake, asked: Asked) -> Iterator[Finding]:
    """Every reason in the ASA class and in what was eaten and drunk."""
    yield from _asa(intake, asked)
    food, liquid = _windows(asked)
    facts = intake.anaesthetic
    yield from _fasting(facts.ate, asked, limit=food, name="food or a drink that is not clear")
    yield from _fasting(facts.drank, asked, limit=liquid, name="clear liquid")


def _asa(intake: Intake, asked: Asked) -> Iterator[Finding]:
    row, limit, facts = (
        asked.limits.criteria.anaesthetic_class,
        asked.limits.numbers.asa_class,
        intake.anaesthetic,
    )
    asa, is_unstable = facts.asa, facts.is_asa_unstable
    if asa is None:
        yield asked.unknown(row, f"whether the ASA class is under {limit.value}", by=limit)
    elif asa >= limit.value:
        yield asked.found(row, f"The ASA class is {asa}, and this holds from {limit.value}.", by=limit)
    elif asa == limit.value - 1:
        yield from asked.yes_or_no(
            row,
            is_so=is_unstable,
            fact=f"The ASA class is {asa}, with instability.",
            what=f"whether the patient of ASA class {asa} is stable",
        )


def _windows(asked: Asked) -> tuple[Threshold, Threshold]:
    """How long after food and after clear liquid; the longest where nobody has chosen a route."""
    numbers = asked.limits.numbers
    if asked.route is None or asked.route in _INJECTED:
        return numbers.injected_food, numbers.injected_liquid
    if asked.route in _NASAL:
        return numbers.nasal_food, numbers.nasal_liquid
    return numbers.mouth_food, numbers.mouth_liquid


def _fasting(last: LastTime | None, asked: Asked, *, limit: Threshold, name: str) -> Iterator[Finding]:
    row = asked.limits.criteria.fasting
    is_soon = is_sooner_than(last, limit, at=asked.at)
    at = last.at if last else None
    if is_soon is None:
        yield asked.unknown(row, f"whether there was {name} in the last {shown(limit)}", by=limit, seen=at)
    elif is_soon and at is not None:
        yield asked.found(
            row,
            f"There was {name} on {asked.time(at)}, and {shown(limit)} must pass before the dose.",
            by=limit,
        )
