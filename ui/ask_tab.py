"""问答: questions in plain words, answers with the figures' cells and the regulations' own text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import gradio as gr

from assistant.errors import InputError, ModelError
from assistant.permissions import Operation
from assistant.qa.desk import Turn
from assistant.records import Answer, Notice, Severity
from assistant.workflow import open_model
from ui.answer_view import Message, answer_message, failed_message, question_message, waiting_message
from ui.desk import Desk
from ui.failures import Act, sentence, told
from ui.library_tab import SHOW_HERE, passage_html
from ui.suggestions import suggested

_KEPT = 30  # turns a conversation remembers
_WELCOME = (
    '<div class="jushi-empty"><b>想知道什么，直接问</b><p>比如：今年上半年查了多少家企业？整改率比去年高几个点？堵塞消防通道怎么处罚？<br>'
    "数字都由程序从台账里算，并列出单元格；法规照原文引用；没有依据的就说没有。</p></div>"
)
_NOTHING_OPEN = '<div class="jushi-empty"><b>出处的原文显示在这里</b><p>点回答里的“看原文”。</p></div>'
# A click on a source in the chat opens it here; a question suggested is asked.
_SOURCES = """
document.addEventListener('click', ({ target }) => {
  const button = target.closest('#ask-chat [data-passage]');
  if (button) trigger('passage', { id: button.dataset.passage });
});
"""
_CHIPS = """
element.addEventListener('click', ({ target }) => {
  const chip = target.closest('[data-question]');
  if (chip) trigger('ask', { question: chip.dataset.question });
});
"""


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts of the tab that the page as a whole speaks to."""

    chips: gr.HTML  # what `suggestions_html` fills
    modelled: gr.Checkbox  # what `model_offer` fills
    question: gr.Textbox


def build_ask_tab(desk: Desk) -> AskTab:
    """Lay the tab out and wire it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=480):
            chat = gr.Chatbot(
                elem_id="ask-chat",
                show_label=False,
                height="calc(100vh - 330px)",
                min_height=240,
                render_markdown=False,
                sanitize_html=False,  # every word in it is escaped; see ui/answer_view.py
                latex_delimiters=[],
                buttons=[],
                feedback_options=None,
                placeholder=_WELCOME,
                group_consecutive_messages=False,
            )
            chips = gr.HTML("", js_on_load=_CHIPS, elem_id="ask-chips", apply_default_css=False)
            with gr.Row():
                question = gr.Textbox(
                    show_label=False,
                    container=False,
                    placeholder="在这里写问题，按回车发送；可以接着追问，如：那去年呢？",
                    submit_btn="提问",
                    max_lines=3,
                    scale=8,
                    elem_id="ask-question",
                )
                again = gr.Button("重新开始", scale=1, min_width=120, size="md", elem_id="ask-again")
            modelled = gr.Checkbox(
                label=_model_label(desk),
                value=True,
                visible=bool(_model_name(desk)),
                elem_id="ask-model",
            )
        with gr.Column(scale=5, min_width=400):
            reading = gr.HTML(
                _NOTHING_OPEN, js_on_load=SHOW_HERE + _SOURCES, elem_id="ask-reading", apply_default_css=False
            )
    turns: gr.State = gr.State([])
    asked = gr.State("")
    answering: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    question.submit(told(_taken, Operation.ASK), [question, chat], [question, asked, chat], **answering).success(
        told(_answerer(desk), Operation.ASK), [asked, chat, turns, modelled], [chat, turns], **answering
    )
    chips.ask(told(_chosen, Operation.ASK), chat, [asked, chat], **answering).success(
        told(_answerer(desk), Operation.ASK), [asked, chat, turns, modelled], [chat, turns], **answering
    )
    for begin_anew in (again.click, chat.clear):
        begin_anew(lambda: ([], [], _NOTHING_OPEN), None, [chat, turns, reading], **answering)
    reading.passage(told(_opener(desk), Operation.ASK), asked, reading, **answering)
    return AskTab(chips, modelled, question)


def suggestions_html(desk: Desk) -> str:
    """Questions this workspace can answer, to click."""
    found = suggested(desk.holdings.asking_desk(), desk.holdings.sources())
    if not found:
        return '<p class="jushi-count">还没有台账和资料。请先到“台账”页导入表格，到“资料”页导入法规和往年总结。</p>'
    chips = "".join(
        f'<button type="button" data-question="{escape(each, quote=True)}">{escape(each)}</button>' for each in found
    )
    return f'<div class="jushi-chips" role="group" aria-label="可以这样问"><span>可以这样问：</span>{chips}</div>'


def model_offer(desk: Desk) -> object:
    """The box that lets the model word answers, for the model there is now."""
    return gr.update(label=_model_label(desk), visible=bool(_model_name(desk)))


def _model_label(desk: Desk) -> str:
    return f"法规问题由模型 {_model_name(desk)} 组织语言（每句都核对原文，数字仍由程序计算）"


def _model_name(desk: Desk) -> str:
    settings = desk.workspace.settings
    return settings.llm_model or (settings.llm_gguf.name if settings.llm_gguf else "")


def _taken(question: str, shown: list[Message]) -> tuple[str, str, list[Message]]:
    """The question is in the chat at once; the answer follows."""
    if not (question or "").strip():
        raise InputError("问题是空的。请写上要问的内容。")
    return "", question.strip(), [*shown, question_message(question.strip()), waiting_message()]


def _chosen(shown: list[Message], event: gr.EventData) -> tuple[str, list[Message]]:
    _, question, messages = _taken(str(event.question), shown)
    return question, messages


def _answerer(desk: Desk) -> Act:
    def reply(
        question: str,
        shown: list[Message],
        turns: list[Turn],
        modelled: bool,  # noqa: FBT001 - a checkbox
    ) -> tuple[list[Message], list[Turn]]:
        try:
            given = _answered(desk, question, turns, modelled=modelled)
        except Exception as error:  # noqa: BLE001 - said in the chat, where the person looks
            return [*shown[:-1], failed_message(sentence(error))], turns
        return [*shown[:-1], answer_message(given)], [*turns, Turn(question, given)][-_KEPT:]

    return reply


def _answered(desk: Desk, question: str, turns: Sequence[Turn], *, modelled: bool) -> Answer:
    """The answer; without the model where that fails."""
    from assistant.qa.answer import answer  # with the first question: the page is open sooner without it

    at = desk.holdings.asking_desk()
    if not (modelled and _model_name(desk)):
        return answer(question, at, turns)
    model = open_model(desk.workspace.settings)
    try:
        return answer(question, at, turns, model=model)
    except ModelError as error:
        notice = Notice(Severity.WARNING, "no_model", f"模型没有用上（{sentence(error)}），以下直接列出原文。")
        given = answer(question, at, turns)
        return replace(given, notices=(*given.notices, notice))
    finally:
        if model:
            model.close()


def _opener(desk: Desk) -> Act:
    def open_passage(asked: str, event: gr.EventData) -> str:
        return passage_html(desk, str(event.id), asked)

    return open_passage
