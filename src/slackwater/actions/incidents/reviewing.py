"""Looking into a report: only by a reviewer who is not named in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from slackwater.actions.incidents import evidence, lines, telling
from slackwater.actions.incidents.lines import Deed
from slackwater.actions.policy import Permission, may
from slackwater.catalogue.duties import load_duties
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Report, User
from slackwater.rules.findings import Finding
from slackwater.rules.incidents.duties import Duty, applying
from slackwater.rules.incidents.fold import Standing
from slackwater.rules.incidents.log import DutyDone, Ended, LookedAt, Named, Outcome, Reopened, Wrote
from slackwater.rules.incidents.readers import endings, may_review
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report as a list shows it."""

    report: Report
    now: Standing


def seen_by(user: User) -> list[Listed]:
    """Every report that this person may look into, those that are open first."""
    if not may(user, Permission.REVIEW_REPORTS):
        return []
    asker = telling.asker(user)
    found = [Listed(report=one, now=lines.now(one)) for one in Report.objects.prefetch_related("lines")]
    found = [one for one in found if may_review(one.now, asker)]
    return sorted(found, key=lambda one: one.now.ended is not None)


def one_seen_by(user: User, report_id: UUID) -> Report:
    """The report, for a reviewer who may look into it; for everybody else it is as one that is not there."""
    report = Report.objects.get(public_id=report_id)
    if not may(user, Permission.REVIEW_REPORTS) or not may_review(lines.now(report), telling.asker(user)):
        raise Report.DoesNotExist
    return report


@transaction.atomic
def look(report: Report, *, deed: Deed) -> None:
    """That a reviewer has seen it, the first time; whoever told it reads when."""
    report = _asked(report, deed)
    if not lines.now(report).is_looked_at:
        lines.add(report, LookedAt(), deed=deed)


@transaction.atomic
def write(report: Report, said: Wrote, *, deed: Deed) -> None:
    """Write to whoever told it, or a note of the reviewer's own."""
    _needs_words(said.words)
    lines.add(_asked(report, deed), said, deed=deed)


@transaction.atomic
def name(report: Report, people: tuple[int, ...], others: str, *, deed: Deed) -> None:
    """Name somebody more; from then on they read it no more, and add nothing to its logs."""
    report = _asked(report, deed)
    if not people and not others.strip():
        raise RefusedError.of(
            field="people", code="missing", message="Nobody was chosen.", mend="Choose who it is about."
        )
    if set(people) - {one.pk for one in telling.people()}:
        raise RefusedError.of(
            field="people", code="unknown", message="There is no such person.", mend="Choose them again."
        )
    lines.add(report, Named(people=tuple(sorted(people)), others=others), deed=deed)
    evidence.hold(report, deed=deed)


@transaction.atomic
def do_duty(report: Report, done: DutyDone, *, deed: Deed) -> None:
    """Say what became of one duty of the clinic's table."""
    report = _asked(report, deed)
    _needs_words(done.words)
    if done.duty not in {one.name for one in duties(lines.now(report))}:
        raise RefusedError.of(
            field="duty", code="unknown", message="This is no duty here.", mend="Choose one of the list."
        )
    lines.add(report, done, deed=deed)


@transaction.atomic
def end(report: Report, outcome: Outcome, words: str, *, deed: Deed) -> None:
    """End it, with words for whoever told it. Raises RefusedError with every reason why not yet."""
    report = _asked(report, deed)
    _needs_words(words)
    if found := not_yet(lines.now(report), by=deed.by):
        raise RefusedError(
            *(
                Problem(field="outcome", code=one.id, message=one.sentence, mend="Say it in the list above.")
                for one in found
            )
        )
    lines.add(report, Ended(outcome=outcome, words=words), deed=deed)


@transaction.atomic
def reopen(report: Report, words: str, *, deed: Deed) -> None:
    """Open it again, as a reviewer."""
    report = _asked(report, deed)
    _needs_words(words)
    lines.add(report, Reopened(words=words), deed=deed)


def duties(state: Standing) -> tuple[Duty, ...]:
    """What the clinic's table asks for after a report about this."""
    table = load_duties(settings.DUTIES_TABLE)
    return applying(table, jurisdiction=settings.JURISDICTION, subject=state.subject)


def due_at(duty: Duty, state: Standing) -> datetime | None:
    """By when a duty is to be done, where its row says so."""
    return None if duty.within_days is None else state.opened_at + timedelta(days=duty.within_days)


def not_yet(state: Standing, *, by: User | None) -> tuple[Finding, ...]:
    """Why this person may not end it now."""
    if by is None:
        raise AssertionError("a reviewer is signed in")
    asked = [one.name for one in duties(state)]
    return tuple(endings(state, telling.asker(by), duties=asked, limits=load_limits().incidents))


def _asked(report: Report, deed: Deed) -> Report:
    """The report, locked, for a reviewer who may look into it as it stands at this moment."""
    found = lines.locked(report)
    if deed.by is None:
        raise Report.DoesNotExist
    return one_seen_by(deed.by, found.public_id)


def _needs_words(words: str) -> None:
    if not words.strip():
        raise RefusedError.of(
            field="words", code="missing", message="Nothing was written.", mend="Write it in a few words."
        )
