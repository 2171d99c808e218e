"""设置: whose reports, which model, the library's vectors, the dictionary, users, where everything lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.configuring import change_settings, models_on_offer, try_settings
from assistant.permissions import Operation
from ui.access import current_actor
from ui.desk import Desk
from ui.dictionary_part import build_dictionary_part, dictionary_view
from ui.failures import Act, told
from ui.settings_view import FIELDS, about_html, closed_html, forgotten_key_html, saved_html, trial_html
from ui.users import build_users

_SECRET_NAMES = ("llm_api_key", "embedding_api_key")
_ADVANCED = ("llm_timeout", "llm_retries", "llm_context", "llm_concurrency", "llm_gguf")
_MODEL = ("llm_base_url", "llm_api_key", "llm_model")
_EMBEDDING = ("embedding", "embedding_base_url", "embedding_api_key", "embedding_model")
_PRICES = ("llm_price_in", "llm_price_out")
_NAMES = ("unit_name", *_MODEL, *_EMBEDDING, *_PRICES, *_ADVANCED)


@dataclass(frozen=True, slots=True)
class SettingsTab:
    """The parts of the tab that the page as a whole speaks to."""

    shown: list[gr.Component]  # what `settings_view` fills
    changed: gr.State  # grows when settings or dictionary are others than before


def build_settings_tab(desk: Desk) -> SettingsTab:
    """Lay the tab out and wire it."""
    changed = gr.State(0)
    closed = gr.HTML("", elem_id="settings-closed", apply_default_css=False)
    with gr.Tabs(elem_id="settings-tabs"):
        with gr.Tab("单位和模型", id="basic"):
            fields, removals, buttons, said = _basic()
        with gr.Tab("指标字典", id="dictionary"):
            dictionary = build_dictionary_part(desk, changed)
        with gr.Tab("用户", id="users") as users_at:
            build_users(desk, users_at)
        with gr.Tab("数据和版本", id="about"):
            about = gr.HTML("", elem_id="settings-about", apply_default_css=False)
    shown = [closed, *fields.values(), *removals, *dictionary, about]
    form = [*fields.values(), *removals]
    save, test, listing = buttons
    guarded: dict[str, Any] = {"api_visibility": "private"}
    save.click(told(_saver(desk), Operation.SETTINGS), [changed, *form], [said, changed, *shown], **guarded)
    test.click(told(_tester(desk), Operation.SETTINGS), form, said, **guarded)
    listing.click(told(_lister(desk), Operation.SETTINGS), form, [fields["llm_model"], said], **guarded)
    return SettingsTab(shown, changed)


def _basic() -> tuple[dict[str, gr.Component], list[gr.Checkbox], tuple[gr.Button, ...], gr.HTML]:
    """The form, its buttons, and where they say what came of it."""
    fields: dict[str, gr.Component] = {}
    removals: dict[str, gr.Checkbox] = {}

    def add(*names: str) -> None:
        for name in names:
            fields[name] = FIELDS[name].component()
            if name in _SECRET_NAMES:
                removals[name] = gr.Checkbox(
                    label="删除已保存的密钥", visible=False, elem_id=f"settings-{name}-remove", container=False
                )

    with gr.Row(equal_height=False):
        with gr.Column(min_width=420):
            add("unit_name")
            with gr.Group():
                add(*_MODEL)
            with gr.Row():
                save = gr.Button("保存设置", variant="primary", size="md", elem_id="settings-save")
                test = gr.Button("测试一下", size="md", elem_id="settings-test")
                listing = gr.Button("这个服务有哪些模型", size="md", elem_id="settings-models")
            said = gr.HTML("", elem_id="settings-said", apply_default_css=False)
        with gr.Column(min_width=420):
            with gr.Group():
                add(*_EMBEDDING)
            with gr.Row():
                add(*_PRICES)
            with gr.Accordion("不常改的设置", open=False):
                add(*_ADVANCED)
    ordered = {name: fields[name] for name in _NAMES}
    return ordered, [removals[name] for name in _SECRET_NAMES], (save, test, listing), said


def settings_view(desk: Desk) -> tuple[object, ...]:
    """The settings as they are, for who may see to them; keys are never among them."""
    may = desk.may(Operation.SETTINGS)
    settings = desk.workspace.settings
    values = [FIELDS[name].shown(settings, may=may) for name in _NAMES]
    removals = [gr.update(value=False, visible=may and FIELDS[name].is_saved(settings)) for name in _SECRET_NAMES]
    closed = "" if may else closed_html()
    return closed, *values, *removals, *dictionary_view(desk), about_html(desk.workspace) if may else closed


def _given(form: tuple[object, ...]) -> dict[str, str | None]:
    """What the form holds: a key only where one was typed, None where it is to be removed."""
    values = dict(zip(_NAMES, form, strict=False))
    removed = dict(zip(_SECRET_NAMES, form[len(_NAMES) :], strict=True))
    given: dict[str, str | None] = {name: "" if value is None else str(value) for name, value in values.items()}
    for name, gone in removed.items():
        if gone and not given[name]:
            given[name] = None
    return {name: value for name, value in given.items() if not FIELDS[name].fixed}


def _saver(desk: Desk) -> Act:
    def save(times: int, *form: object) -> tuple[object, ...]:
        given = _given(form)
        before = desk.workspace.settings
        workspace, names = change_settings(desk.workspace, given, current_actor())
        desk.renew(workspace)
        lost = [
            name for name in _SECRET_NAMES if name in names and given.get(name) == "" and FIELDS[name].is_saved(before)
        ]
        said = saved_html(names) + (forgotten_key_html() if lost else "")
        return said, times + bool(names), *settings_view(desk)

    return save


def _tester(desk: Desk) -> Act:
    def test(*form: object) -> str:
        return trial_html(try_settings(desk.workspace, _given(form), current_actor()))

    return test


def _lister(desk: Desk) -> Act:
    def models(*form: object) -> tuple[object, str]:
        found = models_on_offer(desk.workspace, _given(form), current_actor())
        chosen = form[_NAMES.index("llm_model")]
        if not found:
            return gr.skip(), trial_html(None)
        kept = chosen if chosen in found else found[0]
        return gr.update(choices=list(found), value=kept), trial_html(None, found)

    return models
