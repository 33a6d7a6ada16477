"""Leaving the room."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.findings import barring
from slackwater.rules.recovery.barriers import barriers
from slackwater.rules.recovery.facts import Facts, Measured, OwedPressure, Seen
from slackwater.rules.room.departure import AgainstAdvice, Offered, WithWhom, unfit

LIMITS = load_limits().recovery
CONTENT = "The patient may leave."
ONE_SECOND = 1 / 60


def ready(at: float) -> Facts:
    """Everything in order at a minute after a dose at minute 0."""
    seen = Seen(passed=True, at=minute(at - 5))
    return Facts(
        last_dose_ended_at=minute(0),
        owed_pressures=(),
        chance_recovered=0.97,
        alertness=Measured(value=5, at=minute(at - 5)),
        systolic=Measured(value=1260, at=minute(at - 5)),
        systolic_before=Measured(value=1300, at=minute(at - 20)),
        diastolic=Measured(value=780, at=minute(at - 5)),
        oxygen=Measured(value=980, at=minute(at - 5)),
        baseline_systolic=1200,
        oriented=seen,
        gait=seen,
        drinks=seen,
        distress=seen,
        safety=seen,
        hallucinations=seen,
        advice=seen,
        escort=Seen(passed=True, at=minute(-30)),
    )


def case(when: str, *says: str, at: float = 150, **changes: object) -> Case:
    """One change to a patient who is ready to leave."""
    facts = replace(ready(at), **changes)  # type: ignore[arg-type]  # fields of many types in one table

    def asks() -> Iterable[Said]:
        return from_findings(barriers(facts, at=minute(at), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def read(value: int, ago: float = 5, *, at: float = 150) -> Measured:
    return Measured(value=value, at=minute(at - ago))


def failed(ago: float = 5) -> Seen:
    return Seen(passed=False, at=minute(150 - ago))


def stale(*, at: float = 150) -> Seen:
    return Seen(passed=True, at=minute(at - 31))


TWO_HOURS = (
    case("everything is in order"),
    case("no drug was given in this session", last_dose_ended_at=None, alertness=None, gait=None),
    case("one second before the two hours", "M11 stop", at=120 - ONE_SECOND),
    case("at the two hours", at=120),
    case("an infusion of 40 min ended at minute 40: minute 150", "M11 stop", last_dose_ended_at=minute(40)),
    case("the same, minute 160", at=160, last_dose_ended_at=minute(40)),
    case("a booster at minute 95: minute 121 (the clock starts again)", "M11 stop", at=121,
         last_dose_ended_at=minute(95)),
    case("the clinic asks three hours: minute 150", "M11 stop", clinic_observation=timedelta(hours=3)),
    case("the clinic asks one hour: minute 119 (a shorter minimum has no effect)", "M11 stop", at=119,
         clinic_observation=timedelta(hours=1)),
)  # fmt: skip

OWED = (OwedPressure(name="The 40-minute blood pressure", due_at=minute(40)),)
MANDATORY = (
    case("the 40-minute pressure was taken, in time or late"),
    case("it was not, minute 150", "M01 stop", owed_pressures=OWED),
    case("it is not known whether it was", "M01 unknown", owed_pressures=None),
    case("it was not, one second before minute 40", "M11 stop", at=40 - ONE_SECOND, owed_pressures=OWED),
    case("it was not, minute 40", "M11 stop", "M01 stop", at=40, owed_pressures=OWED),
)

ESCORT = (
    case("nobody has said who takes the patient home", "P06 unknown", escort=None),
    case("there is no escort", "P06 stop", escort=failed()),
)

CROWD = (
    case("90 in 100 have recovered", chance_recovered=0.90),
    case("all have recovered", chance_recovered=1.0),
    case("nobody has", "CROWD-01 stop*", chance_recovered=0.0),
    case("just under 90 in 100", "CROWD-01 stop*", chance_recovered=0.8999),
    case("the chance is not known", "CROWD-01 unknown*", chance_recovered=None),
    case("the chance is not a number", "CROWD-01 unknown*", chance_recovered=float("nan")),
    case("the chance is over 1", "CROWD-01 unknown*", chance_recovered=1.01),
    case("nobody in the crowd fits, whatever the chance", "CROWD-01 unknown*", is_outside_crowd=True),
)

ALERTNESS = (
    case("alertness 4 of 5", "R02 stop*", alertness=read(4)),
    case("alertness never recorded", "R02 unknown*", alertness=None),
    case("alertness 5, recorded 30 min ago", alertness=read(5, 30)),
    case("alertness 5, recorded 31 min ago", "R02 unknown*", alertness=read(5, 31)),
)

PRESSURE = (
    case("systolic 20 above the baseline", systolic=read(1400), systolic_before=read(1500, 20)),
    case("systolic 20.1 above the baseline", "R03 stop*", systolic=read(1401),
         systolic_before=read(1500, 20)),
    case("no pressure in the last 30 min", "R03 unknown*", systolic=read(1200, 31)),
    case("no diastolic pressure", "R03 unknown*", diastolic=None),
    case("no baseline", "R03 unknown*", baseline_systolic=None),
    case("the clinic's limit is 140, systolic 139", baseline_systolic=None, clinic_systolic=140,
         systolic=read(1390), systolic_before=read(1450, 20)),
    case("the clinic's limit is 140, systolic 140", "R03 stop*", clinic_systolic=140, systolic=read(1400),
         systolic_before=read(1450, 20)),
    case("160/78 after a baseline of 150", "M04 stop*", baseline_systolic=1500, systolic=read(1600),
         systolic_before=read(1700, 20)),
    case("126/100", "M04 stop*", diastolic=read(1000)),
    case("pressure as high as the reading before", "R03.falling stop*", systolic_before=read(1260, 20)),
    case("the same, but back at the baseline", baseline_systolic=1260, systolic_before=read(1260, 20)),
    case("the same, but somebody saw it fall", systolic_before=read(1260, 20),
         falling=Seen(passed=True, at=minute(145))),
    case("the same, but somebody saw it fall 31 min ago", "R03.falling stop*",
         systolic_before=read(1260, 20), falling=stale()),
    case("one reading only, above the baseline", "R03.falling unknown*", systolic_before=None),
    case("somebody saw that it is not falling", "R03.falling stop*", falling=failed()),
)  # fmt: skip

OXYGEN = (
    case("saturation 92 %", oxygen=read(920)),
    case("saturation 91.9 %", "M03 stop*", oxygen=read(919)),
    case("saturation never recorded", "M03 unknown*", oxygen=None),
    case("saturation recorded 31 min ago", "M03 unknown*", oxygen=read(980, 31)),
)

CHECKS = (
    case("not oriented", "R04.oriented stop*", oriented=failed()),
    case("orientation not checked", "R04.oriented unknown*", oriented=None),
    case("walks unsteadily", "R04.gait stop*", gait=failed()),
    case("gait checked 31 min ago", "R04.gait unknown*", gait=stale()),
    case("cannot keep a drink down", "R05 stop*", drinks=failed()),
    case("drinking not tried", "R05 unknown*", drinks=None),
    case("distress has not settled", "R06.distress stop*", distress=failed()),
    case("thoughts of suicide or self-harm", "R06.safety stop*", safety=failed()),
    case("the safety question was not asked", "R06.safety unknown*", safety=None),
    case("still sees what is not there", "R06.perception stop*", hallucinations=failed()),
    case("no written advice", "R06.advice stop*", advice=failed()),
)

NOTHING_KNOWN = Case(
    when="a dose at minute 0 and nothing recorded since, minute 30",
    asks=lambda: from_findings(
        barriers(Facts(last_dose_ended_at=minute(0)), at=minute(30), limits=LIMITS)
    ),
    says=(
        "M11 stop", "M01 unknown", "P06 unknown", "R02 unknown*", "CROWD-01 unknown*", "R03 unknown*",
        "M03 unknown*",
        "R04.oriented unknown*", "R04.gait unknown*", "R05 unknown*", "R06.distress unknown*",
        "R06.safety unknown*", "R06.perception unknown*", "R06.advice unknown*",
    ),
)  # fmt: skip

HOW = AgainstAdvice(
    told="Falling, and being sick alone.",
    offered=(Offered.STAY, Offered.ESCORT),
    with_whom=WithWhom.ALONE,
    informed="Dr Invented",
)


def goes(when: str, *says: str, at: float = 60, **changes: object) -> Case:
    """Somebody goes at that minute, and it is kept how."""
    how = replace(HOW, **changes)  # type: ignore[arg-type]  # as above

    def asks() -> Iterable[Said]:
        standing = barring(barriers(ready(at), at=minute(at), limits=LIMITS))
        for problem in unfit(how, standing):
            yield Said(
                rule=LIMITS.leaving_against.rule, word="refused", sentence=f"{problem.message} {problem.mend}"
            )

    return Case(when=when, asks=asks, says=says)


AGAINST = (
    goes("an hour after the dose, alone"),
    goes("the same, and nothing was offered", "LEAVE-01 refused", offered=()),
    goes("one second before the two hours", at=120 - ONE_SECOND),
    goes("at the two hours, with nothing in the way", "LEAVE-01 refused", at=120),
)

PAGE = Page(
    slug="leaving",
    title="Leaving the room",
    intro=(
        "Every barrier between a patient and the door, at the moment asked about. The patient below"
        " had a dose at minute 0 and everything is in order at minute 150; each row changes one thing."
        " A star marks what a prescriber may set aside, one barrier at a time, each with a reason that"
        " is kept; the others nobody may. What is not known is a barrier too."
    ),
    sections=(
        Section(title="Two hours after the last drug went in", cases=TWO_HOURS, content=CONTENT),
        Section(title="The pressure at 40 minutes", cases=MANDATORY, content=CONTENT),
        Section(title="Somebody to go home with", cases=ESCORT, content=CONTENT),
        Section(title="The crowd", cases=CROWD, content=CONTENT),
        Section(title="Alertness", cases=ALERTNESS, content=CONTENT),
        Section(title="Blood pressure", cases=PRESSURE, content=CONTENT),
        Section(title="Oxygen saturation", cases=OXYGEN, content=CONTENT),
        Section(title="What somebody looks at", cases=CHECKS, content=CONTENT),
        Section(title="Every reason, not the first", cases=(NOTHING_KNOWN,), content=CONTENT),
        Section(
            title="Against advice",
            cases=AGAINST,
            content="They go. It is kept how, and they are called at once.",
        ),
    ),
    rows=rows_of(LIMITS),
)
