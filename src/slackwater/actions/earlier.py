"""Which earlier sessions of a patient their next crowd learns from, and which it does not."""

from dataclasses import dataclass

from slackwater.actions import crowds, log
from slackwater.pharma.carry import MOST_EARLIER
from slackwater.pharma.observe import update
from slackwater.records.models import Entry, Patient, Session
from slackwater.rules.room.log import EarlierLog, EntryKind, Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a patient's finished sessions say to their next crowd.

    logs:    those that it learns from, the oldest first
    outside: how many are left out because nobody in their crowd fitted: what was seen then is not explained
             by what this engine knows, so carrying it on would only hide that
    """

    logs: tuple[EarlierLog, ...] = ()
    outside: int = 0

    @property
    def sentence(self) -> str:
        """The same for people; empty where there is nothing to say."""
        return " ".join(part for part in (learned_sentence(len(self.logs)), self._left_out()) if part)

    def _left_out(self) -> str:
        if not self.outside:
            return ""
        sessions, were = ("session", "was") if self.outside == 1 else ("sessions", "were")
        return f"{self.outside} earlier {sessions} {were} outside the crowd and taught it nothing."


def of_patient(patient: Patient) -> Earlier:
    """The patient's finished sessions with ratings, the latest of them, each as its log stands now."""
    left = Entry.objects.filter(kind=EntryKind.LEFT.value).values("session")
    finished = Session.objects.filter(patient=patient, put_away_at=None, pk__in=left)
    logs: list[EarlierLog] = []
    outside = 0
    for session in finished.order_by("-opened_at", "-pk")[:MOST_EARLIER]:
        rows = log.rows(session)
        state = log.state(rows)
        taught = crowds.taught_by(state)
        if taught is None or state.opened is None:
            continue
        if update(crowds.crowd_of(state.opened), taught.regimen, taught.observations).outside:
            outside += 1
            continue
        logs.insert(
            0, EarlierLog(session=str(session.public_id), entries=rows[-1].sequence, head=rows[-1].leaf)
        )
    return Earlier(logs=tuple(logs), outside=outside)


def said_of(opened: Opened, *, n_learned: int) -> str:
    """What a room's crowd has learned, in words; n_learned: how many sessions it really learned from."""
    if opened.earlier and not n_learned:
        return (
            "An earlier session's log is not as it was when this session was opened, so this crowd has "
            "learned from none and knows the population alone."
        )
    return learned_sentence(n_learned)


def learned_sentence(n_sessions: int) -> str:
    """Empty where a crowd knows the population alone."""
    if not n_sessions:
        return ""
    return f"This crowd has learned from {n_sessions} earlier session{'s' if n_sessions > 1 else ''}."
