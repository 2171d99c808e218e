"""Kill −9 in the middle of saving: what was acknowledged is there, the file is sound, the log is whole.

``python -m evals.kill_store [--times 50] [--url postgresql+psycopg://…]``. A program of its own saves one state of a
section after another and says so after each; it is killed at a random moment, and what it said is looked up.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from assistant.periods import year_of
from assistant.records import Draft, ReportKind, SectionText
from assistant.store import audit
from assistant.store.database import open_database
from assistant.store.drafts import list_drafts, save_head
from assistant.store.revisions import revision_numbers, revisions, save_section
from assistant.store.tables import create_tables

DRAFT = "annual-2024-1"
_KEYS = ("01", "02", "03")
_LONGEST = 0.3  # seconds of saving before the kill
_BODY = "全年检查企业205家次，发现隐患83处，已整改81处。" * 30


@dataclass(frozen=True, slots=True)
class Toll:
    """What came of so many kills."""

    kills: int
    acknowledged: int
    missing: int
    unsound: int  # times the file or the log was not as it should be

    @property
    def good(self) -> bool:
        """Whether nothing acknowledged is missing and everything is sound."""
        return not self.missing and not self.unsound


def kill_again_and_again(folder: Path, times: int, *, url: str = "", seed: int = 1) -> Toll:
    """Kill a saving program so often, looking after each kill at what is there."""
    chance = random.Random(seed)
    prepare(folder, url)
    told: dict[tuple[str, int], str] = {}
    missing = unsound = 0
    for number in range(times):
        told |= _kill_one(folder, url, number, chance.uniform(0, _LONGEST))
        gone, sound = _look(folder, url, told)
        missing, unsound = missing + gone, unsound + (not sound)
    return Toll(times, len(told), missing, unsound)


def prepare(folder: Path, url: str = "") -> None:
    """A new workspace database with one empty report."""
    engine = open_database(folder, url)
    create_tables(engine)
    if not list_drafts(engine):
        save_head(engine, Draft(DRAFT, ReportKind.ANNUAL, year_of(2024), "总结", "石桥镇", ()), "2024")
    engine.dispose()


def save_on_and_on(folder: Path, url: str, run: str) -> None:
    """Save state after state, each said on standard output once it is acknowledged, until killed."""
    engine = open_database(folder, url)
    create_tables(engine)
    count = 0
    while True:
        count += 1
        key, mark = _KEYS[count % len(_KEYS)], f"{run}.{count}"
        seen = revision_numbers(engine, DRAFT).get(key, 0)
        section = SectionText(key, "一、检查执法", 1, f"{_BODY}{mark}")
        saved = save_section(engine, DRAFT, section, author="写手", why="编辑", based_on=seen)
        print(key, saved.number, mark, flush=True)


def _kill_one(folder: Path, url: str, number: int, after: float) -> dict[tuple[str, int], str]:
    """What a program said it had saved before it was killed, so many seconds after its first save."""
    command = [sys.executable, "-m", "evals.kill_store", "--saving", str(number), "--folder", str(folder), "--url", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as saving:
        assert saving.stdout is not None
        first = saving.stdout.readline()
        time.sleep(after)
        saving.kill()
        said = first + saving.stdout.read()
    if not first:
        raise RuntimeError("the saving program ended before it saved anything")
    whole = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return {(key, int(revision)): mark for key, revision, mark in whole}


def _look(folder: Path, url: str, told: dict[tuple[str, int], str]) -> tuple[int, bool]:
    """How many of the acknowledged states are not there, and whether file and log are sound."""
    engine = open_database(folder, url)
    kept = {
        (key, each.number): each.section.text.removeprefix(_BODY)
        for key in _KEYS
        for each in revisions(engine, DRAFT, key)
    }
    gone = sum(kept.get(place) != mark for place, mark in told.items())
    whole = all(
        sorted(n for k, n in kept if k == key) == list(range(1, 1 + sum(k == key for k, _ in kept))) for key in _KEYS
    )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            whole = whole and connection.scalar(text("PRAGMA integrity_check")) == "ok"
    whole = whole and not audit.verify(engine)
    engine.dispose()
    return gone, whole


def main() -> None:
    """Kill, look, and print the toll; exit status 1 where anything was lost."""
    arguments = argparse.ArgumentParser(description="保存当中断电：丢没丢")
    arguments.add_argument("--times", type=int, default=50)
    arguments.add_argument("--url", default="")
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--saving", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.saving is not None:
        save_on_and_on(chosen.folder, chosen.url, chosen.saving)
    with tempfile.TemporaryDirectory() as folder:
        toll = kill_again_and_again(Path(folder), chosen.times, url=chosen.url)
    print(
        f"强行结束 {toll.kills} 次，其间说存好了的 {toll.acknowledged} 稿，丢失 {toll.missing}，"
        f"数据库或日志不完好 {toll.unsound} 次"
    )
    sys.exit(not toll.good)


if __name__ == "__main__":
    main()
