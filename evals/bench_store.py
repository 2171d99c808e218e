"""Many writers on one report: nothing may be lost, and how long a save takes.

``python -m evals.bench_store [--seconds 60] [--writers 10] [--pause 0.5] [--url postgresql+psycopg://…]`` has writers
(threads of one program as the page has them, then programs of their own) edit sections of one report of the
sample town at random, each saving the whole text as the page does, on SQLite and on a PostgreSQL server
of its own. Every state of a section names the state its writer saw, so that an edit lost in between shows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import Conflict
from assistant.periods import year_of
from assistant.records import Draft, Fact, ReportKind
from assistant.retrieval.loaders import load_document
from assistant.revising import open_draft, save_text
from assistant.settings import Settings, load_settings
from assistant.shipped import shipped
from assistant.store import audit
from assistant.store.revisions import revisions
from assistant.workflow import draft_text, import_ledger, write_draft
from assistant.workspace import Workspace, facts_around, open_workspace
from evals.servers import postgres

LIMIT = 0.2  # seconds within which 95 of 100 saves have to be done
_MARK = re.compile(r"〔(?P<mine>[\w.]+)承(?P<seen>[\w.]*)〕")


@dataclass(frozen=True, slots=True)
class Written:
    """What one writer was told: the states it saved (section, number, mark), the conflicts, seconds of each save."""

    saves: tuple[tuple[str, int, str], ...]
    conflicts: int
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All writers together; `lost` are acknowledged saves that are not there, or that somebody wrote over unseen."""

    saves: int
    conflicts: int
    lost: int
    seconds: tuple[float, ...]
    log_holds: bool

    @property
    def good(self) -> bool:
        """Whether nothing was lost and the audit log is whole."""
        return not self.lost and self.log_holds

    def within(self, share: int) -> float:
        """The seconds within which so many of 100 saves were done."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


def make_report(settings: Settings) -> str:
    """A report of the sample town in a new workspace; its id."""
    workspace = open_workspace(settings)
    import_ledger(workspace, [shipped("corpus/ledger")])
    past = [load_document(shipped("corpus/past/2023年总结.docx"))]
    draft = write_draft(workspace, ReportKind.ANNUAL, year_of(2024), past=past, model="none")
    workspace.close()
    return draft.id


def race(settings: Settings, draft_id: str, writers: int, seconds: float, pause: float, *, threads: bool) -> Outcome:
    """Let the writers loose and look at what is there afterwards."""
    workspace = open_workspace(settings)
    shared = workspace if threads else None
    spawning = multiprocessing.get_context("spawn")
    pool: Executor = ThreadPoolExecutor(writers) if threads else ProcessPoolExecutor(writers, mp_context=spawning)
    with pool:
        jobs = [
            pool.submit(_write, shared, settings, draft_id, (number, writers), seconds, pause)
            for number in range(writers)
        ]
        written = [job.result() for job in jobs]
    outcome = _judge(workspace, draft_id, written)
    workspace.close()
    return outcome


def _write(
    shared: Workspace | None,
    settings: Settings,
    draft_id: str,
    number_of: tuple[int, int],
    seconds: float,
    pause: float,
) -> Written:
    """Once all are ready, edit and save until the time is over."""
    number, writers = number_of
    workspace = shared or open_workspace(settings)
    chance = random.Random(number)
    facts = facts_around(workspace, year_of(2024))  # the page has them at hand too
    saves: list[tuple[str, int, str]] = []
    times: list[float] = []
    conflicts = 0
    (settings.workspace / f"ready-{number}").touch()
    while len(list(settings.workspace.glob("ready-*"))) < writers:
        time.sleep(0.05)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        mark = f"{number}.{len(times)}"
        key, saved, took = _save_once(workspace, draft_id, facts, mark, chance, automatic=len(times) % 3 != 0)
        times.append(took)
        if saved:
            saves.append((key, saved, mark))
        else:
            conflicts += 1
        time.sleep(chance.uniform(0, 2 * pause))
    if shared is None:
        workspace.close()
    return Written(tuple(saves), conflicts, tuple(times))


def _save_once(
    workspace: Workspace, draft_id: str, facts: Sequence[Fact], mark: str, chance: random.Random, *, automatic: bool
) -> tuple[str, int, float]:
    """Open the report, edit one section, save: which one, its new revision (0 for a conflict), seconds of the save."""
    opened = open_draft(workspace, draft_id)
    section = chance.choice([each for each in opened.draft.sections if each.text])
    text = draft_text(_marked(opened.draft, section.key, mark))
    begun = time.perf_counter()
    try:
        saved = save_text(
            workspace, draft_id, text, opened.base, author=f"写手{mark}", automatic=automatic, facts=facts
        )
    except Conflict:
        return section.key, 0, time.perf_counter() - begun
    return section.key, saved.base[section.key], time.perf_counter() - begun


def _marked(draft: Draft, key: str, mark: str) -> Draft:
    """The draft with a section that ends in this mark, which names the one it follows."""
    sections = []
    for each in draft.sections:
        if each.key == key:
            seen = _MARK.search(each.text)
            bare = _MARK.sub("", each.text)
            each = replace(each, text=f"{bare}〔{mark}承{seen['mine'] if seen else ''}〕")
        sections.append(each)
    return replace(draft, sections=tuple(sections))


def _judge(workspace: Workspace, draft_id: str, written: Sequence[Written]) -> Outcome:
    """Compare what the writers were told with what is there."""
    lost = 0
    acknowledged = {(key, number): mark for each in written for key, number, mark in each.saves}
    keys = {key for key, _ in acknowledged}
    for key in keys:
        before = ""
        for state in revisions(workspace.engine, draft_id, key):
            found = _MARK.search(state.section.text)
            told = acknowledged.pop((key, state.number), "")
            mine, seen = (found["mine"], found["seen"]) if found else ("", "")
            lost += bool(told and told != mine) + (seen != before)
            before = mine
    lost += len(acknowledged)
    seconds = tuple(took for each in written for took in each.seconds)
    saves = sum(len(each.saves) for each in written)
    return Outcome(
        saves, sum(each.conflicts for each in written), lost, seconds, log_holds=not audit.verify(workspace.engine)
    )


def main() -> None:
    """Race on every database and print what came of it; exit status 1 where an edit was lost."""
    arguments = argparse.ArgumentParser(description="多人同时改一份稿子：丢没丢，存一次多久")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--writers", type=int, default=10)
    arguments.add_argument("--pause", type=float, default=0.5, help="每人两次保存之间平均停多少秒")
    arguments.add_argument("--url", default="", help="只测这个数据库")
    arguments.add_argument("--only", choices=("sqlite", "postgresql"))
    arguments.add_argument("--how", choices=("threads", "programs"), help="只测一个程序的多个线程，或多个程序")
    chosen = arguments.parse_args()
    kinds = [chosen.only] if chosen.only else ["sqlite", "postgresql"]
    good = True
    for kind in ["给定"] if chosen.url else kinds:
        for threads in [chosen.how == "threads"] if chosen.how else (True, False):
            server = postgres() if kind == "postgresql" else nullcontext(chosen.url)
            with server as url, tempfile.TemporaryDirectory() as folder:
                settings = load_settings(Path(folder)).model_copy(update={"database_url": url})
                draft = make_report(settings)
                outcome = race(settings, draft, chosen.writers, chosen.seconds, chosen.pause, threads=threads)
            good = good and outcome.good
            load, *_ = os.getloadavg()
            print(
                f"{kind:<10} {chosen.writers} 个{'线程' if threads else '进程'} {chosen.seconds:g} 秒  "
                f"保存 {outcome.saves}，冲突 {outcome.conflicts}，丢失 {outcome.lost}，日志{'完好' if outcome.log_holds else '断裂'}  "
                f"p50 {outcome.within(50) * 1000:.0f} ms，p95 {outcome.within(95) * 1000:.0f} ms"
                f"（要求 {LIMIT * 1000:.0f}），最长 {outcome.within(100) * 1000:.0f} ms；机器负载 {load:.1f}",
                flush=True,
            )
    sys.exit(not good)


if __name__ == "__main__":
    main()
