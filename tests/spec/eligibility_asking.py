"""Eligibility: when it is asked, age, and setting a finding aside."""

from collections.abc import Iterable
from datetime import datetime

from tests.intakes import NOW, ago, changed, clear, days_ago
from tests.spec.eligibility_case import LIMITS, asking, case, rows_for
from tests.spec.page import Case, Page, Said, Section, from_findings

from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.findings import criteria_asked, findings
from slackwater.rules.eligibility.intake import Intake
from slackwater.rules.eligibility.limits import stricter
from slackwater.rules.eligibility.overrides import OverrideRecord, standing
from slackwater.terms.route import Route

EVENT = changed("heart", {"last_event": days_ago(100)})
FAMILY = changed("mind", {"relative_with_psychosis": True})
LONG_AGO = changed("heart", {"last_event": days_ago(50)})


def stage(when: str, *says: str, at: Stage, route: Route | None = Route.IV) -> Case:
    """Which criteria are asked at all."""

    def asks() -> Iterable[Said]:
        for row in criteria_asked(stage=at, route=route, limits=LIMITS):
            yield Said(rule=row.rule, word="asked", sentence=f"{row.what[0].upper()}{row.what[1:]}.")

    return Case(when=when, asks=asks, says=tuple(f"{rule} asked" for rule in says))


def ids(first: int, last: int, *without: int) -> tuple[str, ...]:
    return tuple(f"E{number:02}" for number in range(first, last + 1) if number not in without)


DAY_ONLY = (7, 8, 9, 17, 18, 19, 29, 36, 40)
STAGES = (
    stage("a course is opened, no route chosen", *ids(1, 43, 42, *DAY_ONLY), at=Stage.COURSE, route=None),
    stage("an order by vein", *ids(1, 43, 42, *DAY_ONLY), at=Stage.ORDER),
    stage("an order by nose", *ids(1, 43, 39, 42, *DAY_ONLY), at=Stage.ORDER, route=Route.NASAL_DEVICE),
    stage("the day, by muscle", *ids(1, 43, 12, 14, 41, 42), at=Stage.DAY, route=Route.IM),
    stage("the day, by lozenge", *ids(1, 43, 12, 14, 39, 41, 42), at=Stage.DAY, route=Route.LOZENGE),
    stage("before an exercise with a partner", "E37", "E38", "E42", at=Stage.PROGRAMME, route=None),
)

AGES = (
    case("17 years", "E32 stop", of="person", age_years=17),
    case("18 years", of="person", age_years=18),
    case("64 years", of="person", age_years=64),
    case("65 years", "E33 warn*", of="person", age_years=65),
    case("66 years", "E33 warn*", of="person", age_years=66),
    case("nobody knows the age", "E32 unknown", "E33 unknown*", of="person", age_years=None),
)


def single(when: str, *says: str, is_single_dose: bool | None) -> Case:
    intake = changed("liver", {"alt": 500}, of=changed("organs", {"bpic_ss": 30}))
    return asking(when, *says, intake=changed(None, {"is_single_dose": is_single_dose}, of=intake))


REPEATED = (
    single("several doses, ALT five times its limit and bladder score 30", "E24 stop*", "E25 stop†",
           is_single_dose=False),
    single("nobody knows how many", "E24 stop*", "E25 stop†", is_single_dose=None),
    single("one dose and no other before: these two rows are of repeated doses", is_single_dose=True),
)  # fmt: skip


def own(when: str, *says: str, intake: Intake, **values: int) -> Case:
    return asking(when, *says, intake=intake, limits=stricter(LIMITS, values))


STRICTER = (
    asking("an event 50 days ago", "E06 warn†", intake=LONG_AGO),
    own("the same where the clinic asks for eight weeks", "E05 stop", "E06 warn†",
        intake=LONG_AGO, event_within=8),
    own("64 years where the clinic's row begins at 60", "E33 warn*",
        intake=changed("person", {"age_years": 64}), senior_age=60),
    own("one teach-back not passed where the clinic allows none", "E35 stop",
        intake=changed("person", {"teach_back_fails": 1}), teach_back_tries=1),
)  # fmt: skip


def aside(
    when: str,
    *says: str,
    before: Intake,
    now: Intake | None = None,
    second: str | None = None,
    written: datetime = NOW,
) -> Case:
    """Everything found before is set aside; what still stands of what is found now."""

    def asks() -> Iterable[Said]:
        found = findings(before, stage=Stage.ORDER, route=Route.IV, at=NOW, limits=LIMITS)
        records = [
            OverrideRecord(finding=one, reason="Discussed.", prescriber="ada", second=second, at=written)
            for one in found
        ]
        again = findings(now or before, stage=Stage.ORDER, route=Route.IV, at=NOW, limits=LIMITS)
        return from_findings(standing(again, records, at=NOW))

    return Case(when=when, asks=asks, says=says)


def none_written(when: str, *says: str, intake: Intake) -> Case:
    def asks() -> Iterable[Said]:
        found = findings(intake, stage=Stage.ORDER, route=Route.IV, at=NOW, limits=LIMITS)
        return from_findings(standing(found, [], at=NOW))

    return Case(when=when, asks=asks, says=says)


ASIDE = (
    none_written("a relative with psychosis, nothing written", "E12 warn*", intake=FAMILY),
    aside("a prescriber wrote why", before=FAMILY),
    aside("a prescriber wrote why, dated an hour from now", "E12 warn*", before=FAMILY,
          written=ago(hours=-1)),
    aside("an event 100 days ago, and two clinicians wrote why", before=EVENT, second="ben"),
    aside("then it turns out to have been 99 days ago", "E06 warn†", before=EVENT, second="ben",
          now=changed("heart", {"last_event": days_ago(99)})),
    aside("nobody knew of her family, and a prescriber wrote why; then she remembers", "E12 warn*",
          before=changed("mind", {"relative_with_psychosis": None}), now=FAMILY),
    aside("then nothing is found any more", before=FAMILY, now=clear()),
)  # fmt: skip

NOTHING_KNOWN = (
    asking("nothing is known, before an exercise with a partner", "E37 unknown†", "E38 unknown",
           "E38 unknown", "E42 unknown*", intake=Intake(), stage=Stage.PROGRAMME, route=None),
    asking("nothing stands against her", intake=clear()),
)  # fmt: skip

PAGE = Page(
    slug="eligibility",
    title="Eligibility: when it is asked, and setting a finding aside",
    intro=(
        "Forty-three criteria are asked when a course is opened, at each order, and on the day; three of them"
        " before sober exercises. Every reason is listed, and what nobody knows is one. A star marks what a"
        " prescriber may set aside in writing, a dagger (†) what takes a prescriber and a second clinician; a"
        " caution goes ahead only with that word. A word counts for the very finding it was written for. A"
        " clinic may set its own numbers stricter and never laxer. No screen asks these rules yet."
    ),
    sections=(
        Section(title="What is asked when", cases=STAGES),
        Section(title="Age", cases=AGES),
        Section(title="Repeated doses", cases=REPEATED),
        Section(title="A clinic's stricter numbers", cases=STRICTER),
        Section(title="Setting aside", cases=ASIDE, content="Nothing stands in the way."),
        Section(title="Nothing known, and everything", cases=NOTHING_KNOWN),
    ),
    rows=rows_for("E32", "E33"),
)
