import socket
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from assistant.errors import SettingsError
from assistant.records import Period
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from ui.access import is_loopback
from ui.app import serve
from ui.desk import Desk
from ui.gate import Gate

LEDGER = Path(__file__).resolve().parents[2] / "corpus" / "ledger" / "2024.xlsx"


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path / "workspace")


def test_a_taken_port_is_named_before_anything_is_made(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"端口 {port} 已被占用.*--port {port + 1}"):
            serve(settings.model_copy(update={"port": port}), block=False)
    assert not settings.workspace.exists()


def test_an_address_that_is_not_this_machines_is_named(settings):
    with pytest.raises(SettingsError, match="192.0.2.7"):
        serve(settings.model_copy(update={"host": "192.0.2.7"}), block=False)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.168.1.5", False), ("", False)],
)
def test_the_page_knows_whether_others_can_reach_it(host, own):
    assert is_loopback(host) is own


def test_the_first_visit_is_noticed_and_no_other_request(settings):
    gate = Gate(PlainTextResponse("据实"), open_workspace(settings))
    client = TestClient(gate, "http://127.0.0.1")
    for path in ("/health", "/assets/x.js"):
        assert client.get(path).is_success
        assert not gate.visited.is_set()
    assert client.get("/").is_success
    assert gate.visited.is_set()


def test_what_the_first_tab_shows_is_computed_once(settings, monkeypatch):
    from ui.page import ledger_view, make_ready

    computed: list[Period] = []
    monkeypatch.setattr("ui.desk.compute_facts", lambda _workspace, period: computed.append(period) or [])
    desk = Desk(open_workspace(settings))
    make_ready(desk)
    assert computed
    before = len(computed)
    ledger_view(desk)
    assert len(computed) == before


def test_a_ledger_imported_after_the_figures_were_made_ready_is_noticed(settings):
    from ui.page import make_ready

    workspace = open_workspace(settings)
    desk = Desk(workspace)
    make_ready(desk)
    assert desk.years() == []
    import_ledger(open_workspace(settings), [LEDGER])
    desk.notice_changes()
    assert desk.years() == [2024]
