"""Doses in words: what was set up, and what went in."""

from collections.abc import Sequence

from slackwater.reports.session import DoseGiven
from slackwater.reports.words import printable
from slackwater.terms.amounts import show_mg
from slackwater.terms.spans import show_span


def dose_words(dose: DoseGiven) -> str:
    """`racemic ketamine 35 mg, into a vein (IV), over 40 min`."""
    words = f"{dose.drug} {show_mg(dose.amount_ug)}, {dose.route}"
    if dose.was_cut_short:
        words += f", stopped after {show_span(dose.ran_min)} of {show_span(dose.duration_min)}"
    elif dose.duration_min:
        words += f", over {show_span(dose.duration_min)}"
    return printable(words)


def show_given(doses: Sequence[DoseGiven]) -> str:
    """How much went in, `about` where a stopped infusion makes it a share of what was set up."""
    total = sum(dose.given_ug for dose in doses)
    if any(dose.was_cut_short for dose in doses):
        return f"about {show_mg(round(total, -2))}"
    return show_mg(total)
