"""The impaired window of a real session: the log, the crowd and the clock together."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from tests.clinic import Clinic

from slackwater.actions import boards, sessions, windows
from slackwater.actions.entries.command import Author, Command
from slackwater.actions.entries.record import record_one
from slackwater.actions.forecasts import latest
from slackwater.rules.room.log import Rating

DAY = timedelta(hours=24)


def dosed(clinic: Clinic) -> None:
    clinic.baseline()
    sessions.perform(
        clinic.session.public_id, clinic.dose(), by=clinic.monitor, at=timezone.now(), key=uuid4()
    )


def asked(clinic: Clinic, *, later: timedelta = timedelta(0)) -> windows.Window:
    room = boards.room(clinic.session, at=timezone.now())
    return windows.window(clinic.session, room.state, at=room.at + later)


def test_without_a_dose_there_is_no_window(clinic: Clinic):
    found = asked(clinic)
    assert not found.is_open
    assert found.starts_at is None


def test_a_day_from_the_end_of_the_infusion_is_the_least(clinic: Clinic):
    dosed(clinic)
    found = asked(clinic, later=timedelta(hours=1))
    state = boards.room(clinic.session, at=timezone.now()).state
    assert state.last_dose_ended_at is not None
    assert found.starts_at == state.first_dose_at
    assert found.not_before == state.last_dose_ended_at + DAY


def test_while_an_infusion_runs_nobody_can_tell_when_it_closes(clinic: Clinic):
    dosed(clinic)
    found = asked(clinic)
    assert found.is_open
    assert found.not_before is None


def test_a_day_later_it_still_waits_for_what_only_people_can_say(clinic: Clinic):
    dosed(clinic)
    waiting = {finding.id for finding in asked(clinic, later=timedelta(hours=30)).holding}
    assert waiting == {"R07.staff", "R07.sleep", "R07.teach-back"}


def test_where_nobody_in_the_crowd_fits_it_stays_open(clinic: Clinic):
    dosed(clinic)
    began = timezone.now()
    for minute, depth in ((0.05, 10), (0.1, 10), (0.15, 10)):
        at = began + timedelta(minutes=minute)
        written = Command(
            session_id=clinic.session.public_id,
            key=uuid4(),
            payload=Rating(depth=depth),
            happened_at=at,
            author=Author(user_id=clinic.monitor.pk),
        )
        record_one(written, wall=at).entry_or_refusal()
    assert latest.of(clinic.session).posterior.outside
    assert "R07.crowd" in {finding.id for finding in asked(clinic, later=timedelta(hours=30)).holding}
