"""Logging in and out, without a browser: the gate in front of an application that says who asks."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from office import CHEAP, PASSWORD, open_office
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from assistant.permissions import Role
from assistant.settings import load_settings
from assistant.store import audit, users
from assistant.workspace import open_workspace
from ui.access import actor_of
from ui.gate import Gate


class Browser:
    """Sends requests straight into an ASGI application and keeps its cookie."""

    def __init__(self, app, host="127.0.0.1:7860", scheme="http"):
        self.app, self.host, self.scheme, self.cookie = app, host, scheme, ""

    async def ask(self, method, path, form=None, headers=()):
        from urllib.parse import urlencode

        body = urlencode(form or {}).encode()
        path, _, query = path.partition("?")
        sent = {"host": self.host, "cookie": self.cookie, **dict(headers)}
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": self.scheme,
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
            "server": ("127.0.0.1", 7860), "root_path": "", "http_version": "1.1",
        }  # fmt: skip
        said = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            said.append(message)

        await self.app(scope, receive, send)
        answer = Answer(said)
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer


class Answer:
    def __init__(self, said):
        self.status = said[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        self.text = b"".join(each.get("body", b"") for each in said[1:]).decode()


async def says_who(scope, receive, send):
    await PlainTextResponse(actor_of(Request(scope)).name)(scope, receive, send)


@pytest.fixture
def office(tmp_path):
    workspace = open_office(tmp_path / "workspace")
    yield workspace
    workspace.close()


@pytest.fixture
def browser(office):
    return Browser(Gate(says_who, office))


def run(coroutine):
    """In a thread of its own: the browser of other tests keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def get(browser, path, **headers):
    return run(browser.ask("GET", path, headers=headers.items()))


def post(browser, path, form=None, **headers):
    return run(browser.ask("POST", path, form, headers.items()))


def log_in(browser, name="li", password=PASSWORD, **more):
    return post(browser, "/login", {"name": name, "password": password, **more})


def test_who_logs_in_comes_to_the_page_they_asked_for(browser):
    asked = get(browser, "/?tab=review&draft=annual-2024-1")
    assert asked.headers["location"] == "/login?next=%2F%3Ftab%3Dreview%26draft%3Dannual-2024-1"
    assert 'value="/?tab=review&amp;draft=annual-2024-1"' in get(browser, asked.headers["location"]).text
    answer = log_in(browser, next="/?tab=review&draft=annual-2024-1")
    assert (answer.status, answer.headers["location"]) == (303, "/?tab=review&draft=annual-2024-1")
    assert get(browser, "/").text == "li"


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_login_never_leads_to_another_site(browser, next):
    assert log_in(browser, next=next).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_plain_wires(office):
    plain = log_in(Browser(Gate(says_who, office))).headers["set-cookie"]
    assert "HttpOnly" in plain and "samesite=lax" in plain.lower() and "Secure" not in plain
    assert "Secure" in log_in(Browser(Gate(says_who, office), scheme="https")).headers["set-cookie"]


def test_a_wrong_password_is_told_in_a_sentence_and_after_some_one_has_to_wait(browser):
    told = log_in(browser, password="wrong")
    assert told.status == 403 and "用户名或密码不对" in told.text and 'value="li"' in told.text
    assert "wrong" not in told.text
    assert log_in(browser, name="nobody", password="wrong").status == 403
    for _ in range(3):
        told = log_in(browser, password="wrong")
    assert "请等" in log_in(browser).text  # even with the right one


def test_markup_in_a_name_is_shown_as_text(browser):
    assert "<script>" not in log_in(browser, name='"><script>alert(1)</script>', password="x").text


def test_logging_out_ends_the_session_itself(browser, office):
    log_in(browser)
    kept = browser.cookie
    assert post(browser, "/logout").headers["location"] == "/login"
    browser.cookie = kept
    assert get(browser, "/config").status == 401
    assert audit.entries(office.engine, action="logout", limit=1)[0].actor == "li"


def test_who_is_disabled_or_given_another_role_is_out_at_once(browser, office):
    log_in(browser)
    users.set_role(office.engine, "li", Role.READER)
    assert get(browser, "/config").status == 401
    log_in(browser)
    users.disable_user(office.engine, "li")
    assert get(browser, "/config").status == 401


def test_people_change_their_own_password_with_the_one_they_have(browser, office):
    log_in(browser)
    assert "李文书" in get(browser, "/password").text
    new = {"old": PASSWORD, "password": "tongan-5512", "again": "tongan-5512"}
    assert "不一样" in post(browser, "/password", {**new, "again": "x"}).text
    assert "用户名或密码不对" in post(browser, "/password", {**new, "old": "wrong-one"}).text
    assert post(browser, "/password", new).status == 303
    assert get(browser, "/").text == "li"  # goes on with a new session
    assert log_in(browser, password=PASSWORD).status == 403


def test_forms_from_other_sites_and_huge_ones_are_not_taken(browser):
    assert post(browser, "/login", {"name": "li", "password": PASSWORD}, origin="http://evil.example").status == 403
    assert log_in(browser, password="x" * 10_000).status == 403


def test_before_the_first_user_the_login_page_says_how_to_make_one(tmp_path):
    workspace = open_workspace(load_settings(tmp_path / "workspace", login="on"))
    assert "jushi user add" in get(Browser(Gate(says_who, workspace)), "/login").text
    workspace.close()


@pytest.mark.parametrize(
    ("login", "host", "with_users", "needed"),
    [
        ("auto", "127.0.0.1", False, False),
        ("auto", "127.0.0.1", True, True),
        ("auto", "0.0.0.0", False, True),
        ("on", "127.0.0.1", False, True),
        ("off", "0.0.0.0", True, False),
    ],
)
def test_when_login_is_needed(tmp_path, login, host, with_users, needed):
    workspace = open_workspace(load_settings(tmp_path / "workspace", login=login, host=host))
    if with_users:
        users.add_user(workspace.engine, "wang", PASSWORD, Role.ADMIN, cost=CHEAP)
    assert get(Browser(Gate(says_who, workspace)), "/config").status == (401 if needed else 200)
    workspace.close()


def test_the_first_user_closes_the_door_behind_who_added_them(tmp_path):
    workspace = open_workspace(load_settings(tmp_path / "workspace"))
    browser = Browser(Gate(says_who, workspace))
    assert get(browser, "/").text == "本机用户"
    users.add_user(workspace.engine, "wang", PASSWORD, Role.ADMIN, cost=CHEAP)
    assert get(browser, "/config").status == 401
    assert get(Browser(browser.app, host="rebound.example"), "/login").status == 200
    workspace.close()


def test_by_another_name_the_machine_serves_nobody_who_need_not_log_in(tmp_path):
    workspace = open_workspace(load_settings(tmp_path / "workspace"))
    assert get(Browser(Gate(says_who, workspace), host="rebound.example"), "/").status == 403
    workspace.close()
