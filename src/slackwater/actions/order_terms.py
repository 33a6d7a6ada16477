"""A signed order as the rules read it, and the hash that a later reader checks it by."""

from datetime import timedelta
from hashlib import sha256

from slackwater.proofs.leaf import Canonical, canonical
from slackwater.records.models import Order
from slackwater.rules.planned import Part, PlannedFor
from slackwater.rules.room.order import BoosterTerms, OrderTerms
from slackwater.rules.room.wire import moment_json
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

# Changing what is hashed needs a new word here, so that old orders stay checkable.
_FORM = "slackwater order 1"
# The same with what it was planned for and whether its crowd starts afresh, where either was written.
_FORM_WITH_PLAN = "slackwater order 2"


def terms(order: Order) -> OrderTerms:
    """What a dose is held against."""
    return OrderTerms(
        drug=Drug(order.drug),
        route=Route(order.route),
        dose_ug=order.dose_ug,
        duration_s=order.duration_s,
        hard_max_ug=order.hard_max_ug,
        booster=_booster(order),
        signed_at=order.signed_at,
        voided_at=order.voided_at,
        planned=planned_for(order),
    )


def planned_for(order: Order) -> PlannedFor:
    """What the order was planned for."""
    return PlannedFor(
        wish=_part(order.wish_tenths, order.wish_permille),
        too_deep=_part(order.too_deep_tenths, order.too_deep_permille),
        ceiling=_part(order.ceiling_mmhg, order.ceiling_permille),
        closing=_part(order.closing_s, order.closing_permille),
    )


def version_hash(order: Order) -> str:
    """The hash of everything that was signed."""
    more = _with_plan(order)
    signed: list[Canonical] = [
        _FORM_WITH_PLAN if more else _FORM,
        str(order.public_id),
        str(order.patient.public_id),
        order.prescriber_id,
        order.drug,
        order.route,
        order.dose_ug,
        order.duration_s,
        [order.booster_ug or 0, order.booster_earliest_s or 0, order.booster_latest_s or 0],
        order.hard_max_ug,
        order.weight_g,
        order.age_years,
        order.sex,
        list(order.medicines),
        [order.model, order.seed, order.subjects],
        list(order.findings),
        list(order.overrides),
        moment_json(order.signed_at),
        *more,
    ]
    return sha256(canonical(signed)).hexdigest()


def holds(order: Order) -> bool:
    """Whether the order is still what was signed."""
    return order.version_hash == version_hash(order)


def _with_plan(order: Order) -> list[Canonical]:
    """What form 2 adds; nothing where there is none of it, so that orders from before stay as signed."""
    planned = planned_for(order)
    if planned.is_empty and not order.fresh_reason:
        return []
    parts = (planned.wish, planned.too_deep, planned.ceiling, planned.closing)
    written: list[Canonical] = [[part.value, part.permille] if part else [] for part in parts]
    return [*written, order.fresh_reason]


def _part(value: int | None, permille: int | None) -> Part | None:
    return None if value is None or permille is None else Part(value=value, permille=permille)


def _booster(order: Order) -> BoosterTerms | None:
    if order.booster_ug is None or order.booster_earliest_s is None or order.booster_latest_s is None:
        return None
    return BoosterTerms(
        cap_ug=order.booster_ug,
        earliest=timedelta(seconds=order.booster_earliest_s),
        latest=timedelta(seconds=order.booster_latest_s),
    )
