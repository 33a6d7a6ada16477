"""What may be planned."""

from collections.abc import Iterator

from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.dosing import amounts, booster, offered
from slackwater.rules.dosing.offered import Asker, NotOffered
from slackwater.terms.amounts import show_mg
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route
from slackwater.units import s_from_min

LIMITS = load_limits()
CONTENT = "Nothing is compared."


def case(
    when: str,
    *says: str,
    route: Route,
    drug: Drug = Drug.RACEMIC,
    kg: float = 70,
    age: int = 34,
    hard_max_mg: float | None = None,
    over: float | None = None,
    booster_at: float | None = None,
) -> Case:
    asker = Asker(
        drug=drug,
        weight_g=round(kg * 1000),
        age_years=age,
        hard_max_ug=None if hard_max_mg is None else round(hard_max_mg * 1000),
        duration_s=None if over is None else round(s_from_min(over)),
        booster_after_s=None if booster_at is None else round(s_from_min(booster_at)),
    )
    return Case(when=when, asks=lambda: tuple(_told(route, asker)), says=says)


def _told(route: Route, asker: Asker) -> Iterator[Said]:
    """What is compared, under the row that decides the range, then why something is not."""
    found = offered.offered(route, asker, LIMITS.orders)
    if isinstance(found, NotOffered):
        yield from from_findings([found.why])
        return
    ranges = LIMITS.orders.ranges_for(asker.drug, route, age_years=asker.age_years)
    row = next(one for one in reversed(ranges) if one.decides)
    low, high = show_mg(found.doses_ug[0]), show_mg(found.doses_ug[-1])
    doses = low if low == high else f"{low.removesuffix(' mg')} to {high}"
    with_booster = f", with a booster to {show_mg(found.most_ug)} in all" if found.booster_percents else ""
    yield Said(rule=row.rule, word=doses, sentence=f"Doses of {doses} are compared{with_booster}.")
    yield from from_findings(found.marks)


ROUTES = (
    case("racemic into a vein", "D01 7 to 52.5 mg", route=Route.IV),
    case("racemic into a vein over 39 min", "D01.infusion stop", route=Route.IV, over=39),
    case("racemic into a vein over 60 min", "D01 7 to 52.5 mg", route=Route.IV, over=60),
    case("racemic into a muscle", "D03 35 to 52.5 mg", route=Route.IM),
    case("racemic into a muscle, 100 kg", "D03 50 to 60 mg", route=Route.IM, kg=100),
    case("racemic lozenge", "D04 100 to 400 mg", route=Route.LOZENGE),
    case("racemic swallowed", "D05 20 to 490 mg", route=Route.ORAL),
    case("racemic film, for which no range was found", "ORD-04 note", route=Route.FILM),
    case("esketamine into a vein, for which no range was found", "ORD-04 note", route=Route.IV,
         drug=Drug.ESKETAMINE),
    case("nasal devices, 64 years", "D06 56 to 84 mg", route=Route.NASAL_DEVICE, drug=Drug.ESKETAMINE,
         age=64),
    case("nasal devices, 65 years", "D08 28 mg", route=Route.NASAL_DEVICE, drug=Drug.ESKETAMINE, age=65),
)  # fmt: skip
MAXIMUM = (
    case("a hard maximum of 45 mg into a muscle", "D03 35 to 45 mg", route=Route.IM, hard_max_mg=45),
    case("a hard maximum of 35 mg", "D03 35 mg", route=Route.IM, hard_max_mg=35),
    case("a hard maximum of 34.9 mg", "PLAN-07 stop", route=Route.IM, hard_max_mg=34.9),
    case("a hard maximum of 90 mg", "D03 35 to 52.5 mg", route=Route.IM, hard_max_mg=90),
)
BOOSTERS = (
    case("into a muscle after 10 min", "D03 35 to 52.5 mg", route=Route.IM, booster_at=10),
    case("into a muscle after 9 min", "D03 35 to 52.5 mg", "D12 stop", route=Route.IM, booster_at=9),
    case("a lozenge after 30 min", "D04 100 to 400 mg", route=Route.LOZENGE, booster_at=30),
    case("a lozenge after 29 min", "D04 100 to 400 mg", "D12 stop", route=Route.LOZENGE, booster_at=29),
    case("into a vein", "D01 7 to 52.5 mg", "ORD-13 note", route=Route.IV, booster_at=60),
    case("swallowed", "D05 20 to 490 mg", "ORD-13 note", route=Route.ORAL, booster_at=60),
    case("nasal devices", "D06 56 to 84 mg", "D15 stop", route=Route.NASAL_DEVICE, drug=Drug.ESKETAMINE,
         booster_at=60),
)  # fmt: skip

PAGE = Page(
    slug="planning",
    title="What may be planned",
    intro=(
        "A plan compares only doses that could be ordered without giving a reason, for a person of 34 years"
        " and 70 kg unless a row says otherwise. First dose and booster together stay within the cited range"
        " and the hard maximum. What comes out is a range to choose from, never an instruction. The limits"
        " a plan starts from (PLAN-01 to PLAN-06) have no published source: a clinic sets its own."
    ),
    sections=(
        Section(title="Routes and ranges", cases=ROUTES, content=CONTENT),
        Section(title="The hard maximum", cases=MAXIMUM, content=CONTENT),
        Section(title="One booster", cases=BOOSTERS, content=CONTENT),
    ),
    rows=(*rows_of(LIMITS.plans, LIMITS.orders.ranges, LIMITS.orders.boosters), *offered.ROWS,
          LIMITS.orders.shortest_iv,
          amounts.NO_RANGE, booster.NOT_COVERED),
)  # fmt: skip
