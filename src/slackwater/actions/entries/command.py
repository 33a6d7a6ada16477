"""What a door asks to have written, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from slackwater.actions.log import EntryJson
from slackwater.proofs.leaf import Canonical, canonical
from slackwater.rules.room.log import KIND_OF, EntryKind, Payload
from slackwater.rules.room.wire import moment_json, payload_json
from slackwater.terms.refusal import Problem, RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who asks: a person, or a device that a person let in."""

    user_id: int
    device_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryAsked:
    """What the crowd said of recovery just before somebody asked to leave.

    chance:     0 to 1, or None where there is no estimate
    is_outside: nobody in the crowd fits what was seen
    version:    the last entry it rests on; if the log has moved on, the question is asked again
    """

    chance: float | None
    is_outside: bool
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """When a request left its sender, by the sender's clock, and when it came in, by ours."""

    sent_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One entry that somebody wants written.

    happened_at: as the sender's clock had it; crossing tells how far that clock was off, None if it is ours
    """

    session_id: UUID
    key: UUID
    payload: Payload
    happened_at: datetime
    author: Author
    crossing: Crossing | None = None
    recovery: RecoveryAsked | None = None

    @property
    def kind(self) -> EntryKind:
        """What the entry is about."""
        return KIND_OF[type(self.payload)]

    def fingerprint(self) -> str:
        """What was asked and by whom, so that a key sent again with anything else in it is caught.

        The crossing is left out: a retry measures it anew.
        """
        asked: list[Canonical] = [
            self.kind.value,
            payload_json(self.payload),
            moment_json(self.happened_at),
            self.author.user_id,
            self.author.device_id or 0,
        ]
        return sha256(canonical(asked)).hexdigest()


class Status(StrEnum):
    """What became of a command."""

    SAVED = "saved"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer to one command: the entry as it stands, or every reason why there is none."""

    key: str
    status: Status
    entry: EntryJson | None = None
    problems: tuple[Problem, ...] = ()

    def entry_or_refusal(self) -> EntryJson:
        """The entry; raises RefusedError with the problems where there is none."""
        if self.entry is None:
            raise RefusedError(*self.problems)
        return self.entry


def refused(key: UUID, refusal: RefusedError) -> Outcome:
    """The outcome of a refusal."""
    return Outcome(key=str(key), status=Status.REFUSED, problems=refusal.problems)
