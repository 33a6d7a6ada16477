"""Where the logs stood when something was reported, whether they still do, and who adds to them no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from slackwater.actions import log
from slackwater.actions.agreements import lines as agreement_lines
from slackwater.actions.incidents import lines
from slackwater.catalogue.limits import load_limits
from slackwater.proofs.leaf import NOTHING_BEFORE
from slackwater.records.models import AgreementLine, Entry, Patient, Report, Session, User
from slackwater.rules.findings import Finding
from slackwater.rules.incidents.evidence import Change, Found, Writing, closed, is_as_held
from slackwater.rules.incidents.fold import Standing
from slackwater.rules.incidents.log import Held, LineKind

_SESSION, _AGREEMENTS = "session ", "agreements of "


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One log whose head was kept, as it is now; `session` is None for agreements."""

    held: Held
    is_as_held: bool
    session: Session | None
    patient: Patient | None


def concerned(report: Report, state: Standing) -> list[Patient]:
    """The patients it is about: whoever told it, where they are one, and those of the visits it names."""
    about = Q(sessions__public_id__in=state.sessions)
    if report.teller_id is not None:
        about |= Q(user_id=report.teller_id)
    return list(Patient.objects.filter(about).distinct().order_by("pk"))


def hold(report: Report, *, deed: lines.Deed) -> None:
    """Keep where every log of the patients it is about stands, once for each log and place."""
    state = lines.now(report)
    known = set(state.held)
    for patient in concerned(report, state):
        for head in _heads(patient):
            if head not in known:
                lines.add(report, head, deed=deed.another())


def kept(state: Standing) -> list[Kept]:
    """Every log that was kept, beside what it is now."""
    return [_now(one) for one in state.held]


def refusals(user: User, session: Session, change: Change, *, at: datetime) -> tuple[Finding, ...]:
    """Why this person adds this no more to the log of a visit that is over; nothing while it goes on."""
    left = Entry.objects.filter(session=session, kind="left").order_by("sequence").first()
    if left is None:
        return ()
    writing = Writing(change=change, since_left=at - left.written_at, is_named=is_named(user, session))
    return tuple(closed(writing, limits=load_limits().incidents))


def is_named(user: User, session: Session) -> bool:
    """Whether this person is named in a report about this visit or its patient. Nobody is told so."""
    for report in Report.objects.filter(lines__kind=LineKind.NAMED.value).distinct():
        state = lines.now(report)
        if user.pk not in state.named:
            continue
        about = concerned(report, state)
        # A report that says neither who nor when may be about any visit.
        if not about or session.patient in about:
            return True
    return False


def _heads(patient: Patient) -> Iterator[Held]:
    for session in Session.objects.filter(patient=patient).order_by("pk"):
        last = Entry.objects.filter(session=session).order_by("-sequence").first()
        yield Held(
            log=f"{_SESSION}{session.public_id}",
            entries=last.sequence if last else 0,
            head=last.leaf if last else NOTHING_BEFORE,
        )
    line = AgreementLine.objects.filter(patient=patient).order_by("-number").first()
    yield Held(
        log=f"{_AGREEMENTS}{patient.public_id}",
        entries=line.number if line else 0,
        head=line.leaf if line else NOTHING_BEFORE,
    )


def _now(held: Held) -> Kept:
    if held.log.startswith(_SESSION):
        session = Session.objects.select_related("patient").get(
            public_id=UUID(held.log.removeprefix(_SESSION))
        )
        leaf = (
            Entry.objects.filter(session=session, sequence=held.entries)
            .values_list("leaf", flat=True)
            .first()
        )
        found = Found(log=held.log, leaf_there=leaf, is_whole=log.check(session).holds)
        return Kept(held=held, is_as_held=is_as_held(held, found), session=session, patient=session.patient)
    patient = Patient.objects.get(public_id=UUID(held.log.removeprefix(_AGREEMENTS)))
    leaf = (
        AgreementLine.objects.filter(patient=patient, number=held.entries)
        .values_list("leaf", flat=True)
        .first()
    )
    found = Found(log=held.log, leaf_there=leaf, is_whole=agreement_lines.check(patient).holds)
    return Kept(held=held, is_as_held=is_as_held(held, found), session=None, patient=patient)
