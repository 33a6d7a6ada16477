"""Starts a peer in its own environment and times it between our own rounds."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.workload import Array, Workload

PYTHON = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True, slots=True, eq=False)
class Peer:
    """answer: its own curves, (n_subjects, n_times, 3)"""

    words: str
    n_subjects: int
    answer: Array
    process: "subprocess.Popen[str]"

    def run(self) -> float:
        """Once more; the seconds it took by its own clock."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def started(name: str, people: Workload) -> Iterator[Peer]:
    """The peer, once it is compiled and has answered."""
    with tempfile.TemporaryDirectory() as folder:
        theta, answer = Path(folder) / "theta.npy", Path(folder) / "answer.npy"
        np.save(theta, people.theta)
        process = subprocess.Popen(
            [PYTHON, PEERS / "serve.py", name, theta, answer],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        if not said.startswith("ready "):
            raise SystemExit(f"the peer {name} did not come up; `make bench` installs what it needs")
        yield Peer(said.removeprefix("ready ").strip(), people.n_subjects, np.load(answer), process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)
