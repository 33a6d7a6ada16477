"""The body of a POST to /ingest, read strictly into commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from slackwater.actions.entries.command import Author, Command, Crossing, Outcome, Status
from slackwater.rules.fields import Fields
from slackwater.rules.room.log import EntryKind
from slackwater.rules.room.wire import parse_kind, parse_payload
from slackwater.terms.refusal import Problem, RefusedError

MOST_ENTRIES = 200
# Nobody opens a session through this door: it starts from its signed order.
_ELSEWHERE = frozenset({EntryKind.OPENED})

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestBody:
    """What was sent: each entry as a command, or as its refusal, in the order in which they came."""

    session_id: UUID
    items: tuple[Command | Outcome, ...]

    @property
    def commands(self) -> list[Command]:
        """The entries that could be read."""
        return [item for item in self.items if isinstance(item, Command)]

    def answered(self, outcomes: list[Outcome]) -> list[Outcome]:
        """One outcome for every entry, in order, from those of the commands."""
        left = iter(outcomes)
        return [item if isinstance(item, Outcome) else next(left) for item in self.items]


def parse(value: object, *, author: Author, received_at: datetime) -> IngestBody:
    """The body as commands. Raises RefusedError where the request as a whole cannot be read."""
    body = Fields(value, at="body")
    session = body.text("session", longest=36)
    sent_at = body.moment("sent_at")
    entries = body.items("entries", fewest=1, most=MOST_ENTRIES)
    body.done()
    crossing = Crossing(sent_at=sent_at, received_at=received_at)
    session_id = _uuid(session, field="session")
    items = tuple(_item(one, session_id, author, crossing) for one in entries)
    return IngestBody(session_id=session_id, items=items)


def _item(value: object, session_id: UUID, author: Author, crossing: Crossing) -> Command | Outcome:
    key = value.get("key") if isinstance(value, dict) else None
    try:
        return _command(value, session_id, author, crossing)
    except RefusedError as refusal:
        shown = key if isinstance(key, str) else ""
        return Outcome(key=shown[:36], status=Status.REFUSED, problems=refusal.problems)


def _command(value: object, session_id: UUID, author: Author, crossing: Crossing) -> Command:
    fields = Fields(value, at="entry")
    problems: list[Problem] = []
    key = fields.text("key", longest=36)
    kind_word = fields.text("kind", longest=20)
    happened_at = fields.moment("happened_at")
    fields.has("payload")
    fields.done()
    # Left out altogether it is refused as anything is that is no object, not with a fault of ours.
    given = value.get("payload") if isinstance(value, dict) else None
    kind = _noted(lambda: _kind(kind_word), problems)
    payload = _noted(lambda: parse_payload(kind, given), problems) if kind else None
    key_id = _noted(lambda: _uuid(key, field="key"), problems)
    if problems or payload is None or key_id is None:
        raise RefusedError(*problems)
    return Command(
        session_id=session_id,
        key=key_id,
        payload=payload,
        happened_at=happened_at,
        author=author,
        crossing=crossing,
    )


def _kind(word: str) -> EntryKind:
    kind = parse_kind(word)
    if kind in _ELSEWHERE:
        raise RefusedError.of(
            field="kind",
            code="not-here",
            message="A session is not opened here.",
            mend="Open it from its signed order.",
        )
    return kind


def _uuid(text: str, *, field: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text.lower():
        raise RefusedError.of(
            field=field, code="not-an-id", message="This is not an identifier.", mend="Send a UUID."
        )
    return found


def _noted(read: Callable[[], _T], problems: list[Problem]) -> _T | None:
    try:
        return read()
    except RefusedError as refusal:
        problems.extend(refusal.problems)
        return None
