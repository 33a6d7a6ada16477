"""What takes a prescriber and a second clinician is never set aside where only one signs."""

import pytest
from django.template.loader import render_to_string

from slackwater.actions.entries import leaving_check
from slackwater.actions.orders import _problems, needing_reason
from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Override, Severity

ROW = house("X-01", "x")


def two(severity: Severity) -> Finding:
    return ROW.finding(severity, "Two may.", override=Override.PRESCRIBER_AND_SECOND)


ONE = ROW.finding(Severity.STOP, "One may.", override=Override.PRESCRIBER)


@pytest.mark.parametrize("severity", [Severity.STOP, Severity.UNKNOWN, Severity.WARN])
def test_an_order_is_not_signed_over_it_by_one(severity: Severity) -> None:
    found = [two(severity)]
    assert needing_reason(found) == ()
    (problem,) = _problems(found, "Discussed.")
    assert problem.code == "X-01"
    assert problem.mend == (
        "Change the order; a prescriber and a second clinician may together, with a reason."
    )


def test_nobody_leaves_over_it_on_the_word_of_one() -> None:
    assert list(leaving_check._standing([ONE], {"X-01"})) == []
    (problem,) = leaving_check._standing([two(Severity.STOP)], {"X-01"})
    assert problem.mend == "A prescriber and a second clinician may together, with a reason."


@pytest.mark.parametrize("severity", [Severity.STOP, Severity.UNKNOWN, Severity.WARN])
def test_the_page_says_that_it_takes_two(severity: Severity) -> None:
    shown = render_to_string("shared/_finding.html", {"finding": two(severity)})
    assert "a prescriber and a second clinician may together, with a reason" in shown
    assert "needs a reason in writing" not in shown
