"""A real PostgreSQL server for tests: its own cluster in a temporary folder, on a socket only.

Use it from any test module or conftest: ``from postgres import postgres_server, postgres_url`` (both
are fixtures; the second one is an empty database of one's own). Skipped, with the reason, where no
server is installed or none can be started.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
_START_SECONDS = 60


def _as_server(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of the server, which refuses to be root, as the postgres user where we are root."""
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=_START_SECONDS,
        check=True,
        cwd="/",
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/tmp"},
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The folder of a running server's socket."""
    if not _PROGRAMS:
        pytest.skip("needs a PostgreSQL server (Debian's package postgresql), which is not installed")
    programs = _PROGRAMS[0].parent
    home = Path(tempfile.mkdtemp(prefix="jushi-pg-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        try:
            shutil.chown(home, "postgres", "postgres")
        except LookupError:
            pytest.skip("running as root without a postgres user, whom the server needs")
    data = home / "data"
    try:
        _as_server(
            [str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
        )
        options = f"-c listen_addresses='' -c fsync=off -c unix_socket_directories={home}"
        _as_server([str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(home / "log"), "start"])
    except (subprocess.SubprocessError, OSError) as error:
        shutil.rmtree(home, ignore_errors=True)
        pytest.skip(f"the PostgreSQL server could not be started: {getattr(error, 'stderr', '') or error}")
    yield home
    _as_server([str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database, dropped afterwards."""
    import psycopg

    name = f"t{uuid4().hex[:12]}"
    place = f"host={postgres_server} user=tester"
    with psycopg.connect(f"{place} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://tester@/{name}?host={postgres_server}"
    with psycopg.connect(f"{place} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
