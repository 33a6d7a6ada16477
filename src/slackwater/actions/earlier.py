"""Which earlier sessions of a patient their next crowd learns from, and which it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from slackwater.actions import crowds, log
from slackwater.pharma.carry import MOST_EARLIER
from slackwater.pharma.observe import update
from slackwater.records.models import Entry, Patient, Session
from slackwater.rules.room.log import EarlierLog, EntryKind, Opened

_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a patient's finished sessions say to their next crowd.

    logs:    those that it learns from, the oldest first
    dates:   the day of each
    outside: how many are left out because nobody in their crowd fitted: what was seen then is not explained
             by what this engine knows, so carrying it on would only hide that
    """

    logs: tuple[EarlierLog, ...] = ()
    dates: tuple[date, ...] = ()
    outside: int = 0

    @property
    def sentence(self) -> str:
        """The same for people; empty where there is nothing to say."""
        return " ".join(part for part in (learned_sentence(self.dates), self._left_out()) if part)

    def _left_out(self) -> str:
        if not self.outside:
            return ""
        sessions, were = ("session", "was") if self.outside == 1 else ("sessions", "were")
        return f"{self.outside} earlier {sessions} {were} outside the crowd and taught it nothing."


def of_patient(patient: Patient) -> Earlier:
    """The patient's latest finished sessions in which something was seen, each as its log stands now."""
    verdicts = [(session, _verdict(_as_it_stands(session))) for session in _finished(patient)]
    taught = [session for session, verdict in reversed(verdicts) if verdict is _Verdict.TEACHES]
    return Earlier(
        logs=tuple(_as_it_stands(session) for session in taught),
        dates=tuple(timezone.localtime(session.opened_at).date() for session in taught),
        outside=sum(verdict is _Verdict.OUTSIDE for _, verdict in verdicts),
    )


def has_any(patient: Patient) -> bool:
    """Whether there is a finished session at all; what it teaches takes its crowd, and time, to say."""
    return bool(_finished(patient))


def said_of(opened: Opened, *, n_learned: int) -> str:
    """What a room's crowd has learned, in words; n_learned: how many sessions it really learned from."""
    if opened.earlier and not n_learned:
        return (
            "An earlier session's log is not as it was when this session was opened, so this crowd has "
            "learned from none and knows the population alone."
        )
    return learned_sentence(dates_of(opened.earlier or ()))


def dates_of(logs: Sequence[EarlierLog]) -> tuple[date, ...]:
    """The days of the sessions behind these logs, the oldest first."""
    opened = Session.objects.filter(public_id__in=[one.session for one in logs]).order_by("opened_at")
    return tuple(timezone.localtime(at).date() for at in opened.values_list("opened_at", flat=True))


def learned_sentence(dates: Sequence[date]) -> str:
    """Empty where a crowd knows the population alone."""
    if not dates:
        return ""
    days = [f"{day.day} {day:%B %Y}" for day in dates]
    listed = f"{', '.join(days[:-1])} and {days[-1]}" if len(days) > 1 else days[0]
    sessions = "session" if len(days) == 1 else "sessions"
    return f"This crowd has learned from {len(days)} earlier {sessions} of this person ({listed})."


class _Verdict(Enum):
    """What becomes of one earlier session."""

    TEACHES = "teaches"
    OUTSIDE = "outside"
    SILENT = "silent"


def _finished(patient: Patient) -> list[Session]:
    """The latest finished sessions, newest first, each with the last entry of its log."""
    left = Entry.objects.filter(kind=EntryKind.LEFT.value).values("session")
    last = Entry.objects.filter(session=OuterRef("pk")).order_by("-sequence")
    found = Session.objects.filter(patient=patient, put_away_at=None, pk__in=left).annotate(
        n_entries=Subquery(last.values("sequence")[:1]), head=Subquery(last.values("leaf")[:1])
    )
    return list(found.order_by("-opened_at", "-pk")[:MOST_EARLIER])


def _as_it_stands(session: Session) -> EarlierLog:
    entries, head = getattr(session, "n_entries", 0), getattr(session, "head", "")
    return EarlierLog(session=str(session.public_id), entries=entries, head=head)


@lru_cache(maxsize=_KEPT)
def _verdict(one: EarlierLog) -> _Verdict:
    """Asked once for each state of a log: reading it and asking its crowd takes longer than typing a dose."""
    rows = Entry.objects.filter(session__public_id=one.session, sequence__lte=one.entries)
    state = log.state(rows.order_by("sequence"))
    taught = crowds.taught_by(state, version=one.entries)
    if taught is None or state.opened is None:
        return _Verdict.SILENT
    crowd = crowds.crowd_of(state.opened)
    found = update(crowd, taught.regimen, taught.observations, using=taught.using)
    return _Verdict.OUTSIDE if found.outside else _Verdict.TEACHES
