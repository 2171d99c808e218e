"""What the page's server lets through: nothing before login, nothing from elsewhere, of each role what the table says."""

import json
from pathlib import Path

import httpx
import pytest
from office import NAME_OF, PASSWORD, free_port, open_office, served, write_report

from assistant.permissions import TABLE, Operation, Role

OPEN = {"/health", "/login"}
# The service as `jushi serve` starts it, with its routes and events written down first.
SERVE = """
import json, os, sys, threading
from enum import EnumType
from pathlib import Path
from assistant.settings import load_settings
from assistant.workspace import open_workspace
from ui.app import application, build
from ui.background import Background
from ui.failures import OPERATION

def routes_of(app):
    pending, found = [app], set()
    while pending:
        for route in getattr(pending.pop(), "routes", None) or []:
            if getattr(route, "methods", None):
                path = route.path
                while "{" in path:
                    before, _, rest = path.partition("{")
                    path = before + "x" + rest.partition("}")[2]
                found |= {(method, path) for method in route.methods}
            pending += [each for each in (getattr(route, "app", None), getattr(route, "original_router", None)) if each]
    return sorted(found)

def harmless(act):
    def plain(name):
        held = act.__globals__.get(name)
        return name in ("gr", "Tabs", "update", "skip", "RATIO") or isinstance(held, (str, EnumType))
    return act.__closure__ is None and all(map(plain, act.__code__.co_names))

def empty(component):
    return [] if type(component).__name__ == "CheckboxGroup" else None

folder, port, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
workspace = open_workspace(load_settings(folder, port=port))
os.environ["GRADIO_TEMP_DIR"] = str(folder / "tmp")
page = build(workspace)
app = application(page, workspace)
named = lambda act: str(getattr(act, OPERATION, "")) or ("harmless" if harmless(act) else "")
fns = [(number, fn) for number, fn in page.fns.items() if fn.fn]
events = [[number, fn.fn.__qualname__, named(fn.fn), [empty(each) for each in fn.inputs]] for number, fn in fns]
blocks = page.blocks.items()
scripts = [[key, act.__name__, named(act)] for key, block in blocks for act in getattr(block, "server_fns", None) or []]
out.write_text(json.dumps({"routes": routes_of(app._app), "events": events, "scripts": scripts}), encoding="utf-8")
server = Background(app, "127.0.0.1", port)
threading.Event().wait()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def office(folder):
    """The address of a served workspace with users."""
    workspace, port = open_office(folder / "workspace"), free_port()
    write_report(workspace)
    workspace.close()
    given = [SERVE, str(folder / "workspace"), str(port), str(folder / "known.json")]
    with served(folder / "workspace", port, folder / "log", given=given) as address:
        yield address


@pytest.fixture(scope="module")
def known(office, folder):
    """The routes, events and script functions of the served page."""
    return json.loads((folder / "known.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nobody(office):
    """A browser that is not logged in."""
    with httpx.Client(base_url=office, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def browsers(office):
    """A logged-in browser for each role."""
    clients = {role: log_in(office, name) for role, name in NAME_OF.items()}
    yield clients
    for client in clients.values():
        client.close()


def log_in(address, name):
    client = httpx.Client(base_url=address, timeout=60, trust_env=False)
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def test_without_login_nothing_is_served_but_the_login_page_and_the_sign_of_life(nobody, known):
    routes = [(method, path) for method, path in known["routes"]]
    assert {("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/upload"), ("GET", "/config")} <= set(routes)
    for method, path in routes:
        if path in ("/login", "/logout"):  # the gate's own, not the library's
            continue
        answer = nobody.request(method, path)
        told = (method, path, answer.status_code)
        assert answer.status_code == (303 if path == "/" and method in ("GET", "HEAD") else 401), told
        assert "set-cookie" not in answer.headers
    assert {path for path in (*OPEN, "/password", "/welcome") if nobody.get(path).status_code == 200} == OPEN


def test_logged_in_only_what_the_page_uses_is_open(browsers):
    client = browsers[Role.ADMIN]
    assert client.get("/").status_code == 200
    assert client.get("/theme.css").status_code == 200
    closed = ("monitoring", "gradio_api/vibe-code", "gradio_api/runs", "gradio_api/proxy=http://192.0.2.1/", "docs",
              "gradio_api/file=http://192.0.2.1/x", "gradio_api/openapi.json", "gradio_api/deep_link")  # fmt: skip
    for path in closed:
        assert client.get(f"/{path}").status_code == 404, path
    assert client.post("/gradio_api/vibe-edit", json={}).status_code == 404


def test_other_sites_cannot_use_the_session_of_a_person(browsers):
    client = browsers[Role.ADMIN]
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403
        assert client.post("/logout", headers=headers).status_code == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/?tab=review", headers=link).status_code == 200  # a link in a mail is no attack
    assert client.get("/").headers["x-frame-options"] == "DENY"


def test_every_event_names_its_operation_unless_it_can_touch_nothing(known):
    assert [name for _, name, wanted, _ in known["events"] if not wanted] == []
    assert known["scripts"]
    assert [name for _, name, wanted in known["scripts"] if not wanted] == []


def ask(client, number, given):
    """What the queue answers to an event with nothing filled in."""
    session = f"s{number}{id(client)}"
    asked = {"data": given, "fn_index": number, "session_hash": session, "event_data": {}}
    joined = client.post("/gradio_api/queue/join", json=asked)
    assert joined.status_code == 200, joined.text
    lines = client.get(f"/gradio_api/queue/data?session_hash={session}").text.splitlines()
    messages = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    return next(each["output"] for each in messages if each["msg"] == "process_completed")


def refused(listed, role):
    """Those of the listed events that the table refuses a role."""
    return [each for each in listed if each[2] in TABLE and role not in TABLE[Operation(each[2])]]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_what_a_role_may_not_do_is_refused_by_the_server_whatever_the_page_shows(known, browsers, role):
    for number, name, wanted, given in refused(known["events"], role):
        told = ask(browsers[role], number, given).get("error") or ""
        assert role.label in told and Operation(wanted).label in told, (wanted, name, told)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_what_scripts_of_the_page_ask_for_is_refused_to_the_same_roles(known, browsers, role):
    for key, name, wanted in refused(known["scripts"], role):
        asked = {"data": {}, "fn_name": name, "component_id": key, "session_hash": "scripts"}
        answer = browsers[role].post("/gradio_api/component_server", json=asked)
        assert Operation(wanted).label in answer.json()["error"], (wanted, name)


def test_files_of_the_workspace_are_not_handed_out_even_to_administrators(browsers, folder):
    for name in ("jushi.db", "../known.json", "tmp"):
        path = Path(folder / "workspace" / name).as_posix()
        assert browsers[Role.ADMIN].get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_one_person_alone_needs_no_login_but_has_to_call_the_machine_by_its_own_name(address):
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "rebound.example:7860"}).status_code == 403
        assert client.get("/password").status_code == 303
