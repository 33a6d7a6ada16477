"""Two workers of one clinic: what one writes, the other's screens hear."""

import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone
from tests.actions.test_kill import environment
from tests.clinic import Clinic

from slackwater.actions import sessions
from slackwater.actions.events import hub
from slackwater.actions.other_workers import Listener
from slackwater.records.models import Entry
from slackwater.rules.room.log import Rating

ANOTHER_WORKER = """
import sys, uuid, django
django.setup()
from django.utils import timezone
from slackwater.actions import sessions
from slackwater.records.models import User
from slackwater.rules.room.log import Rating
for depth in (3, 4):
    sessions.perform(uuid.UUID(sys.argv[1]), Rating(depth=depth), by=User.objects.get(pk=sys.argv[2]),
                     at=timezone.now(), key=uuid.uuid4())
"""


def test_screens_of_one_worker_hear_what_another_wrote_once(live_clinic: Clinic):
    if connection.vendor != "postgresql":
        pytest.skip("with SQLite there is one worker")
    heard: list[int | None] = []

    def listen(_session, event):
        heard.append(event.sequence)

    listener = Listener()
    listener.start()
    hub.listen(listen)
    try:
        time.sleep(0.5)
        facts = [str(live_clinic.session.public_id), str(live_clinic.guide.pk)]
        subprocess.run([sys.executable, "-c", ANOTHER_WORKER, *facts], env=environment(), check=True)
        own = Rating(depth=5)
        at, key = timezone.now(), live_clinic.command(own).key
        sessions.perform(live_clinic.session.public_id, own, by=live_clinic.guide, at=at, key=key)
        deadline = time.monotonic() + 10
        while len(heard) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
    finally:
        hub.stop_listening(listen)
        listener.stop()
    assert sorted(heard) == [2, 3, 4]
    assert Entry.objects.count() == 4


def test_with_sqlite_nobody_listens(live_clinic: Clinic):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL listens")
    listener = Listener()
    listener.start()
    assert listener._thread is None
