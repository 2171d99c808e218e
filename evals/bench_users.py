"""Many people at once on one process: ``python -m evals.bench_users --users 20`` (run it on a quiet machine).

Each is a user of their own with a session of their own, over real HTTP as a browser sends it: logs in, gets the
page, opens it, then goes round asking for the facts of a period, a check of their text while typing, the library's
answer and the report's standing. Prints how often each failed and the times in milliseconds; 1 where anything failed.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import httpx

from assistant.periods import parse_period
from assistant.permissions import Role
from assistant.records import ReportKind
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.store.users import add_user
from assistant.workflow import draft_text, import_ledger, write_draft
from assistant.workspace import NO_MODEL, open_workspace

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_PASSWORD = "bench-users-7301"  # noqa: S105 - of a throw-away workspace  # nosec B105  # of users that live as long as the measurement
_MILLION = 1_000_000
_PATIENCE = 120.0  # seconds


@dataclass(slots=True)
class Times:
    """What each step took, and what went wrong. Safe to use from several threads."""

    steps: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step; whatever is raised in it is noted as an error of the step."""
        began = time.monotonic_ns()
        try:
            yield
        except Exception as error:  # noqa: BLE001 - counted and printed
            with self.lock:
                self.errors.append(f"{name}: {type(error).__name__} {error}"[:200])
            return
        with self.lock:
            self.steps[name].append((time.monotonic_ns() - began) // _MILLION)


class Person:
    """One browser: a session, and the page's description as the server gave it."""

    def __init__(self, address: str, name: str, times: Times) -> None:
        self.client = httpx.Client(base_url=address, timeout=_PATIENCE, trust_env=False)
        self.name, self.times = name, times
        self.session = f"{name}{os.urandom(6).hex()}"
        self.config: dict[str, Any] = {}

    def come(self) -> None:
        """Log in, get the page, and let it load what it shows on arrival."""
        with self.times.step("log in"):
            sent = {"name": self.name, "password": _PASSWORD, "next": "/"}
            _expect(self.client.post("/login", data=sent).status_code == httpx.codes.SEE_OTHER, "not let in")
        with self.times.step("page"):
            _expect(self.client.get("/").status_code == httpx.codes.OK, "no page")
            self.config = self.client.get("/config").json()
        loads = [each for each in self.config["dependencies"] if _on_load(each) and each["backend_fn"]]
        with self.times.step("arrival"):
            for each in loads:
                self.ask(each)

    def ask(self, event: dict[str, Any]) -> None:
        """Send one event through the queue and wait for its end."""
        values = {each["id"]: each.get("props", {}).get("value") for each in self.config["components"]}
        asked = {
            "data": [values.get(each) for each in event["inputs"]],
            "fn_index": event["id"],
            "session_hash": self.session,
        }
        joined = self.client.post("/gradio_api/queue/join", json=asked)
        _expect(joined.status_code == httpx.codes.OK, f"queue {joined.status_code} {joined.text[:100]}")
        with self.client.stream("GET", f"/gradio_api/queue/data?session_hash={self.session}") as answer:
            for line in answer.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if message.get("msg") == "process_completed":
                    _expect(bool(message["success"]), f"event {event['id']}: {message['output']}")
                    return
        raise RuntimeError("the stream ended early")

    def check(self, draft_id: str, text: str) -> None:
        """What the editor asks while somebody types."""
        editor = next(
            each["id"] for each in self.config["components"] if each.get("props", {}).get("elem_id") == "editor"
        )
        asked = {
            "data": {"id": draft_id, "text": text},
            "fn_name": "check",
            "component_id": editor,
            "session_hash": self.session,
        }
        answer = self.client.post("/gradio_api/component_server", json=asked).json()
        _expect("items" in answer or "report" in answer, str(answer)[:100])


def main() -> int:
    """Print the figures; 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jushi-users-") as folder:
        draft_id, text = _prepare(Path(folder) / "workspace", given.users)
        with _service(Path(folder)) as address:
            times = _run(address, given.users, given.rounds, draft_id, text)
    for name, taken in times.steps.items():
        taken.sort()
        middle, late = taken[len(taken) // 2], taken[min(len(taken) - 1, len(taken) * 95 // 100)]
        print(f"  {name:10} {len(taken):5} times   median {middle:6} ms   p95 {late:6} ms   slowest {taken[-1]:6} ms")
    print(f"  {given.users} users, {len(times.errors)} errors")
    for error in times.errors[:10]:
        print(f"    {error}")
    return int(bool(times.errors))


def _run(address: str, users: int, rounds: int, draft_id: str, text: str) -> Times:
    times, together = Times(), Barrier(users)
    people = [Person(address, f"user{number}", times) for number in range(users)]

    def work(person: Person) -> None:
        together.wait()
        person.come()
        for turn in range(rounds):
            with times.step("check"):
                person.check(draft_id, f"{text}\n{person.name}第{turn}次改动，检查企业{turn + 1}家次。")
            for tab in ("ask", "review"):
                event = next(
                    (each for each in person.config["dependencies"] if _on_select(each, tab, person.config)), None
                )
                if event is not None:
                    with times.step(f"tab {tab}"):
                        person.ask(event)

    with ThreadPoolExecutor(users) as pool:
        for done in [pool.submit(work, person) for person in people]:
            done.result()
    return times


def _on_load(event: dict[str, Any]) -> bool:
    return any(kind == "load" for _, kind in event["targets"])


def _on_select(event: dict[str, Any], tab: str, config: dict[str, Any]) -> bool:
    ids = {each["id"] for each in config["components"] if each.get("props", {}).get("id") == tab}
    return bool(event["backend_fn"]) and any(kind == "select" and target in ids for target, kind in event["targets"])


def _expect(fine: bool, told: str) -> None:
    if not fine:
        raise RuntimeError(told)


def _prepare(folder: Path, users: int) -> tuple[str, str]:
    """A workspace with the sample town's ledger, a report, and the users."""
    workspace = open_workspace(load_settings(folder))
    try:
        import_ledger(workspace, [_CORPUS / "ledger"])
        past = [load_document(_CORPUS / "past" / "2023年总结.docx")]
        draft = write_draft(workspace, ReportKind.ANNUAL, parse_period("2024"), past=past, model=NO_MODEL)
        add_user(workspace.engine, "bench-admin", _PASSWORD, Role.ADMIN)
        for number in range(users):
            add_user(workspace.engine, f"user{number}", _PASSWORD, Role.SECRETARY)
        return draft.id, draft_text(draft)
    finally:
        workspace.close()


@contextmanager
def _service(folder: Path) -> Iterator[str]:
    """The address of the page, served in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUSHI_")}
    main_ = "from assistant.cli.app import main; main()"
    command = [sys.executable, "-c", main_, "serve", "--port", str(port), "--workspace", str(folder / "workspace")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment | {"JUSHI_EMBEDDING": "none"}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the page did not start")


if __name__ == "__main__":
    sys.exit(main())
