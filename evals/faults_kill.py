"""Processes that end without warning, run beside each other, or see the clock go back."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from assistant import reviewing
from assistant.permissions import Actor, Role
from assistant.records import VerdictKind
from assistant.store import audit, drafts
from evals.faults_runs import (
    ROOT,
    Outcome,
    broken_files,
    drafting,
    has_ledger,
    importing,
    jushi,
    newest_report,
    opened,
    start,
    wrong_figures,
)

_IMPORTED, _DRAFTED = "个文件，", "年安全生产工作总结"
WORKSPACE = "工作区"  # the demo's, in the folder it is given
_RESULTS = 6  # files the demo leaves


def killed_demo(folder: Path, kills: int, seed: int = 1) -> Outcome:
    """kill −9 at random moments of the demo; each followed by a run that must complete."""
    outcome = Outcome("kill −9, demo", "at a random moment of `jushi demo`; then the demo again in the same folder")
    chance = Random(seed)
    began = time.monotonic()
    whole = jushi("demo", "--out", folder / "whole")
    lasts = time.monotonic() - began
    outcome.hold(whole.status == 0, "the demo does not run at all")
    for number in range(kills):
        out = folder / f"demo-{number}"
        process = start("demo", "--out", out, PYTHONUNBUFFERED="1")
        time.sleep(chance.random() * lasts)
        process.kill()
        said, _ = process.communicate()
        outcome.times += 1
        _hold_acknowledged(outcome, said, out, number)
        again = jushi("demo", "--out", out)
        outcome.hold(again.status == 0, f"{number}: does not go on: {again.err[-160:]}")
        outcome.hold(
            again.out.replace(str(out), "") == whole.out.replace(str(folder / "whole"), ""), f"{number}: another result"
        )
        outcome.hold(
            len([path for path in out.iterdir() if path.is_file()]) == _RESULTS,
            f"{number}: files are left over or missing",
        )
        shutil.rmtree(out)
    outcome.told.append("（再次运行即接着做，不必清理）")
    return outcome


def _hold_acknowledged(outcome: Outcome, said: str, out: Path, number: int) -> None:
    """What was printed as done is there, whole, and no figure is wrong."""
    workspace = out / WORKSPACE
    if _IMPORTED in said:
        outcome.hold(has_ledger(workspace), f"{number}: the import it told of is gone")
    if _DRAFTED in said:
        report = newest_report(workspace)
        outcome.hold(
            report is not None and report.count(VerdictKind.SUPPORTED) > 40, f"{number}: the draft it told of is gone"
        )
    outcome.hold(not broken_files(out), f"{number}: half a file: {broken_files(out)}")
    if (workspace / "jushi.db").exists():
        outcome.hold(not wrong_figures(workspace), f"{number}: a wrong figure")


def killed_indexing(folder: Path, kills: int, seed: int = 2) -> Outcome:
    """kill −9 while the library is filled."""
    outcome = Outcome("kill −9, library", "at a random moment of `jushi index add`; then again")
    words = ("index", "add", ROOT / "corpus" / "regulations", "--workspace")
    began = time.monotonic()
    whole = jushi(*words, folder / "index-whole")
    lasts = time.monotonic() - began
    outcome.hold(whole.status == 0, f"the library does not fill at all: {whole.err[-200:]}")
    chance = Random(seed)
    for number in range(kills):
        own = folder / f"index-{number}"
        process = start(*words, own)
        time.sleep(chance.random() * lasts)
        process.kill()
        process.communicate()
        outcome.times += 1
        again = jushi(*words, own)
        outcome.hold(again.status == 0, f"{number}: does not go on: {again.err[-200:]}")
        found = jushi("search", "瓶装燃气", "--workspace", own)
        outcome.hold(found.status == 0 and "燃气" in found.out, f"{number}: nothing is found afterwards")
        shutil.rmtree(own)
    outcome.told.append("（再次运行即补齐）")
    return outcome


def side_by_side(folder: Path, rounds: int = 3) -> Outcome:
    """An import and two drafts at the same time on one workspace, with the page open if asked for."""
    outcome = Outcome("two processes", "import, draft and draft again at the same time on one workspace")
    own = folder / "both"
    outcome.hold(jushi(*importing(own)).status == 0, "the import does not run at all")
    for number in range(rounds):
        outcome.times += 1
        running = [
            start(*importing(own)),
            start(*drafting(own, folder / "a.docx")),
            start(*drafting(own, folder / "b.docx")),
        ]
        for process in running:
            _, err = process.communicate(timeout=600)
            sentence = err.strip().splitlines()[-1] if err.strip() else ""
            outcome.hold("Traceback" not in err, f"{number}: {sentence[:160]}")
            if process.returncode and "Traceback" not in err:
                outcome.told.append(sentence)
        outcome.hold(has_ledger(own), f"{number}: the facts are gone")
        outcome.hold(not wrong_figures(own), f"{number}: a wrong figure")
        outcome.hold(not broken_files(folder), f"{number}: half a file")
    return outcome


def clock_back(workspace: Path) -> Outcome:
    """The clock goes back two days between submission and signature; the order of things stays."""
    outcome = Outcome(
        "clock set back",
        "submit, comment, sign and log with a clock that goes back by days between the steps (injected clock)",
    )
    now = datetime(2025, 1, 8, 9, tzinfo=UTC)
    writer, reviewer = Actor("writer", Role.SECRETARY), Actor("reviewer", Role.REVIEWER)
    with opened(workspace) as desk:
        draft = drafts.list_drafts(desk.engine)[0].id
        _, before = _chain(desk.engine)
        reviewing.submit(desk, draft, writer, clock=lambda: now)
        signed = reviewing.sign(desk, draft, reviewer, clock=lambda: now - timedelta(days=2))
        audit.record(desk.engine, "writer", "draft", draft, "", clock=lambda: now - timedelta(days=9))
        outcome.times += 3
        breaks, after = _chain(desk.engine)
        outcome.hold(signed.status == reviewing.Status.SIGNED, "not signed")
        outcome.hold(not breaks, f"the log does not verify: {breaks}")
        outcome.hold(after[: len(before)] == before and len(after) >= len(before) + 3, "entries are missing")
        outcome.hold(after == sorted(after), "entries are out of order")
        outcome.hold(reviewing.state_of(desk, draft).status == reviewing.Status.SIGNED, "the signature is lost")
        copy = reviewing.new_version(desk, draft, writer, clock=lambda: now - timedelta(days=5))
        outcome.hold(copy in [each.id for each in drafts.list_drafts(desk.engine)], "the new version is not listed")
    return outcome


def _chain(engine: object) -> tuple[list[object], list[int]]:
    return list(audit.verify(engine)), [entry.number for entry in reversed(list(audit.entries(engine)))]  # type: ignore[arg-type]
