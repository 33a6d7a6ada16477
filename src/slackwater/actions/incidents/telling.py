"""Telling that something went wrong: by anybody, from anywhere, signed in or not; and coming back to it."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from slackwater.actions import audit, boards
from slackwater.actions.incidents import evidence, lines
from slackwater.actions.incidents.lines import Deed
from slackwater.records.models import AuditEvent, Report, Role, Session, User
from slackwater.rules.incidents.fold import Standing
from slackwater.rules.incidents.log import Named, Opened, Placed, Reopened, Subject, Told
from slackwater.rules.incidents.readers import Asker, readers
from slackwater.terms.refusal import RefusedError

# Letters and figures that are not taken for each other when they are written down by hand.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_CODE_LENGTH, _GROUP = 24, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A report, and the code by which somebody who is not signed in comes back to it; empty otherwise."""

    report: Report
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What is added to a report. Every part may be left out."""

    words: str = ""
    people: tuple[int, ...] = ()
    others: str = ""
    session: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.people or self.others or self.session)


@transaction.atomic
def begin(subject: Subject, *, deed: Deed) -> Begun:
    """Open a report. Where the logs of whoever told it stand now is kept with it."""
    if deed.by is not None and (row := _sent_before(deed)):
        return Begun(report=row)
    code = "" if deed.by else _new_code()
    report = Report.objects.create(teller=deed.by, code_hash=_hashed(code) if code else "", opened_at=deed.at)
    lines.add(report, Opened(subject=subject), deed=deed)
    evidence.hold(report, deed=deed)
    return Begun(report=report, code=code)


def _sent_before(deed: Deed) -> Report | None:
    return Report.objects.filter(teller=deed.by, lines__key=deed.key).first()


@transaction.atomic
def add(report: Report, more: More, *, deed: Deed) -> None:
    """Add to one's own report.

    Raises RefusedError where nothing was given, or a person or visit is not one of those here.
    """
    if more.is_empty:
        raise RefusedError.of(
            field="words", code="missing", message="Nothing was written.", mend="Write or choose something."
        )
    report = lines.locked(report)
    if more.session is not None and not visits(report).filter(public_id=more.session).exists():
        raise RefusedError.of(
            field="session", code="unknown", message="There is no such visit.", mend="Choose it again."
        )
    if set(more.people) - {one.pk for one in people()}:
        raise RefusedError.of(
            field="people", code="unknown", message="There is no such person.", mend="Choose them again."
        )
    if more.words:
        lines.add(report, Told(words=more.words), deed=deed)
    if more.people or more.others:
        lines.add(report, Named(people=tuple(sorted(more.people)), others=more.others), deed=deed.another())
    if more.session is not None:
        lines.add(report, Placed(session=str(more.session)), deed=deed.another())
    evidence.hold(report, deed=deed)


@transaction.atomic
def reopen(report: Report, words: str, *, deed: Deed) -> None:
    """Open one's own report again after a reviewer ended it; no reason is asked for."""
    report = lines.locked(report)
    if lines.now(report).ended is None:
        raise RefusedError.of(
            field="words", code="open", message="It is open.", mend="Nothing more is needed."
        )
    lines.add(report, Reopened(words=words), deed=deed)


def own(user: User) -> list[Report]:
    """What this person told, newest first."""
    return list(Report.objects.filter(teller=user))


def by_code(code: str) -> Report:
    """The report that this code leads to. Raises RefusedError, the same for every wrong code."""
    plain = "".join(one for one in code.upper() if one in _ALPHABET)
    report = Report.objects.filter(code_hash=_hashed(plain)).exclude(code_hash="").first()
    if report is None or len(plain) != _CODE_LENGTH:
        raise RefusedError.of(
            field="code",
            code="unknown",
            message="This code leads to no report.",
            mend=f"Check it: {_CODE_LENGTH} letters and figures, in groups of {_GROUP}.",
        )
    return report


def people() -> QuerySet[User]:
    """Everybody who can be named by a tick: all who work here now or did, the reviewers too."""
    return User.objects.exclude(role=Role.PATIENT.value).order_by("last_name", "first_name", "pk")


def visits(report: Report) -> QuerySet[Session]:
    """The visits that whoever told it may choose from: their own, or those they may see as staff."""
    if report.teller is None:
        return Session.objects.none()
    return boards.sessions_seen_by(report.teller)


def reviewers() -> list[Asker]:
    """Everybody whom the clinic set as an independent reviewer."""
    return [
        asker(one) for one in User.objects.filter(role=Role.REVIEWER.value, is_active=True).order_by("pk")
    ]


def asker(user: User) -> Asker:
    """This person as the rules see whoever asks."""
    is_reviewer = user.is_active and user.role == Role.REVIEWER.value
    added = AuditEvent.objects.filter(kind=audit.Act.PERSON_ADDED.value, subject=f"user:{user.pk}").first()
    if not is_reviewer or added is None:
        return Asker(person=user.pk, is_reviewer=is_reviewer)
    return Asker(person=user.pk, is_reviewer=True, added_by=added.by_id, added_at=added.at)


def has_reader(state: Standing) -> bool:
    """Whether anybody can look into it as it stands."""
    return bool(readers(state, reviewers()))


def _new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


def shown(code: str) -> str:
    """A code as it is shown, in groups that are easier to copy."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _hashed(code: str) -> str:
    # The code is random and long (over 110 bits), so a plain hash cannot be guessed back.
    return hashlib.sha256(f"slackwater report {code}".encode()).hexdigest()
