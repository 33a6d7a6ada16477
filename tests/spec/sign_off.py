"""Signing a rule, and what it changes."""

from collections.abc import Iterable
from datetime import timedelta

from tests.intakes import NOW, changed
from tests.spec.page import Case, Page, Said, Section, rows_of

from slackwater.catalogue.eligibility import load_eligibility
from slackwater.catalogue.signable import rules
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import findings
from slackwater.rules.sign_off import BACK, LAPSES, UNSIGNED, SignOff, Standing, accepted, signed, sureness
from slackwater.terms.route import Route

ASA, SEEN, FEW = "E39", "E01", timedelta(seconds=1)
_BY_RULE = {one.rule: one for one in rules()}


def said(
    *, rule: str = ASA, ago: timedelta = FEW, accepts: bool = True, text: str | None = None
) -> tuple[SignOff, ...]:
    told = _BY_RULE[rule].text if text is None else text
    return (SignOff(rule=rule, text=told, lead="the lead", at=NOW - ago, accepts=accepts),)


def row(when: str, *says: str, rule: str = ASA, by: tuple[SignOff, ...] = ()) -> Case:
    def asks() -> Iterable[Said]:
        (one,) = signed([_BY_RULE[rule]], by, at=NOW)
        if one.standing is Standing.SIGNED:
            return
        if one.standing is Standing.LAPSED:
            yield Said(rule=LAPSES.rule, word="lapsed", sentence="It has changed since it was signed.")
        elif one.last is not None:
            yield Said(rule=BACK.rule, word="open", sentence="The signature was taken back.")
        elif one.wants_signing:
            yield Said(rule=UNSIGNED.rule, word="open", sentence="It waits for a lead.")

    return Case(when=when, asks=asks, says=says)


def stop(when: str, *says: str, by: tuple[SignOff, ...] = ()) -> Case:
    """ASA class 4, and how the finding is told."""
    intake = changed("anaesthetic", {"asa": 4})

    def asks() -> Iterable[Said]:
        counting = accepted(signed(rules(), by, at=NOW))
        for one in findings(intake, stage=Stage.ORDER, route=Route.IV, at=NOW, limits=load_eligibility()):
            told = sureness(one.id, one.verified, counting)
            yield Said(rule=one.id, word=one.severity.value, sentence=f"How sure: {told}.")

    return Case(when=when, asks=asks, says=says)


ROWS = (
    row("chosen here, and nobody has said anything", "SIGN-01 open"),
    row("seen in its source, and nobody has said anything", rule=SEEN),
    row("signed as it stands", by=said()),
    row("signed this very moment", by=said(ago=timedelta(0))),
    row("signed by a clock that is a second ahead", "SIGN-01 open", by=said(ago=-FEW)),
    row("signed when one of its numbers was another", "SIGN-02 lapsed", by=said(text="another number")),
    row("seen in its source, and changed since somebody signed it", "SIGN-02 lapsed", rule=SEEN,
        by=said(rule=SEEN, text="another number")),
    row("changed since, and signed again", by=(*said(text="another number", ago=2 * FEW), *said())),
    row("signed and taken back", "SIGN-03 open", by=(*said(ago=2 * FEW), *said(accepts=False))),
    row("taken back and signed again", by=(*said(accepts=False, ago=2 * FEW), *said())),
)  # fmt: skip

PAGE = Page(
    slug="signing",
    title="Signing rules",
    intro=(
        "What a clinic's lead signs, and for how long it counts. A rule that was chosen here, or whose source"
        " was remembered and not read, is shown as such until then. Signing changes nothing in what a rule"
        " does."
    ),
    sections=(
        Section(title="One rule", cases=ROWS, content="It waits for nobody."),
        Section(
            title="What it changes of a finding",
            cases=(
                stop("ASA class 4, its row signed by nobody", "E39 stop"),
                stop("the same, signed", "E39 stop", by=said()),
            ),
        ),
    ),
    rows=rows_of((UNSIGNED, LAPSES, BACK)),
)
