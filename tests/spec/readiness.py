"""The board of the day."""

from collections.abc import Iterable, Mapping, Sequence

from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.rules.basis import house
from slackwater.rules.findings import Finding, Severity
from slackwater.rules.readiness.board import (
    LOOKED_AT,
    STOCK,
    TOUCH,
    Item,
    board,
    screened,
    stock_gaps,
    touch_gaps,
)

# Any row does: the board carries what others found.
_SOME = TOUCH
SETTLED: Mapping[Item, Sequence[Finding]] = dict.fromkeys(Item, ())


def shown(when: str, *says: str, found: Mapping[Item, Sequence[Finding]]) -> Case:
    def asks() -> Iterable[Said]:
        for line in board(found).missing:
            for gap in line.gaps:
                yield Said(rule=gap.id, word=f"{gap.severity.value} {line.item.value}", sentence=gap.sentence)

    return Case(when=when, asks=asks, says=says)


def stands(when: str, *says: str, rule: str) -> Case:
    """Under which line a finding of the screening stands."""

    def asks() -> Iterable[Said]:
        finding = house(rule, "a criterion").stop("It is met.")
        for item, found in screened([finding]).items():
            if found:
                yield Said(rule=rule, word=item.value, sentence=f"Under {item.label}.")

    return Case(when=when, asks=asks, says=says)


def touch(when: str, *says: str, is_agreed: bool, has_draft: bool = False) -> Case:
    return Case(
        when=when,
        asks=lambda: from_findings(touch_gaps(is_agreed=is_agreed, has_draft=has_draft)),
        says=says,
    )


def stock(when: str, *says: str, held: int) -> Case:
    return Case(when=when, asks=lambda: from_findings(stock_gaps(held_ug=held, dose_ug=35_000)), says=says)


GREEN = (
    shown("every line is settled", found=SETTLED),
    shown("nobody looked at the kit", "RDY-01 unknown kit",
          found={item: () for item in Item if item is not Item.KIT}),
    shown("something stops it", "RDY-02 stop stock", found=SETTLED | {Item.STOCK: (_SOME.stop("Empty."),)}),
    shown("something is not known", "RDY-02 unknown vitals",
          found=SETTLED | {Item.VITALS: (_SOME.unknown("Not taken."),)}),
    shown("a caution that nobody has set aside", "RDY-02 warn screening",
          found=SETTLED | {Item.SCREENING: (_SOME.finding(Severity.WARN, "With care."),)}),
    shown("a note", found=SETTLED | {Item.SCREENING: (_SOME.finding(Severity.NOTE, "Advised."),)}),
)  # fmt: skip

PAGE = Page(
    slug="readiness",
    title="The board of the day",
    intro=(
        "What the first dose waits for, gathered from the rules of other pages. It is green only when every"
        " line was looked at and nothing stands in any. Each line says who can settle it, and leads there."
    ),
    sections=(
        Section(title="When it is green", cases=GREEN, content="Green."),
        Section(
            title="Where a finding of the screening stands",
            cases=(
                stands("fasting", "E40 fasting", rule="E40"),
                stands("the way home", "E36 escort", rule="E36"),
                stands("intoxicated, or alcohol in the breath", "E17 sober", rule="E17"),
                stands("a stimulant", "E18 sober", rule="E18"),
                stands("alcohol, GHB or an opioid", "E19 sober", rule="E19"),
                stands("pregnancy", "E20 pregnancy", rule="E20"),
                stands("anything else", "E13 screening", rule="E13"),
            ),
        ),
        Section(
            title="Touch",
            cases=(
                touch("nothing was ever agreed", "RDY-02 unknown", is_agreed=False),
                touch("an agreement is held, of whatever size", is_agreed=True),
                touch("and another is drawn up", "RDY-02 unknown", is_agreed=True, has_draft=True),
            ),
        ),
        Section(
            title="The cabinet, for 35 mg",
            cases=(
                stock("it holds a microgram less", "RDY-03 stop", held=34_999),
                stock("it holds just that", held=35_000),
                stock("it holds nothing", "RDY-03 stop", held=0),
            ),
        ),
    ),
    rows=rows_of((LOOKED_AT, TOUCH, STOCK)),
)
