"""Other medicines beside ketamine, and the list of them on the day."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.interactions import load_interactions
from slackwater.catalogue.limits import load_limits
from slackwater.rules.interactions.asides import Aside, standing
from slackwater.rules.interactions.day import ASKED_TODAY, HELD, Asked, not_asked, not_held, verified
from slackwater.rules.interactions.findings import NOT_LISTED, DayPlan, Found, Taken, interactions
from slackwater.terms.route import Route

TABLE = load_interactions()
LIMITS = load_limits().interactions
NOW = minute(0).replace(hour=12)
HOUR = 1.0
SECOND = 1 / 3600


def ago(hours: float | None) -> datetime | None:
    return None if hours is None else NOW - timedelta(hours=hours)


def taken(name: str, *, hours: float | None = None, plan: str = "") -> Taken:
    found = TABLE.named(name)
    return Taken(
        name=name,
        label=found.label if found else name.capitalize(),
        last_taken=ago(hours),
        plan=DayPlan(plan) if plan else None,
    )


def found(*listed: Taken, route: Route = Route.IV) -> tuple[Found, ...]:
    return interactions(listed, route=route, at=NOW, table=TABLE)


def listing(when: str, *says: str, listed: tuple[Taken, ...], route: Route = Route.IV) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(one.finding() for one in found(*listed, route=route))

    return Case(when=when, asks=asks, says=says)


def one(name: str, *says: str, route: Route = Route.IV) -> Case:
    label = TABLE.named(name)
    return listing(
        f"{label.name if label else name}, dose {route.label}", *says, listed=(taken(name),), route=route
    )


def stands(
    when: str, *says: str, listed: tuple[Taken, ...], asides: tuple[Aside, ...] = (), route: Route = Route.IV
) -> Case:
    def asks() -> Iterable[Said]:
        left = standing(found(*listed, route=route), asides, at=NOW, within=LIMITS.verified_within)
        return from_findings(each.finding() for each in left)

    return Case(when=when, asks=asks, says=says)


def aside(medicine: Taken, *, days: float = 1, route: Route = Route.IV, sentence: str = "") -> Aside:
    """The first finding about this medicine, set aside so many days ago."""
    first = found(medicine, route=route)[0]
    return Aside(
        rule=first.rule,
        medicine=medicine.name,
        sentence=sentence or first.sentence,
        reason="Looked up.",
        by="1",
        second="2",
        at=NOW - timedelta(days=days),
    )


def list_verified(when: str, *says: str, days: float | None) -> Case:
    def asks() -> Iterable[Said]:
        at = None if days is None else NOW - timedelta(days=days)
        return from_findings(verified(at, at=NOW, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def day(when: str, *says: str, medicine: Taken, asked_hours: float | None, held: bool | None) -> Case:
    def asks() -> Iterable[Said]:
        asked = [Asked(medicine=medicine, asked_at=ago(asked_hours), is_held=held)]
        yield from from_findings(not_asked(asked, at=NOW))
        yield from from_findings(not_held(asked, at=NOW, table=TABLE))

    return Case(when=when, asks=asks, says=says)


ROWS = (
    one("lorazepam", "INT-D01 warn*"),
    one("lamotrigine", "INT-D02 note"),
    one("tranylcypromine", "INT-D03 stop†"),
    one("methylphenidate", "INT-D04 warn*"),
    one("cocaine", "INT-D05 stop"),
    one("mdma", "INT-D06 stop"),
    one("psilocybin", "INT-D07 stop"),
    one("alcohol", "INT-D08 stop†"),
    one("methadone", "INT-D09 stop†"),
    one("ghb", "INT-D10 stop"),
    one("pregabalin", "INT-D11 warn*"),
    one("haloperidol", "INT-D12 note"),
    one("lithium", "INT-D13 note"),
    one("naltrexone", "INT-D14 warn*"),
    one("clarithromycin", "INT-D15 stop†", route=Route.ORAL),
    one("clarithromycin", "INT-D15 stop†", route=Route.LOZENGE),
    one("clarithromycin", "INT-D15 note", route=Route.IV),
    one("clarithromycin", "INT-D15 note", route=Route.NASAL_DEVICE),
    one("ticlopidine", "INT-D16 warn*"),
    one("grapefruit-juice", "INT-D17 warn*", route=Route.ORAL),
    one("grapefruit-juice", "INT-D17 note", route=Route.IV),
    one("rifampicin", "INT-D18 warn*", route=Route.FILM),
    one("rifampicin", "INT-D18 note", route=Route.IM),
    one("theophylline", "INT-D19 stop†", "INT-D21 warn*"),
    one("levothyroxine", "INT-D20 warn*"),
    one("pseudoephedrine", "INT-D21 warn*"),
    one("clonidine", "INT-D22 note"),
    one("sildenafil", "INT-D23 warn*"),
    one("amyl-nitrite", "INT-D24 stop"),
    one("sertraline", "INT-D25 note"),
    one("phenobarbital", "INT-D26 stop†"),
    one("atracurium", "INT-D27 stop"),
    one("cannabis", "INT-D28 warn*"),
    one("an unlisted herb", "INT-01 unknown*"),
)  # fmt: skip

TOGETHER = (
    listing("nothing is listed", listed=()),
    listing("quetiapine, which is in two rows", "INT-D11 warn*", "INT-D12 note",
            listed=(taken("quetiapine"),)),
    listing("sildenafil, then amyl nitrite", "INT-D24 stop", "INT-D24 stop", "INT-D24 stop", "INT-D23 warn*",
            listed=(taken("sildenafil"), taken("amyl-nitrite"))),
    listing("amyl nitrite, then sildenafil", "INT-D24 stop", "INT-D24 stop", "INT-D24 stop", "INT-D23 warn*",
            listed=(taken("amyl-nitrite"), taken("sildenafil"))),
    listing("sertraline and one that nobody knows", "INT-01 unknown*", "INT-D25 note",
            listed=(taken("sertraline"), taken("an unlisted herb"))),
)  # fmt: skip

LORAZEPAM, COCAINE = taken("lorazepam"), taken("cocaine")
METHADONE, HERB = taken("methadone"), taken("an unlisted herb")

SETTLED = (
    stands("a minor one", listed=(taken("sertraline"),)),
    stands("a moderate one about which nothing was decided", "INT-D01 warn*", listed=(LORAZEPAM,)),
    stands("a moderate one that is to be held", listed=(taken("lorazepam", plan="hold"),)),
    stands("a moderate one that was stopped", listed=(taken("lorazepam", plan="stop"),)),
    stands("a moderate one that is to be taken", "INT-D01 warn*", listed=(taken("lorazepam", plan="take"),)),
    stands("a moderate one that a prescriber set aside", listed=(LORAZEPAM,), asides=(aside(LORAZEPAM),)),
    stands("a major one, set aside by two", listed=(METHADONE,), asides=(aside(METHADONE),)),
    stands("a major one that is to be held, with no time to wait", "INT-D09 stop†",
           listed=(taken("methadone", plan="hold", hours=1000),)),
    stands("alcohol to be left out, last drunk a second under 24 h ago", "INT-D08 stop†",
           listed=(taken("alcohol", plan="hold", hours=24 - SECOND),)),
    stands("alcohol to be left out, last drunk 24 h ago", listed=(taken("alcohol", plan="hold", hours=24),)),
    stands("alcohol 24 h ago, nothing decided", "INT-D08 stop†", listed=(taken("alcohol", hours=24),)),
    stands("alcohol to be left out, nobody knows when last", "INT-D08 stop†",
           listed=(taken("alcohol", plan="hold"),)),
    stands("cocaine stopped, a second under 72 h ago", "INT-D05 stop",
           listed=(taken("cocaine", plan="stop", hours=72 - SECOND),)),
    stands("cocaine stopped, 72 h ago", listed=(taken("cocaine", plan="stop", hours=72),)),
    stands("cocaine, and somebody wrote a reason all the same", "INT-D05 stop",
           listed=(COCAINE,), asides=(aside(COCAINE),)),
    stands("tadalafil held, 24 h ago: moderate, so the plan settles it; the day asks for 48 h",
           listed=(taken("tadalafil", plan="hold", hours=24),)),
    stands("an unknown one that is to be held", "INT-01 unknown*",
           listed=(taken("an unlisted herb", plan="hold", hours=1000),)),
    stands("an unknown one that a prescriber looked up", listed=(HERB,), asides=(aside(HERB),)),
    stands("a word 30 days old", listed=(HERB,), asides=(aside(HERB, days=30),)),
    stands("a word a second older", "INT-01 unknown*", listed=(HERB,),
           asides=(aside(HERB, days=30 + SECOND / 24),)),
    stands("a word from later than now", "INT-01 unknown*", listed=(HERB,),
           asides=(aside(HERB, days=-SECOND / 24),)),
    stands("a word that was written for another route", "INT-D01 warn*", listed=(LORAZEPAM,),
           asides=(aside(LORAZEPAM, route=Route.IM),)),
    stands("a word that was written before it was taken again", "INT-D01 warn*",
           listed=(taken("lorazepam", hours=3),), asides=(aside(LORAZEPAM),)),
    stands("a word about another medicine", "INT-D01 warn*", listed=(LORAZEPAM,),
           asides=(aside(taken("diazepam")),)),
)  # fmt: skip

VERIFIED = (
    list_verified("nobody verified it, or it changed since", "INT-02 unknown*", days=None),
    list_verified("verified today", days=0),
    list_verified("verified 30 days ago", days=30),
    list_verified("verified a second longer ago", "INT-02 unknown*", days=30 + SECOND / 24),
    list_verified("verified later than now", "INT-02 unknown*", days=-SECOND / 24),
)

ON_THE_DAY = (
    day("to be taken, and asked today", medicine=taken("sertraline", plan="take"), asked_hours=1, held=None),
    day("to be taken, and asked at midnight", medicine=taken("sertraline", plan="take"), asked_hours=12,
        held=None),
    day("to be taken, and asked a second before midnight", "INT-03 unknown",
        medicine=taken("sertraline", plan="take"), asked_hours=12 + SECOND, held=None),
    day("to be taken, never asked", "INT-03 unknown", medicine=taken("sertraline"),
        asked_hours=None, held=None),
    day("to be held, never asked", "INT-03 unknown", "INT-04 unknown",
        medicine=taken("lorazepam", plan="hold"), asked_hours=None, held=None),
    day("to be held, asked when and not whether", "INT-04 unknown",
        medicine=taken("lorazepam", plan="hold", hours=20), asked_hours=1, held=None),
    day("to be held, and was held", medicine=taken("lorazepam", plan="hold", hours=12),
        asked_hours=1, held=True),
    day("to be held, and was taken", "INT-04 stop", medicine=taken("lorazepam", plan="hold", hours=2),
        asked_hours=1, held=False),
    day("said to be held, last taken a second under 12 h ago", "INT-D01 stop",
        medicine=taken("lorazepam", plan="hold", hours=12 - SECOND), asked_hours=1, held=True),
    day("said to be held, nobody knows when last", "INT-D01 unknown",
        medicine=taken("lorazepam", plan="hold"), asked_hours=1, held=True),
    day("tadalafil held, 47 h ago", "INT-D23 stop", medicine=taken("tadalafil", plan="hold", hours=47),
        asked_hours=1, held=True),
    day("tadalafil held, 48 h ago", medicine=taken("tadalafil", plan="hold", hours=48),
        asked_hours=1, held=True),
    day("nasal decongestant held, a second under 1 h ago", "INT-D21 stop",
        medicine=taken("oxymetazoline", plan="hold", hours=1 - SECOND), asked_hours=0.5, held=True),
    day("nasal decongestant held, 1 h ago", medicine=taken("oxymetazoline", plan="hold", hours=1),
        asked_hours=0.5, held=True),
    day("methylphenidate held, taken today at midnight", "INT-D04 stop",
        medicine=taken("methylphenidate", plan="hold", hours=12), asked_hours=1, held=True),
    day("methylphenidate held, taken a second before midnight",
        medicine=taken("methylphenidate", plan="hold", hours=12 + SECOND), asked_hours=1, held=True),
    day("stopped long ago, never asked", "INT-03 unknown", "INT-04 unknown",
        medicine=taken("cocaine", plan="stop", hours=1000), asked_hours=None, held=None),
)  # fmt: skip

PAGE = Page(
    slug="interactions",
    title="Other medicines",
    intro=(
        "What each medicine on a patient's list means beside ketamine, by the way it is given. The grades are"
        " *never together*, *not known*, *major*, *moderate*, *minor* and *none shown*; a medicine that is"
        " not in the catalogue is not known, which is a barrier and never the same as none. A medicine in"
        " several rows weighs as the heaviest, and two on one list that must never be together are found"
        " whichever was written first. INT-D05 is row D05 of the evidence; D05 by itself names a dose."
        " Nothing here decides for a prescriber: what a medicine is for outweighs a table."
    ),
    sections=(
        Section(title="Each row", cases=ROWS, content="Nothing is found."),
        Section(title="Several together", cases=TOGETHER, content="Nothing is found."),
        Section(title="What still stands", cases=SETTLED, content="Nothing stands."),
        Section(title="The list itself", cases=VERIFIED, content="It counts."),
        Section(title="On the day, at noon", cases=ON_THE_DAY, content="Nothing is open."),
    ),
    rows=(*TABLE.rows.values(), NOT_LISTED, *rows_of(LIMITS), ASKED_TODAY, HELD),
)
