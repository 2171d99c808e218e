"""The running page and a real browser, for the tests marked `browser`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import Handler, Request, Server, endpoint, slots_sentence

from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
LEDGERS = sorted(path for path in (ROOT / "corpus" / "ledger").glob("*.*") if path.is_file())
WIDE = {"width": 1366, "height": 768}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; the test is skipped where Debian's is not installed."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium (Debian package chromium), which is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


def writes_slowly(handler: Handler, request: Request) -> None:
    """A model that takes its time, so that a person can watch, and stop it."""
    time.sleep(0.1)
    answer = slots_sentence(request.user)
    if "更精炼" in request.user:  # written again on a person's wish: other words at both ends
        answer = f"今年以来，{answer}做到抓早抓小、常抓不懈。"
    handler.send_answer(request, answer)


@pytest.fixture(scope="session")
def model() -> Iterator[Server]:
    """A model on loopback that the served page may use."""
    with endpoint(writes_slowly) as server:
        yield server


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory) -> Path:
    """Where the served page has its workspace."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def address(served_folder, model) -> Iterator[str]:
    """The page served by `jushi serve` in a process and an empty workspace of its own."""
    folder, port = served_folder, free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUSHI_")}
    environment |= {"JUSHI_LLM_BASE_URL": model.base_url, "JUSHI_LLM_MODEL": "test-model", "JUSHI_EMBEDDING": "none"}
    command = "from assistant.cli.app import main; main()"
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--port", str(port), "--workspace", str(folder / "workspace")],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)
        log.close()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(400):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
    raise AssertionError("the page did not start:\n" + log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def workspace(address, served_folder):
    """The served page's workspace as a second program sees it: another person's hands, and a look at what was saved."""
    opened = open_workspace(load_settings(served_folder / "workspace"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ledger(workspace):
    """The sample town's ledger, in the served workspace."""
    import_ledger(workspace, LEDGERS)
    return workspace


@pytest.fixture
def page(chromium, address):
    """A fresh tab on the page; the test fails if anything was asked of another machine or a script broke."""
    context = chromium.new_context(locale="zh-CN", viewport=WIDE, accept_downloads=True)
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    outside, broken = [], []
    tab.on("request", lambda request: outside.append(request.url) if _is_outside(request.url, address) else None)
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.goto(address)
    tab.wait_for_selector("#ledger-facts .jushi-empty, #ledger-facts table")
    yield tab
    context.close()
    assert outside == []
    assert broken == []


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
