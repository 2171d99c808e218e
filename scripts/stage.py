"""Where pictures of the page are taken: a browser on the page served from a workspace of its own, with a model."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from endpoint import endpoint, slots_sentence  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

SCREENS = ROOT / "docs" / "screens"
CORPUS = ROOT / "corpus"
LEDGERS = sorted(str(path) for path in (CORPUS / "ledger").glob("*.*") if path.is_file())
LAWS = sorted(str(path) for path in (CORPUS / "regulations").glob("*.md"))
PAST = str(CORPUS / "past" / "2023年总结.docx")
SIZE = {"width": 1366, "height": 768}
_STILL = 500  # ms in which what the server still sends arrives


class Desk:
    """The browser on one served workspace."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def shoot(self, name: str) -> None:
        """Take the picture, once nothing moves."""
        self.page.mouse.move(2, 700)
        self.page.wait_for_timeout(_STILL)
        path = SCREENS / f"{name}.png"
        self.page.screenshot(path=path, animations="disabled")
        with Image.open(path) as taken:  # 256 colours are enough for a page, and a third of the size
            small = taken.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        print(f"  {name}.png", flush=True)  # noqa: T201

    def open(self, tab: str, **asked: str) -> None:
        """The page anew, on this tab (its id in the address)."""
        query = "&".join(f"{name}={value}" for name, value in {"tab": tab, **asked}.items())
        self.page.goto(f"{self.address}/?{query}")
        self.page.wait_for_function("window.jushiArrived")

    def go(self, name: str) -> None:
        """The tab with this name."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def act(self, name: str) -> None:
        """The editor's button with this name."""
        self.page.locator("#editor").get_by_role("button", name=name, exact=True).click()

    def caret(self, text: str) -> None:
        """The caret at the end of the editor's first line that has this text."""
        self.page.evaluate(
            """text => {
                const line = [...document.querySelectorAll('#editor .paper p')].find((each) => each.textContent.includes(text));
                line.closest('.paper').focus();
                getSelection().selectAllChildren(line);
                getSelection().collapseToEnd();
                line.scrollIntoView({ block: 'center' });
            }""",
            text,
        )


def answers(handler: object, request: object) -> None:
    """A model on loopback, in no hurry."""
    time.sleep(0.6)
    answer = slots_sentence(request.user)
    if "更精炼" in request.user:
        answer = f"今年以来，{answer}做到抓早抓小、常抓不懈。"
    handler.send_answer(request, answer)


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The page on an empty workspace, with the model."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with endpoint(answers) as model:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JUSHI_")}
        environment |= {
            "JUSHI_EMBEDDING": "none",
            "JUSHI_LLM_BASE_URL": model.base_url,
            "JUSHI_LLM_MODEL": "qwen2.5:7b",
        }
        start = "from assistant.cli.app import main; main()"
        command = [sys.executable, "-c", start, "serve", "--port", str(port), "--workspace", str(workspace)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            while process.poll() is None:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)
