"""An OpenAI-compatible endpoint on loopback with a known latency, in a process of its own, that measures itself.

It answers with the slots it was given, after exactly so many seconds. What it knows of the time it was busy is asked
with ``GET /stats``.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any
from urllib.request import urlopen

_SLOT = re.compile(r"\{\{[^{}\n]+\}\}")


class _Meter:
    """When requests were under way: how many, and for how long at least one was."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests = self.now = self.most = 0
        self.served = self.busy = 0.0  # seconds: added over requests; with at least one under way
        self.since = 0.0

    def begin(self) -> float:
        """A request comes."""
        with self.lock:
            began = time.monotonic()
            if self.now == 0:
                self.since = began
            self.now += 1
            self.requests += 1
            self.most = max(self.most, self.now)
            return began

    def end(self, began: float) -> None:
        """It has been answered."""
        with self.lock:
            done = time.monotonic()
            self.served += done - began
            self.now -= 1
            if self.now == 0:
                self.busy += done - self.since

    def stats(self) -> dict[str, Any]:
        """The figures so far."""
        with self.lock:
            return {"requests": self.requests, "most": self.most, "served": self.served, "busy": self.busy}


@contextmanager
def loopback_endpoint(latency: float) -> Iterator[str]:
    """The address of a running endpoint, ``http://127.0.0.1:…/v1``."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(latency, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/v1"
    finally:
        process.terminate()
        process.join()


def stats_of(base_url: str) -> dict[str, Any]:
    """What the endpoint measured of itself."""
    with urlopen(base_url.removesuffix("/v1") + "/stats") as answer:  # nosec B310  # our own server
        found: dict[str, Any] = json.load(answer)
    return found


def _serve(latency: float, ready: Connection) -> None:
    meter = _Meter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(json.dumps(meter.stats()).encode(), "application/json")

        def do_POST(self) -> None:
            began = meter.begin()
            try:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                time.sleep(latency)
                self._send(_answer(body), "text/event-stream; charset=utf-8")
            finally:
                meter.end(began)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ready.send(server.server_address[1])
    server.serve_forever()


def _answer(body: dict[str, Any]) -> bytes:
    """The slots of the question in one sentence, as a stream in one piece."""
    question = str(body["messages"][-1]["content"])
    slots = list(dict.fromkeys(_SLOT.findall(question)))
    text = f"坚持问题导向，强化工作落实，{'，'.join(slots)}。" if slots else "坚持问题导向，不断强化工作落实。"
    usage = {"prompt_tokens": len(question), "completion_tokens": len(text), "total_tokens": len(question) + len(text)}
    pieces: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": usage},
    ]
    head = {"id": "loopback", "object": "chat.completion.chunk", "created": 1, "model": "loopback"}
    events = [f"data: {json.dumps(head | piece, ensure_ascii=False)}\n\n" for piece in pieces]
    return "".join([*events, "data: [DONE]\n\n"]).encode()
