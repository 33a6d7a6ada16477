"""Files that a person names: what the system says of them becomes a refusal with a mend."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slackwater.terms.refusal import RefusedError

_LARGEST_BYTES = 50_000_000


@contextmanager
def naming(field: str, path: Path) -> Iterator[None]:
    """Turn what can be wrong with a named file into a refusal that names the option."""
    try:
        yield
    except OSError as error:
        raise _refused(field, "file", f"{path}: {error.strerror or error}.") from error


def read_text(path: Path, *, field: str) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    with naming(field, path):
        if path.stat().st_size > _LARGEST_BYTES:
            raise _refused(field, "too-large", f"{path} is larger than {_LARGEST_BYTES:,} bytes.")
        raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(field, "not-text", f"{path} is not UTF-8 text.") from error


def _refused(field: str, code: str, message: str) -> RefusedError:
    return RefusedError.of(field=field, code=code, message=message, mend="Name a file that can be used.")
