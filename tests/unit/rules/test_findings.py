"""Findings: what bars, what may be set aside, and what still stands."""

from dataclasses import replace

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override, Severity, barring, beyond_override

STOP = house("X-01", "x").stop("No.")
UNKNOWN = house("X-02", "x").unknown("Not known.")
WARN = house("X-03", "x").finding(Severity.WARN, "Say why.", override=Override.PRESCRIBER)
ASIDE = house("X-04", "x").finding(Severity.STOP, "A prescriber may.", override=Override.PRESCRIBER)
TWO = house("X-07", "x").finding(Severity.STOP, "Two may.", override=Override.PRESCRIBER_AND_SECOND)
NOTE = house("X-05", "x").finding(Severity.NOTE, "By the way.")
ALERT = house("X-06", "x").finding(Severity.WARN, "Look.")
ALL = (STOP, UNKNOWN, WARN, ASIDE, NOTE, ALERT)


def test_stops_and_unknowns_bar() -> None:
    assert barring(ALL) == (STOP, UNKNOWN, ASIDE)


def test_some_of_them_nobody_may_set_aside() -> None:
    assert beyond_override(ALL) == (STOP, UNKNOWN)


def test_what_takes_two_is_within_override_and_says_who() -> None:
    assert barring([TWO]) == (TWO,)
    assert beyond_override([TWO]) == ()
    assert TWO.override.label == "a prescriber and a second clinician may together, with a reason"


def test_what_was_not_looked_up_is_marked() -> None:
    assert replace(STOP, verified="list from memory").is_from_memory
    assert not STOP.is_from_memory


def test_a_design_mark_is_seen_wherever_a_part_was_chosen_here() -> None:
    assert STOP.is_design
    part = Finding(id="M11", severity=Severity.STOP, sentence="x", source="y", verified="seen; rest design")
    assert part.is_design
    assert not replace(part, verified="seen").is_design
