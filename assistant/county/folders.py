"""Which towns a county's folder holds, and what each has sent: ledgers and past summaries."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, UnreadableFile
from assistant.ledger.towns import town_named
from assistant.ledger.workbooks import SUFFIXES, read_grids

_NUMBERED = re.compile(r"^[\d０-９]+\s*[-_.、．]?\s*")
_SUMMARY = re.compile("总结|往年|past")
_WRITTEN = (".docx", ".md", ".txt", ".pdf", ".doc", ".wps")
_TITLE_ROWS = 3
_PASSED_OVER = ("~$", ".")


@dataclass(frozen=True, slots=True)
class TownFiles:
    """A town and what it has sent."""

    name: str
    ledgers: tuple[Path, ...]
    past: tuple[Path, ...] = ()

    def digest(self) -> str:
        """What the files hold, as one short text: another one as soon as any of them changes."""
        whole = hashlib.sha256()
        for path in (*self.ledgers, *self.past):
            whole.update(f"{path.name}\0".encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class CountyFiles:
    """What a county's folder holds: its towns, and the files nobody can be given."""

    towns: tuple[TownFiles, ...]
    unclaimed: tuple[str, ...] = ()


def find_towns(folder: Path) -> CountyFiles:
    """The towns of a county's folder: each sub-folder is one; files beside them are sorted by the town they name.

    A past summary (a document with 总结 in its name, or in a folder 往年) is followed when drafting. Raises
    `InputError` where there is no folder, or nothing in it names a town.
    """
    if not folder.is_dir():
        raise InputError(f"没有文件夹 {folder}。请给出放着各乡镇台账的文件夹，每个乡镇一个子文件夹。")
    files: dict[str, list[Path]] = {}
    for inside in sorted(folder.iterdir()):
        if inside.is_dir() and not inside.name.startswith(_PASSED_OVER):
            name = _NUMBERED.sub("", inside.name).strip() or inside.name
            files.setdefault(name, []).extend(_files_in(inside))
    loose = _by_town(path for path in sorted(folder.iterdir()) if _is_ledger(path))
    unclaimed = tuple(path.name for path in loose.pop("", ()))
    for name, found in loose.items():
        files.setdefault(name, []).extend(found)
    if not files:
        raise InputError(
            f"文件夹 {folder} 里没有子文件夹，也没有写明乡镇的台账。请每个乡镇建一个子文件夹，放入它的台账。"
        )
    return CountyFiles(tuple(_sorted_out(name, found) for name, found in files.items()), unclaimed)


def _files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(_PASSED_OVER)]


def _sorted_out(name: str, files: list[Path]) -> TownFiles:
    past = [path for path in files if path.suffix.lower() in _WRITTEN and _is_summary(path)]
    ledgers = [path for path in files if path.suffix.lower() in SUFFIXES and path not in past]
    return TownFiles(name, tuple(ledgers), tuple(past))


def _is_summary(path: Path) -> bool:
    return bool(_SUMMARY.search(path.stem) or _SUMMARY.search(path.parent.name))


def _is_ledger(path: Path) -> bool:
    sheet = path.suffix.lower() in SUFFIXES and path.suffix.lower() != ".txt"
    return path.is_file() and sheet and not path.name.startswith(_PASSED_OVER)


def _by_town(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Files by the town that their name, or the titles in them, begin with; "" for those that name none."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        found[town_named([path.stem]) or town_named(_titles(path))].append(path)
    return found


def _titles(path: Path) -> list[str]:
    try:
        grids = read_grids(path)
    except UnreadableFile:
        return []  # the file cannot say whose it is; nothing of it is lost
    return [str(cell) for grid in grids for row in grid.rows[:_TITLE_ROWS] for cell in row[:1] if cell]
