"""The fields of 设置, and what is said of settings, a trial, and where everything lies."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from assistant import __version__
from assistant.llm.trying import Outcome, Trial
from assistant.settings import SETTINGS_FILE, Settings
from assistant.settings_file import is_fixed, variable
from assistant.workspace import LAYOUTS, ORIGINALS, OWN_INDICATORS, Workspace

_EMBEDDINGS = [
    ("自动（有内置的就用内置的）", "auto"),
    ("内置 e5", "e5"),
    ("内置 use", "use"),
    ("用向量服务", "endpoint"),
    ("不用，只按关键词查找", "none"),
]


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as a person changes it."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"  # text | secret | model | embedding

    @property
    def fixed(self) -> bool:
        """Whether the environment sets it, so that the page cannot."""
        return is_fixed(self.name)

    def component(self) -> gr.Component:
        """The field, empty: what is set is filled in for who may see it."""
        info = f"由环境变量 {variable(self.name)} 设定，不能在这里改" if self.fixed else None
        common: dict[str, Any] = {
            "label": self.label,
            "info": info,
            "interactive": not self.fixed,
            "elem_id": f"settings-{self.name}",
        }
        if self.kind == "embedding":
            return gr.Dropdown(_EMBEDDINGS, filterable=False, **common)
        if self.kind == "model":
            return gr.Dropdown([], allow_custom_value=True, **common)
        if self.kind == "secret":
            return gr.Textbox(
                type="password",
                max_lines=1,
                html_attributes=gr.InputHTMLAttributes(autocomplete="new-password"),
                **common,
            )
        return gr.Textbox(max_lines=1, placeholder=self.hint, **common)

    def shown(self, settings: Settings, *, may: bool) -> object:
        """How the field stands for who may see to it; a key is never in it, only whether there is one."""
        if self.kind == "secret":
            saved = may and self.is_saved(settings)
            kept = "已保存，不会显示出来；要换新的，在这里重新填写"
            return gr.update(value="", placeholder=kept if saved else self.hint)
        value = getattr(settings, self.name)
        text = "" if not may or value is None or (not value and value != 0) else str(value)
        return gr.update(value=text or (None if self.kind in ("model", "embedding") else ""))

    def is_saved(self, settings: Settings) -> bool:
        """Whether a key is set."""
        value = getattr(settings, self.name)
        return isinstance(value, SecretStr) and bool(value.get_secret_value()) and not self.fixed


FIELDS = {
    field.name: field
    for field in (
        Field("unit_name", "单位名称（写在报告的标题和落款里）", "如：青梧镇；不填则取自台账标题"),
        Field("llm_base_url", "模型服务地址", "如：http://127.0.0.1:11434/v1；不用模型就留空"),
        Field("llm_api_key", "模型服务的密钥", "本机的服务一般不用填", "secret"),
        Field("llm_model", "模型名称（可从列表中选，也可以直接写）", kind="model"),
        Field("llm_price_in", "模型输入价格（元／千 token）", "0 为不显示费用"),
        Field("llm_price_out", "模型输出价格（元／千 token）", "0 为不显示费用"),
        Field("embedding", "资料库按意思查找", kind="embedding"),
        Field("embedding_base_url", "向量服务地址（选“用向量服务”时填）", "如：http://127.0.0.1:11434/v1"),
        Field("embedding_api_key", "向量服务的密钥", "本机的服务一般不用填", "secret"),
        Field("embedding_model", "向量模型名称", "如：bge-m3"),
        Field("llm_timeout", "等模型多少秒没有动静就算失败", "120"),
        Field("llm_retries", "失败后再试几次", "2"),
        Field("llm_context", "模型的上下文长度（token）", "8192"),
        Field("llm_concurrency", "同时让模型写几节（本机模型用 1）", "1"),
        Field("llm_gguf", "本机模型文件（GGUF）的位置", "如：/data/qwen.gguf；没有就留空"),
    )
}


def closed_html() -> str:
    """For who may not see to the settings."""
    return '<div class="jushi-empty"><b>设置由管理员管理</b><p>需要改单位名称、模型或指标字典，请找管理员。</p></div>'


def saved_html(names: Sequence[str]) -> str:
    """What was saved."""
    if not names:
        return '<div class="jushi-said" role="status">没有改动，不用保存。</div>'
    labels = "、".join(escape(FIELDS[name].label.split("（")[0]) for name in names)
    return f'<div class="jushi-said" role="status"><b>已保存：{labels}。</b>马上生效，不用重新启动。</div>'


def forgotten_key_html() -> str:
    """A key does not go along to another host."""
    return '<p class="jushi-notice warning" role="note">服务地址换了，原来那个服务的密钥没有沿用。新服务要密钥的话，请再填一次。</p>'


def trial_html(trial: Trial | None, models: Sequence[str] = ()) -> str:
    """What came of trying the model, or of asking which models there are."""
    if trial is None:
        if not models:
            return (
                '<div class="jushi-said bad" role="alert"><b>这个服务没有列出模型。</b>请在“模型名称”里直接写。</div>'
            )
        return f'<div class="jushi-said" role="status"><b>服务连得上，有 {len(models)} 个模型。</b>请在“模型名称”里选一个，再点“测试一下”。</div>'
    good = trial.outcome is Outcome.WORKS
    look = 'class="jushi-said" role="status"' if good else 'class="jushi-said bad" role="alert"'
    mark = "✓" if good else "✗"
    return f"<div {look}><b>{mark} {trial.outcome.label}</b><br>{escape(trial.message)}</div>"


def about_html(workspace: Workspace) -> str:
    """Where the data lies, and which versions run."""
    settings, folder = workspace.settings, workspace.folder.resolve()
    database = make_url(settings.database_url).render_as_string(hide_password=True) if settings.database_url else ""
    rows = (
        ("工作目录（备份它就备份了全部）", str(folder)),
        ("数据库", database or str(folder / "jushi.db")),
        ("导入过的台账（副本）", str(folder / ORIGINALS)),
        ("表格读法", str(folder / LAYOUTS)),
        ("本单位的指标", str(folder / OWN_INDICATORS)),
        ("资料库", str(folder / "library")),
        ("设置文件", str(folder / SETTINGS_FILE)),
        ("网页地址", f"{settings.host}:{settings.port}"),
        ("据实", __version__),
        ("指标字典", f"{len(workspace.registry)} 项"),
        ("Python", platform.python_version()),
        ("Gradio", gr.__version__),
        ("系统", f"{platform.system()} {platform.machine()}"),
    )
    cells = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in rows)
    return f'<div class="jushi-table jushi-about"><table><tbody>{cells}</tbody></table></div>'
