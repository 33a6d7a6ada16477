"""Doing what is due in a demonstration's room, through the same path as everybody else."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from slackwater.actions import clock, log, sessions
from slackwater.actions.demo import cabinet, people
from slackwater.actions.demo.script import Task, tasks, zero
from slackwater.actions.demo.scripts import Play
from slackwater.actions.entries.command import Author, Command, Outcome
from slackwater.actions.entries.record import record_one
from slackwater.records.models import Entry, Session
from slackwater.rules.room.log import DoseGiven, Left

logger = logging.getLogger(__name__)


def play_past(
    session: Session, play: Play, *, until: datetime, is_stopping: Callable[[], bool] = lambda: False
) -> None:
    """Everything up to a moment that was not done yet, each entry as if written at its time.

    For a session that is being set up.
    """
    if _has_left(session):
        return
    written = dict(Entry.objects.filter(session=session).values_list("key", "happened_at"))
    for task in tasks(play.script, session.order):
        at, leaves = _moment(session, task), task.name.startswith("left")
        if at > until or is_stopping():
            return
        was_tried = leaves and at < max(written.values())
        if was_tried or task.key(session.public_id) in written:
            continue
        outcome = record_one(_command(session, task, at, wall=at), wall=at)
        if outcome.problems and not leaves:
            raise RuntimeError(f"the play {play.name} cannot go on at {task.name}: {outcome.problems[0]}")
        if leaves and not outcome.problems:
            cabinet.put_away(session, wall=at)
            return


def play_due(session: Session, play: Play, *, wall: datetime) -> list[Outcome]:
    """Do what has become due by now and was not done yet."""
    now = clock.room_time(clock.of_session(session), wall)
    if _has_left(session):
        return []
    done = set(Entry.objects.filter(session=session).values_list("key", flat=True))
    outcomes = []
    for task in _due(session, play, now):
        if task.key(session.public_id) in done:
            continue
        moment = min(_moment(session, task), now)
        outcome = record_one(_command(session, task, moment, wall=wall), wall=wall)
        outcomes.append(outcome)
        if task.name.startswith("left") and not outcome.problems:
            cabinet.put_away(session, wall=wall)
        if outcome.problems and not task.name.startswith("left"):
            logger.info("%s in %s: %s", task.name, session.public_id, outcome.problems[0].code)
    return outcomes


def _due(session: Session, play: Play, now: datetime) -> Iterator[Task]:
    """Tasks whose minute has come; of the attempts to leave only the last, as the earlier ones are past."""
    due = [task for task in tasks(play.script, session.order) if _moment(session, task) <= now]
    attempts = [task for task in due if task.name.startswith("left")]
    return (task for task in due if task not in attempts[:-1])


def _command(session: Session, task: Task, at: datetime, *, wall: datetime) -> Command:
    payload = task.make(log.state(log.rows(session)), at)
    if isinstance(payload, DoseGiven):
        payload = cabinet.checked(session, payload, wall=wall)
    command = Command(
        session_id=session.public_id,
        key=task.key(session.public_id),
        payload=payload,
        happened_at=at,
        author=Author(user_id=people.staff(task.by).pk),
    )
    return sessions.prepared([command])[0] if isinstance(payload, Left) else command


def _moment(session: Session, task: Task) -> datetime:
    return clock.to_milliseconds(zero(session.opened_at) + timedelta(minutes=task.minute))


def _has_left(session: Session) -> bool:
    return Entry.objects.filter(session=session, kind="left").exists()
