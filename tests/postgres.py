"""A throw-away PostgreSQL server for one command: `python -m tests.postgres pytest tests/actions`.

The server is Debian's, in a folder of its own that goes when the command ends. Started by root it runs as the
user postgres, since it refuses root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

BINARIES = "/usr/lib/postgresql/*/bin"
# Tests start and stop often; a crash of this server loses nothing that anyone wants.
SETTINGS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60"


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its DATABASE_URL."""
    home = Path(tempfile.mkdtemp(prefix="slackwater-pg-"))
    try:
        home.chmod(0o755)
        folder = home / "data"
        folder.mkdir()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (home, folder):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        _run("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        log = home / "log"
        _run("pg_ctl", "-D", folder, "-l", log, "-w", "-o", f"{SETTINGS} -k {home}", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(home), safe='')}"
        finally:
            _run("pg_ctl", "-D", folder, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(name: str, *arguments: object) -> None:
    program = max(Path("/").glob(f"{BINARIES[1:]}/{name}"))
    as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    command = [str(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = as_postgres + command
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Run the command that was asked for, with DATABASE_URL pointing at the server."""
    with server() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
