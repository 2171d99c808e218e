"""Faults of the disk and the database: full, read-only, locked, cut off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from assistant.store.database import DATABASE_FILE
from evals.faults_runs import (
    Outcome,
    drafting,
    has_ledger,
    importing,
    jushi,
    remount,
    small_disk,
    wrong_figures,
)

_SIZES = ("100k", "300k", "500k", "700k", "900k", "1100k", "1400k", "2m")
_NO_MOUNT = "not tried: nobody may mount a file system here"
_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def disk_full(folder: Path, sizes: tuple[str, ...] = _SIZES) -> Outcome:
    """Import and draft on file systems too small for them; then with room again."""
    outcome = Outcome("disk full", f"import and draft on a tmpfs of {', '.join(sizes)}; then again with room")
    for size in sizes:
        with small_disk(folder / f"full-{size}", size) as disk:
            if disk is None:
                outcome.tried = _NO_MOUNT
                return outcome
            outcome.times += 1
            first = jushi(*importing(disk / "w"))
            outcome.tell(first, f"import on {size}")
            second = jushi(*drafting(disk / "w", disk / "总结.docx")) if first.status == 0 else first
            outcome.tell(second, f"draft on {size}")
            if second.status:
                outcome.hold(not list(disk.glob("*.docx")), f"half a Word file on {size}")
            outcome.hold(remount(disk, "size=64m"), "no room could be made")
            if first.status == 0:
                outcome.hold(has_ledger(disk / "w"), f"{size}: what was imported is gone")
            again = [jushi(*importing(disk / "w")), jushi(*drafting(disk / "w", disk / "总结.docx"))]
            outcome.hold(all(run.status == 0 for run in again), f"{size}: does not go on once there is room")
            outcome.hold(not wrong_figures(disk / "w"), f"{size}: a wrong figure")
    return outcome


def full_at_export(folder: Path, workspace: Path) -> Outcome:
    """The disk of the Word file is full, the workspace's is not."""
    outcome = Outcome("disk full at export", "draft to a full tmpfs; the same over an older file")
    with small_disk(folder / "out", "64k") as disk:
        if disk is None:
            outcome.tried = _NO_MOUNT
            return outcome
        old = disk / "总结.docx"
        old.write_bytes(b"old" * 100)
        (disk / "rest").write_bytes(b"0" * 57_000)
        for name in ("新.docx", "总结.docx"):
            outcome.times += 1
            run = jushi(*drafting(workspace, disk / name))
            outcome.hold(run.status, "said nothing of the full disk")
            outcome.tell(run, f"export of {name}")
        left = sorted(path.name for path in disk.iterdir())
        outcome.hold(left == ["rest", "总结.docx"], f"left behind: {left}")
        outcome.hold(old.read_bytes() == b"old" * 100, "the older file is damaged")
    outcome.hold(not wrong_figures(workspace), "a wrong figure")
    return outcome


def read_only(folder: Path, workspace: Path) -> Outcome:
    """The workspace lies on a file system that cannot be written."""
    outcome = Outcome(
        "read-only workspace", "facts, import and draft on a tmpfs remounted read-only; then writable again"
    )
    with small_disk(folder / "readonly", "32m") as disk:
        if disk is None:
            outcome.tried = _NO_MOUNT
            return outcome
        shutil.copytree(workspace, disk / "w")
        remount(disk, "ro")
        for words in (
            ("facts", "-p", "2024", "--workspace", disk / "w"),
            importing(disk / "w"),
            drafting(disk / "w", folder / "x.docx"),
        ):
            outcome.times += 1
            outcome.tell(jushi(*words), str(words[0]))
        remount(disk, "rw")
        outcome.hold(has_ledger(disk / "w"), "the facts are gone")
        outcome.hold(jushi(*importing(disk / "w")).status == 0, "does not go on")
    return outcome


def locked(workspace: Path, seconds: int = 14) -> Outcome:
    """Another process holds the database for longer than anybody waits; then lets go."""
    outcome = Outcome("database locked", f"import and draft while another process writes for {seconds} s and more")
    for words in (importing(workspace), drafting(workspace, workspace / "x.docx")):
        outcome.times += 1
        holder = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(workspace / DATABASE_FILE), str(seconds * 6)], stdout=subprocess.PIPE
        )
        try:
            assert holder.stdout is not None
            holder.stdout.readline()
            run = jushi(*words)
        finally:
            holder.kill()
            holder.wait()
        outcome.hold(run.status, f"{words[0]}: took no notice")
        outcome.tell(run, str(words[0]))
        outcome.hold(jushi(*words).status == 0, f"{words[0]}: does not go on")
    outcome.hold(not wrong_figures(workspace), "a wrong figure")
    return outcome


def cut_off(folder: Path, workspace: Path) -> Outcome:
    """The database file is cut short or overwritten in its middle."""
    outcome = Outcome(
        "damaged database",
        "facts and import on a database cut to 1 byte, 100, 4,096, half, all but a page, or overwritten inside",
    )
    whole = (workspace / DATABASE_FILE).read_bytes()
    damaged = [whole[:length] for length in (1, 100, 4_096, len(whole) // 2, len(whole) - 4_096)]
    middle = len(whole) // 2
    damaged += [whole[:middle] + b"\xff" * 20_000 + whole[middle + 20_000 :], b"x" * 5_000]
    for number, data in enumerate(damaged):
        own = folder / f"cut-{number}"
        own.mkdir(parents=True)
        (own / DATABASE_FILE).write_bytes(data)
        outcome.times += 1
        for words in (("facts", "-p", "2024", "--workspace", own), importing(own)):
            outcome.tell(jushi(*words), f"{words[0]}, damage {number}")
    return outcome
