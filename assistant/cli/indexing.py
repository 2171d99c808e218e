"""`jushi index …` and `jushi search`: the library of regulations and past summaries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from assistant.records import Hit
    from assistant.retrieval.library import Library
    from assistant.retrieval.listing import Added, Progress, SourceInfo

app = typer.Typer(help="资料库：导入、查看、删除法律法规和往年总结。", no_args_is_help=True, rich_markup_mode=None)
_EXCERPT = 160
_KINDS = {"law": "法规", "summary": "总结", "other": "其他"}
_STATES = {
    "current": "",
    "superseded": "已有新版本",
    "repealed": "已废止",
    "upcoming": "尚未施行",
    "copy": "与另一文件相同",
}


@app.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="文件或文件夹：.docx .doc .pdf .txt .md .html")],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """导入法规和往年总结；一导入就能按关键词检索，随后补建向量（中断后再运行会接着建）。"""
    from assistant.consulting import add_documents, library_of

    with opened(workspace) as at, library_of(at) as library:
        report = add_documents(at, library, files, on_progress=None if as_json else _tell)
        progress = library.fill_vectors(None if as_json else _tell_progress)
    if as_json:
        print_json({"files": [_added_shape(each) for each in report.files], "vectors": _progress_shape(progress)})
    elif progress.failure:
        typer.echo(f"注意：向量没有建完（{progress.failure}），现在按关键词检索。")
    if report.refused and len(report.refused) == len(report.files):
        raise typer.Exit(2)


@app.command("list")
def list_(as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """资料库里有哪些文件，哪些是现行版本，向量建了多少。"""
    with _library(workspace) as library:
        sources = library.list_sources()
    if as_json:
        print_json([_source_shape(source) for source in sources])
        return
    if not sources:
        typer.echo("资料库是空的。可用 jushi index add 导入法律法规和往年总结。")
    for source in sources:
        typer.echo(_source_line(source))


@app.command("remove")
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="文件名，见 jushi index list")],
    workspace: WorkspaceOption = None,
) -> None:
    """从资料库里删除一个文件（原文件不受影响）。"""
    from assistant.consulting import library_of, remove_document

    with opened(workspace, create=False) as at, library_of(at) as library:
        gone = remove_document(at, library, name)
    typer.echo(f"已删除 {gone.name}（{gone.passages} 段）。")


@app.command("rebuild")
def rebuild(workspace: WorkspaceOption = None) -> None:
    """重建索引：原文不动，关键词和向量索引重新生成。"""
    with _library(workspace) as library:
        library.rebuild()
        progress = library.fill_vectors(_tell_progress)
    if progress.failure:
        typer.echo(f"注意：向量没有建完（{progress.failure}），现在按关键词检索。")
    typer.echo("索引已重建。")


def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="要找的内容，如：《安全生产法》第二十一条、重大隐患举报奖励")
    ],
    kind: Annotated[str | None, typer.Option("--kind", help="只找一类：law 法规，summary 总结，other 其他")] = None,
    law: Annotated[str | None, typer.Option("--law", help="只找一部法规，如：安全生产法")] = None,
    year: Annotated[int | None, typer.Option("--year", help="只找某一年的总结")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="最多显示几条")] = 10,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """在法规和往年总结里找，最有关的在前。"""
    from assistant.errors import InputError
    from assistant.records import SourceKind

    if kind is not None and kind not in _KINDS:
        raise InputError(f"没有“{kind}”这一类。可选：law、summary、other。")
    with _library(workspace) as library:
        hits = library.search(query, kind=SourceKind(kind) if kind else None, law=law, year=year, limit=limit)
    if as_json:
        from assistant.cli.answer_shapes import hit_shape

        print_json([hit_shape(hit) for hit in hits])
    elif not hits:
        typer.echo("没有找到。可用 jushi index list 看看导入了哪些资料。")
    else:
        for number, hit in enumerate(hits, start=1):
            _print_hit(number, hit)


@contextmanager
def _library(folder: Path | None) -> Iterator[Library]:
    from assistant.consulting import library_of

    with opened(folder, create=False) as workspace, library_of(workspace) as library:
        yield library


def _tell(added: Added) -> None:
    outcome = {"added": "已导入", "replaced": "已更新", "unchanged": "没有变化", "refused": "没有导入"}[
        added.outcome.value
    ]
    detail = f"：{added.reason}" if added.reason else f"，{added.source.passages} 段" if added.source else ""
    typer.echo(f"{outcome} {added.name}{detail}")
    for notice in added.notices:
        typer.echo(f"  {notice.severity.label}：{notice.message}")


def _tell_progress(progress: Progress) -> None:
    typer.echo(f"向量 {progress.done}/{progress.total}", err=True)


def _source_line(source: SourceInfo) -> str:
    details = [
        source.version,
        source.document_number,
        f"{source.passages} 段",
        f"向量 {source.vectors}",
        _STATES.get(source.state.value, ""),
        "摘要，不是原文" if source.digest_only else "",
    ]
    return (
        f"[{_KINDS[source.kind.value]}] {source.title}（{'，'.join(each for each in details if each)}）　{source.name}"
    )


def _print_hit(number: int, hit: Hit) -> None:
    from assistant.qa.saying import article_name

    passage = hit.passage
    place = article_name(passage.article) if passage.article else " ".join(passage.path)
    state = "" if passage.in_force else "，已不是现行版本"
    version = f"（{passage.version}{state}）" if passage.version else ""
    typer.echo(f"{number}. 《{passage.title}》{place}{version}　{passage.source}")
    text = " ".join(passage.text.split())
    typer.echo(f"   {text[:_EXCERPT]}{'……' if len(text) > _EXCERPT else ''}")


def _added_shape(added: Added) -> dict[str, object]:
    from assistant.cli.shapes import notice_shape

    return {
        "file": added.name,
        "outcome": added.outcome.value,
        "reason": added.reason,
        "source": _source_shape(added.source) if added.source else None,
        "notices": [notice_shape(notice) for notice in added.notices],
    }


def _source_shape(source: SourceInfo) -> dict[str, object]:
    from assistant.periods import period_id

    return {
        "file": source.name,
        "kind": source.kind.value,
        "title": source.title,
        "version": source.version,
        "state": source.state.value,
        "document_number": source.document_number,
        "period": period_id(source.period) if source.period else None,
        "passages": source.passages,
        "vectors": source.vectors,
        "digest_only": source.digest_only,
    }


def _progress_shape(progress: Progress) -> dict[str, object]:
    return {"done": progress.done, "total": progress.total, "failure": progress.failure}
