"""The cabinet: what may be written into a container's ledger, and what counts ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.stock import counts, product
from slackwater.rules.stock.against import Facts, against
from slackwater.rules.stock.counts import Purpose, Taken
from slackwater.rules.stock.fold import fold
from slackwater.rules.stock.log import (
    Adjusted,
    Counted,
    Disposed,
    Drawn,
    Given,
    Line,
    Loss,
    Lost,
    NotGiven,
    Opened,
    Received,
    Returned,
    Reversed,
    SetAside,
    Wasted,
)
from slackwater.rules.stock.log import Said as Movement
from slackwater.rules.stock.product import Form, Product
from slackwater.rules.stock.sessions import Held, against_closing, balance
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

LIMITS = load_limits().stock
NURSE, DOCTOR, OWNER = "user:1", "user:2", "user:3"
DAY = date(2026, 11, 23)
VIAL = Product(
    name="Ketamine 50 mg/mL, 2 mL",
    drug=Drug.RACEMIC,
    form=Form.VIAL,
    content_ug=100_000,
    strength_ug_ml=50_000,
    volume_ul=2000,
)
DEVICE = Product(name="Esketamine device", drug=Drug.ESKETAMINE, form=Form.DEVICE, content_ug=28_000)


def draw(ug: int, ul: int | None = None, *, patient: str = "Ada") -> Drawn:
    volume = ug // 50 if ul is None else ul
    return Drawn(amount_ug=ug, volume_ul=volume, session="visit 1", patient=patient, dose=1)


def ledger(*said: Movement) -> tuple[Line, ...]:
    """A vial that came in at minute 0, and one movement a minute after it."""
    return tuple(
        Line(
            number=number,
            happened_at=minute(number - 1),
            recorded_at=minute(number - 1),
            by=NURSE,
            witness=DOCTOR,
            said=one,
        )
        for number, one in enumerate((Received(content_ug=100_000), *said), start=1)
    )


def facts(**changes: object) -> Facts:
    """The nurse, at minute 30, with the doctor looking on."""
    usual = Facts(
        product=VIAL,
        expiry=DAY + timedelta(days=300),
        happened_at=minute(30),
        now=minute(30),
        day=DAY,
        by=NURSE,
        witness=DOCTOR,
        drug=Drug.RACEMIC,
        route=Route.IM,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def case(when: str, said: Movement, *says: str, before: Sequence[Movement] = (), **changes: object) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(against(said, ledger(*before), facts(**changes), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def again(when: str, name: str, changes: dict[str, object], *says: str) -> Case:
    """A product that is to be stocked beside the vial."""

    def asks() -> Iterable[Said]:
        wanted = replace(VIAL, name=name, **changes)  # type: ignore[arg-type]
        return from_findings(product.against_product(wanted, [VIAL], limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


REST = Wasted(draw=0, amount_ug=65_000, reason="Rest")
PRODUCTS = (
    again("the same strength in a larger vial", "Ketamine 50 mg/mL, 10 mL",
          {"content_ug": 500_000, "volume_ul": 10_000}),
    again("another strength of the same drug and form", "Ketamine 10 mg/mL, 20 mL",
          {"content_ug": 200_000, "strength_ug_ml": 10_000, "volume_ul": 20_000}, "S01 stop"),
    again("a neuromuscular blocker, whatever it is entered as", "Rocuronium 10 mg/mL", {}, "S05 stop"),
    again("its name split by signs", "Suxa-methonium", {}, "S05 stop"),
)  # fmt: skip

DRAWING = (
    case("35 mg in 0.7 mL from a sealed vial", draw(35_000)),
    case("all of it", draw(100_000)),
    case("a microgram more than it holds", draw(100_001, 2000), "STK-01 stop"),
    case("nothing at all", draw(0), "STK-01 stop"),
    case("10 mg, and 2 mL on the syringe", draw(10_000, 2000), "STK-09 stop"),
    case("10 mg, a microlitre too many on the syringe", draw(10_000, 201), "STK-09 stop"),
    case("33.333 mg and the nearest microlitre, 0.667 mL", draw(33_333, 667)),
    case("for the patient it was opened for", draw(10_000), before=(draw(35_000),)),
    case("for another patient", draw(10_000), "STK-02 stop", before=(draw(35_000, patient="Ben"),)),
    case("for another patient, from a container that may serve several", draw(10_000),
         before=(draw(35_000, patient="Ben"),), product=replace(VIAL, is_single_use=False)),
    case("the day before the one that stands on it", draw(35_000), expiry=DAY + timedelta(days=1)),
    case("on the day that stands on it", draw(35_000), "STK-03 stop", expiry=DAY),
    case("open for an hour, where the clinic allows an hour", draw(10_000), before=(Opened(),),
         happened_at=minute(61), now=minute(61), open_for=timedelta(hours=1)),
    case("a second longer", draw(10_000), "STK-04 stop", before=(Opened(),),
         happened_at=minute(61 + 1 / 60), now=minute(62), open_for=timedelta(hours=1)),
    case("from one that was set aside", draw(35_000), "STK-05 stop", before=(SetAside(reason="Recalled"),)),
    case("from one that was sent back", draw(35_000), "STK-05 stop", "STK-01 stop",
         before=(Returned(to="Supplier"),)),
    case("the order is for the other drug", draw(35_000), "STK-11 stop", drug=Drug.ESKETAMINE),
    case("the order is for a nasal device", draw(35_000), "STK-11 stop", route=Route.NASAL_DEVICE),
    case("there is no order", draw(35_000), "STK-11 stop", drug=None, route=None),
    case("some of this dose was drawn from another vial", draw(35_000), "STK-15 stop", elsewhere=True),
)  # fmt: skip

_DEVICE = {"product": DEVICE, "drug": Drug.ESKETAMINE, "route": Route.NASAL_DEVICE}


def _device(when: str, ug: int, *says: str) -> Case:
    def asks() -> Iterable[Said]:
        lines = (replace(ledger()[0], said=Received(content_ug=28_000)),)
        return from_findings(against(draw(ug, 0), lines, facts(**_DEVICE), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


WHOLE = (
    _device("a whole device", 28_000),
    _device("half a device", 14_000, "STK-10 stop"),
)

GIVING = (
    case("all that was drawn was given", Given(draw=2, amount_ug=35_000), before=(draw(35_000),)),
    case("a microgram more than was drawn was given", Given(draw=2, amount_ug=35_001), "STK-12 stop",
         before=(draw(35_000),)),
    case("given, though nothing was drawn", Given(draw=2, amount_ug=1), "STK-12 stop"),
    case("given before it was drawn", Given(draw=2, amount_ug=1), "STK-07 stop", before=(draw(35_000),),
         happened_at=minute(0.5)),
    case("an infusion stopped: some of it never went in", NotGiven(draw=2, amount_ug=35_000),
         before=(draw(35_000), Given(draw=2, amount_ug=35_000))),
    case("an infusion stopped: the syringe was read and is empty", NotGiven(draw=2, amount_ug=0),
         before=(draw(35_000), Given(draw=2, amount_ug=35_000))),
    case("more never went in than was given", NotGiven(draw=2, amount_ug=30_001), "STK-12 stop",
         before=(draw(35_000), Given(draw=2, amount_ug=30_000))),
)  # fmt: skip

LEAVING = (
    case("the rest of a vial is wasted before a witness", REST, before=(draw(35_000),)),
    case("nobody else has seen it", REST, "C05 stop", before=(draw(35_000),), witness=""),
    case("the witness is the same person", REST, "C05 stop", before=(draw(35_000),), witness=NURSE),
    case("more is wasted than is left", REST, "STK-01 stop", before=(draw(35_001, 700),)),
    case("the rest of a syringe is wasted", Wasted(draw=2, amount_ug=5_000, reason="Rest"),
         before=(draw(35_000), Given(draw=2, amount_ug=30_000))),
    case("a sealed vial is sent back", Returned(to="Supplier")),
    case("an open one is sent back", Returned(to="Supplier"), "STK-06 stop", before=(Opened(),)),
    case("an open one is handed over for destruction", Disposed(to="Distributor", reason="Old"),
         before=(Opened(),)),
    case("that while a syringe drawn from it is open", Disposed(to="Distributor", reason="Old"),
         "STK-12 stop", before=(draw(35_000),)),
    case("a broken vial", Lost(amount_ug=100_000, how=Loss.BROKEN, reason="Fell")),
    case("a container nobody received", Opened(), "STK-05 stop", before=(Reversed(number=1, reason="Slip"),)),
    case("the same container received again", Received(content_ug=100_000), "STK-05 stop"),
)  # fmt: skip


def _received(when: str, ug: int, *says: str) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(against(Received(content_ug=ug), (), facts(), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


RECEIVING = (
    _received("what its label says", 100_000),
    _received("with what is filled over the label", 105_000, "STK-01 stop"),
)

SEEN = Counted(count="c", seen_ug=100_000)
TIMES = (
    case("a minute later than now", Opened(), "STK-07 stop", happened_at=minute(31)),
    case("before it came in", Opened(), "STK-07 stop", happened_at=minute(-1)),
    case("written late, before anybody counted", Opened(), happened_at=minute(5)),
    case("at the moment of the last count", Opened(), "STK-07 stop", before=(SEEN,), happened_at=minute(1)),
    case("a second after it", Opened(), before=(SEEN,), happened_at=minute(1 + 1 / 60)),
    case("given before the count, out of a syringe that was drawn before it",
         Given(draw=2, amount_ug=35_000), before=(draw(35_000), replace(SEEN, seen_ug=65_000)),
         happened_at=minute(1.5)),
)  # fmt: skip

SLIPS = (
    case("a draw that nothing became of", Reversed(number=2, reason="Wrong vial"), before=(draw(35_000),)),
    case("without a witness", Reversed(number=2, reason="Wrong vial"), "C05 stop", before=(draw(35_000),),
         witness=""),
    case("a draw that was given", Reversed(number=2, reason="Slip"), "STK-16 stop",
         before=(draw(35_000), Given(draw=2, amount_ug=35_000))),
    case("a gift itself: the session's log says that it went in", Reversed(number=3, reason="Slip"),
         "STK-16 stop", before=(draw(35_000), Given(draw=2, amount_ug=35_000))),
    case("a line that was counted since", Reversed(number=2, reason="Slip"), "STK-16 stop",
         before=(REST, replace(SEEN, seen_ug=35_000))),
    case("the same line twice", Reversed(number=2, reason="Slip"), "STK-16 stop",
         before=(REST, Reversed(number=2, reason="Slip"))),
    case("a line that is not there", Reversed(number=9, reason="Slip"), "STK-16 stop"),
    case("a closed case puts the ledger right", Adjusted(delta_ug=-1_000, case="k", reason="Bubble")),
    case("a draw, where a case has put the amount back already", Reversed(number=2, reason="Slip"),
         "STK-01 stop", before=(draw(35_000), Adjusted(delta_ug=1, case="k", reason="Found"))),
    case("a draw, where a case has taken some away since", Reversed(number=2, reason="Slip"),
         before=(draw(35_000), Adjusted(delta_ug=-1, case="k", reason="Bubble"))),
    case("a case that would fill it over its label", Adjusted(delta_ug=1, case="k", reason="?"),
         "STK-01 stop"),
)  # fmt: skip


def taken(purpose: Purpose, *people: str, day: date = DAY) -> list[Taken]:
    return [Taken(purpose=purpose, day=day, by=who, at=minute(0)) for who in people]


OPENED = taken(Purpose.OPENING, NURSE, DOCTOR)


def counting(
    when: str,
    purpose: Purpose,
    *says: str,
    before: Sequence[Taken] = (),
    by: str = NURSE,
    lines: Sequence[Movement] = (),
    unread: Sequence[str] = (),
) -> Case:
    def asks() -> Iterable[Said]:
        held = Held(name="no. 1", state=fold(ledger(*lines)))
        wanted = Taken(purpose=purpose, day=DAY, by=by, at=minute(0))
        return from_findings(counts.against_count(wanted, before, [held], unread=unread, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


DONE = (draw(35_000), Given(draw=2, amount_ug=35_000), REST)
COUNTING = (
    counting("the first of two", Purpose.OPENING),
    counting("the second, somebody else", Purpose.OPENING, before=taken(Purpose.OPENING, DOCTOR)),
    counting("the second, the same person", Purpose.OPENING, "STK-08 stop",
             before=taken(Purpose.OPENING, NURSE)),
    counting("a third", Purpose.OPENING, "STK-08 stop", before=OPENED, by=OWNER),
    counting("the day closes, all accounted for", Purpose.CLOSING, before=OPENED, lines=DONE),
    counting("the day closes, a syringe still open", Purpose.CLOSING, "STK-13 stop", "STK-13 stop",
             before=OPENED, lines=(draw(35_000),)),
    counting("the day closes, a rest in a used vial", Purpose.CLOSING, "STK-13 stop", before=OPENED,
             lines=DONE[:2]),
    counting("the day closes, a stopped infusion's syringe unread", Purpose.CLOSING, "STK-13 stop",
             before=OPENED, lines=DONE, unread=("no. 1",)),
    counting("the day opens all the same", Purpose.OPENING, unread=("no. 1",)),
    counting("the day closes that was never opened", Purpose.CLOSING, "STK-13 stop", lines=DONE),
    counting("the day closes that one person opened", Purpose.CLOSING, "STK-13 stop",
             before=taken(Purpose.OPENING, DOCTOR), lines=DONE),
)  # fmt: skip


def due(when: str, before: Sequence[Taken], *says: str) -> Case:
    def asks() -> Iterable[Said]:
        return from_findings(counts.due(before, today=DAY, limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def ago(purpose: Purpose, days: int, *people: str) -> list[Taken]:
    return taken(purpose, *(people or (NURSE, DOCTOR)), day=DAY - timedelta(days=days))


DUE = (
    due("nothing was ever counted", [], "STK-13 warn", "C02.weekly warn", "C02 warn"),
    due("opened, an inventory 6 days ago", [*OPENED, *ago(Purpose.INVENTORY, 6)]),
    due("opened, an inventory 7 days ago", [*OPENED, *ago(Purpose.INVENTORY, 7)], "C02.weekly warn"),
    due("opened, the inventory 729 days ago, counted this week",
        [*OPENED, *ago(Purpose.INVENTORY, 729), *ago(Purpose.WEEKLY, 1)]),
    due("opened, the inventory 730 days ago, counted this week",
        [*OPENED, *ago(Purpose.INVENTORY, 730), *ago(Purpose.WEEKLY, 1)], "C02 warn"),
    due("one person counted for the week, and the second never did",
        [*OPENED, *ago(Purpose.INVENTORY, 20), *ago(Purpose.WEEKLY, 1, NURSE)], "C02.weekly warn"),
)  # fmt: skip


def expiring(when: str, days: int, *says: str) -> Case:
    def asks() -> Iterable[Said]:
        state = fold(ledger())
        found = counts.expiring(DAY + timedelta(days=days), state, today=DAY, limits=LIMITS)
        return from_findings([found] if found else [])

    return Case(when=when, asks=asks, says=says)


EXPIRY = (
    expiring("61 days to go", 61),
    expiring("60 days to go", 60, "STK-03.soon warn"),
    expiring("a day to go", 1, "STK-03.soon warn"),
    expiring("the day itself", 0, "STK-03 stop"),
)


def closing(when: str, *says: str, lines: Sequence[Movement]) -> Case:
    def asks() -> Iterable[Said]:
        held = Held(name="no. 1", state=fold(ledger(*lines)))
        return from_findings(against_closing(balance("visit 1", [held]), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


SESSIONS = (
    closing("given, and the rest of the vial wasted", lines=DONE),
    closing("a syringe and a vial with rests", "STK-12 stop", "STK-12 stop", lines=(draw(35_000),)),
    closing("another session's syringe", lines=(replace(draw(35_000), session="visit 2"),)),
)


def ending(when: str, *says: str, second: str = NURSE, reason: str = "Found", is_open: bool = True) -> Case:
    def asks() -> Iterable[Said]:
        found = counts.against_case_closing(OWNER, second, reason, is_open=is_open, limits=LIMITS)
        return from_findings(found)

    return Case(when=when, asks=asks, says=says)


def lost(how: Loss, *says: str) -> Case:
    def asks() -> Iterable[Said]:
        found = counts.reporting(how, limits=LIMITS)
        return from_findings([found] if found else [])

    return Case(when=how.label, asks=asks, says=says)


CASES = (
    ending("the owner and the nurse, with what was found"),
    ending("the owner alone", "STK-14 stop", second=""),
    ending("the owner twice", "STK-14 stop", second=OWNER),
    ending("nothing is written", "STK-14 stop", reason="  "),
    ending("it is closed", "STK-14 stop", is_open=False),
    lost(Loss.MISSING, "C06 warn"),
    lost(Loss.BROKEN),
)

PAGE = Page(
    slug="stock",
    title="The cabinet",
    intro=(
        "Each container has a ledger: a vial, a nasal device or a lozenge. What it holds is folded from its"
        " lines and stands nowhere else; amounts are whole micrograms. Nobody may set any of this aside, and"
        " none of it ever keeps a patient here. In the tables a vial of 100 mg (50 mg/mL, 2 mL) came in at"
        " minute 0, each movement before it happened a minute after the last, and the nurse writes at minute"
        " 30 with the prescriber looking on, unless a row says otherwise. The ledger is kept: nothing in the"
        " system deletes any of it."
    ),
    sections=(
        Section(title="What may be stocked", cases=PRODUCTS),
        Section(title="Coming in", cases=RECEIVING),
        Section(title="Drawing", cases=DRAWING),
        Section(title="Devices and lozenges", cases=WHOLE),
        Section(title="Giving", cases=GIVING),
        Section(title="Wasted, sent back, lost", cases=LEAVING),
        Section(title="When it happened", cases=TIMES),
        Section(title="Putting right", cases=SLIPS),
        Section(title="Counting", cases=COUNTING),
        Section(title="Counts that are due", cases=DUE, content="No count is due."),
        Section(title="Last days", cases=EXPIRY, content="Nothing to say."),
        Section(title="What a session leaves open", cases=SESSIONS, content="All is accounted for."),
        Section(title="Cases", cases=CASES, content="It may be closed, or nothing more is asked for."),
    ),
    rows=rows_of(LIMITS),
)
