"""Eligibility: on the day."""

from tests.intakes import NEVER_TIME, SOME_TIME, ago, answer, changed, hours_ago
from tests.spec.eligibility_case import asking, case, rows_for
from tests.spec.page import Case, Page, Section

from slackwater.rules.eligibility.conditions import AirwaySign, UrineScreen
from slackwater.rules.eligibility.criteria import Stage
from slackwater.rules.eligibility.intake import AirwayCheck, Pressure, Screened
from slackwater.terms.route import Route


def today(when: str, *says: str, of: str, route: Route | None = Route.IV, **changes: object) -> Case:
    return case(when, *says, of=of, stage=Stage.DAY, route=route, **changes)


def pressure(
    when: str, *says: str, sbp: float, dbp: float, age: int | None = 34, minutes: float = 10
) -> Case:
    """A pressure in mmHg at an age, read so many minutes ago."""
    read = Pressure(sbp=round(sbp * 10), dbp=round(dbp * 10), at=ago(minutes=minutes))
    intake = changed("person", {"age_years": age}, of=changed("heart", {"pressure": read}))
    return asking(when, *says, intake=intake, stage=Stage.DAY)


def airway(*signs: AirwaySign, hours: float = 1) -> AirwayCheck:
    return AirwayCheck(signs=frozenset(signs), at=ago(hours=hours))


def urine(result: UrineScreen, *, hours: float = 1) -> Screened:
    return Screened(result=result, at=ago(hours=hours))


UNKNOWN_AGE = ("E32 unknown", "E33 unknown*")

PRESSURE = (
    pressure("34 years, 140/90", sbp=140, dbp=90),
    pressure("34 years, 140.1/90", "E07 stop*", sbp=140.1, dbp=90),
    pressure("34 years, 140/90.1", "E07 stop*", sbp=140, dbp=90.1),
    pressure("34 years, 159.9/99.9", "E07 stop*", sbp=159.9, dbp=99.9),
    pressure("34 years, 160/80: both limits are told", "E07 stop*", "E09 stop", sbp=160, dbp=80),
    pressure("34 years, 120/100", "E07 stop*", "E09 stop", sbp=120, dbp=100),
    pressure("64 years, 150/90", "E07 stop*", sbp=150, dbp=90, age=64),
    pressure("65 years, 150/90", "E33 warn*", sbp=150, dbp=90, age=65),
    pressure("65 years, 150.1/90", "E08 stop*", "E33 warn*", sbp=150.1, dbp=90, age=65),
    pressure("65 years, 130/90.1", "E08 stop*", "E33 warn*", sbp=130, dbp=90.1, age=65),
    pressure("65 years, 165/90", "E08 stop*", "E09 stop", "E33 warn*", sbp=165, dbp=90, age=65),
    pressure("unknown age, 145/85: the lower limit holds", "E07 stop*", *UNKNOWN_AGE, sbp=145, dbp=85,
             age=None),
    pressure("unknown age, 155/85", "E07 stop*", "E08 stop*", *UNKNOWN_AGE, sbp=155, dbp=85, age=None),
    pressure("read 30 min ago", sbp=118, dbp=76, minutes=30),
    pressure("read a second longer ago", "E07 unknown*", "E09 unknown", sbp=118, dbp=76, minutes=30 + 1 / 60),
    pressure("read a second from now, as written down", "E07 unknown*", "E09 unknown", sbp=118, dbp=76,
             minutes=-1 / 60),
    pressure("65 years, read 31 min ago", "E08 unknown*", "E09 unknown", "E33 warn*", sbp=118, dbp=76, age=65,
             minutes=31),
    today("not read", "E07 unknown*", "E09 unknown", of="heart", pressure=None),
    case("not read, at an order: it is asked on the day", of="heart", pressure=None),
)  # fmt: skip

SOBER = (
    today("intoxicated", "E17 stop", of="substances", intoxicated=answer(True)),
    today("alcohol in the breath", "E17 stop", of="substances", breath_alcohol=answer(True)),
    today("seen sober 6 hours ago", of="substances", intoxicated=answer(False, hours=6)),
    today("a second longer ago", "E17 unknown", of="substances",
          intoxicated=answer(False, hours=6, seconds=1)),
    today("a breath test dated a second from now", "E17 unknown", of="substances",
          breath_alcohol=answer(False, hours=0, seconds=-1)),
    today("neither looked at", "E17 unknown", "E17 unknown", of="substances", intoxicated=None,
          breath_alcohol=None),
)  # fmt: skip

STIMULANT = (
    today("cocaine 71 hours ago", "E18 stop", of="substances", stimulant=hours_ago(71)),
    today("72 hours ago", "E18 stop", of="substances", stimulant=hours_ago(72)),
    today("a second longer ago", of="substances", stimulant=hours_ago(72, seconds=1)),
    today("at some time, nobody knows when", "E18 unknown", of="substances", stimulant=SOME_TIME),
    today("a second from now, as written down", "E18 unknown", of="substances",
          stimulant=hours_ago(0, seconds=-1)),
    today("nobody asked", "E18 unknown", of="substances", stimulant=None),
    today("the urine screen is positive", "E18 stop", of="substances",
          urine_screen=urine(UrineScreen.POSITIVE)),
    today("this clinic makes none", of="substances", urine_screen=urine(UrineScreen.NOT_MADE)),
    today("nobody knows whether one was made", "E18 unknown", of="substances", urine_screen=None),
    today("a negative one of yesterday", "E18 unknown", of="substances",
          urine_screen=urine(UrineScreen.NEGATIVE, hours=24)),
)  # fmt: skip

DEPRESSANTS = (
    today("alcohol 24 hours ago", "E19 stop*", of="substances", alcohol=hours_ago(24)),
    today("alcohol a second longer ago", of="substances", alcohol=hours_ago(24, seconds=1)),
    today("an opioid that was not prescribed, 3 hours ago", "E19 stop*", of="substances",
          opioid_not_prescribed=hours_ago(3)),
    today("GHB 24 hours ago: nobody sets that aside", "E19 stop", of="substances", ghb=hours_ago(24)),
    today("GHB at this very moment", "E19 stop", of="substances", ghb=hours_ago(0)),
    today("GHB a second longer ago", of="substances", ghb=hours_ago(24, seconds=1)),
    today("GHB and alcohol", "E19 stop", "E19 stop*", of="substances", ghb=hours_ago(2),
          alcohol=hours_ago(2)),
    today("nobody asked about GHB", "E19 unknown", of="substances", ghb=None),
    today("nobody asked about alcohol", "E19 unknown*", of="substances", alcohol=None),
    today("alcohol at some time, nobody knows when", "E19 unknown*", of="substances", alcohol=SOME_TIME),
    today("an opioid, dated an hour from now", "E19 unknown*", of="substances",
          opioid_not_prescribed=hours_ago(-1)),
)  # fmt: skip

AIRWAY = (
    today("an acute infection", "E29 stop*", of="breathing", today=airway(AirwaySign.INFECTION)),
    today("a blocked nose, by vein", of="breathing", today=airway(AirwaySign.CONGESTION)),
    today("a blocked nose, by nasal spray", "E29 stop*", of="breathing", route=Route.NASAL_DEVICE,
          today=airway(AirwaySign.CONGESTION)),
    today("a blocked nose, no route chosen", "E29 stop*", of="breathing", route=None,
          today=airway(AirwaySign.CONGESTION)),
    today("looked at 6 hours ago", of="breathing", today=airway(hours=6)),
    today("looked at yesterday", "E29 unknown*", of="breathing", today=airway(hours=24)),
    today("looked at an hour from now, as written down", "E29 unknown*", of="breathing",
          today=airway(hours=-1)),
    today("nobody looked", "E29 unknown*", of="breathing", today=None),
)  # fmt: skip

ESCORT = (
    today("nobody takes her home", "E36 stop", of="safety", escort=answer(False)),
    today("there is a name and no number", "E36 stop", of="safety", escort_phone=answer(False)),
    today("nobody asked for either", "E36 unknown", "E36 unknown", of="safety", escort=None,
          escort_phone=None),
    today("named 6 hours ago", of="safety", escort=answer(True, hours=6)),
    today("named a second longer ago", "E36 unknown", of="safety", escort=answer(True, hours=6, seconds=1)),
    today("named a second from now, as written down", "E36 unknown", of="safety",
          escort=answer(True, hours=0, seconds=-1)),
    case("nobody named at an order: it is asked on the day", of="safety", escort=None),
)  # fmt: skip

FASTING = (
    today("by vein: food 6 hours ago", of="anaesthetic", ate=hours_ago(6)),
    today("by vein: food a second less ago", "E40 stop*", of="anaesthetic", ate=hours_ago(6, seconds=-1)),
    today("by vein: clear liquid 2 hours ago", of="anaesthetic", drank=hours_ago(2)),
    today("by vein: a second less ago", "E40 stop*", of="anaesthetic", drank=hours_ago(2, seconds=-1)),
    today("by muscle: food 5 hours ago", "E40 stop*", of="anaesthetic", route=Route.IM, ate=hours_ago(5)),
    today("by nose: food 2 hours ago", of="anaesthetic", route=Route.NASAL_DEVICE, ate=hours_ago(2)),
    today("by nose: food a second less ago", "E40 stop*", of="anaesthetic", route=Route.NASAL_DEVICE,
          ate=hours_ago(2, seconds=-1)),
    today("by nose: liquid 30 min ago", of="anaesthetic", route=Route.NASAL_SOLUTION, drank=hours_ago(0.5)),
    today("by nose: a second less ago", "E40 stop*", of="anaesthetic", route=Route.NASAL_SOLUTION,
          drank=hours_ago(0.5, seconds=-1)),
    today("lozenge: food 2 hours ago, liquid 30 min ago", of="anaesthetic", route=Route.LOZENGE,
          ate=hours_ago(2), drank=hours_ago(0.5)),
    today("lozenge: each a second less ago", "E40 stop*", "E40 stop*", of="anaesthetic", route=Route.LOZENGE,
          ate=hours_ago(2, seconds=-1), drank=hours_ago(0.5, seconds=-1)),
    today("no route chosen: the longest holds", "E40 stop*", of="anaesthetic", route=None, ate=hours_ago(5)),
    today("nothing at all", of="anaesthetic", ate=NEVER_TIME, drank=NEVER_TIME),
    today("nobody asked", "E40 unknown*", "E40 unknown*", of="anaesthetic", ate=None, drank=None),
    today("ate, nobody knows when", "E40 unknown*", of="anaesthetic", ate=SOME_TIME),
    today("ate a second from now, as written down", "E40 unknown*", of="anaesthetic",
          ate=hours_ago(0, seconds=-1)),
)  # fmt: skip

PAGE = Page(
    slug="eligibility-day",
    title="Eligibility: on the day",
    intro=(
        "The same patient before a dose by vein, at nine in the morning (UTC) on 26 November 2026; each row"
        " changes one thing. What is not known names the day, so that a word that set it aside is asked for"
        " again at the next dose. The room asks for pressure again, by the same numbers."
    ),
    sections=(
        Section(title="Blood pressure", cases=PRESSURE),
        Section(title="Sober", cases=SOBER),
        Section(title="Stimulants", cases=STIMULANT),
        Section(title="GHB, opioids, alcohol", cases=DEPRESSANTS),
        Section(title="The airway", cases=AIRWAY),
        Section(title="The way home", cases=ESCORT),
        Section(title="Fasting", cases=FASTING),
    ),
    rows=rows_for("E07", "E08", "E09", "E17", "E18", "E19", "E29", "E36", "E40", "P07"),
)
