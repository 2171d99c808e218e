"""A PostgreSQL server of one's own, for measurements: in a temporary folder, on a socket only, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAMS = Path("/usr/lib/postgresql")
_START_SECONDS = 60


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of an empty database on a new server, which syncs as the settings it comes with do.

    Raises `RuntimeError` where Debian's package postgresql is not installed.
    """
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), reverse=True)
    if not found:
        raise RuntimeError("没有 PostgreSQL：请安装 Debian 的软件包 postgresql，或用 --url 指定服务器。")
    programs = found[0].parent
    home = Path(tempfile.mkdtemp(prefix="jushi-pg-", dir="/tmp"))  # nosec B108  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={home}"
    try:
        _run([str(programs / "initdb"), "-D", str(data), "-U", "jushi", "-A", "trust", "-E", "UTF8"])
        _run([str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(home / "log"), "start"])
        try:
            yield f"postgresql+psycopg://jushi@/postgres?host={home}"
        finally:
            _run([str(programs / "pg_ctl"), "-D", str(data), "-m", "fast", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str]) -> None:
    """Run a program of the server, which refuses to be root, as the postgres user where we are root."""
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        timeout=_START_SECONDS,
        check=True,
        cwd="/",
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/tmp"},  # nosec B108  # it is not written to
    )
