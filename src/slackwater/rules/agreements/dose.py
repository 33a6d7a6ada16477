"""Whether a patient's agreement permits this dose, now."""

from collections.abc import Iterator

from slackwater.rules.agreements.gates import AgreementLimits
from slackwater.rules.agreements.permits import Item, Permit, Permits
from slackwater.rules.findings import Finding
from slackwater.terms.route import Route

_FIRST = 1
_NO = {
    Item.TREATMENT: "There is no yes to the treatment, or it was taken back.",
    Item.OFF_LABEL: "There is no yes to going ahead with what nobody knows yet, or it was taken back.",
    Item.ROUTE: "There is no yes to this way of giving it, or it was taken back.",
    Item.BOOSTER: "There is no yes to a second dose, or it was taken back.",
}


def against_dose(
    permits: Permits, *, route: Route, number: int, limits: AgreementLimits
) -> Iterator[Finding]:
    """Every yes that this dose needs and that is not there; nobody may set one aside.

    permits: what is a yes now, as `ratchet.standing` has it
    """
    needed = [
        Permit(item=Item.TREATMENT),
        Permit(item=Item.OFF_LABEL),
        Permit(item=Item.ROUTE, of=route.value),
    ]
    if number != _FIRST:
        needed.append(Permit(item=Item.BOOSTER))
    for permit in needed:
        if permit not in permits:
            yield limits.agreement_dose.stop(_NO[permit.item])
