import socket

import pytest

from assistant.errors import SettingsError
from assistant.settings import load_settings
from ui.access import is_loopback
from ui.app import serve


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
