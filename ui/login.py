"""Logging in and out, and changing one's password: plain pages of our own, without any script."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant import accounts
from assistant.errors import JushiError
from assistant.permissions import LOCAL, Actor, Operation, allowed
from assistant.store import audit, sessions, users
from assistant.store.audit import Action
from assistant.workspace import Workspace
from ui.access import is_loopback
from ui.failures import sentence

if TYPE_CHECKING:
    from starlette.requests import Request

_FRAME = Template((Path(__file__).parent / "login.html").read_text(encoding="utf-8"))
_LONGEST_FORM = 4096  # bytes
_HOME = "/"
_TABS_FOR = {"draft": Operation.DRAFT, "settings": Operation.SETTINGS}
_FIRST = (
    "还没有用户。请在装有据实的电脑上打开命令行，运行 <code>jushi user add 用户名 --role admin</code>，"
    "按提示设好密码，然后刷新这一页登录。其他人的用户可以在网页的“设置”里添加。"
)


class Doorkeeper:
    """Who may come in. Methods that touch the database are called in threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._engine = workspace.engine
        self._settings = workspace.settings
        self._cookie = f"jushi_{workspace.settings.port}"  # browsers share cookies among the ports of a machine
        self._needed = workspace.settings.login == "on" or (
            workspace.settings.login == "auto" and not is_loopback(workspace.settings.host)
        )

    def on(self) -> bool:
        """Whether people have to log in. From the first user on they do, unless the settings say off."""
        if not self._needed and self._settings.login == "auto":
            self._needed = users.has_users(self._engine)
        return self._needed

    def actor_of(self, request: Request) -> Actor | None:
        """Who has logged in with this browser."""
        token = request.cookies.get(self._cookie)
        return sessions.actor_of(self._engine, token) if token else None

    async def log_in(self, request: Request, actor: Actor | None) -> Response:
        """The login page, and what it sends."""
        if request.method not in ("GET", "POST"):
            return Response(status_code=405)
        sent = await _form(request) if request.method == "POST" else dict(request.query_params)
        asked = _own(sent.get("next", ""))
        if request.method == "GET":
            if actor is not None:
                return RedirectResponse(asked, 303)
            empty = not await run_in_threadpool(users.has_users, self._engine)
            return _login_page(asked, _FIRST if empty else "", told_kind="hint")
        name = sent.get("name", "")
        try:
            token = await run_in_threadpool(self._open, name, sent.get("password", ""))
        except JushiError as error:
            return _login_page(asked, escape(sentence(error)), name=name, status=403)
        return self._let_in(request, token, asked)

    async def log_out(self, request: Request, actor: Actor | None) -> Response:
        """End the session of this browser."""
        if request.method != "POST":
            return RedirectResponse(_HOME, 303)
        token = request.cookies.get(self._cookie)
        if token and actor:
            await run_in_threadpool(self._close, token, actor)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(self._cookie)
        return response

    async def change_password(self, request: Request, actor: Actor | None) -> Response:
        """A person gives themselves another password, with the one they have."""
        if actor is None or not await run_in_threadpool(self.on):
            return RedirectResponse(_HOME if actor else "/login?next=/password", 303)
        if request.method != "POST":
            return _password_page(actor, "")
        sent = await _form(request)
        if sent.get("password") != sent.get("again"):
            return _password_page(actor, "两次输入的新密码不一样。请再输一次。", 400)
        try:
            token = await run_in_threadpool(self._renew, actor, sent.get("old", ""), sent.get("password", ""))
        except JushiError as error:
            return _password_page(actor, sentence(error), 400)
        return self._let_in(request, token, _HOME)

    def _open(self, name: str, password: str) -> str:
        return sessions.open_session(self._engine, users.authenticate(self._engine, name, password))

    def _close(self, token: str, actor: Actor) -> None:
        sessions.close_session(self._engine, token)
        audit.record(self._engine, actor.name, Action.LOGOUT, actor.name)

    def _renew(self, actor: Actor, old: str, new: str) -> str:
        accounts.change_password(self._workspace, actor, old, new)
        return sessions.open_session(self._engine, actor)

    def _let_in(self, request: Request, token: str, asked: str) -> Response:
        response = RedirectResponse(asked, 303)
        secure = request.url.scheme == "https"
        response.set_cookie(self._cookie, token, httponly=True, samesite="lax", secure=secure, path="/")
        return response


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; empty where it is too large or not one."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return {}
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=16))
    except ValueError:
        return {}


def _own(address: str) -> str:
    """The page to go to after logging in: a path of ours, never another site."""
    parts = urlsplit(address)
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return address if plain and address.isprintable() else _HOME


def tabs_put_away(actor: Actor) -> list[str]:
    """The tabs a role has no use for; what is done there is refused to it in any case."""
    return [tab for tab, operation in _TABS_FOR.items() if not allowed(actor.role, operation)]


def who_html(actor: Actor) -> str:
    """In the corner of the page: who is logged in, and the way out; nothing where one person works alone."""
    if actor == LOCAL:
        return ""
    away = ",".join(f"#tabs [data-tab-id={tab}]" for tab in tabs_put_away(actor))
    style = f"<style>{away} {{ display: none !important; }}</style>" if away else ""
    return (
        f'{style}<div class="jushi-who"><span>{escape(actor.label)}（{actor.role.label}）</span><a href="/password">修改密码</a>'
        '<form method="post" action="/logout"><button class="link">退出登录</button></form></div>'
    )


def _login_page(asked: str, told: str, *, name: str = "", status: int = 200, told_kind: str = "error") -> Response:
    focus = ("", " autofocus") if name else (" autofocus", "")
    body = (
        f'<form method="post" action="/login"><input type="hidden" name="next" value="{escape(asked)}">'
        f'<label>用户名<input name="name" value="{escape(name)}" autocomplete="username" required maxlength="64"{focus[0]}></label>'
        f'<label>密码<input name="password" type="password" autocomplete="current-password" required maxlength="200"{focus[1]}></label>'
        "<button>登录</button></form>"
        '<p class="help">没有用户名，或忘了密码，请找本单位的管理员。</p>'
    )
    return _page("登录", "登录后使用", body, told, told_kind, status)


def _password_page(actor: Actor, told: str, status: int = 200) -> Response:
    body = (
        '<form method="post" action="/password">'
        '<label>现在的密码<input name="old" type="password" autocomplete="current-password" required maxlength="200" autofocus></label>'
        '<label>新密码（至少 8 个字符）<input name="password" type="password" autocomplete="new-password" required maxlength="200"></label>'
        '<label>再输一次新密码<input name="again" type="password" autocomplete="new-password" required maxlength="200"></label>'
        "<button>修改密码</button></form>"
        '<p class="help"><a href="/">不改了，回到据实</a></p>'
    )
    return _page("修改密码", f"{escape(actor.label)}（{actor.role.label}）", body, escape(told), "error", status)


def welcome_page(actor: Actor) -> Response:
    """For who has logged in again beside a page that is still open."""
    body = '<p>已经登录。可以关掉这个窗口，回到原来的网页接着做。</p><p class="help"><a href="/">或者从这里打开据实</a></p>'
    return _page("登录好了", f"{escape(actor.label)}（{actor.role.label}）", body, "", "note", 200)


def _page(title: str, under: str, body: str, told: str, told_kind: str, status: int) -> Response:
    notice = (
        f'<p class="told {told_kind}" role="{"alert" if told_kind == "error" else "note"}">{told}</p>' if told else ""
    )
    html = _FRAME.substitute(title=title, under=under, told=notice, body=body)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
