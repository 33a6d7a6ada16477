"""A real server for the browser tests: the demonstration's settings, a folder and a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

ROOT = Path(__file__).parents[2]
# The first start compiles the engine where nothing has compiled it before.
_LONGEST_START_S = 120


@dataclass(slots=True)
class Server:
    """A running server and where it writes what it has to say."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]
    file: IO[bytes]

    def stop(self) -> None:
        """Stop it, and whatever it still holds open."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.file.close()

    def said(self) -> str:
        """The end of its log, without the files that every page asks for."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([line for line in lines if "/static/" not in line][-60:])


def environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's database or settings gets through."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CLINIC_NAME"}}
    return kept | {
        "SLACKWATER_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "slackwater.web.settings.demo",
        "PYTHONUNBUFFERED": "1",
    }


def seed(folder: Path, variables: Mapping[str, str]) -> str:
    """Fill the database, in a process of its own: the ORM refuses to work under a browser's event loop."""
    file = folder / "made.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.seed", str(file)],
        cwd=ROOT,
        env=dict(variables),
        capture_output=True,
        text=True,
        timeout=_LONGEST_START_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return file.read_text(encoding="utf-8")


def start(folder: Path, variables: Mapping[str, str]) -> Server:
    """Start it and wait until it answers."""
    log, port = folder / "server.log", _free_port()
    file = log.open("wb")
    command = [sys.executable, "-m", "uvicorn", "slackwater.web.asgi:application", "--port", str(port)]
    process = subprocess.Popen(
        # Without "on" a start that fails is taken for a server that has nothing to start.
        [*command, "--lifespan", "on", "--timeout-graceful-shutdown", "1"],
        cwd=ROOT,
        env=dict(variables),
        stdout=file,
        stderr=subprocess.STDOUT,
    )
    server = Server(address=f"http://127.0.0.1:{port}", log=log, process=process, file=file)
    if not _answers(server):
        server.stop()
        raise AssertionError(f"the server did not start:\n{server.said()}")
    return server


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _answers(server: Server) -> bool:
    until = time.monotonic() + _LONGEST_START_S
    while time.monotonic() < until and server.process.poll() is None:
        try:
            return httpx.get(f"{server.address}/sign-in/", timeout=5).is_success
        except httpx.TransportError:
            time.sleep(0.1)
    return False
