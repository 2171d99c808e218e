"""An office with four people: a workspace with users, and the page served on it, for the tests of login and review."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.periods import parse_period
from assistant.permissions import Role
from assistant.records import Draft, ReportKind, SectionText
from assistant.settings import load_settings
from assistant.store.drafts import save_head, save_section
from assistant.store.passwords import Cost
from assistant.store.users import add_user
from assistant.workspace import Workspace, open_workspace

ROOT = Path(__file__).resolve().parents[1]
_MAIN = "from assistant.cli.app import main; main()"
PASSWORD = "qingwu-8341"
CHEAP = Cost(rounds=1, memory=64)
PEOPLE = {
    "wang": (Role.ADMIN, "王主任"),
    "li": (Role.SECRETARY, "李文书"),
    "zhang": (Role.REVIEWER, "张审核"),
    "zhao": (Role.READER, "赵查阅"),
}
NAME_OF = {role: name for name, (role, _) in PEOPLE.items()}
REPORT = "annual-2024-1"
SENTENCE = "全年检查企业268家次，下发整改通知书39份。"


def open_office(folder: Path) -> Workspace:
    """A workspace with these four people."""
    workspace = open_workspace(load_settings(folder))
    for name, (role, display) in PEOPLE.items():
        add_user(workspace.engine, name, PASSWORD, role, display=display, cost=CHEAP)
    return workspace


def write_report(workspace: Workspace) -> None:
    """A finished report of two sections, written by the secretary."""
    sections = (
        SectionText("01", "一、工作情况", 1, SENTENCE + "\n各村、各企业积极配合。"),
        SectionText("02", "二、下步打算", 1, "继续抓好隐患排查。"),
    )
    title = "青梧镇2024年安全生产工作总结"
    draft = Draft(
        REPORT, ReportKind.ANNUAL, parse_period("2024"), title, "青梧镇", sections, extra={"state": "finished"}
    )
    save_head(workspace.engine, draft, "2024")
    for section in sections:
        save_section(workspace.engine, REPORT, section, author="li", why="起草")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    workspace: Path, port: int, log: Path, settings: Mapping[str, str] | None = None, given: Sequence[str] = ()
) -> Iterator[str]:
    """The address of the page served by `jushi serve` in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUSHI_")}
    environment |= {"JUSHI_EMBEDDING": "none", **(settings or {})}
    given = given or [_MAIN, "serve", "--port", str(port), "--workspace", str(workspace)]
    with log.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-c", *given], cwd=ROOT, env=environment, stdout=told, stderr=subprocess.STDOUT
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1500):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError("the page did not start:\n" + log.read_text(encoding="utf-8"))
