"""Kill -9 while drafting, and go on: ``python -m evals.kill_draft --times 20``.

Each time a process drafts the sample town's report and is killed at another moment. Afterwards the report
must be there, each section of it must be whole (word for word that of a drafting nobody disturbed), and going
on must end in the same report.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.outlining import CutOff, cut_off_draft
from assistant.periods import parse_period
from assistant.records import Draft, ReportKind, SectionText
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.store.drafts import list_drafts, load_draft
from assistant.workflow import import_ledger, write_draft
from assistant.workspace import NO_MODEL, Workspace, open_workspace

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_PAST = _CORPUS / "past" / "2023年总结.docx"
_LONGEST = 0.03  # seconds after a section was saved, so that the kill falls anywhere in the writing of the next
_SEED = 20241


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill left behind."""

    sections: int  # written when it came
    faults: tuple[str, ...]


def kill_and_resume(folder: Path, times: int, seed: int = _SEED) -> Iterator[Outcome]:
    """Draft, kill, look, go on, so many times; each in a workspace of its own."""
    chance = random.Random(seed)
    fresh = folder / "fresh"
    _prepare(fresh)
    reference = _undisturbed(shutil.copytree(fresh, folder / "reference"))
    for number in range(times):
        place = shutil.copytree(fresh, folder / f"killed-{number}")
        _draft_and_die(place, chance.randrange(len(reference.sections)), chance.uniform(0, _LONGEST))
        yield _look(place, reference)


def _look(place: Path, reference: Draft) -> Outcome:
    workspace = open_workspace(load_settings(place))
    try:
        listed = list_drafts(workspace.engine)
        if not listed:  # killed before anything was begun
            return Outcome(0, _resumed(workspace, None, reference))
        draft = load_draft(workspace.engine, listed[0].id)
        whole = {section.key: section.text for section in reference.sections}
        faults = [f"{each.key} is not whole" for each in draft.sections if each.text != whole.get(each.key)]
        faults += ["more than one report"] if len(listed) > 1 else []
        cut = cut_off_draft(workspace)
        if cut is None and draft.extra.get("state") != "finished":
            faults.append("cannot be gone on with")
        elif cut is not None:
            faults += _resumed(workspace, cut, reference)
        return Outcome(len(draft.sections), tuple(faults))
    finally:
        workspace.close()


def _resumed(workspace: Workspace, cut: CutOff | None, reference: Draft) -> tuple[str, ...]:
    done = _write(workspace) if cut is None else _go_on(workspace, cut)
    faults = [] if cut is None or done.id == cut.id else ["another report was begun"]
    faults += [] if _said(done) == _said(reference) else ["the report is not the same"]
    return tuple(faults)


def _said(draft: Draft) -> list[tuple[str, str, str]]:
    return [(section.key, section.heading, section.text) for section in draft.sections]


def _undisturbed(place: Path) -> Draft:
    """The report of a drafting nobody disturbs."""
    workspace = open_workspace(load_settings(place))
    try:
        return _write(workspace)
    finally:
        workspace.close()


def _prepare(place: Path) -> None:
    workspace = open_workspace(load_settings(place))
    import_ledger(workspace, sorted(path for path in (_CORPUS / "ledger").glob("*.*") if path.is_file()))
    workspace.close()


def _draft_and_die(place: Path, sections: int, seconds: float) -> None:
    """Draft there in a process, and kill it so many seconds after so many sections were saved."""
    command = [sys.executable, "-m", "evals.kill_draft", "--worker", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_CORPUS.parent)
    assert process.stdout is not None
    for _ in range(sections):
        process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    process.wait(timeout=10)
    process.stdout.close()


def _go_on(workspace: Workspace, cut: CutOff) -> Draft:
    return write_draft(
        workspace, cut.kind, cut.period, past=cut.past, outline=cut.outline, targets=cut.targets, model=cut.model
    )


def _write(workspace: Workspace, on_section: Callable[[SectionText], None] = lambda _section: None) -> Draft:
    past = [load_document(_PAST)]
    return write_draft(
        workspace, ReportKind.ANNUAL, parse_period("2024"), past=past, model=NO_MODEL, on_section=on_section
    )


def _work(place: Path) -> None:
    workspace = open_workspace(load_settings(place))

    def tell(section: SectionText) -> None:
        sys.stdout.write(section.key + "\n")
        sys.stdout.flush()

    _write(workspace, tell)


def main() -> int:
    """Print each outcome; 1 where anything was lost."""
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--worker", type=Path)
    given = options.parse_args()
    if given.worker:
        _work(given.worker)
        return 0
    bad = 0
    with tempfile.TemporaryDirectory(prefix="jushi-kill-") as folder:
        for number, outcome in enumerate(kill_and_resume(Path(folder), given.times), 1):
            bad += bool(outcome.faults)
            print(
                f"  kill {number:2}: after {outcome.sections:2} sections; {'; '.join(outcome.faults) or 'whole, resumed'}"
            )
    print(f"{given.times - bad} of {given.times} kills lost nothing")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
