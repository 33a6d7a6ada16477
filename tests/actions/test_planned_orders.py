"""What an order was planned for stays with it, is what the room asks about, and is never filled in."""

from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from tests.actions.test_earlier import FELT, finished
from tests.actions.test_orders import DRAFT
from tests.clinic import Clinic
from tests.rooms import Room, minute, terms

from slackwater.actions import crowds, log, order_terms, orders, plans, report_parts, sessions
from slackwater.actions.forecasts.booster import booster_answer
from slackwater.actions.forecasts.booster_wire import _json as as_told
from slackwater.actions.forecasts.forecast import forecast
from slackwater.actions.orders import Start
from slackwater.catalogue.limits import load_limits
from slackwater.catalogue.plans import limits_of, wish_of
from slackwater.pharma.plan_question import Kind
from slackwater.proofs.leaf import canonical
from slackwater.records.models import Order
from slackwater.rules.planned import NOTHING_PLANNED, Part, PlannedFor
from slackwater.rules.room.wire import moment_json
from slackwater.terms.refusal import RefusedError

PLANNED = PlannedFor(wish=Part(value=60, permille=700), closing=Part(value=5 * 3600, permille=100))


def signed(clinic: Clinic, **changes) -> Order:
    draft = replace(DRAFT, **changes)
    return orders.sign(draft, clinic.patient, by=clinic.prescriber, at=timezone.now())


def test_what_was_planned_for_is_signed_with_the_order(clinic: Clinic):
    order = signed(clinic, planned=PLANNED)
    order.refresh_from_db()
    assert order_terms.planned_for(order) == PLANNED
    assert order_terms.terms(order).planned == PLANNED
    assert (order.too_deep_tenths, order.ceiling_mmhg) == (None, None)
    assert order_terms.holds(order)
    order.closing_s = 6 * 3600
    assert not order_terms.holds(order)


def test_an_order_of_before_still_bears_the_hash_that_it_was_signed_with(clinic: Clinic):
    order = signed(clinic)
    as_before = [
        "slackwater order 1", str(order.public_id), str(order.patient.public_id), order.prescriber_id,
        order.drug, order.route, order.dose_ug, order.duration_s,
        [order.booster_ug, order.booster_earliest_s, order.booster_latest_s], order.hard_max_ug,
        order.weight_g, order.age_years, order.sex, list(order.medicines),
        [order.model, order.seed, order.subjects], list(order.findings), list(order.overrides),
        moment_json(order.signed_at),
    ]  # fmt: skip
    assert order.version_hash == sha256(canonical(as_before)).hexdigest()


def test_neither_the_plan_nor_the_start_of_a_signed_order_is_ever_changed(live_clinic: Clinic):
    order = signed(live_clinic, planned=PLANNED)
    for changes in ({"wish_tenths": 70}, {"closing_permille": 500}, {"fresh_reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**changes)


@pytest.mark.parametrize(
    "broken",
    [
        {"wish_tenths": 60},
        {"wish_permille": 700},
        {"wish_tenths": 0, "wish_permille": 700},
        {"wish_tenths": 100, "wish_permille": 700},
        {"closing_s": 59, "closing_permille": 100},
        {"closing_s": 3600, "closing_permille": 1000},
        {"ceiling_mmhg": 261, "ceiling_permille": 100},
    ],
)
def test_half_a_plan_is_refused_by_the_database(clinic: Clinic, broken: dict[str, int]):
    row = Order.objects.get(pk=clinic.order.pk)
    row.pk, row.public_id = None, uuid4()
    for name, value in broken.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_the_order_comes_before_the_house_and_what_it_leaves_open_is_the_houses():
    limits = load_limits().plans
    deep, systolic, not_fit = limits_of(PLANNED, limits, baseline_mmhg=120)
    assert (not_fit.by_h, not_fit.chance) == (5.0, 0.1)
    assert deep.depth == limits.plan_too_deep.value
    assert systolic.ceiling_mmhg == limits.systolic_alert.value
    assert wish_of(NOTHING_PLANNED) is None
    wish = wish_of(PLANNED)
    assert wish is not None
    assert (wish.depth, wish.chance) == (6.0, 0.7)


def told(planned: PlannedFor, *, at: float = 20) -> dict:
    room = Room(baseline=(120, 80)).dose()
    order = replace(terms(), planned=planned)
    found = booster_answer(forecast(room.state(), order, version=1), room.state(), order, at=minute(at))
    answer: dict = as_told(found, minute(at), 1)["answer"]
    return answer


def test_the_room_asks_about_closing_as_ordered_and_names_the_time_of_day():
    """The first dose was at 9:00 UTC; five hours later is 14:00, and 4 h is the house's."""
    answer = told(PLANNED)
    not_fit = next(one for one in answer["chances"] if one["kind"] == Kind.NOT_FIT.value)
    assert not_fit["words"] == "not fit to leave by 14:00"
    assert not_fit["whose"] == "as ordered"
    assert next(one for one in answer["chances"] if one["kind"] == "too-deep")["whose"] == "the house's"
    assert answer["wish"]["words"] == "depth 6 reached from now on"
    assert answer["wish"]["limit"] == "at least 70 %"
    assert answer["missing"] == ""


def test_what_the_order_does_not_say_is_said_to_be_missing():
    answer = told(NOTHING_PLANNED)
    assert answer["wish"] is None
    assert "does not say what it was planned for" in answer["missing"]
    assert answer["limits"].startswith("The limits are the house's proposals")
    half = told(PlannedFor(closing=PLANNED.closing))
    assert half["missing"] == "The order names no wished depth."


def test_no_booster_keeps_a_closing_time_that_comes_before_its_observation_is_over():
    """M11 asks two hours after the last dose, so one at 20 min or later cannot be over by 2 h 10 min."""
    early = PlannedFor(closing=Part(value=7800, permille=100))
    not_fit = next(one for one in told(early)["chances"] if one["kind"] == "not-fit")
    assert not_fit["with"] == "100 %"
    assert not not_fit["keeps"]


def test_an_order_may_start_from_what_is_published_and_the_room_opens_so(clinic: Clinic):
    finished(clinic, FELT)
    why = "Other medicines since."
    fresh = signed(clinic, start=Start.PUBLISHED, start_reason=why)
    assert (fresh.fresh_reason, fresh.prescriber) == (why, clinic.prescriber)
    assert order_terms.holds(fresh)
    begun = sessions.open_session(fresh.public_id, room="Room 2", by=clinic.monitor, wall=timezone.now())
    opened = log.state(log.rows(begun)).opened
    assert opened is not None
    assert opened.earlier is None
    assert crowds.crowd_of(opened).learned is None


def test_a_start_from_what_is_published_needs_a_reason(clinic: Clinic):
    for reason, code in (("", "missing"), ("  ", "missing"), ("x" * 401, "too-long")):
        with pytest.raises(RefusedError) as refused:
            signed(clinic, start=Start.PUBLISHED, start_reason=reason)
        assert [(one.field, one.code) for one in refused.value.problems] == [("start_reason", code)]


def test_the_printed_report_says_what_the_order_was_planned_for_and_from_where_its_crowd_starts(
    clinic: Clinic,
):
    order = signed(clinic, planned=PLANNED, start=Start.PUBLISHED, start_reason="Other medicines since.")
    remarks = report_parts.order(order).remarks
    assert remarks[0].startswith("Planned for: depth 6 of 10 reached in at least 70 %; not fit to leave 5 h")
    assert remarks[1].endswith("not from earlier sessions: Other medicines since.")
    assert report_parts.order(signed(clinic)).remarks == ()


def test_preview_and_plan_ask_the_crowd_that_the_order_would_start_from(clinic: Clinic):
    finished(clinic, FELT)
    for start, learned in ((Start.LEARNED, 1), (Start.PUBLISHED, 0)):
        asked = orders.plan(replace(DRAFT, start=start), clinic.patient, at=timezone.now())
        assert len(asked.earlier) == learned
        assert len(orders.learns_from(clinic.patient, start).logs) == learned
    assert plans.PlanDraft.__dataclass_fields__["start"].default is Start.LEARNED
