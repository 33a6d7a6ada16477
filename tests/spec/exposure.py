"""The long view."""

from datetime import datetime, timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.exposure.course import Past, Watched, course_findings, interval_findings

LIMITS = load_limits().exposure
LAST = minute(0)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def soon(when: str, *says: str, since: timedelta, dosed: tuple[datetime, ...] = (LAST,)) -> Case:
    past = Past(dosed=dosed)
    return Case(
        when=when,
        asks=lambda: from_findings(interval_findings(past, at=LAST + since, limits=LIMITS)),
        says=says,
    )


def order(when: str, *says: str, after: timedelta = 3 * DAY, **changes: object) -> Case:
    """An order three days after the last dose, with all asked the day after it, save what is changed."""
    asked = Watched(is_there=False, at=LAST + DAY)
    facts: dict[str, object] = {"dosed": (LAST,), "begun": LAST, "craving": asked, "bladder": asked,
                                "liver_at": LAST + DAY}  # fmt: skip
    past = Past(**(facts | changes))  # type: ignore[arg-type]  # fields of many types
    return Case(
        when=when,
        asks=lambda: from_findings(course_findings(past, at=LAST + after, limits=LIMITS)),
        says=says,
    )


def visits(number: int, *, first: timedelta) -> tuple[datetime, ...]:
    """So many, the first so long before the order and the last at minute 0."""
    return (LAST + 3 * DAY - first, *(LAST - place * SECOND for place in range(number - 2, -1, -1)))


# Six months before an order of 26 November at the hour of the day is 26 May.
_HALF_A_YEAR = timedelta(days=184)

INTERVAL = (
    soon("nothing was ever given", since=SECOND, dosed=()),
    soon("a second before 48 hours are over", "D18 stop", since=2 * DAY - SECOND),
    soon("48 hours after", since=2 * DAY),
    soon("another of a week ago, and one of yesterday", "D18 stop", since=DAY, dosed=(LAST - 7 * DAY, LAST)),
)
ASKED = (
    order("all was asked the day after"),
    order("nothing was ever given, and nothing asked", dosed=(), craving=None, bladder=None),
    order("nobody asked about longing", "LONG-01 unknown", craving=None),
    order("it was asked a second before the dose", "LONG-01 unknown",
          craving=Watched(is_there=False, at=LAST - SECOND)),
    order("the patient longs for it", "LONG-01 stop†", craving=Watched(is_there=True, at=LAST + DAY)),
    order("nobody asked about the bladder", "LONG-02 unknown", bladder=None),
    order("the bladder has signs (E25 says more)", bladder=Watched(is_there=True, at=LAST + DAY)),
)  # fmt: skip
REVIEW = (
    order("a second before four weeks", after=28 * DAY - SECOND),
    order("four weeks after the course began", "D17 unknown", after=28 * DAY),
    order("and it was decided since", after=28 * DAY, reviewed_at=LAST + 27 * DAY),
    order("decided before this course began", "D17 unknown", after=28 * DAY, reviewed_at=LAST - SECOND),
    order("it was decided that it stops", "D17 stop", reviewed_at=LAST + DAY, is_to_stop=True),
    order("no visit in this course yet", after=28 * DAY, begun=None),
)
CEILING = (
    order("eleven visits in six months", dosed=visits(11, first=100 * DAY)),
    order("twelve, the first just six months ago", "D19 stop†", dosed=visits(12, first=_HALF_A_YEAR)),
    order("twelve, the first a second longer ago", dosed=visits(12, first=_HALF_A_YEAR + SECOND)),
    order("twelve, and no liver tests since the last", "D19 unknown", "D19 stop†",
          dosed=visits(12, first=100 * DAY), liver_at=LAST - SECOND),
    order("thirteen", "D19 stop†", dosed=visits(13, first=100 * DAY)),
)  # fmt: skip

PAGE = Page(
    slug="exposure",
    title="The long view",
    intro=(
        "What the visits before ask for, with the last dose at minute 0. That it was asked counts from after"
        " the last dose. Where it says that a prescriber and a second clinician may set D19 aside, the second"
        " is a prescriber too."
    ),
    sections=(
        Section(title="The next dose", cases=INTERVAL, content="Enough time has passed."),
        Section(title="Before the next order", cases=ASKED),
        Section(title="Whether the course goes on", cases=REVIEW),
        Section(title="Many visits", cases=CEILING),
    ),
    rows=rows_of(LIMITS),
)
