"""A process killed at any moment: every answered entry is there, none is half there, and the chain holds."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from tests.clinic import Clinic

from slackwater.actions import log
from slackwater.records.models import Entry

# Writes batches for ever, and says each key once its commit has been answered.
WRITER = """
import sys, uuid, django
django.setup()
from django.utils import timezone
from slackwater.actions.entries.command import Author, Command
from slackwater.actions.entries.record import record
from slackwater.rules.room.log import Note
session, user = uuid.UUID(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    commands = [
        Command(session_id=session, key=uuid.uuid4(), payload=Note(text="x" * 500),
                happened_at=timezone.now(), author=Author(user_id=user))
        for _ in range(7)
    ]
    for outcome in record(commands, wall=timezone.now()):
        print(outcome.key, outcome.status.value, flush=True)
"""


def environment() -> dict[str, str]:
    """The same database as this test's, in another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        url = f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST'].replace('/', '%2F')}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "slackwater.web.settings.test",
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }


@pytest.mark.slow
def test_a_kill_in_the_middle_loses_no_answered_entry_and_leaves_no_half(live_clinic: Clinic):
    session, chance = live_clinic.session, random.Random(1)
    answered: set[str] = set()
    for _round in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(session.public_id), str(live_clinic.monitor.pk)],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.6))
        process.send_signal(signal.SIGKILL)
        said = [line.split() for line in process.stdout.read().splitlines()]
        process.wait()
        process.stdout.close()
        # A line that was cut off by the kill is no answer.
        answered |= {parts[0] for parts in said if parts[1:] == ["saved"]}
    kept = {str(key) for key in Entry.objects.filter(kind="note").values_list("key", flat=True)}
    assert answered
    assert answered <= kept
    assert len(kept) % 7 == 0
    assert log.check(session).holds
