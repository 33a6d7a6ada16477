"""What a patient's medicines mean for a dose by one route, what still stands, and setting it aside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from slackwater.actions import audit, medicines
from slackwater.actions.policy import Permission, require
from slackwater.catalogue.interactions import load_interactions
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import InteractionAside, Patient, User
from slackwater.rules.findings import Finding, Override, Severity
from slackwater.rules.interactions import asides
from slackwater.rules.interactions.asides import Aside, check_aside
from slackwater.rules.interactions.findings import NOT_LISTED, Found
from slackwater.rules.interactions.findings import interactions as held_against_the_table
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything found for one route at one moment.

    standing: those of `found` that nothing settles; the heaviest first, as in `found`
    """

    found: tuple[Found, ...]
    standing: tuple[Found, ...]
    asides: tuple[InteractionAside, ...]
    at: datetime

    def aside_of(self, found: Found) -> InteractionAside | None:
        """The newest word that sets this aside, where one counts."""
        within = load_limits().interactions.verified_within
        counting = (
            row
            for row in reversed(self.asides)
            if asides.counts(_aside(row), found, at=self.at, within=within)
        )
        return next(counting, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """To set one finding aside: what was read, by its rule, medicine and sentence, and why."""

    rule: str
    medicine: str
    sentence: str
    route: Route
    reason: str


def held(patient: Patient, *, route: Route, at: datetime) -> Held:
    """Every medicine on the list against every row, and what of it stands."""
    taken = [one.taken for one in medicines.on_list(patient)]
    local = timezone.localtime(at)
    found = held_against_the_table(taken, route=route, at=local, table=load_interactions())
    rows = tuple(patient.interaction_asides.order_by("pk"))
    within = load_limits().interactions.verified_within
    standing = asides.standing(found, [_aside(row) for row in rows], at=local, within=within)
    return Held(found=found, standing=standing, asides=rows, at=local)


def findings(patient: Patient, *, route: Route, at: datetime) -> tuple[Finding, ...]:
    """Everything that the patient's medicines mean for a dose by this route, settled or not."""
    return tuple(one.finding() for one in held(patient, route=route, at=at).found)


def standing(patient: Patient, *, route: Route, at: datetime) -> tuple[Finding, ...]:
    """What stands in the way: a list that does not count as reconciled, and whatever nobody has settled."""
    still = held(patient, route=route, at=at).standing
    return (*medicines.list_gaps(patient, at=at), *(one.finding() for one in still))


def for_order(patient: Patient, *, route: Route, at: datetime) -> Iterator[Finding]:
    """As an order reads it: what stands as it is; what is settled or minor as a note with who settled it.

    What is not in the catalogue at all an order asks about by itself (ORD-14).
    """
    yield from medicines.list_gaps(patient, at=at)
    now = held(patient, route=route, at=at)
    for one in now.found:
        if one.rule == NOT_LISTED.rule:
            continue
        if one in now.standing:
            yield one.finding()
        else:
            yield _settled(one, now.aside_of(one))


@transaction.atomic
def set_aside(
    patient: Patient, wish: Wish, *, second: User | None, by: User, at: datetime, key: UUID
) -> InteractionAside:
    """Set one finding aside, with a reason, and by two where its grade says so.

    second: whoever confirmed with their own password (actions.second_person), None where nobody did
    Raises RefusedError where it reads otherwise by now, nobody may set it aside, or a part is missing.
    """
    require(by, Permission.SET_ASIDE_INTERACTION, patient)
    Patient.objects.select_for_update().get(pk=patient.pk)
    if done := InteractionAside.objects.filter(key=key).first():
        return done
    found = asked_about(patient, wish, at=at)
    check_aside(found, reason=wish.reason, by=str(by.pk), second=str(second.pk) if second is not None else "")
    needs_two = found.override is Override.PRESCRIBER_AND_SECOND
    row = InteractionAside.objects.create(
        patient=patient,
        key=key,
        rule=found.rule,
        medicine=found.medicine.name,
        sentence=found.sentence,
        reason=wish.reason.strip(),
        happened_at=at,
        by=by,
        by_name=by.shown_name,
        second=second if needs_two else None,
        second_name=second.shown_name if needs_two and second is not None else "",
    )
    audit.keep(audit.Act.INTERACTION_SET_ASIDE, by=by, at=at, subject=patient.public_id, rule=found.rule)
    return row


def asked_about(patient: Patient, wish: Wish, *, at: datetime) -> Found:
    """The finding that the wish is about. Raises RefusedError where it reads otherwise by now."""
    for one in held(patient, route=wish.route, at=at).found:
        if (one.rule, one.medicine.name, one.sentence) == (wish.rule, wish.medicine, wish.sentence):
            return one
    raise RefusedError.of(
        field="finding",
        code="changed",
        message="This reads otherwise by now.",
        mend="Read it as it stands, and decide again.",
    )


def _settled(found: Found, aside: InteractionAside | None) -> Finding:
    """Nothing is left to do about it, and it says why."""
    finding = found.finding()
    why = ""
    if aside is not None:
        people = " and ".join(name for name in (aside.by_name, aside.second_name) if name)
        why = f" Set aside by {people}: {aside.reason}"
    elif found.grade.is_weighty and found.medicine.plan is not None:
        why = f" Decided: {found.medicine.plan.label.lower()}."
    return replace(finding, severity=Severity.NOTE, sentence=finding.sentence + why, override=Override.NONE)


def _aside(row: InteractionAside) -> Aside:
    return Aside(
        rule=row.rule,
        medicine=row.medicine,
        sentence=row.sentence,
        reason=row.reason,
        by=str(row.by_id),
        second=str(row.second_id or ""),
        at=row.happened_at,
    )
