"""What the fault runs share: the command as a process, small file systems, and what must hold of a workspace."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.periods import parse_period
from assistant.records import CheckReport, VerdictKind
from assistant.settings import load_settings
from assistant.shipped import shipped
from assistant.store import drafts
from assistant.workflow import check_draft
from assistant.workspace import Workspace, compute_facts, open_workspace

ROOT = Path(__file__).resolve().parents[1]
LEDGER = shipped("corpus/ledger")
PAST = sorted(shipped("corpus/past").glob("*.docx"), reverse=True)
YEAR = parse_period("2024")
_FOLDER = re.compile(r"/tmp/jushi-faults-[^/]+")  # nosec B108  # noqa: S108 - only to leave it out
_HAN = re.compile("[一-龥]")
_COMMAND = [sys.executable, "-c", "from assistant.cli.app import main; main()"]


@dataclass
class Outcome:
    """One fault: what was done, how often, what was lost, what the person was told."""

    fault: str
    tried: str
    times: int = 0
    lost: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def tell(self, run: Run, when: str) -> None:
        """Note what a command that could not do its work said; a traceback or an empty word is a loss."""
        sentence = next((line for line in reversed(run.err.splitlines()) if line.strip()), "")
        if run.status == 0:
            return
        if "Traceback" in run.err or len(_HAN.findall(sentence)) < 6:
            self.lost.append(f"{when}: no word for people (status {run.status}): {sentence[:160]}")
        elif sentence not in self.told:
            self.told.append(sentence)

    def hold(self, truth: object, otherwise: str) -> None:
        """Note a loss."""
        if not truth:
            self.lost.append(otherwise)


@dataclass(frozen=True)
class Run:
    """A command that ended."""

    status: int
    out: str
    err: str


def start(*words: object, **environment: str) -> subprocess.Popen[str]:
    """Start a command."""
    command = [*_COMMAND, *map(str, words)]
    known = {name: value for name, value in os.environ.items() if not name.startswith("JUSHI_")}
    return subprocess.Popen(
        command, cwd=ROOT, env=known | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def jushi(*words: object, **environment: str) -> Run:
    """Run a command to its end."""
    process = start(*words, **environment)
    try:
        out, err = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return Run(-9, out, f"{err}\nTraceback: it never ended")
    return Run(process.returncode, out, err)


def importing(workspace: Path) -> tuple[object, ...]:
    """The words that import the sample ledger."""
    return ("ledger", "import", LEDGER, "--workspace", workspace)


def drafting(workspace: Path, out: Path) -> tuple[object, ...]:
    """The words that write the year's summary."""
    past = [word for path in PAST for word in ("--past", path)]
    return ("draft", "-k", "annual", "-p", "2024", "-o", out, *past, "--model", "none", "--workspace", workspace)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """A workspace, opened in this process."""
    workspace = open_workspace(load_settings(folder))
    try:
        yield workspace
    finally:
        workspace.close()


def has_ledger(folder: Path) -> bool:
    """Whether the facts of the sample ledger are there."""
    with opened(folder) as workspace:
        return len(compute_facts(workspace, YEAR)) > 100


def newest_report(folder: Path) -> CheckReport | None:
    """The check of the newest draft; None where there is none."""
    with opened(folder) as workspace:
        listed = drafts.list_drafts(workspace.engine)
        return check_draft(workspace, drafts.load_draft(workspace.engine, listed[0].id)) if listed else None


def wrong_figures(folder: Path) -> int:
    """How many figures of the newest draft the ledger contradicts."""
    report = newest_report(folder)
    return report.count(VerdictKind.CONTRADICTED) if report else 0


def broken_files(folder: Path) -> list[str]:
    """Files in a folder that are there by half."""
    broken = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            if path.suffix in (".docx", ".xlsx"):
                with zipfile.ZipFile(path) as archive:
                    archive.testzip()
            elif path.suffix == ".json":
                json.loads(path.read_text(encoding="utf-8"))
        except (zipfile.BadZipFile, ValueError, OSError):
            broken.append(path.name)
    return broken


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path | None]:
    """A file system in memory of this size at `folder`; None where this machine lets nobody mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)  # nosec B607


def remount(folder: Path, options: str) -> bool:
    """Change a mounted file system: its size, or whether it can be written."""
    return _mounted("-o", f"remount,{options}", str(folder))


def _mounted(*words: str) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *words], check=False, capture_output=True).returncode == 0  # nosec B607


def shown(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as Markdown."""
    lines = ["| fault | tried | times | lost | what the person is told |", "|---|---|---:|---|---|"]
    for each in outcomes:
        lost = "<br>".join(each.lost[:5]) + (f"<br>… {len(each.lost)}" if len(each.lost) > 5 else "") or "nothing"
        told = "<br>".join(_FOLDER.sub("…", line).replace("|", "／")[:200] for line in each.told[:3]) or "—"
        lines.append(f"| {each.fault} | {each.tried} | {each.times} | {lost} | {told} |")
    return "\n".join(lines)
