"""How a patient's agreement stands: its log, beside every time at which they were under the drug."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slackwater.actions.agreements import lines
from slackwater.catalogue.limits import load_limits
from slackwater.records.models import Entry, Patient
from slackwater.rules.agreements.log import (
    AgreementEntry,
    Impairment,
    RoomOpened,
    Slept,
    TaughtBack,
)
from slackwater.rules.agreements.permits import Permits
from slackwater.rules.agreements.ratchet import Standing, standing
from slackwater.rules.room.log import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosed:
    """A session in which something was given. Its times are the earliest and latest by any account."""

    session: str
    began_at: datetime
    last_known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A patient's agreement.

    dosed: every session in which something was given, oldest first
    open:  those of them whose window nobody has closed
    """

    log: tuple[AgreementEntry, ...]
    now: Standing
    dosed: tuple[Dosed, ...]
    open: tuple[Dosed, ...]


def held(patient: Patient, *, at: datetime) -> Held:
    """The agreement as it stands at `at`, by the wall's clock."""
    log, dosed = lines.entries(patient), tuple(_dosed(patient))
    windows = [_window(log, one) for one in dosed]
    lead: timedelta = load_limits().agreements.agreement_lead.minutes
    return Held(
        log=log,
        now=standing(log, windows, at=at, lead=lead),
        dosed=dosed,
        open=tuple(one for one, window in zip(dosed, windows, strict=True) if window.ready_at is None),
    )


def permits_for_dose(patient: Patient, session: str, *, at: datetime) -> Permits:
    """What would be a yes in this session if its first dose were given at `at`.

    Asked as if the window had begun: so what was signed too late, or once the room was open, is no yes.
    """
    log = lines.entries(patient)
    windows = [_window(log, one) for one in _dosed(patient)]
    begins = _window(log, Dosed(session=session, began_at=at, last_known_at=at))
    lead = load_limits().agreements.agreement_lead.minutes
    return standing(log, [*windows, begins], at=at, lead=lead).permits


def slept_at(log: Sequence[AgreementEntry], session: str) -> datetime | None:
    """When the patient last said that they have slept since this session."""
    said = [one.happened_at for one in log if isinstance(one.said, Slept) and one.said.session == session]
    return max(said, default=None)


def taught_back_at(log: Sequence[AgreementEntry], session: str) -> datetime | None:
    """When a teach-back was passed under this session's window, with all else over."""
    found = [one.happened_at for one in log if _ready(one, session) is not None]
    return max(found, default=None)


def _dosed(patient: Patient) -> list[Dosed]:
    doses = (
        Entry.objects.filter(session__patient=patient, kind=EntryKind.DOSE.value, session__put_away_at=None)
        .order_by("session", "sequence")
        .values_list("session__public_id", "happened_at", "recorded_at", "written_at")
    )
    found: dict[str, Dosed] = {}
    for session_id, *moments, written_at in doses:
        session, earliest = str(session_id), min(*moments, written_at)
        before = found.get(session)
        found[session] = Dosed(
            session=session,
            began_at=min(before.began_at, earliest) if before else earliest,
            last_known_at=max(before.last_known_at, written_at) if before else written_at,
        )
    return sorted(found.values(), key=lambda one: one.began_at)


def _window(log: Sequence[AgreementEntry], dosed: Dosed) -> Impairment:
    """A teach-back counts only if no further dose of its session became known after it."""
    opened = [one.number for one in log if one.said == RoomOpened(session=dosed.session)]
    ready = [
        moment
        for one in log
        if (moment := _ready(one, dosed.session)) is not None and one.recorded_at > dosed.last_known_at
    ]
    return Impairment(
        starts_at=dosed.began_at,
        known_at=min(opened, default=1) - 1,
        ready_at=min(ready, default=None),
    )


def _ready(one: AgreementEntry, session: str) -> datetime | None:
    said = one.said
    return dict(said.ready).get(session) if isinstance(said, TaughtBack) and said.is_passed else None
