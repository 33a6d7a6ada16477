"""The demonstration as a stranger starts it: in a process of its own, and stopped like one."""

import csv
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RUN = "from slackwater.cli.main import run; run()"
LONGEST_START_S = 180


class Demo:
    """A running demonstration."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT / "src"),
            "SLACKWATER_VAR": str(folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "",
        }
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUN, "serve-demo"], env=self.environment, stdout=log, stderr=log
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + LONGEST_START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                httpx.get(f"{self.address}/sign-in/", timeout=2)
            except httpx.TransportError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(self.log.read_text())

    @contextmanager
    def browser(self, door: str) -> Iterator[httpx.Client]:
        """Signed in by one of the buttons."""
        with httpx.Client(base_url=self.address, follow_redirects=True, timeout=30) as client:
            page = client.get("/sign-in/").text
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            assert token is not None
            client.post("/sign-in/", data={"csrfmiddlewaretoken": token[1], "door": door})
            yield client

    def slackwater(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command on the same machine."""
        environment = {name: value for name, value in self.environment.items() if value}
        return subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.wait()


def rooms(client: httpx.Client) -> list[str]:
    """The rooms that the first page leads to."""
    return list(dict.fromkeys(re.findall(r"/room/([0-9a-f-]{36})/", client.get("/").text)))


def state(client: httpx.Client, room: str) -> dict:
    return client.get(f"/room/{room}/state.json?after=0").json()


def recorded(client: httpx.Client, room: str) -> list[dict]:
    """The readings that the replay sent."""
    sent = [entry for entry in state(client, room)["entries"] if entry["by"]["name"] == "Recorded monitor"]
    return [reading for entry in sent for reading in entry["payload"]["readings"]]


def test_a_stranger_signs_in_by_a_button_and_sees_a_room_move(demo: Demo):
    with demo.browser("demo-monitor") as client:
        moving = [room for room in rooms(client) if state(client, room)["clock"]["factor"] > 1]
        assert moving
        first = state(client, moving[0])
        time.sleep(3)
        second = state(client, moving[0])
        assert second["room_time"] > first["room_time"]
        assert client.get(f"/room/{moving[0]}/forecast.json").json()["planned"] is False


def test_static_files_are_served_and_asked_for_again(demo: Demo):
    first = httpx.get(f"{demo.address}/static/shared/base.css")
    assert first.status_code == 200
    assert first.headers["content-type"].startswith("text/css")
    assert first.headers["x-content-type-options"] == "nosniff"
    again = httpx.get(first.url, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert again.status_code == 304
    for missing in ("/static/nothing.css", "/static/../settings/base.py", "/static/%2e%2e/apps.py"):
        assert httpx.get(demo.address + missing).status_code in {302, 404}


def test_a_recording_plays_into_a_room_and_no_zero_is_a_reading(demo: Demo, tmp_path: Path):
    recording = tmp_path / "vitals.csv"
    with recording.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["minute", "HR", "PULSE", "RESP", "SpO2", "NBPSys", "NBPDias"])
        rows.writerow([0, 71, 70, 16, 98, 118, 74])
        rows.writerow([1, 0, 70, 15, 0, "", ""])
        rows.writerow([2, 277, 277, 15, 97, 40, 10])
        rows.writerow([3, "", "", "", "", "", ""])
    with demo.browser("demo-monitor") as client:
        room = next(room for room in rooms(client) if state(client, room)["clock"]["factor"] > 1)
        done = demo.slackwater("replay", str(recording), "--session", room, "--speed", "600")
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == "3 readings artefact, 2 readings disconnected, 8 readings ok"
        assert not done.stderr
        sent = [
            entry for entry in state(client, room)["entries"] if entry["by"]["name"] == "Recorded monitor"
        ]
        counted = Counter(one["quality"] for entry in sent for one in entry["payload"]["readings"])
        assert counted == {"ok": 8, "disconnected": 2, "artefact": 3}


@pytest.mark.shared_data
def test_a_real_recording_plays_whole(demo: Demo):
    shared = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared/data")) / "vitals/mimic-s25047.csv"
    if not shared.exists():
        pytest.skip("the shared recordings are not here")
    with demo.browser("demo-monitor") as client:
        room = next(room for room in rooms(client) if state(client, room)["clock"]["factor"] > 1)
        done = demo.slackwater("replay", str(shared), "--session", room, "--speed", "6000", "--last", "40")
        assert done.returncode == 0, done.stderr
        for one in recorded(client, room):
            assert one["quality"] != "ok" or one["tenths"] > 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--session", "harbour"], "session"),
        (["--session", "00000000-0000-4000-8000-000000000000"], "session"),
        (["--session", "00000000-0000-4000-8000-000000000000", "--token", "wrong"], "signed in"),
        (["--session", "00000000-0000-4000-8000-000000000000", "--speed", "0"], "speed"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_words(
    demo: Demo, tmp_path: Path, arguments: list[str], says: str
):
    recording = tmp_path / "vitals.csv"
    recording.write_text("minute,HR\n0,70\n")
    done = demo.slackwater("replay", str(recording), *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_where_no_demonstration_ever_ran_a_replay_says_so(tmp_path: Path):
    recording = tmp_path / "vitals.csv"
    recording.write_text("minute,HR\n0,70\n")
    nowhere = os.environ | {"SLACKWATER_VAR": str(tmp_path / "empty")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SLACKWATER_TOKEN"):
        nowhere.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "replay", str(recording), "--session", str(uuid4())],
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "token" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_stops_within_two_seconds_with_a_stream_open(demo: Demo):
    with demo.browser("demo-monitor") as client:
        room = rooms(client)[0]
        with client.stream("GET", f"/stream?session={room}") as stream:
            next(stream.iter_lines())
            demo.process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            demo.process.wait(10)
    assert time.monotonic() - started < 2.5
    assert "Traceback" not in demo.log.read_text()
