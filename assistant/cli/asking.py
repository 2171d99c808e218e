"""`jushi ask`: questions answered from the ledger, the regulations and the past summaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, TownOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from assistant.records import Answer

_ROWS_SHOWN = 3


def ask(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="问题，如：今年上半年查了多少家企业？")
    ] = None,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", help='一次回答一个文件里的问题，每行 {"id","question"}，每行输出一个 JSON')
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="模型名称；none 为不用模型")] = None,
    town: TownOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """问台账、问法规、问往年总结：数字出自台账并带依据，法规原文引用；没有依据就说没有。"""
    from assistant.errors import InputError

    if (question is None) == (jsonl is None):
        raise InputError("请写一个问题，或用 --jsonl 指定一个问题文件（两者取一）。")
    if jsonl is not None:
        _answer_file(jsonl, model, workspace, town)
        return
    assert question is not None
    with _asked(workspace, model, town) as reply:
        given = reply(question)
    if as_json:
        from assistant.cli.answer_shapes import answer_shape

        print_json(answer_shape(given))
    else:
        _print(given)


def _answer_file(path: Path, model: str | None, workspace: Path | None, town: str) -> None:
    import json

    from assistant.cli.answer_shapes import answer_shape, read_questions

    questions = read_questions(path)
    with _asked(workspace, model, town) as reply:
        for identity, question in questions:
            line = {"id": identity, "question": question, **answer_shape(reply(question))}
            typer.echo(json.dumps(line, ensure_ascii=False))


@contextmanager
def _asked(folder: Path | None, model: str | None, town: str) -> Iterator[Callable[[str], Answer]]:
    """What answers a question of this workspace; the model is opened only if there is one."""
    from assistant.consulting import desk_of
    from assistant.qa.answer import answer
    from assistant.workflow import open_model

    with opened(folder, create=False, town=town) as workspace, desk_of(workspace) as desk:
        chat = open_model(workspace.settings, model)
        try:
            yield lambda question: answer(question, desk, model=chat)
        finally:
            if chat:
                chat.close()


def _print(given: Answer) -> None:
    typer.echo(given.text)
    for fact in given.figures:
        from assistant.periods import chinese_name
        from assistant.quantities.render import render

        formula = f"（{fact.formula}）" if fact.formula else ""
        typer.echo(f"  · {chinese_name(fact.period)}{fact.place} {fact.name}：{render(fact.value, fact.unit)}{formula}")
        for cell in fact.evidence[:_ROWS_SHOWN]:
            typer.echo(f"      依据：{cell.file} {cell.sheet} {cell.cell}")
        if len(fact.evidence) > _ROWS_SHOWN:
            typer.echo(f"      ……共 {len(fact.evidence)} 处，--json 可看全部")
    for citation in given.citations:
        version = f"（{citation.version}）" if citation.version else ""
        typer.echo(f"  · 《{citation.law}》{citation.article}{version}　{citation.source}")
    for notice in given.notices:
        typer.echo(f"{notice.severity.label}：{notice.message}")
