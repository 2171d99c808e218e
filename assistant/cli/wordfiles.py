"""`jushi report export|import|verify`: a report out as a file, back from Word with its changes, and its evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.identity import UserOption, actor_at
from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json
from assistant.cli.reworking import DraftArgument
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.evidence import Verified
    from assistant.wordfiles import Proposed, Returned

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="文件")]


def export(
    draft: DraftArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="写到哪个文件：.docx（Word）、.pdf、.md，或 .zip（证据包）")],
    annex: Annotated[bool, typer.Option("--annex", help="附上核数表：每个数字的指标、算法和单元格")] = False,
    comments: Annotated[bool, typer.Option("--comments", help="给与台账对不上的数字加批注")] = False,
    style: Annotated[Path | None, typer.Option("--style", help="本单位的版式文件（.toml，见 docs/word.md）")] = None,
    base: Annotated[Path | None, typer.Option("--base", help="本单位的 Word 模板（.dotx 或 .docx）")] = None,
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """导出：公文版式的 Word（可在 Word、WPS 里改了再导回来）、PDF、Markdown，或带全部依据的证据包。"""
    from assistant.evidence import export_evidence
    from assistant.wordfiles import export_word

    if out.suffix.lower() == ".zip":
        if annex or comments or style or base:
            raise InputError("证据包里的 Word 总是标准版式、附核数表，不必加 --annex、--comments、--style、--base。")
        with opened(workspace, create=False) as at:
            packed = export_evidence(at, draft, out, actor=actor_at(at, user))
        if as_json:
            print_json({"draft": draft, "out": str(out), "digest": packed.digest, "files": list(packed.files)})
            return
        typer.echo(f"已写出证据包 {out}（{len(packed.files)} 个文件）。打开其中的 index.html 即可查阅。")
        typer.echo(f"校验值 {packed.digest}；以后可用 jushi report verify {out} 核对有没有被改动。")
        return
    with opened(workspace, create=False) as at:
        actor = actor_at(at, user)
        made = export_word(at, draft, out, annex=annex, comments=comments, style=style, base=base, actor=actor)
    if as_json:
        print_json({"draft": draft, "out": str(out), "notes": list(made.notes)})
        return
    typer.echo(f"已写出 {out}。")
    for note in made.notes:
        typer.echo(note)


def import_(
    file: FileArgument,
    accept: Annotated[str, typer.Option("--accept", help="采用哪几处改动：all 或编号，如 1,3,5-7")] = "",
    draft: Annotated[str, typer.Option("--draft", help="文件里没有稿件信息时，指明是哪一份稿子")] = "",
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """导入改稿：导出的文件在 Word、WPS 里改过后，逐处列出改了什么，改动的数字当场核对；用 --accept 采用。"""
    from assistant.permissions import Operation, require
    from assistant.wordfiles import accept_proposals, import_word

    with opened(workspace, create=False) as at:
        actor = actor_at(at, user) if accept else None
        if actor is not None:
            require(actor, Operation.EDIT)
        returned = import_word(at, file, draft_id=draft)
        numbers = _numbers(accept, len(returned.proposals))
        changed = accept_proposals(at, returned, numbers, author=actor.name) if actor else []
    if as_json:
        from assistant.cli.word_shapes import returned_shape

        print_json({**returned_shape(returned), "accepted": numbers, "changed": [each.key for each in changed]})
        return
    _print_returned(returned)
    if accept:
        typer.echo(f"已采用 {len(numbers)} 处改动，存为新的一稿；原来的各稿都在（jushi report show）。")
    elif returned.proposals:
        typer.echo(f"稿子没有改动。采用请运行：jushi report import {file} --accept all（或编号，如 1,3）")


def verify(
    file: FileArgument,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """核对证据包：每个文件的校验值，以及是不是这个工作目录导出的；有改动时退出状态为 1。"""
    from assistant.evidence import verify_evidence
    from assistant.settings import load_settings

    if load_settings(workspace).workspace.is_dir():
        with opened(workspace, create=False) as at:
            found = verify_evidence(file, at)
    else:
        found = verify_evidence(file)
    if as_json:
        told = {"good": found.good, "digest": found.digest, "intact": list(found.intact)}
        print_json({**told, "problems": list(found.problems), "draft": found.draft_id, "recorded": found.recorded})
    else:
        _print_verified(found, file)
    if not found.good:
        raise typer.Exit(1)


def _numbers(text: str, count: int) -> list[int]:
    """The proposals meant by "all" or "1,3,5-7"."""
    if text.strip() in ("all", "全部"):
        return list(range(1, count + 1))
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in text.replace("，", ",").replace("、", ",").split(","))):
        first, _, last = part.partition("-")
        if not first.isdigit() or (last and not last.isdigit()) or int(last or first) - int(first) > count:
            raise InputError(f"看不懂 --accept {text}。请写 all，或编号，如 1,3,5-7。")
        found |= set(range(int(first), int(last or first) + 1))
    return sorted(found)


def _print_returned(returned: Returned) -> None:
    typer.echo(f"{returned.file} 出自稿子 {returned.draft_id}《{returned.title}》")
    for notice in returned.notices:
        typer.echo(f"{notice.severity.label}：{notice.message}")
    for proposal in returned.proposals:
        _print_proposal(proposal)
    for remark in returned.remarks:
        on = f"“{remark.quote}”" if remark.quote else "全文"
        typer.echo(f"批注　{remark.author or '（未署名）'}　{on}：{remark.text}")
    if not returned.proposals:
        typer.echo("与导出时相比没有改动。")


def _print_proposal(proposal: Proposed) -> None:
    where = f"　{proposal.heading}" if proposal.heading and proposal.heading not in proposal.before else ""
    typer.echo(f"\n{proposal.number}　{proposal.label}{where}{'　【冲突】' if proposal.conflict else ''}")
    if proposal.tracked:
        typer.echo(f"   修订人：{'、'.join(proposal.tracked)}")
    if proposal.place:
        typer.echo(f"   放在“{proposal.place[:30]}”之后")
    lines = [("原来", proposal.before), ("现在", proposal.now), ("文件", proposal.after)]
    for name, text in lines:
        if text and not (name == "文件" and text == proposal.before):
            typer.echo(f"   {name}：{text}")
    for verdict in proposal.wrong:
        expected = f"，台账是 {verdict.expected}" if verdict.expected else ""
        typer.echo(f"   {verdict.verdict.label}：{verdict.surface}{expected}")
    if proposal.note:
        typer.echo(f"   {proposal.note}")


def _print_verified(found: Verified, file: Path) -> None:
    for problem in found.problems:
        typer.echo(f"不符：{problem}")
    if found.good:
        typer.echo(f"{file} 完好：{len(found.intact)} 个文件都与清单一致。")
    typer.echo(f"清单的校验值 {found.digest}")
    if found.recorded:
        typer.echo(f"与操作日志相符：稿子 {found.draft_id}，{found.recorded}。")


ACTS: dict[str, Callable[..., None]] = {"export": export, "import": import_, "verify": verify}
