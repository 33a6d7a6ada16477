"""A signed order as the rules read it, and the hash that a later reader checks it by."""

from datetime import timedelta
from hashlib import sha256

from slackwater.proofs.leaf import Canonical, canonical
from slackwater.records.models import Order
from slackwater.rules.room.order import BoosterTerms, OrderTerms
from slackwater.rules.room.wire import moment_json
from slackwater.terms.drug import Drug
from slackwater.terms.route import Route

# Changing what is hashed needs a new word here, so that old orders stay checkable.
_FORM = "slackwater order 1"


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
    )


def version_hash(order: Order) -> str:
    """The hash of everything that was signed."""
    signed: list[Canonical] = [
        _FORM,
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
    ]
    return sha256(canonical(signed)).hexdigest()


def holds(order: Order) -> bool:
    """Whether the order is still what was signed."""
    return order.version_hash == version_hash(order)


def _booster(order: Order) -> BoosterTerms | None:
    if order.booster_ug is None or order.booster_earliest_s is None or order.booster_latest_s is None:
        return None
    return BoosterTerms(
        cap_ug=order.booster_ug,
        earliest=timedelta(seconds=order.booster_earliest_s),
        latest=timedelta(seconds=order.booster_latest_s),
    )
