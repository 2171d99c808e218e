"""From a file to what the library keeps of it: a law by articles, anything else by headings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, UnreadableFile
from assistant.records import Notice, Period, SourceKind
from assistant.retrieval.listing import READABLE
from assistant.retrieval.loaders import load_document
from assistant.retrieval.plaintext import MAX_TEXT
from assistant.retrieval.statutes import Statute, is_statute, read_statute
from assistant.retrieval.summaries import Summary, read_summary, topic_of
from assistant.retrieval.titles import short_title
from assistant.retrieval.webpage import read_webpage

_WEBPAGES = (".html", ".htm")
FORM = "1"  # of the passages made here: another form makes every file a changed one


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to be; `text` stands at `start:end` of what was taken in."""

    text: str
    start: int
    end: int
    path: tuple[str, ...]
    article: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds."""

    kind: SourceKind
    title: str
    text: str
    pieces: tuple[Piece, ...]
    version: str = ""
    effective: str = ""
    document_number: str = ""
    period: Period | None = None
    digest_only: bool = False
    repeals: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def short(self) -> str:
        """What tells laws apart."""
        return short_title(self.title)


def digest_of(path: Path) -> str:
    """What tells a changed file from an unchanged one. Raises `UnreadableFile`."""
    hashed = hashlib.sha256(FORM.encode())
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                hashed.update(block)
    except OSError as error:
        raise UnreadableFile(f"读不了“{path}”：{error.strerror}。请检查路径和文件权限。") from error
    return hashed.hexdigest()


def take_in(path: Path, name: str) -> Taken:
    """Read a file. Raises `InputError` with one sentence saying why it cannot be used."""
    document = read_webpage(name, _bytes_of(path)) if path.suffix.lower() in _WEBPAGES else load_document(path)
    taken = _law(read_statute(document)) if is_statute(document) else _other(read_summary(document))
    if not taken.pieces:
        raise InputError(f"“{name}”里没有可检索的正文。请确认选对了文件。")
    return taken


def _bytes_of(path: Path) -> bytes:
    """A page's bytes, with the limit that texts have."""
    try:
        if path.stat().st_size > MAX_TEXT:
            raise UnreadableFile(f"“{path.name}”超过 {MAX_TEXT // 1024 // 1024} MB，没有读取。请拆分后重试。")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"读不了“{path}”：{error.strerror}。请检查路径和文件权限。") from error


def named_files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Every file with the name it gets; of a folder its readable files, named from there on."""
    used: set[str] = set()
    for path in paths:
        inside = sorted(each for each in path.rglob("*") if _readable(each)) if path.is_dir() else [path]
        for file in inside:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if name in used:
                name = f"{file.parent.name}/{name}"
            used.add(name)
            yield name, file


def _readable(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return (
        path.is_file()
        and path.suffix.lower() in READABLE
        and not hidden
        and path.stem.upper() not in ("LICENSE", "README")
    )


def _law(statute: Statute) -> Taken:
    pieces = tuple(
        Piece(each.text, each.start, each.end, each.path, each.number, topic_of((statute.title, *each.path)))
        for each in statute.articles
    )
    return Taken(
        kind=SourceKind.LAW,
        title=statute.title,
        text=statute.text,
        pieces=pieces,
        version=statute.version,
        effective=statute.effective,
        document_number=statute.document_number,
        digest_only=statute.digest_only,
        repeals=tuple(short_title(title) for title in statute.repeals),
        notices=statute.notices,
    )


def _other(summary: Summary) -> Taken:
    pieces = tuple(Piece(each.text, each.start, each.end, each.path, topic=each.topic) for each in summary.sections)
    return Taken(
        kind=SourceKind.SUMMARY if summary.is_summary else SourceKind.OTHER,
        title=summary.title,
        text=summary.text,
        pieces=pieces,
        document_number=summary.document_number,
        period=summary.period,
        notices=summary.notices,
    )
