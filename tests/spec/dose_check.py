"""The check of a dose by two people: what must match before it is charted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.dosing.check_given import Giving, Kept, against_giving, given_unchecked
from slackwater.rules.dosing.double_check import (
    Checked,
    Code,
    Identifier,
    Part,
    Pump,
    Vial,
    Wanted,
    against_check,
    against_vial,
    not_received,
    unknown_code,
)
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

LIMITS = load_limits().checks
NURSE, DOCTOR, GUIDE = "user:1", "user:2", "user:3"
LAST_DAY = date(2027, 11, 30)
ORDERED = Wanted(drug=Drug.RACEMIC, route=Route.IM, amount_ug=35_000, duration_s=0)
BOOSTER = replace(ORDERED, amount_ug=10_000, is_most=True)
DRIP = replace(ORDERED, route=Route.IV, duration_s=2400)
VIAL = Vial(
    name="no. 3",
    product="Ketamine 50 mg/mL, 2 mL",
    drug=Drug.RACEMIC,
    content_ug=100_000,
    strength_ug_ml=50_000,
    stocked_ug_ml=50_000,
    lot="A7",
    expiry=LAST_DAY,
    serves=True,
)
DEVICE = replace(
    VIAL, name="no. 8", product="A nasal device", content_ug=28_000, strength_ug_ml=0, stocked_ug_ml=0
)
CHECKED = Checked(
    first=NURSE,
    second=DOCTOR,
    licensed=frozenset({NURSE, DOCTOR}),
    identifiers=frozenset(Identifier),
    route=Route.IM,
    amount_ug=35_000,
    typed_again_ug=None,
    parts=(Part(vial=VIAL, amount_ug=35_000, volume_ul=700),),
)
ONE_SECOND = 1 / 60


def scanned(
    when: str, *says: str, code: Code | None = None, wanted: Wanted = ORDERED, **vial: object
) -> Case:
    """A vial in the hand, with one thing about it changed."""

    def asks() -> Iterable[Said]:
        changed = replace(VIAL, **vial)  # type: ignore[arg-type]  # the dataclass checks what is given
        return from_findings(against_vial(changed, code or Code(), wanted, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def named(when: str, *says: str, text: str) -> Case:
    return Case(when=when, asks=lambda: from_findings([unknown_code(text, limits=LIMITS)]), says=says)


def read(when: str, *says: str, wanted: Wanted = ORDERED, **check: object) -> Case:
    """Everything as it should be, with one thing about it changed."""

    def asks() -> Iterable[Said]:
        changed = replace(CHECKED, **check)  # type: ignore[arg-type]  # the dataclass checks what is given
        return from_findings(against_check(changed, wanted, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def drawn(mg: float, ml: float, vial: Vial = VIAL) -> dict[str, object]:
    """So much read, and so much in the syringe."""
    amount = round(mg * 1000)
    return {"amount_ug": amount, "parts": (Part(vial=vial, amount_ug=amount, volume_ul=round(ml * 1000)),)}


def pump(ml: float, ml_per_h: float) -> dict[str, object]:
    return {"route": Route.IV, "pump": Pump(volume_ul=round(ml * 1000), ul_per_h=round(ml_per_h * 1000))}


def given(when: str, *says: str, age: float = 1, has_check: bool = True, **changes: object) -> Case:
    """The dose that was checked, `age` minutes later, with one thing changed."""
    giving = Giving(
        session="visit 1",
        number=1,
        drug=Drug.RACEMIC,
        route=Route.IM,
        amount_ug=35_000,
        by=NURSE,
        at=minute(age),
    )
    kept = Kept(
        session="visit 1",
        number=1,
        drug=Drug.RACEMIC,
        route=Route.IM,
        amount_ug=35_000,
        first=NURSE,
        second=DOCTOR,
        at=minute(0),
    )

    def asks() -> Iterable[Said]:
        dose = replace(giving, **changes)  # type: ignore[arg-type]  # the dataclass checks what is given
        return from_findings(against_giving(dose, kept if has_check else None, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


SCANNED = (
    scanned("the vial that was ordered"),
    scanned("its code says the lot and last day that it came in with", code=Code(lot="A7", expiry=LAST_DAY)),
    scanned("esketamine, where racemic ketamine was ordered", "CHK-03 stop", drug=Drug.ESKETAMINE),
    scanned("a strength that is not the stocked one", "CHK-04 stop", strength_ug_ml=100_000),
    scanned("a form that is not made for the route", "CHK-09 stop", serves=False),
    scanned("another lot in the code", "CHK-08 stop", code=Code(lot="A8")),
    scanned("a last day a day off", "CHK-08 stop", code=Code(expiry=LAST_DAY - timedelta(days=1))),
    scanned("all of it wrong", "CHK-03 stop", "CHK-09 stop", "CHK-04 stop", "CHK-08 stop", "CHK-08 stop",
            code=Code(lot="B", expiry=date(2026, 1, 1)), drug=Drug.ESKETAMINE, serves=False,
            strength_ug_ml=25_000),
    named("a code of no product in the cabinet", "CHK-03 stop", text="(01)04000000000010"),
    named("a label that says ketorolac", "CHK-03 stop", text="Ketorolac 30 mg"),
    named("a label that says ketoprofen", "CHK-03 stop", text="KETOPROFEN"),
    Case(when="a known product that never came in",
         asks=lambda: from_findings([not_received("Ketamine", limits=LIMITS)]), says=("CHK-08 stop",)),
)  # fmt: skip

READ = (
    read("all of it right"),
    read("nobody else", "CHK-01 stop", second=""),
    read("the same person twice", "CHK-01 stop", second=NURSE),
    read("a second person who is not licensed", "CHK-01 stop", second=GUIDE),
    read("the name alone was asked", "CHK-02 stop", identifiers=frozenset({Identifier.NAME})),
    read("nothing was asked", "CHK-02 stop", identifiers=frozenset()),
    read("another route read aloud", "CHK-09 stop", route=Route.IV),
    read("34.999 mg, where 35 mg was ordered", "CHK-05 stop", "CHK-07 stop", **drawn(34.999, 0.69)),
    read("35.001 mg", "CHK-05 stop", **drawn(35.001, 0.7)),
    read("3.5 mg: ten times too little", "CHK-06 stop", **drawn(3.5, 0.07)),
    read("350 mg: ten times too much", "CHK-06 stop", **drawn(350, 7)),
    read("3500 mg", "CHK-06 stop", **drawn(3500, 70)),
    read("the milligrams are right, and 7 mL are in the syringe", "CHK-06 stop", **drawn(35, 7)),
    read("0.07 mL in the syringe", "CHK-06 stop", **drawn(35, 0.07)),
    read("0.701 mL in the syringe", "CHK-07 stop", **drawn(35, 0.701)),
    read("0.699 mL in the syringe", "CHK-07 stop", **drawn(35, 0.699)),
    read("nothing was scanned", "CHK-05 stop", parts=()),
    read("a device of 28 mg, and no volume",
         wanted=replace(ORDERED, amount_ug=28_000), **drawn(28, 0, DEVICE)),
    read("two devices for 56 mg", wanted=replace(ORDERED, amount_ug=56_000), amount_ug=56_000,
         parts=(Part(vial=DEVICE, amount_ug=28_000, volume_ul=0),
                Part(vial=replace(DEVICE, name="no. 9"), amount_ug=28_000, volume_ul=0))),
    read("one of them scanned twice", "CHK-08 stop", wanted=replace(ORDERED, amount_ug=56_000),
         amount_ug=56_000, parts=(Part(vial=DEVICE, amount_ug=28_000, volume_ul=0),) * 2),
    read("all of the booster", wanted=BOOSTER, **drawn(10, 0.2)),
    read("8 mg of a booster of at most 10 mg, typed once", "CHK-11 stop", wanted=BOOSTER, **drawn(8, 0.16)),
    read("8 mg, typed twice", wanted=BOOSTER, typed_again_ug=8_000, **drawn(8, 0.16)),
    read("8 mg, then 9 mg", "CHK-11 stop", wanted=BOOSTER, typed_again_ug=9_000, **drawn(8, 0.16)),
    read("1 mg of at most 10 mg, typed twice: ten times off never passes", "CHK-06 stop", wanted=BOOSTER,
         typed_again_ug=1_000, **drawn(1, 0.02)),
    read("10.001 mg of at most 10 mg, typed twice", "CHK-05 stop", wanted=BOOSTER, typed_again_ug=10_001,
         **drawn(10.001, 0.2)),
    read("an infusion, the pump not read", "CHK-10 stop", wanted=DRIP, route=Route.IV),
    read("over 40 min: 0.7 mL at 1.05 mL/h", wanted=DRIP, **pump(0.7, 1.05)),
    read("0.1 mL/h off: one step of the pump", wanted=DRIP, **pump(0.7, 1.15)),
    read("more than one step off", "CHK-10 stop", wanted=DRIP, **pump(0.7, 1.151)),
    read("more than one step too slow", "CHK-10 stop", wanted=DRIP, **pump(0.7, 0.949)),
    read("10.5 mL/h: ten times too fast", "CHK-06 stop", wanted=DRIP, **pump(0.7, 10.5)),
    read("the pump holds less than was drawn", "CHK-10 stop", wanted=DRIP, **pump(0.5, 0.75)),
    read("diluted to 50 mL, at 75 mL/h", "CHK-04 warn", wanted=DRIP, **pump(50, 75)),
)  # fmt: skip

GIVEN = (
    given("a minute after the check"),
    given("5 min after it", age=5),
    given("a second later", "CHK-13 stop", age=5 + ONE_SECOND),
    given("by the second of the two", by=DOCTOR),
    given("by somebody else", "CHK-01 stop", by=GUIDE),
    given("with no check", "CHK-12 stop", has_check=False),
    given("with no check, and the cabinet empty", "CHK-12 stop", has_check=False, is_stocked=False),
    given("the check was of another visit", "CHK-12 stop", session="visit 2"),
    given("the check was of the first dose, and this is the booster", "CHK-12 stop", number=2),
    given("another amount", "CHK-12 stop", amount_ug=35_001),
    given("another drug", "CHK-12 stop", drug=Drug.ESKETAMINE),
    given("another route", "CHK-12 stop", route=Route.IV),
    Case(when="it went in without the check, and somebody says so afterwards",
         asks=lambda: from_findings([given_unchecked(1, "The power was off.", limits=LIMITS)]),
         says=("CHK-14 warn",)),
)  # fmt: skip

PAGE = Page(
    slug="dose-check",
    title="The check of a dose by two people",
    intro=(
        "What stands against a dose of 35 mg of racemic ketamine into a muscle, drawn from 50 mg/mL: when the"
        " vial is scanned, when the two have read everything, and when it is given. What the cabinet's own"
        " ledger says of the vial (used, expired, empty, set aside) is said beside it and stands on the page"
        " of the cabinet. A dose that went in is never refused for want of a check: it is kept as"
        " what it was, and two people look into it."
    ),
    sections=(
        Section(title="What was scanned", cases=SCANNED, content="It matches."),
        Section(title="What the two have read", cases=READ, content="It may be given now."),
        Section(title="Giving it", cases=GIVEN, content="It is charted."),
    ),
    rows=rows_of(LIMITS),
)
