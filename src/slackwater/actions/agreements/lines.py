"""The log of a patient's agreements between its rows, the rules' values and the proof; and adding to it."""

from datetime import datetime
from uuid import UUID

from slackwater.actions.clock import to_milliseconds
from slackwater.proofs.leaf import NOTHING_BEFORE, Line, Link, Verdict, leaf, verify
from slackwater.records.models import AgreementLine, Patient, User
from slackwater.rules.agreements.log import KIND_OF, AgreementEntry, AgreementKind, Said
from slackwater.rules.agreements.wire import parse_said, said_json
from slackwater.terms.refusal import RefusedError


def rows(patient: Patient) -> list[AgreementLine]:
    """Every line, in order."""
    return list(AgreementLine.objects.filter(patient=patient).order_by("number"))


def entry(row: AgreementLine) -> AgreementEntry:
    """A line as the rules read it."""
    return AgreementEntry(
        number=row.number,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        said=parse_said(AgreementKind(row.kind), row.payload),
    )


def entries(patient: Patient) -> tuple[AgreementEntry, ...]:
    """The whole log as the rules read it."""
    return tuple(entry(row) for row in rows(patient))


def check(patient: Patient) -> Verdict:
    """Whether the log is the one that was written, from its first line to its last."""
    links = (Link(line=_line(row, patient), previous=row.previous, leaf=row.leaf) for row in rows(patient))
    return verify(links, session=_name(patient))


def locked(patient: Patient) -> Patient:
    """The patient, so that nobody else adds a line until the transaction ends."""
    return Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)


def add(
    patient: Patient, said: Said, *, by: User, happened_at: datetime, wall: datetime, key: UUID
) -> AgreementLine:
    """Add a line for a locked patient. The same key gives the line it already has.

    Raises RefusedError where that key was used for something else.
    """
    kind, payload = KIND_OF[type(said)].value, said_json(said)
    if row := AgreementLine.objects.filter(patient=patient, key=key).first():
        if (row.kind, row.payload, row.by_id) != (kind, payload, by.pk):
            raise _KEY_REUSED
        return row
    last = AgreementLine.objects.filter(patient=patient).order_by("-number").first()
    row = AgreementLine(
        patient=patient,
        number=last.number + 1 if last else 1,
        key=key,
        kind=kind,
        payload=payload,
        happened_at=to_milliseconds(min(happened_at, wall)),
        recorded_at=to_milliseconds(wall),
        by=by,
        by_name=by.shown_name,
        by_role=by.role,
        previous=last.leaf if last else NOTHING_BEFORE,
    )
    row.leaf = leaf(_line(row, patient), previous=row.previous)
    row.save(force_insert=True)
    return row


def _line(row: AgreementLine, patient: Patient) -> Line:
    return Line(
        session=_name(patient),
        sequence=row.number,
        key=str(row.key),
        kind=row.kind,
        payload=row.payload,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        by=f"user:{row.by_id}",
        by_name=row.by_name,
        by_role=row.by_role,
    )


def _name(patient: Patient) -> str:
    """What stands in a leaf where a session's log has its session."""
    return f"agreements of {patient.public_id}"


_KEY_REUSED = RefusedError.of(
    field="key",
    code="key-reused",
    message="This key was used before, for something else.",
    mend="Send it again with a key of its own.",
)
