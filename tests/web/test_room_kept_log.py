"""A log that was read before is read on from there, and says the same as one read whole."""

from uuid import uuid4

from django.utils import timezone
from tests.clinic import Clinic, vitals

from slackwater.actions import log, sessions
from slackwater.rules.room.log import Payload, Rating, Struck
from slackwater.web.room.kept_log import KeptLogs


def say(clinic: Clinic, payload: Payload) -> int:
    kept = sessions.perform(
        clinic.session.public_id, payload, by=clinic.monitor, at=timezone.now(), key=uuid4()
    )
    assert isinstance(kept["sequence"], int)
    return kept["sequence"]


def test_what_was_added_since_is_read_and_nothing_twice(clinic: Clinic, django_assert_num_queries):
    kept = KeptLogs()
    kept.state(clinic.session)
    wrong = say(clinic, Rating(depth=1))
    kept.state(clinic.session)
    say(clinic, vitals(sbp=1220, dbp=780))
    say(clinic, Struck(sequence=wrong, reason="typed"))
    assert kept.state(clinic.session) == log.state(log.rows(clinic.session))
    with django_assert_num_queries(1):
        assert not kept.state(clinic.session).ratings


def test_more_sessions_than_are_kept_are_only_read_again(clinic: Clinic, monkeypatch):
    monkeypatch.setattr("slackwater.web.room.kept_log._SESSIONS", 0)
    kept = KeptLogs()
    assert kept.state(clinic.session) == kept.state(clinic.session)
