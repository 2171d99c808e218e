"""核数: anybody's report against the ledger, with the verdicts in the text, as a list and as files to take away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import InputError
from assistant.periods import chinese_name
from assistant.permissions import Operation
from assistant.records import CheckReport, Document, Fact, Period
from ui.desk import Desk, chosen_period
from ui.editor import editor
from ui.failures import Act, told
from ui.marks import marks_of
from ui.uploads import SHEETS, TEXTS, accepted
from ui.words import cells_named

_EMPTY = "把要核对的总结拖到上面（或粘贴文字），选好期间，点“开始核数”。每个数字的结论会标在正文里。"
_FETCH = "() => setTimeout(() => document.querySelector('#check-file')?.click(), 150)"
_SHOW = "() => document.querySelector('#checker').scrollIntoView({ behavior: 'smooth', block: 'start' })"
_TITLE = 200  # characters in which a report says which period it is about
_PARTS = {"": "", "上半年": "H1", "下半年": "H2", "一季度": "Q1", "二季度": "Q2", "三季度": "Q3", "四季度": "Q4"}
_NAMED = re.compile(r"(?P<year>20\d\d)\s*年?度?第?(?P<part>上半年|下半年|[一二三四]季度)?")
_PASTED = "粘贴的文字"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a person has just had checked; kept for the files they may take away."""

    document: Document
    source: Path | None  # the Word file itself, where that was given
    report: CheckReport


@dataclass(frozen=True, slots=True)
class CheckTab:
    """The parts of the tab that the page as a whole speaks to."""

    period: gr.Dropdown


def build_check_tab(desk: Desk) -> CheckTab:
    """Lay the tab out and wire it."""
    with gr.Row(equal_height=True):
        upload = gr.File(label="要核对的总结（Word 或文本文件）", height=150, scale=3, elem_id="check-upload")
        pasted = gr.Textbox(
            label="或者把文字粘贴在这里",
            lines=4,
            max_lines=4,
            scale=4,
            elem_id="check-text",
            placeholder="粘贴总结的全文或一段",
        )
        with gr.Column(scale=3, min_width=280):
            period = gr.Dropdown(label="这份总结说的是哪个期间", elem_id="check-period", filterable=False)
            start = gr.Button("开始核数", variant="primary", elem_id="check-start")
    with gr.Accordion("不用本单位台账，改用另给的台账或事实表核对", open=False):
        facts_file = gr.File(
            label="台账表格（可多个，只用来核对，不导入），或一张事实表：首行为 topic,indicator,period,value,unit",
            file_count="multiple",
            height=110,
            elem_id="check-facts",
        )
    paper = editor(_judged_already, elem_id="checker", readonly=True, empty=_EMPTY)
    with gr.Accordion("核数表（每个数字一行）", open=False, visible=False, elem_id="check-accordion") as folded:
        table = gr.HTML("", elem_id="check-table", apply_default_css=False)
    word = gr.DownloadButton("下载", elem_id="check-file", visible="hidden")
    checked: gr.State = gr.State(None)

    for event, given in ((upload.upload, upload), (pasted.blur, pasted)):
        event(
            told(lambda file, text: _likely_period(desk, file, text)),
            [upload, pasted],
            period,
            show_progress="hidden",
            api_visibility="private",
        ).failure(lambda: None, None, given, show_progress="hidden", api_visibility="private")
    facts_file.upload(
        told(lambda files: _periods_of(desk, files), Operation.CHECK), facts_file, period, api_visibility="private"
    ).failure(lambda: None, None, facts_file, show_progress="hidden", api_visibility="private")
    facts_file.clear(told(lambda: period_choices(desk)), None, period, show_progress="hidden", api_visibility="private")
    start.click(
        told(_starter(desk), Operation.CHECK),
        [upload, pasted, period, facts_file],
        [paper, table, folded, checked],
        api_visibility="private",
    ).success(None, None, None, js=_SHOW)
    for event, make in ((paper.word, _word_maker(desk)), (paper.excel, _excel_maker(desk))):
        event(
            told(make, Operation.CHECK), checked, [word, paper], show_progress="hidden", api_visibility="private"
        ).success(None, None, None, js=_FETCH)
    return CheckTab(period)


def period_choices(desk: Desk, asked: str = "") -> object:
    """The periods to choose from, for a page just opened (on the one its address asks for) or a ledger just imported."""
    choices = desk.periods()
    known = asked in {identity for _, identity in choices}
    return gr.update(choices=choices, value=asked if known else choices[0][1])


def _periods_of(desk: Desk, files: list[str] | None) -> object:
    """The periods of a ledger given beside the report."""
    from assistant.comparing import years_of_files

    years = years_of_files(desk.workspace, accepted(files, SHEETS))
    choices = desk.periods(years=years) if years else desk.periods()
    return gr.update(choices=choices, value=choices[0][1])


def _likely_period(desk: Desk, file: str | None, pasted: str) -> object:
    """The period that the file's name or the beginning of the text names, where the ledger has it."""
    from assistant.retrieval.loaders import load_document

    path = accepted(file, TEXTS)[0] if file else None
    start = f"{path.stem} {load_document(path).text[:_TITLE]}" if path else (pasted or "")[:_TITLE]
    named = _NAMED.search(start)
    if named is None:
        return gr.skip()
    identity = named["year"] + _PARTS[named["part"] or ""]
    return gr.update(value=identity) if identity in {each for _, each in desk.periods()} else gr.skip()


def _starter(desk: Desk) -> Act:
    def start(file: str | None, pasted: str, period: str | None, others: list[str] | None) -> tuple[object, ...]:
        document, source = _given(file, pasted)
        span = chosen_period(period)
        facts = _facts(desk, others, span)
        report = desk.check(document.text, facts, span)
        doc = {
            "id": f"check:{document.file}",
            "text": document.text,
            "readonly": True,
            "note": f"对照：{'、'.join(Path(each).name for each in others) if others else chinese_name(span) + '台账'}",
            "report": marks_of(report, facts),
        }
        return gr.update(doc=doc), _table_html(report), gr.update(visible=True), Checked(document, source, report)

    return start


def _given(file: str | None, pasted: str) -> tuple[Document, Path | None]:
    from assistant.retrieval.loaders import load_document, load_text

    if file:
        path = accepted(file, TEXTS)[0]
        document = load_document(path)
        source = path if path.suffix.lower() == ".docx" else None
    else:
        document, source = load_text(pasted or "", _PASTED), None
    if not document.text.strip():
        raise InputError(
            "还没有要核对的内容。请先拖入一份总结，或把文字粘贴到框里。"
            if not file
            else f"“{document.file}”里没有文字。"
        )
    return document, source


def _facts(desk: Desk, files: list[str] | None, period: Period) -> list[Fact]:
    if files:
        from assistant.comparing import facts_of_files

        return facts_of_files(desk.workspace, accepted(files, SHEETS), period)
    facts = desk.facts(period, fresh=True)
    if not facts:
        raise InputError(
            f"台账里没有{chinese_name(period)}的数据，无从核对。请先到“台账”页导入，或在“改用另给的台账”里给出一份。"
        )
    return facts


def _table_html(report: CheckReport) -> str:
    rows = "".join(
        f"<tr><td>{report.text.count(chr(10), 0, verdict.start) + 1}</td><td>{escape(verdict.surface)}</td>"
        f'<td><span class="badge {verdict.verdict}">{verdict.verdict.label}</span></td>'
        f"<td>{escape(verdict.expected)}</td><td>{'<br>'.join(map(escape, cells_named(verdict.evidence, 3)))}</td>"
        f"<td>{escape(verdict.message)}</td></tr>"
        for verdict in report.verdicts
    )
    return (
        '<div class="jushi-table jushi-editor"><table><thead><tr><th scope="col">行</th><th scope="col">原文</th><th scope="col">结论</th>'
        f'<th scope="col">台账为</th><th scope="col">出处</th><th scope="col">说明</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _word_maker(desk: Desk) -> Act:
    def make_word(checked: Checked | None) -> tuple[object, object]:
        from assistant.export.annotated import annotate

        kept = _needed(checked)
        out = desk.export_path(f"{Path(kept.document.file).stem}-核数批注.docx")
        annotate(kept.source or kept.document, kept.report, out)
        return str(out), _taken(kept, out)

    return make_word


def _excel_maker(desk: Desk) -> Act:
    def make_excel(checked: Checked | None) -> tuple[object, object]:
        from assistant.export.workbook import export_xlsx

        kept = _needed(checked)
        out = desk.export_path(f"{Path(kept.document.file).stem}-核数表.xlsx")
        export_xlsx(kept.report, out)
        return str(out), _taken(kept, out)

    return make_excel


def _needed(checked: Checked | None) -> Checked:
    if checked is None:
        raise InputError("核数结果已过期（网页服务重启过）。请再点一次“开始核数”，然后下载。")
    return checked


def _taken(kept: Checked, out: Path) -> Any:  # noqa: ANN401 - a Gradio update
    return gr.update(saved={"id": f"check:{kept.document.file}", "note": f"已生成 {out.name}"})


def _judged_already(_asked: dict[str, Any]) -> dict[str, Any]:
    """The text cannot be changed here, so there is nothing to judge anew."""
    return {"error": "要重新核数，请点“开始核数”。"}
