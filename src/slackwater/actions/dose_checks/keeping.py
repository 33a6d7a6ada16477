"""Keeping what two people read before a dose, once nothing stands against it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from slackwater.actions import audit, log
from slackwater.actions.dose_checks import scanning, wanted
from slackwater.actions.dose_checks.scanning import Scan, Seen
from slackwater.actions.policy import Permission, may, require
from slackwater.actions.stock.ledger import person
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Container, DoseCheck, Session, User
from slackwater.rules.dosing.double_check import Checked, Identifier, Part, Pump, Wanted, against_check
from slackwater.rules.findings import Finding, barring
from slackwater.rules.room.log import DoseGiven
from slackwater.terms.refusal import Problem, RefusedError
from slackwater.terms.route import Route

MOST_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """One container as scanned, and the volume of it in the syringe as the second person reads it."""

    scan: Scan
    volume_ul: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the two have read of one dose. `typed_again_ug` is an amount other than the ordered one, again."""

    number: int
    route: Route
    amount_ug: int
    identifiers: frozenset[Identifier]
    parts: tuple[ReadPart, ...]
    typed_again_ug: int | None = None
    pump: Pump | None = None


@transaction.atomic
def keep(session: Session, read: Read, *, by: User, second: User, at: datetime, key: UUID) -> DoseCheck:
    """Keep the check of a dose. The same key again gives the check that it kept.

    second: given back by `second_person.confirm`, and by nothing else
    at:     the wall's time
    Raises RefusedError with everything that does not match, and then no check is kept.
    """
    require(by, Permission.GIVE_DOSE, session)
    if row := DoseCheck.objects.filter(public_id=key, session=session, by=by).first():
        return row
    order = wanted.as_ordered(session, read.number)
    if order is None:
        raise _NOT_ORDERED
    seen = [scanning.look(session, part.scan, order, by=by, at=at) for part in read.parts]
    _refuse(
        [
            *(finding for one in seen for finding in one.findings),
            *against_check(_checked(read, seen, by, second), order, limits=load_limits().checks),
        ],
        has_choice=any(one.choices for one in seen),
    )
    row = DoseCheck.objects.create(
        public_id=key,
        session=session,
        number=read.number,
        drug=order.drug.value,
        route=order.route.value,
        amount_ug=read.amount_ug,
        read=_json(read, seen),
        at=at,
        by=by,
        by_name=by.shown_name,
        second=second,
        second_name=second.shown_name,
    )
    audit.keep(audit.Act.DOSE_CHECKED, by=by, at=at, subject=session.public_id, second=second.pk)
    return row


def ordered(session: Session) -> tuple[DoseGiven, Wanted] | None:
    """The dose that is next, and what a check of it is held against; None when the order holds none."""
    dose = wanted.next_dose(session, log.state(log.rows(session)))
    order = wanted.as_ordered(session, dose.number) if dose else None
    return (dose, order) if dose and order else None


def _checked(read: Read, seen: list[Seen], by: User, second: User) -> Checked:
    parts = tuple(
        Part(vial=one.vial, amount_ug=one.amount_ug, volume_ul=part.volume_ul)
        for part, one in zip(read.parts, seen, strict=True)
        if one.vial is not None
    )
    return Checked(
        first=person(by.pk),
        second=person(second.pk),
        licensed=frozenset(person(one.pk) for one in (by, second) if may(one, Permission.CHECK_DOSE)),
        identifiers=read.identifiers,
        route=read.route,
        amount_ug=read.amount_ug,
        typed_again_ug=read.typed_again_ug,
        parts=parts,
        pump=read.pump,
    )


def _json(read: Read, seen: list[Seen]) -> dict[str, object]:
    """What was read, so that the check can be shown again in full."""
    said: dict[str, object] = {
        "identifiers": sorted(one.value for one in read.identifiers),
        "parts": [
            _part_json(one.container, one, part)
            for part, one in zip(read.parts, seen, strict=True)
            if one.container
        ],
    }
    if read.pump is not None:
        said["pump"] = {"volume_ul": read.pump.volume_ul, "ul_per_h": read.pump.ul_per_h}
    return said


def _part_json(container: Container, seen: Seen, part: ReadPart) -> dict[str, object]:
    return {
        "container": str(container.public_id),
        "own_number": container.own_number,
        "code": part.scan.code,
        "lot": container.lot,
        "expiry": container.expiry.isoformat(),
        "strength_ug_ml": container.product.strength_ug_ml,
        "amount_ug": seen.amount_ug,
        "volume_ul": part.volume_ul,
    }


def _refuse(findings: list[Finding], *, has_choice: bool) -> None:
    problems = [problem(one) for one in barring(findings)]
    if has_choice:
        problems.append(_WHICH)
    if problems:
        raise RefusedError(*dict.fromkeys(problems))


def problem(finding: Finding) -> Problem:
    """A finding as a refusal says it, beside the field that it is about."""
    return Problem(
        field=_FIELDS.get(finding.id, "code"),
        code=finding.id,
        message=finding.sentence,
        mend=_MENDS.get(finding.id, "Do not draw from it. Take another, and scan that."),
    )


_FIELDS = {
    "CHK-01": "second_username",
    "CHK-02": "identifiers",
    "CHK-05": "amount",
    "CHK-06": "amount",
    "CHK-07": "volume",
    "CHK-10": "pump",
    "CHK-11": "amount",
    "CHK-12": "check",
    "CHK-13": "check",
}
_MENDS = {
    "CHK-01": "Ask a prescriber or monitor who is here to write their own name and password.",
    "CHK-02": "Ask again, and tick only what the patient said.",
    "CHK-03": "Put it away. Scan the vial that was ordered.",
    "CHK-05": "Read the order again, then the syringe.",
    "CHK-06": "Stop. Read the order, the label and the syringe aloud, digit by digit.",
    "CHK-07": "Read the syringe again. If it is not right, draw it again together.",
    "CHK-08": "Do not use it. Set it aside, and scan another.",
    "CHK-10": "Set the pump again, and read it aloud.",
    "CHK-11": "Type the amount again, or take the ordered one.",
    "CHK-12": "Scan the vial. The owner fills an empty cabinet. If it went in, say so as it was.",
    "CHK-13": "Check it together again.",
}
_WHICH = Problem(
    field="own",
    code="which",
    message="Several containers have this code.",
    mend="Choose the clinic's own number that stands on this one.",
)
_NOT_ORDERED = RefusedError.of(
    field="number",
    code="ROOM-13",
    message="The order holds no such dose.",
    mend="Give nothing. The prescriber signs another order.",
)
