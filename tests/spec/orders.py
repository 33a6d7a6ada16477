"""An order's text."""

from collections.abc import Iterable
from dataclasses import replace

from tests.rooms import minute
from tests.spec.page import Case, Page, Said, Section, from_findings, rows_of

from slackwater.catalogue.limits import load_limits
from slackwater.rules.dosing import amounts, booster, medicines
from slackwater.rules.dosing import limits as order_rules
from slackwater.rules.dosing.limits import check_order
from slackwater.rules.dosing.medicines import medicine_findings
from slackwater.rules.dosing.order import BoosterText, ModelScope, OrderText
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

LIMITS = load_limits().orders
CONTENT = "No mark."
ANY_MODEL = ModelScope(title="A model", drugs=frozenset(Drug), routes=frozenset(Route))
ORDER = OrderText(
    drug=Drug.RACEMIC,
    route=Route.IV,
    dose_ug=35_000,
    duration_s=2400,
    hard_max_ug=60_000,
    booster=None,
    weight_g=70_000,
    weighed_at=minute(-1440),
    age_years=34,
    model=ANY_MODEL,
)


def case(when: str, *says: str, **changes: object) -> Case:
    order = replace(ORDER, **changes)  # type: ignore[arg-type]  # fields of many types in one table

    def asks() -> Iterable[Said]:
        return from_findings(check_order(order, at=minute(0), limits=LIMITS))

    return Case(when=when, asks=asks, says=says)


def by(route: Route, mg: float, *says: str, drug: Drug = Drug.RACEMIC, age: int = 34, kg: float = 70) -> Case:
    """A dose that is not infused, with a hard maximum of the same size."""
    name = f"{drug.label}, {route.label}, {mg:g} mg"
    name += f", {kg:g} kg" if kg != 70 else ""
    name += f", age {age}" if age != 34 else ""
    return case(
        name, *says, route=route, drug=drug, dose_ug=round(mg * 1000), hard_max_ug=round(mg * 1000),
        duration_s=2400 if route is Route.IV else 0, age_years=age, weight_g=round(kg * 1000),
    )  # fmt: skip


def boosted(
    when: str, *says: str, mg: float = 17.5, window: tuple[float, float] = (600, 3600), **changes: object
) -> Case:
    text = BoosterText(cap_ug=round(mg * 1000), earliest_s=round(window[0]), latest_s=round(window[1]))
    im = {"route": Route.IM, "duration_s": 0} | changes
    return case(when, *says, booster=text, **im)


PERSON = (
    case("34 years, 70 kg weighed yesterday"),
    case("17 years", "E32 stop", age_years=17),
    case("18 years", age_years=18),
    case("age not known", "E32 unknown", age_years=None),
    case("64 years", age_years=64),
    case("65 years", "E33 warn*", age_years=65),
    case("no weight", "ORD-07 unknown", weight_g=None),
    case("weighed 30 days ago", weighed_at=minute(-30 * 1440)),
    case("weighed a minute longer ago", "ORD-06 stop", weighed_at=minute(-30 * 1440 - 1)),
    case("weighed this minute", weighed_at=minute(0)),
    case("weighed tomorrow", "ORD-06 stop", weighed_at=minute(1440)),
    case("300 kg, 150 mg", "ORD-05 warn*", weight_g=300_000, dose_ug=150_000, hard_max_ug=150_000),
    case("a gram over 300 kg", "ORD-05 stop", weight_g=300_001, dose_ug=150_000, hard_max_ug=150_000),
    case("250 kg", weight_g=250_000, dose_ug=125_000, hard_max_ug=125_000),
    case("250.1 kg", "ORD-05 warn*", weight_g=250_100, dose_ug=125_000, hard_max_ug=125_000),
    case("30 kg", weight_g=30_000, dose_ug=15_000),
    case("29 kg", "ORD-05 warn*", weight_g=29_000, dose_ug=14_500),
)

SLIPS = (
    case("35000 mg", "ORD-03 stop", dose_ug=35_000_000, hard_max_ug=35_000_000),
    case("350 mg, ten times the usual", "ORD-03 stop", dose_ug=350_000, hard_max_ug=350_000),
    case("a microgram less than ten times", "D01 warn*", dose_ug=349_999, hard_max_ug=349_999),
    case("3.5 mg, a tenth", "ORD-03 warn*", dose_ug=3500),
    case("a microgram more than a tenth", "D01 warn*", dose_ug=3501),
    case("0.35 mg, a hundredth: a thousand times as much could still be meant", "ORD-03 stop", dose_ug=350),
    case("a microgram more", "ORD-03 warn*", dose_ug=351),
    case("0.035 mg, a thousandth", "ORD-03 stop", dose_ug=35),
    case("a hard maximum of 350 mg protects nobody", "ORD-03 stop", hard_max_ug=350_000),
    by(Route.IM, 350, "ORD-03 stop"),
    by(Route.LOZENGE, 1000, "ORD-03 stop"),
    by(Route.NASAL_DEVICE, 560, "ORD-03 stop", "D15 stop", drug=Drug.ESKETAMINE),
    by(Route.IV, 350, "ORD-03 stop", drug=Drug.ESKETAMINE),
)

RANGES = (
    by(Route.IV, 7), by(Route.IV, 6.999, "D01 warn*"), by(Route.IV, 52.5), by(Route.IV, 52.501, "D01 warn*"),
    by(Route.IV, 70, "D01 warn*"), by(Route.IV, 84, "D01 warn*"),
    by(Route.IM, 35), by(Route.IM, 34.9, "D03 warn*"), by(Route.IM, 52.5), by(Route.IM, 53, "D03 warn*"),
    by(Route.IM, 60, kg=100), by(Route.IM, 60.001, "D03.most warn*", kg=100),
    by(Route.LOZENGE, 100), by(Route.LOZENGE, 99, "D04 warn*"), by(Route.LOZENGE, 400),
    by(Route.LOZENGE, 401, "D04 warn*"),
    by(Route.ORAL, 17.5), by(Route.ORAL, 300), by(Route.ORAL, 490), by(Route.ORAL, 491, "D05 warn*"),
    by(Route.ORAL, 17.4, "D05 warn*"),
    by(Route.NASAL_DEVICE, 56, drug=Drug.ESKETAMINE), by(Route.NASAL_DEVICE, 84, drug=Drug.ESKETAMINE),
    by(Route.NASAL_DEVICE, 28, "D06 warn*", drug=Drug.ESKETAMINE),
    by(Route.NASAL_DEVICE, 28, "E33 warn*", drug=Drug.ESKETAMINE, age=65),
    by(Route.NASAL_DEVICE, 56, "E33 warn*", "D08 warn*", drug=Drug.ESKETAMINE, age=65),
    by(Route.NASAL_DEVICE, 60, "D15 stop", drug=Drug.ESKETAMINE),
    by(Route.NASAL_DEVICE, 112, "D06 warn*", "D15 stop", drug=Drug.ESKETAMINE),
    by(Route.NASAL_DEVICE, 56, "ORD-04 warn*", "ORD-11 stop"),
    by(Route.FILM, 100, "ORD-04 warn*"), by(Route.NASAL_SOLUTION, 56, "ORD-04 warn*"),
    by(Route.IV, 35, "ORD-04 warn*", drug=Drug.ESKETAMINE),
)  # fmt: skip

TIME = (
    case("over 40 min"), case("over 39 min", "D01.infusion warn*", duration_s=2340),
    case("all at once", "D01.infusion warn*", duration_s=0),
    case("into a muscle, over 10 min", "ORD-10 stop", route=Route.IM, duration_s=600),
)  # fmt: skip

MAXIMUM = (
    case("no hard maximum", "ORD-01 unknown", hard_max_ug=None),
    case("the hard maximum is the dose", hard_max_ug=35_000),
    case("the dose is a microgram over it", "ORD-02 stop", hard_max_ug=34_999),
)

BOOSTERS = (
    boosted("into a muscle: 35 mg, booster 17.5 mg from 10 to 60 min"),
    boosted("a microgram over half", "D13 stop", mg=17.501),
    boosted("together a microgram over the hard maximum", "ORD-02 stop", hard_max_ug=52_499),
    boosted("together over the 60 mg of the trial", "D03.most warn*", mg=26, dose_ug=52_500,
            hard_max_ug=80_000),
    boosted("from 599 s", "D12 stop", window=(599, 3600)),
    boosted("lozenge 100 mg, booster 50 mg from 30 min", mg=50, window=(1800, 3600), route=Route.LOZENGE,
            dose_ug=100_000, hard_max_ug=150_000),
    boosted("the same, from 29 min", "D12 stop", mg=50, window=(1740, 3600), route=Route.LOZENGE,
            dose_ug=100_000, hard_max_ug=150_000),
    boosted("into a vein, from the infusion's end", "ORD-13 warn*", window=(2400, 3600), route=Route.IV,
            duration_s=2400),
    boosted("into a vein, sooner", "ORD-13 warn*", "D10 stop", window=(2399, 3600), route=Route.IV,
            duration_s=2400),
    boosted("nasal esketamine", "D15 stop", mg=28, window=(2400, 3600), route=Route.NASAL_DEVICE,
            drug=Drug.ESKETAMINE, dose_ug=56_000, hard_max_ug=84_000),
    boosted("racemic nasal solution", "ORD-04 warn*", "ORD-13 warn*", mg=28, window=(2400, 3600),
            route=Route.NASAL_SOLUTION, dose_ug=56_000, hard_max_ug=84_000),
    boosted("esketamine into a muscle", "ORD-04 warn*", drug=Drug.ESKETAMINE),
    boosted("opens and closes at one moment", window=(1200, 1200)),
    boosted("closes before it opens", "ORD-12 stop", window=(1200, 1199)),
    boosted("a booster of 350 mg", "D03.most warn*", "ORD-02 stop", "ORD-03 stop", "D13 stop", mg=350),
)  # fmt: skip

RK1 = replace(
    ANY_MODEL, title="A model of adults", age_low=18, age_high=55, weight_low_kg=50, weight_high_kg=100
)
NASAL_ONLY = ModelScope(
    title="A nasal model", drugs=frozenset({Drug.ESKETAMINE}), routes=frozenset({Route.NASAL_DEVICE})
)
MODEL = (
    case("55 years in a model of 18 to 55", model=RK1, age_years=55),
    case("18 years, and 100 kg, in the same model", model=RK1, age_years=18, weight_g=100_000),
    case("50 kg", model=RK1, weight_g=50_000, dose_ug=25_000),
    case("49.9 kg", "ORD-09.weight warn*", model=RK1, weight_g=49_900, dose_ug=25_000),
    case("56 years", "ORD-09.age warn*", model=RK1, age_years=56),
    case("100.1 kg in a model of 50 to 100", "ORD-09.weight warn*", model=RK1, weight_g=100_100),
    case("a nasal esketamine model asked for racemic ketamine into a vein", "ORD-08 stop", "ORD-08 stop",
         model=NASAL_ONLY),
)  # fmt: skip


def taking(when: str, *says: str, not_checked: tuple[str, ...]) -> Case:
    return Case(when=when, asks=lambda: from_findings(medicine_findings(not_checked)), says=says)


MEDICINES = (
    taking("every medicine is in the catalogue, with its effect on exposure", not_checked=()),
    taking("sertraline, which is not", "ORD-14 unknown*", not_checked=("Sertraline",)),
    taking("sertraline and lithium", "ORD-14 unknown*", not_checked=("Sertraline", "Lithium")),
)

PAGE = Page(
    slug="orders",
    title="An order's text",
    intro=(
        "Every mark against an order before it is signed. The order below is for 35 mg of racemic"
        " ketamine into a vein over 40 min with a hard maximum of 60 mg, for a person of 34 years and"
        " 70 kg; each row changes what it names. A star marks what a prescriber may sign with a"
        " written reason, which stays with the order. A stop cannot be signed."
    ),
    sections=(
        Section(title="The person", cases=PERSON, content=CONTENT),
        Section(title="Slips of ten and of a thousand", cases=SLIPS, content=CONTENT),
        Section(title="Cited ranges", cases=RANGES, content=CONTENT),
        Section(title="Infusion time", cases=TIME, content=CONTENT),
        Section(title="The hard maximum", cases=MAXIMUM, content=CONTENT),
        Section(title="The booster", cases=BOOSTERS, content=CONTENT),
        Section(title="The model", cases=MODEL, content=CONTENT),
        Section(title="Other medicines", cases=MEDICINES, content=CONTENT),
    ),
    rows=(*rows_of(LIMITS), *order_rules.ROWS, *amounts.ROWS, *booster.ROWS, *medicines.ROWS),
)
