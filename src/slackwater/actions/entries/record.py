"""Writing commands into their logs: authorise, check, write with the leaf, commit, publish."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from slackwater.actions import log
from slackwater.actions.entries import broadcast, checks, moments, permits
from slackwater.actions.entries.case import Case
from slackwater.actions.entries.command import Command, Outcome, Status, refused
from slackwater.actions.entries.room import OpenRoom, locked
from slackwater.actions.log import EntryJson
from slackwater.actions.policy import DeniedError
from slackwater.proofs.leaf import leaf
from slackwater.records.models import DeviceToken, Entry, User
from slackwater.rules.room.log import DoseGiven, Payload
from slackwater.rules.room.wire import payload_json
from slackwater.terms.refusal import Problem, RefusedError

_TRIES = 5
_LONGEST_PAUSE_S = 0.05


def record(commands: Sequence[Command], *, wall: datetime) -> list[Outcome]:
    """Write these commands, and say of each what became of it.

    One transaction holds them all, and each stands or falls by itself within it: a refusal of one leaves the
    others. If the transaction itself fails nothing is kept and the error is raised; a conflict with another
    writer is tried again from the start.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            return _recorded(commands, wall)
        except OperationalError:
            # Inside someone else's transaction there is nothing of ours to start again.
            if attempt == _TRIES or connection.in_atomic_block:
                raise
            if not connection.is_usable():
                connection.close()
            time.sleep(random.uniform(0, _LONGEST_PAUSE_S * attempt))  # noqa: S311  only spreads the tries
    raise AssertionError("the last try returns or raises")


def record_one(command: Command, *, wall: datetime) -> Outcome:
    """Write one command."""
    return record([command], wall=wall)[0]


@dataclass(slots=True)
class _Batch:
    """What one transaction knows: the locked rooms, the authors, and the keys already in the logs."""

    wall: datetime
    rooms: dict[UUID, OpenRoom]
    users: dict[int, User]
    devices: dict[int, DeviceToken]
    known: dict[tuple[int, UUID], Entry]
    written: list[tuple[UUID, Entry]]


def _recorded(commands: Sequence[Command], wall: datetime) -> list[Outcome]:
    with transaction.atomic():
        rooms = locked(command.session_id for command in commands)
        batch = _Batch(
            wall=wall,
            rooms=rooms,
            users=User.objects.in_bulk({command.author.user_id for command in commands}),
            devices=DeviceToken.objects.in_bulk(
                {command.author.device_id for command in commands if command.author.device_id is not None}
            ),
            known=_known(commands, rooms),
            written=[],
        )
        outcomes = [_outcome(command, batch) for command in commands]
        broadcast.after_commit(batch.written)
    return outcomes


def _known(commands: Sequence[Command], rooms: dict[UUID, OpenRoom]) -> dict[tuple[int, UUID], Entry]:
    found = Entry.objects.filter(
        session__in=[room.session.pk for room in rooms.values()],
        key__in={command.key for command in commands},
    )
    return {(row.session_id, row.key): row for row in found}


def _outcome(command: Command, batch: _Batch) -> Outcome:
    try:
        return _written(command, batch)
    except RefusedError as refusal:
        return refused(command.key, refusal)
    except DeniedError as denied:
        return refused(command.key, _not_yours(str(denied)))
    except IntegrityError:
        # A constraint held where a check did not: nothing of this command was kept.
        return refused(command.key, RefusedError(_CONFLICT))


def _written(command: Command, batch: _Batch) -> Outcome:
    room, user = batch.rooms.get(command.session_id), batch.users.get(command.author.user_id)
    if room is None or user is None:
        raise RefusedError(_NO_SESSION)
    device = batch.devices[command.author.device_id] if command.author.device_id is not None else None
    permits.check(command.kind, room.session, user=user, device=device)
    if row := batch.known.get((room.session.pk, command.key)):
        return _again(command, row)
    now, behind = room.time(batch.wall), moments.clock_shift(command)
    case = Case(
        command=command,
        room=room,
        user=user,
        device=device,
        at=moments.happened_at(command, room, behind=behind, now=now),
        now=now,
        wall=batch.wall,
        behind=behind,
    )
    moments.check(case)
    # What a check writes elsewhere, as in the cabinet's ledger, stands or falls with the entry.
    with transaction.atomic():
        row = _row(case, checks.checked(case))
        row.save(force_insert=True)
    room.added(row)
    batch.known[room.session.pk, command.key] = row
    batch.written.append((command.session_id, row))
    return Outcome(key=str(command.key), status=Status.SAVED, entry=_shown(row, command))


def _again(command: Command, row: Entry) -> Outcome:
    """The same key: the same answer if it is the same request, else a refusal that shows nothing."""
    if row.request_hash != command.fingerprint():
        raise RefusedError(_KEY_REUSED)
    return Outcome(key=str(command.key), status=Status.ALREADY, entry=_shown(row, command))


def _row(case: Case, payload: Payload) -> Entry:
    command, room, device = case.command, case.room, case.device
    row = Entry(
        session=room.session,
        sequence=room.sequence + 1,
        key=command.key,
        kind=command.kind.value,
        payload=payload_json(payload),
        happened_at=case.at,
        recorded_at=case.now,
        written_at=case.wall,
        clock_shift_ms=case.behind // timedelta(milliseconds=1),
        by=case.user,
        by_name=device.name if device else case.user.shown_name,
        by_role=case.user.role,
        device=device,
        dose_number=payload.number if isinstance(payload, DoseGiven) else None,
        request_hash=command.fingerprint(),
        previous=room.leaf,
    )
    row.leaf = leaf(log.line(row, session_id=command.session_id), previous=row.previous)
    return row


def _shown(row: Entry, command: Command) -> EntryJson:
    return log.wire(row, session_id=command.session_id)


def _not_yours(sentence: str) -> RefusedError:
    return RefusedError.of(
        field="kind", code="not-allowed", message=sentence, mend="Ask someone whose work it is."
    )


_NO_SESSION = Problem(
    field="session",
    code="unknown",
    message="There is no such session, or it is not open to you.",
    mend="Open it again from its patient.",
)
_KEY_REUSED = Problem(
    field="key",
    code="key-reused",
    message="This key was used before, for something else.",
    mend="Send it again with a key of its own.",
)
_CONFLICT = Problem(
    field="entry",
    code="conflict",
    message="Somebody else was first.",
    mend="Look at the log, then decide again.",
)
