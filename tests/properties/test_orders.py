"""What holds for any order: exact boundaries, one identifier a reason, and no way round a hard maximum."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.rooms import minute

from slackwater.catalogue.limits import load_limits
from slackwater.rules.dosing.limits import check_order
from slackwater.rules.dosing.order import BoosterText, ModelScope, OrderText
from slackwater.rules.findings import Override, barring, beyond_override
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

LIMITS = load_limits().orders
SCOPE = ModelScope(
    title="A model", drugs=frozenset(Drug), routes=frozenset(Route), age_low=18, age_high=55, weight_low_kg=50
)

ORDERS = st.builds(
    OrderText,
    drug=st.sampled_from(Drug),
    route=st.sampled_from(Route),
    dose_ug=st.integers(1, 10**8),
    duration_s=st.sampled_from([0, 60, 2400, 3600]),
    hard_max_ug=st.none() | st.integers(1, 10**8),
    booster=st.none()
    | st.builds(
        BoosterText,
        cap_ug=st.integers(1, 10**8),
        earliest_s=st.integers(0, 7200),
        latest_s=st.integers(0, 7200),
    ),
    weight_g=st.none() | st.integers(20_000, 310_000),
    weighed_at=st.none() | st.integers(-60 * 1440, 10).map(minute),
    age_years=st.none() | st.integers(0, 110),
    model=st.just(SCOPE),
)


def check(order: OrderText):
    return check_order(order, at=minute(0), limits=LIMITS)


@given(order=ORDERS)
def test_one_reason_answers_one_mark(order: OrderText) -> None:
    asked = [one.id for one in check(order) if one.override is Override.PRESCRIBER]
    assert len(set(asked)) == len(asked)


@given(order=ORDERS)
def test_no_reason_signs_what_cannot_be_signed(order: OrderText) -> None:
    found = check(order)
    total = order.dose_ug + (order.booster.cap_ug if order.booster else 0)
    if not beyond_override(found):
        assert order.age_years is not None
        assert order.age_years >= 18
        assert order.weight_g is not None
        assert order.weight_g <= 300_000
        assert order.hard_max_ug is not None
        assert total <= order.hard_max_ug
        assert order.booster is None or order.booster.cap_ug * 2 <= order.dose_ug


@given(weight_g=st.integers(30_000, 250_000))
def test_the_edge_of_a_range_is_exact_to_the_microgram(weight_g: int) -> None:
    edge = Decimal("0.75") * weight_g
    inside = int(edge)
    assert "D01" not in {one.id for one in check(_iv(inside, weight_g))}
    assert "D01" in {one.id for one in check(_iv(inside + 1, weight_g))}


@given(weight_g=st.integers(30_000, 250_000), ug=st.integers(1, 10**8))
def test_ten_times_the_usual_dose_is_never_signed(weight_g: int, ug: int) -> None:
    slips = {one.id for one in barring(check(_iv(ug, weight_g)))}
    assert ("ORD-03" in slips) == (ug >= 5 * weight_g or ug * 200 <= weight_g)


@given(order=ORDERS)
def test_an_order_without_a_booster_says_nothing_of_boosters(order: OrderText) -> None:
    said = {one.id for one in check(replace(order, booster=None))}
    assert not said & {"D10", "D11", "D12", "D13", "ORD-12", "ORD-13"}


def _iv(ug: int, weight_g: int) -> OrderText:
    return OrderText(
        drug=Drug.RACEMIC, route=Route.IV, dose_ug=ug, duration_s=2400, hard_max_ug=ug, booster=None,
        weight_g=weight_g, weighed_at=minute(-60), age_years=34, model=SCOPE,
    )  # fmt: skip
