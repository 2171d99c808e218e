"""A real HTTP server on loopback that speaks the OpenAI protocol, well or badly, as a test wants it.

    with endpoint(fails(429, retry_after=0), writes_slots) as server:
        model = open_endpoint(server.base_url, "test")

Each request takes the next behaviour; the last one goes on for ever. `server.requests` keeps what came.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SLOT = re.compile(r"\{\{[^{}\n]+\}\}")
KEY = "sk-right-key"


@dataclass
class Request:
    """What was asked."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def messages(self) -> list[dict[str, str]]:
        return list(self.body["messages"])

    @property
    def user(self) -> str:
        """The last thing the user said."""
        return [message["content"] for message in self.messages if message["role"] == "user"][-1]


@dataclass
class Server:
    """The running endpoint."""

    address: tuple[str, int]
    behaviours: list[Behaviour]
    requests: list[Request] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: Callable[[], None] = lambda: None
    models: list[str] | None = None  # what it lists; None where it lists nothing, as some do

    @property
    def base_url(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}/v1"

    def next_behaviour(self, request: Request) -> Behaviour:
        with self.lock:
            self.requests.append(request)
            return self.behaviours[min(len(self.requests), len(self.behaviours)) - 1]

    def kill(self) -> None:
        """Stop answering: connections are refused from now on."""
        self.released.set()
        self.stop()


class Handler(BaseHTTPRequestHandler):
    """One request: read it, and let a behaviour answer it."""

    protocol_version = "HTTP/1.0"  # the end of the body is the end of the connection
    owner: Server

    def do_GET(self) -> None:
        if self.owner.models is None or not self.path.endswith("/models"):
            self.send_error(404)
            return
        listed = [{"id": name, "object": "model", "created": 0, "owned_by": "test"} for name in self.owner.models]
        self.send_body(json.dumps({"object": "list", "data": listed}).encode())

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        request = Request(
            self.path, {name.lower(): value for name, value in self.headers.items()}, json.loads(raw or b"{}")
        )
        try:
            self.owner.next_behaviour(request)(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client hung up, as some tests want it to

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_body(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()

    def send_event(self, data: dict[str, Any] | str) -> None:
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.wfile.write(f"data: {text}\n\n".encode())
        self.wfile.flush()

    def send_piece(self, text: str, finish: str | None = None) -> None:
        self.send_event(_event({"role": "assistant", "content": text}, finish))

    def send_answer(self, request: Request, text: str, finish: str = "stop") -> None:
        """A whole, well-formed answer: streamed in pieces, or in one where no stream was asked for."""
        prompt = sum(len(message["content"]) for message in request.messages)
        usage = {
            "prompt_tokens": prompt,
            "completion_tokens": len(text),
            "total_tokens": prompt + len(text),
            "prompt_tokens_details": {"cached_tokens": prompt // 2},
        }
        if not request.body.get("stream"):
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
            self.send_body(json.dumps(_object("chat.completion", [choice]) | {"usage": usage}).encode())
            return
        self.start_stream()
        for start in range(0, len(text), 6):
            self.send_piece(text[start : start + 6])
        self.send_piece("", finish)
        if (request.body.get("stream_options") or {}).get("include_usage"):
            self.send_event(_object("chat.completion.chunk", []) | {"usage": usage})
        self.send_event("[DONE]")


Behaviour = Callable[[Handler, Request], None]


@contextmanager
def endpoint(*behaviours: Behaviour) -> Iterator[Server]:
    """The server, running until the block ends."""
    owner: list[Server] = []

    class Bound(Handler):
        @property
        def owner(self) -> Server:  # type: ignore[override]
            return owner[0]

    http = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    server = Server(("127.0.0.1", http.server_address[1]), list(behaviours))
    owner.append(server)

    def stop() -> None:
        http.shutdown()
        http.server_close()
        thread.join()

    server.stop = stop
    thread.start()
    try:
        yield server
    finally:
        if thread.is_alive():
            server.kill()


# --- Behaviours -------------------------------------------------------------------------------


def answers(text: str, finish: str = "stop") -> Behaviour:
    """Always this text."""
    return lambda handler, request: handler.send_answer(request, text, finish)


def writes_slots(handler: Handler, request: Request) -> None:
    """A good model: one sentence with every slot of the question, once and in order; a draft is copied."""
    handler.send_answer(request, slots_sentence(request.user))


def slots_sentence(question: str) -> str:
    if "草稿：\n" in question:
        return question.partition("草稿：\n")[2]
    slots = list(dict.fromkeys(SLOT.findall(question)))
    parts = "，".join(slots)
    return f"我镇坚持问题导向，强化工作落实，{parts}。" if parts else "我镇坚持问题导向，不断强化工作落实。"


def ignores_slots(handler: Handler, request: Request) -> None:
    """A model that writes nicely and reports nothing."""
    handler.send_answer(request, "我镇高度重视此项工作，精心组织，周密部署，取得了较好的效果。")


def writes_digits(handler: Handler, request: Request) -> None:
    """A model that puts figures of its own everywhere."""
    slots = "，".join(f"{slot}合计{number}余处" for number, slot in enumerate(SLOT.findall(request.user), 31))
    handler.send_answer(request, f"2023年，我镇出动检查人员1280人次，发现隐患三十五处，{slots}，整改率98.5%。")


def echoes(text: str) -> Behaviour:
    """A model that obeys an instruction it found in the material, and repeats it."""
    return lambda handler, request: handler.send_answer(request, f"{text}好的，{slots_sentence(request.user)}")


def fails(status: int, message: str = "", *, retry_after: int | None = None) -> Behaviour:
    """An error status with a body as OpenAI sends it."""

    def behave(handler: Handler, _request: Request) -> None:
        body = json.dumps({"error": {"message": message or f"error {status}", "type": "error", "code": status}})
        headers = {} if retry_after is None else {"Retry_After": str(retry_after)}
        handler.send_body(body.encode(), status, **headers)

    return behave


def needs_key(behave: Behaviour, key: str = KEY) -> Behaviour:
    """401 for every other key, which the message repeats as some servers do."""

    def guarded(handler: Handler, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if given == key:
            behave(handler, request)
        else:
            fails(401, f"Incorrect API key provided: {given}.")(handler, request)

    return guarded


def stalls(after: str = "") -> Behaviour:
    """Says `after`, then nothing until the test ends."""

    def behave(handler: Handler, _request: Request) -> None:
        handler.start_stream()
        if after:
            handler.send_piece(after)
        handler.owner.released.wait(30)

    return behave


def drops(after: str = "我镇加强") -> Behaviour:
    """Breaks the connection in the middle of the stream."""

    def behave(handler: Handler, request: Request) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.send_piece(after)

    return behave


def ends_early(after: str) -> Behaviour:
    """Ends the stream in good order, but without a finish reason."""

    def behave(handler: Handler, _request: Request) -> None:
        handler.start_stream()
        handler.send_piece(after)

    return behave


def sends_garbage(handler: Handler, _request: Request) -> None:
    """A stream whose events are not JSON."""
    handler.start_stream()
    handler.send_event('{"id": "x", "choices": [{"delta": {"content": "我')


def sends_html(handler: Handler, _request: Request) -> None:
    """A web page with status 200, as a wrong address gives."""
    handler.send_body("<html><body>欢迎</body></html>".encode(), 200, "text/html; charset=utf-8")


def sends_nothing(handler: Handler, _request: Request) -> None:
    """A well-formed stream without choices."""
    handler.start_stream()
    handler.send_event(_object("chat.completion.chunk", []))
    handler.send_event("[DONE]")


def reports_error(message: str) -> Behaviour:
    """An error object in the middle of a stream."""

    def behave(handler: Handler, _request: Request) -> None:
        handler.start_stream()
        handler.send_piece("我镇")
        handler.send_event({"error": {"message": message, "code": 500}})

    return behave


def kills_server(handler: Handler, request: Request) -> None:
    """Dies in the middle of this answer, and stays dead."""
    handler.start_stream()
    handler.send_piece("我镇加强")
    threading.Thread(target=handler.owner.kill, daemon=True).start()
    handler.owner.released.wait(5)
    handler.close_connection = True


def _event(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    return _object("chat.completion.chunk", [{"index": 0, "delta": delta, "finish_reason": finish}])


def _object(kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": "test-model", "choices": choices}
