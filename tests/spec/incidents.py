"""Reports that something went wrong."""

from collections.abc import Iterable
from datetime import timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.incidents.evidence import Change, Found, Writing, closed, is_as_held
from slackwater.rules.incidents.fold import standing
from slackwater.rules.incidents.log import (
    DutyDone,
    Ended,
    Held,
    LookedAt,
    Named,
    Opened,
    Outcome,
    Reopened,
    ReportLine,
    Subject,
    Told,
)
from slackwater.rules.incidents.log import Said as Line
from slackwater.rules.incidents.readers import Asker, endings, may_read, may_review

LIMITS = load_limits().incidents
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
TELLER, REVIEWER, OTHER_REVIEWER, NURSE, OWNER = 1, 2, 3, 4, 5
HELD = Held(log="session 1", entries=12, head="ab")


def report(*more: Line, teller: int | None = TELLER):
    """A report of minute 0, with these lines after it."""
    said = (Opened(subject=Subject.BOUNDARY), *more)
    return standing(
        ReportLine(number=number, at=minute(number - 1), said=one, by=teller if number == 1 else REVIEWER)
        for number, one in enumerate(said, 1)
    )


def reads(when: str, *says: str, of, by: Asker) -> Case:
    def asks() -> Iterable[Said]:
        if may_review(of, by):
            yield Said(rule="INC-01", word="looks", sentence="They look into it.")
        elif may_read(of, by):
            yield Said(rule="INC-01", word="own", sentence="They read what they told, and the answers.")

    return Case(when=when, asks=asks, says=says)


def ends(when: str, *says: str, of, by: int = REVIEWER, is_reviewer: bool = True, duties=()) -> Case:
    asker = Asker(person=by, is_reviewer=is_reviewer)
    return Case(
        when=when,
        asks=lambda: from_findings(endings(of, asker, duties=duties, limits=LIMITS)),
        says=says,
    )


def writes(when: str, *says: str, change: Change, since: timedelta, is_named: bool = False) -> Case:
    writing = Writing(change=change, since_left=since, is_named=is_named)
    return Case(when=when, asks=lambda: from_findings(closed(writing, limits=LIMITS)), says=says)


def stands(when: str, *says: str, leaf: str | None, is_whole: bool = True, held: Held = HELD) -> Case:
    def asks() -> Iterable[Said]:
        if is_as_held(held, Found(log=held.log, leaf_there=leaf, is_whole=is_whole)):
            yield Said(rule="INC-03", word="unchanged", sentence="All that was there is there.")

    return Case(when=when, asks=asks, says=says)


def reviewer(person: int = REVIEWER, **changes: object) -> Asker:
    return Asker(person=person, is_reviewer=True, **changes)  # type: ignore[arg-type]


READS = (
    reads("whoever told it", "INC-01 own", of=report(), by=Asker(person=TELLER, is_reviewer=False)),
    reads("a reviewer", "INC-01 looks", of=report(), by=reviewer()),
    reads("a reviewer who is named in it", of=report(Named(people=(REVIEWER,))), by=reviewer()),
    reads(
        "a reviewer, where another is named",
        "INC-01 looks",
        of=report(Named(people=(REVIEWER,))),
        by=reviewer(OTHER_REVIEWER),
    ),
    reads(
        "a reviewer who was named once, and somebody else after that",
        of=report(Named(people=(REVIEWER,)), Named(people=(NURSE,))),
        by=reviewer(),
    ),
    reads("a reviewer who told it themselves", "INC-01 own", of=report(teller=REVIEWER), by=reviewer()),
    reads("a nurse, named or not", of=report(), by=Asker(person=NURSE, is_reviewer=False)),
    reads("the clinic's owner", of=report(), by=Asker(person=OWNER, is_reviewer=False)),
    reads(
        "a reviewer whom the owner brought in after the report, the owner being named",
        of=report(Named(people=(OWNER,))),
        by=reviewer(added_by=OWNER, added_at=minute(1)),
    ),
    reads(
        "a reviewer whom the owner brought in at the minute of the report, the owner being named",
        "INC-01 looks",
        of=report(Named(people=(OWNER,))),
        by=reviewer(added_by=OWNER, added_at=minute(0)),
    ),
    reads(
        "a reviewer whom the owner brought in after the report, nobody being named",
        "INC-01 looks",
        of=report(),
        by=reviewer(added_by=OWNER, added_at=minute(1)),
    ),
)

ENDS = (
    ends("a reviewer, no duty in the table", of=report(LookedAt())),
    ends(
        "a reviewer who is named",
        "INC-02 stop",
        of=report(Named(people=(REVIEWER,))),
    ),
    ends("the clinic's owner", "INC-02 stop", of=report(), by=OWNER, is_reviewer=False),
    ends("whoever told it", "INC-02 stop", of=report(), by=TELLER, is_reviewer=False),
    ends("one duty of two is seen to", "INC-02 unknown", of=report(DutyDone(duty="a", words="Done.")),
         duties=("a", "b")),
    ends("both duties are seen to", of=report(DutyDone(duty="a", words="Done."),
         DutyDone(duty="b", words="Does not apply.")), duties=("a", "b")),
    ends("it has been ended", "INC-02 stop", of=report(Ended(outcome=Outcome.ACTED, words="Done."))),
    ends("it has been ended and opened again",
         of=report(Ended(outcome=Outcome.ACTED, words="Done."), Reopened(), Told(words="More."))),
)  # fmt: skip

WRITES = (
    writes("a strike a second before a day is over", change=Change.STRIKE, since=DAY - SECOND),
    writes("a strike a day after", "INC-04 stop", change=Change.STRIKE, since=DAY),
    writes("a note a day after", change=Change.NOTE, since=DAY),
    writes("a note a second before a week is over", change=Change.NOTE, since=7 * DAY - SECOND),
    writes("a note a week after", "INC-04.notes stop", change=Change.NOTE, since=7 * DAY),
    writes(
        "a strike by somebody who is named", "INC-04 stop", change=Change.STRIKE, since=SECOND, is_named=True
    ),
    writes(
        "a note by somebody who is named",
        "INC-04.notes stop",
        change=Change.NOTE,
        since=SECOND,
        is_named=True,
    ),
)

STANDS = (
    stands("the twelfth line is the one that was there", "INC-03 unchanged", leaf="ab"),
    stands("another line stands in its place", leaf="cd"),
    stands("nothing stands in its place", leaf=None),
    stands("it is there, but something before it was changed", leaf="ab", is_whole=False),
    stands(
        "the log was empty then",
        "INC-03 unchanged",
        leaf=None,
        held=Held(log="session 1", entries=0, head="00"),
    ),
)

PAGE = Page(
    slug="incidents",
    title="Reports that something went wrong",
    intro=(
        "Anybody tells, from any page, in two taps, signed in or not. Told at minute 0. A report is no"
        " finding about anybody, and no rule weighs whether somebody is to be believed. Who is named cannot"
        " see that there is a report; the log of a visit closes for them with the same sentence as for"
        " everybody later."
    ),
    sections=(
        Section(title="Who reads it", cases=READS, content="To them there is no report."),
        Section(title="Who ends it", cases=ENDS, content="They may end it."),
        Section(title="Adding to the log of a visit that is over", cases=WRITES, content="It may be added."),
        Section(title="A log beside where it stood", cases=STANDS, content="It is not as it was."),
    ),
    rows=rows_of(LIMITS),
)
