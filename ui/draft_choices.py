"""What the form of 起草 offers to choose from, as ledger, past summaries and settings are now."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from assistant.records import ReportKind
from assistant.settings import Settings
from assistant.workspace import NO_MODEL, unit_name
from ui.desk import Desk
from ui.words import KIND_NAMES


def draft_choices(desk: Desk, kind: str) -> tuple[object, object, object]:
    """The periods and the past summaries there are, and whose report it will be, for a page just opened or another kind of report."""
    return draft_periods(desk, kind), past_choices(desk, kind), unit_hint(desk)


def unit_hint(desk: Desk) -> object:
    """The unit box, saying whose report it will be where nothing is typed."""
    named = unit_name(desk.workspace)
    return gr.update(placeholder=f"不填则为：{named}" if named else "如：清河镇；不填则取自往年总结")


def draft_periods(desk: Desk, kind: str) -> object:
    """The periods a report of this kind can be about."""
    choices = desk.periods(ReportKind(kind))
    return gr.update(choices=choices, value=choices[0][1])


def past_choices(desk: Desk, kind: str, chosen: Sequence[str] = ()) -> object:
    """What was `chosen` stays so; else the newest past summary of the same kind is taken, as far as names tell, else the newest."""
    names = desk.past_files()
    kept = [name for name in names if name in chosen]
    alike = [name for name in names if ("半年" in name) == (ReportKind(kind) is ReportKind.HALF_YEAR)]
    return gr.update(choices=names, value=kept or (alike or names)[:1], visible=bool(names))


def model_choices(desk: Desk, chosen: str = "") -> object:
    """The writers to choose from, as the settings are now; what was chosen stays so where it still can be."""
    settings = desk.workspace.settings
    choices = models_named(settings)
    value = chosen if chosen in {name for _, name in choices} else preferred_model(settings)
    return gr.update(choices=choices, value=value, info=model_hint(settings))


def model_offer(desk: Desk) -> tuple[object, object]:
    """The models to choose from and the unit's name, as the settings are now."""
    settings = desk.workspace.settings
    models = gr.update(choices=models_named(settings), value=preferred_model(settings), info=model_hint(settings))
    return models, gr.update(value=settings.unit_name)


def kinds_named() -> list[tuple[str, str]]:
    """The kinds of reports, as (name, id)."""
    return [(name, kind.value) for kind, name in KIND_NAMES.items()]


def models_named(settings: Settings) -> list[tuple[str, str]]:
    """The writers, as (name, id); the model that is set comes last."""
    named = settings.llm_model or (settings.llm_gguf.name if settings.llm_gguf else "")
    with_model = [(f"用模型 {named}（文字更活，要等几分钟）", named)] if named else []
    return [("不用模型（照往年总结的写法，几秒钟）", NO_MODEL), *with_model]


def preferred_model(settings: Settings) -> str:
    """The model that is set, or none."""
    return models_named(settings)[-1][1]


def model_hint(settings: Settings) -> str:
    """What a person should know before choosing."""
    if len(models_named(settings)) > 1:
        return "用模型时，数字仍由程序填写，模型不能写数字。"
    return "还没有设置模型。不用模型也能完成全部工作。"
