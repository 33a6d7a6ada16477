"""What was answered, between its rows, the rules' values and the proof; and adding to it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from slackwater.actions.clock import to_milliseconds
from slackwater.catalogue.intake import load_questions
from slackwater.proofs.leaf import NOTHING_BEFORE, Line, Link, Verdict, leaf, verify
from slackwater.records.models import IntakeLine, Patient, Role, User
from slackwater.rules.eligibility.gathered import Given
from slackwater.rules.eligibility.questions import Value, parse_value, value_json
from slackwater.rules.fields import Fields, Json
from slackwater.terms.refusal import RefusedError

_MOST_ANSWERS = 120


def rows(patient: Patient, *, until: datetime | None = None) -> list[IntakeLine]:
    """Every saving, in order; those until a moment, as it was known then."""
    found = IntakeLine.objects.filter(patient=patient).order_by("number")
    return list(found.filter(at__lte=until) if until else found)


def given(found: Iterable[IntakeLine]) -> dict[str, list[Given]]:
    """Every answer to each question, in order."""
    answers: dict[str, list[Given]] = {}
    for row in found:
        for name, value in parse(row.payload).items():
            answers.setdefault(name, []).append(Given(value=value, at=row.at, by_staff=row.by_staff))
    return answers


def parse(payload: object) -> dict[str, Value]:
    """The answers in one payload. Raises RefusedError naming what is wrong."""
    fields, questions = Fields(payload), load_questions()
    values: dict[str, Value] = {}
    for place, item in enumerate(fields.items("answers", most=_MOST_ANSWERS)):
        one = fields.within(item, f"answers.{place}")
        name = one.text("name", longest=60)
        try:
            values[name] = parse_value(questions.question(name), one)
        except KeyError:
            one.refuse("name", "unknown", "There is no such question.", "Load the page again.")
        one.close()
    fields.done()
    return values


def payload(values: Mapping[str, Value]) -> dict[str, Json]:
    """Answers as they are kept, in one order."""
    return {"answers": [{"name": name, **value_json(values[name])} for name in sorted(values)]}


def locked(patient: Patient) -> Patient:
    """The patient, so that nobody else adds a line until the transaction ends."""
    return Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)


def add(
    patient: Patient, section: str, values: Mapping[str, Value], *, by: User, at: datetime, key: UUID
) -> IntakeLine:
    """Add a saving for a locked patient. The same key gives the line it already has.

    Raises RefusedError where that key was used for something else, or an answer cannot be.
    """
    told = payload(values)
    parse(told)
    if row := IntakeLine.objects.filter(patient=patient, key=key).first():
        if (row.section, row.payload, row.by_id) != (section, told, by.pk):
            raise _KEY_REUSED
        return row
    row = _made(_last(patient), patient, section, told, deed=(by, at, key))
    row.save(force_insert=True)
    return row


def add_many(
    patient: Patient, savings: Iterable[tuple[str, Mapping[str, Value], UUID]], *, by: User, at: datetime
) -> None:
    """Add several savings of one moment for a locked patient, each with its key; those kept before stay."""
    known = set(IntakeLine.objects.filter(patient=patient).values_list("key", flat=True))
    made: list[IntakeLine] = []
    for section, values, key in savings:
        if key not in known:
            told = payload(values)
            parse(told)
            before = made[-1] if made else _last(patient)
            made.append(_made(before, patient, section, told, deed=(by, at, key)))
    IntakeLine.objects.bulk_create(made)


def _last(patient: Patient) -> IntakeLine | None:
    return IntakeLine.objects.filter(patient=patient).order_by("-number").first()


def _made(
    last: IntakeLine | None,
    patient: Patient,
    section: str,
    told: dict[str, Json],
    *,
    deed: tuple[User, datetime, UUID],
) -> IntakeLine:
    """A line after the last one, not yet kept."""
    by, at, key = deed
    row = IntakeLine(
        patient=patient,
        number=last.number + 1 if last else 1,
        key=key,
        section=section,
        payload=told,
        by_staff=by.role != Role.PATIENT.value,
        at=to_milliseconds(at),
        by=by,
        by_name=by.shown_name,
        by_role=by.role,
        previous=last.leaf if last else NOTHING_BEFORE,
    )
    row.leaf = leaf(_line(row, patient), previous=row.previous)
    return row


def check(patient: Patient) -> Verdict:
    """Whether it is what was written, from its first line to its last."""
    links = (Link(line=_line(row, patient), previous=row.previous, leaf=row.leaf) for row in rows(patient))
    return verify(links, session=_name(patient))


def _line(row: IntakeLine, patient: Patient) -> Line:
    return Line(
        session=_name(patient),
        sequence=row.number,
        key=str(row.key),
        kind=f"intake {row.section}",
        payload=row.payload,
        happened_at=row.at,
        recorded_at=row.at,
        by=f"user:{row.by_id}",
        by_name=row.by_name,
        by_role=row.by_role,
    )


def _name(patient: Patient) -> str:
    return f"intake of {patient.public_id}"


_KEY_REUSED = RefusedError.of(
    field="key",
    code="key-reused",
    message="This was sent before, with other answers.",
    mend="Load the page again, and send it from there.",
)
