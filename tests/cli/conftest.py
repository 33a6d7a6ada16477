"""A command run as a person would run it: what it printed, what it said, how it ended."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from slackwater.cli.main import run


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def command(*words: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run(words)
        printed = capsysbinary.readouterr()
        return Ran(code=int(ended.value.code or 0), out=printed.out, err=printed.err.decode())

    return command
