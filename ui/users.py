"""Users, for administrators: who may log in, as what."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr

from assistant import accounts
from assistant.errors import InputError
from assistant.permissions import Operation, Role
from assistant.store.users import User, find_user, has_users
from ui.access import current_actor
from ui.choices import outlives_restart
from ui.desk import Desk
from ui.failures import Act, told

_ROLES = [
    (f"{Role.SECRETARY.label}（导入台账、起草、编辑、送审）", str(Role.SECRETARY)),
    (f"{Role.REVIEWER.label}（批注、退回、签发）", str(Role.REVIEWER)),
    (f"{Role.READER.label}（只看、问答、核数）", str(Role.READER)),
    (f"{Role.ADMIN.label}（全部，包括设置和用户）", str(Role.ADMIN)),
]
_NONE = (
    '<p class="jushi-notice" role="note"><b>还没有用户</b>：现在谁在这台电脑上打开网页都能使用，不用登录。'
    "要分清谁写、谁审、谁签，请先添加自己（第一个必须是管理员），再添加其他人；添加以后打开网页就要登录。</p>"
)
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def build_users(desk: Desk, at: gr.Tab) -> None:
    """Lay the users out in the tab `at`, which fills them whenever somebody comes to it."""
    said = gr.HTML("", elem_id="users-said", apply_default_css=False)
    table = gr.HTML("", elem_id="users-table", apply_default_css=False)
    with gr.Row(equal_height=False):
        with gr.Column(min_width=420, elem_classes="jushi-form"):
            gr.HTML('<h3 class="jushi-part">添加用户</h3>', apply_default_css=False)
            with gr.Row():
                name = gr.Textbox(
                    label="用户名（登录用）", max_lines=1, elem_id="users-name", placeholder="如：zhangsan 或 张三"
                )
                display = gr.Textbox(
                    label="姓名（显示给别人看）", max_lines=1, elem_id="users-display", placeholder="可不填"
                )
            role = gr.Dropdown(_ROLES, value=_ROLES[0][1], label="角色", filterable=False, elem_id="users-role")
            password = gr.Textbox(
                label="初始密码（至少 8 个字符）", type="password", max_lines=1, elem_id="users-password"
            )
            add = gr.Button("添加", variant="primary", elem_id="users-add")
        with gr.Column(min_width=420, visible=False, elem_classes="jushi-form") as changing:
            gr.HTML('<h3 class="jushi-part">修改用户</h3>', apply_default_css=False)
            chosen = outlives_restart(gr.Dropdown(label="哪个用户", filterable=False, elem_id="users-chosen"))
            with gr.Row(elem_classes="jushi-acts"):
                other_role = gr.Dropdown(_ROLES, label="换成什么角色", filterable=False, elem_id="users-other-role")
                change = gr.Button("换角色", elem_id="users-change", scale=0, min_width=130)
            with gr.Row(elem_classes="jushi-acts"):
                other_password = gr.Textbox(
                    label="新密码", type="password", max_lines=1, elem_id="users-other-password"
                )
                renew = gr.Button("设新密码", elem_id="users-renew", scale=0, min_width=130)
            with gr.Row():
                disable = gr.Button("停用", elem_id="users-disable")
                enable = gr.Button("重新启用", elem_id="users-enable")
    shown = [table, changing, chosen, role]
    after = [said, *shown, name, display, password, other_password]

    def acted(act: Act) -> Act:
        """Change something, then say so and show the users as they are."""

        def run(*given: str) -> tuple[object, ...]:
            return act(desk, *given), *_view(desk), *[gr.update(value="")] * 4

        return told(run, Operation.USERS)

    at.select(told(lambda: _view(desk), Operation.USERS), None, shown, **_QUIET)
    chosen.change(told(lambda who: _role_of(desk, who), Operation.USERS), chosen, other_role, **_QUIET)
    add.click(acted(_add), [name, display, role, password], after, api_visibility="private")
    change.click(acted(_change_role), [chosen, other_role], after, api_visibility="private")
    renew.click(acted(_renew), [chosen, other_password], after, api_visibility="private")
    disable.click(acted(_disable), chosen, after, api_visibility="private")
    enable.click(acted(_enable), chosen, after, api_visibility="private")


def _view(desk: Desk) -> tuple[object, ...]:
    known = accounts.list_users(desk.workspace, current_actor())
    choices = [(f"{user.actor.label}（{user.name}）", user.name) for user in known]
    first = gr.skip() if known else gr.update(value=str(Role.ADMIN))
    return users_html(known), gr.update(visible=bool(known)), gr.update(choices=choices), first


def users_html(known: Sequence[User]) -> str:
    """Every user, one a row."""
    if not known:
        return _NONE
    rows = "".join(
        f"<tr><td>{escape(user.name)}</td><td>{escape(user.display)}</td><td>{user.role.label}</td>"
        f'<td class="state {"current" if user.active else "superseded"}">{"在用" if user.active else "已停用"}</td>'
        f"<td>{user.created_at.astimezone():%Y-%m-%d}</td></tr>"
        for user in known
    )
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("用户名", "姓名", "角色", "状态", "添加日期"))
    return f'<div class="jushi-table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _role_of(desk: Desk, name: str | None) -> object:
    return gr.update(value=str(find_user(desk.workspace.engine, name).role)) if name else gr.skip()


def _add(desk: Desk, name: str, display: str, role: str, password: str) -> str:
    first = not has_users(desk.workspace.engine)
    user = accounts.add_user(
        desk.workspace, current_actor(), name or "", password or "", Role(role), display=display or ""
    )
    more = "从现在起打开网页要登录：请刷新网页，用它登录，再添加其他人。" if first else "请把用户名和初始密码告诉本人。"
    return _said(f"已添加{user.role.label}“{user.name}”。{more}")


def _change_role(desk: Desk, name: str | None, role: str) -> str:
    accounts.set_role(desk.workspace, current_actor(), _needed(name), Role(role))
    return _said(f"“{name}”现在是{Role(role).label}，下次登录起生效；他已打开的网页要重新登录。")


def _renew(desk: Desk, name: str | None, password: str) -> str:
    accounts.set_password(desk.workspace, current_actor(), _needed(name), password or "")
    return _said(f"“{name}”的密码已换，请告诉本人；他已打开的网页要重新登录。")


def _disable(desk: Desk, name: str | None) -> str:
    accounts.disable_user(desk.workspace, current_actor(), _needed(name))
    return _said(f"“{name}”已停用，不能再登录；他写过、签过的都还在。")


def _enable(desk: Desk, name: str | None) -> str:
    accounts.enable_user(desk.workspace, current_actor(), _needed(name))
    return _said(f"“{name}”又可以登录了。")


def _needed(name: str | None) -> str:
    if not name:
        raise InputError("还没有选用户。请先选好要修改哪个用户，再点一次。")
    return name


def _said(text: str) -> str:
    return f'<p class="jushi-notice" role="status">{escape(text)}</p>'
