"""A dose is charted from its check, and taken out of the cabinet in the same transaction."""

from collections.abc import Iterator
from uuid import UUID

from slackwater.actions.dose_checks.keeping import problem
from slackwater.actions.entries.case import Case
from slackwater.actions.stock import doses
from slackwater.actions.stock.ledger import Act, person
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import DoseCheck
from slackwater.rules.dosing.check_given import Giving, Kept, against_giving
from slackwater.rules.findings import barring
from slackwater.rules.room.log import DoseGiven
from slackwater.terms.drug import Drug
from slackwater.terms.refusal import Problem
from slackwater.terms.route import Route


def against(case: Case, dose: DoseGiven) -> Iterator[Problem]:
    """Every reason why this dose cannot be charted from the check that it names."""
    giving = Giving(
        session=str(case.room.session.public_id),
        number=dose.number,
        drug=dose.drug,
        route=dose.route,
        amount_ug=dose.amount_ug,
        by=person(case.user.pk),
        # By the wall: a syringe ages so, in a demonstration that runs faster too.
        at=case.wall,
        is_stocked=bool(dose.check) or bool(doses.containers_for(case.room.session.order)),
    )
    found = against_giving(giving, _kept(dose.check), limits=load_limits().checks)
    yield from map(problem, barring(found))


def take(case: Case, dose: DoseGiven) -> None:
    """Write into the ledgers what was drawn and given. Raises RefusedError, and then the dose is not kept."""
    row = DoseCheck.objects.select_related("by", "second").get(public_id=dose.check)
    second = row.second if row.second_id != case.user.pk else row.by
    act = Act(by=case.user, second=second, at=case.wall, key=case.command.key)
    for part in sorted(row.read["parts"], key=lambda one: one["own_number"]):
        doses.draw_for_session(
            case.room.session,
            UUID(part["container"]),
            dose=dose.number,
            amount_ug=part["amount_ug"],
            volume_ul=part["volume_ul"],
            act=act,
        )
    doses.given(case.room.session, dose=dose.number, amount_ug=dose.amount_ug, act=act)


def _kept(key: str) -> Kept | None:
    row = DoseCheck.objects.select_related("session").filter(public_id=key).first() if key else None
    if row is None:
        return None
    return Kept(
        session=str(row.session.public_id),
        number=row.number,
        drug=Drug(row.drug),
        route=Route(row.route),
        amount_ug=row.amount_ug,
        first=person(row.by_id),
        second=person(row.second_id),
        at=row.at,
    )
