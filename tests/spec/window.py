"""The impaired window."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.recovery.window import WindowFacts, holding

LIMITS = load_limits().window
CONTENT = "The window is closed."
ONE_SECOND = 1 / 60
DAY = 24 * 60
# The person in the tables: an infusion from minute 0 to 40, and everything in order a day and an hour later.
ENDED, ASKED = 40, 40 + DAY + 60


def closed() -> WindowFacts:
    """Everything seen that closes the window."""
    return WindowFacts(
        first_dose_at=minute(0),
        last_dose_ended_at=minute(ENDED),
        recovered_by=minute(150),
        confirmed_at=minute(170),
        slept_at=minute(ENDED + DAY - 120),
        taught_back_at=minute(ENDED + DAY),
    )


def case(when: str, *says: str, at: float = ASKED, **changes: datetime | None) -> Case:
    """One change to somebody whose window is closed."""
    facts = replace(closed(), **changes)

    def asks() -> Iterable[Said]:
        return from_findings(holding(facts, minute(at), LIMITS))

    return Case(when=when, asks=asks, says=says)


HOURS = (
    case("everything is in order"),
    case("nothing was given", first_dose_at=None, last_dose_ended_at=None, confirmed_at=None),
    case("one second before 24 hours after the last drug", "R07 stop", "R07.teach-back unknown",
         at=ENDED + DAY - ONE_SECOND),
    case("at the 24 hours", at=ENDED + DAY),
    case("a booster at minute 95, asked at the same hour", "R07 stop", "R07.teach-back unknown",
         last_dose_ended_at=minute(95 + 60), at=ASKED),
    case("an infusion that is still running", "R07 unknown", "R07.staff unknown", "R07.sleep unknown",
         "R07.teach-back unknown", last_dose_ended_at=None),
)  # fmt: skip

CROWD = (
    case("the crowd recovers later than 24 hours", "R07.crowd stop", "R07.teach-back unknown",
         recovered_by=minute(ASKED + 1)),
    case("the crowd recovers at the minute asked about, and the teach-back follows",
         recovered_by=minute(ASKED), taught_back_at=minute(ASKED)),
    case("the crowd cannot tell", "R07.crowd unknown", "R07.teach-back unknown", recovered_by=None),
)  # fmt: skip

SEEN = (
    case("staff have not confirmed recovery", "R07.staff unknown", "R07.teach-back unknown",
         confirmed_at=None),
    case("staff confirmed before the last drug was in", "R07.staff unknown", confirmed_at=minute(39)),
    case("nobody knows whether the person slept", "R07.sleep unknown", "R07.teach-back unknown",
         slept_at=None),
    case("they slept before the dose", "R07.sleep unknown", slept_at=minute(-600)),
    case("no teach-back", "R07.teach-back unknown", taught_back_at=None),
    case("a teach-back a second before the 24 hours were over", "R07.teach-back unknown",
         taught_back_at=minute(ENDED + DAY - ONE_SECOND)),
    case("a teach-back before they slept", "R07.teach-back unknown", slept_at=minute(ENDED + DAY + 30)),
    case("a teach-back that is still to come", "R07.teach-back unknown", taught_back_at=minute(ASKED + 1)),
)  # fmt: skip

NOTHING_KNOWN = Case(
    when="a dose at minute 0 that was in at once, and nothing known since, minute 30",
    asks=lambda: from_findings(
        holding(WindowFacts(first_dose_at=minute(0), last_dose_ended_at=minute(0)), minute(30), LIMITS)
    ),
    says=(
        "R07 stop",
        "R07.crowd unknown",
        "R07.staff unknown",
        "R07.sleep unknown",
        "R07.teach-back unknown",
    ),
)

PAGE = Page(
    slug="window",
    title="The impaired window",
    intro=(
        "From the first dose on a person counts as impaired: nothing new or wider is agreed, while narrowing"
        " and stopping always work. The window closes at the later of 24 hours and one night's sleep, never"
        " before the crowd and the staff say that the person has recovered, and then only with a teach-back."
        " No study of the capacity to decide by time after ketamine was found; this is the strictest line"
        " that the evidence draws. Nobody may set any of it aside. Below, an infusion ran from minute 0 to 40"
        " and everything is in order a day and an hour after it; each row changes one thing."
    ),
    sections=(
        Section(title="A day", cases=HOURS, content=CONTENT),
        Section(title="The crowd", cases=CROWD, content=CONTENT),
        Section(title="What was seen", cases=SEEN, content=CONTENT),
        Section(title="Every reason, not the first", cases=(NOTHING_KNOWN,), content=CONTENT),
    ),
    rows=rows_of(LIMITS),
)
