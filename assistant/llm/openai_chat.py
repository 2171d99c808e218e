"""Any endpoint that speaks the OpenAI protocol, through LangChain."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from assistant.errors import Cancelled, SettingsError
from assistant.llm.chat import Chunk, Message, Options, Usage, never
from assistant.llm.failures import CutShort, EmptyAnswer, Failure, Peer, failure_of
from assistant.llm.streams import ThoughtCutter, interruptible

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

_LONGEST_WAIT = 60.0
_FIRST_WAIT = 0.5
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What an endpoint may not know; left out from then on when it says so.
_OPTIONAL = ("stream_options", "grammar", "seed", "temperature", "stop", "max_tokens")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is, and how patient to be with it.

    `timeout` is the longest silence in seconds, before the first piece or between two; `retries` are
    the further attempts after a failure that may pass (429, 5xx, a broken or stalled stream).
    """

    base_url: str
    model: str
    api_key: str = ""
    timeout: float = 120.0
    retries: int = 2
    context: int = 0
    grammar: bool = False
    extra_body: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(
                f"模型地址“{self.base_url}”不完整：应以 http:// 或 https:// 开头，例如 http://127.0.0.1:11434/v1。"
            )
        if not self.model.strip():
            raise SettingsError("没有填写模型名称：请填写模型服务上的名称，例如 qwen2.5:7b。")


def open_endpoint(
    base_url: str, model: str, api_key: str = "", *, timeout: float = 120.0, retries: int = 2, context: int = 0
) -> EndpointModel:
    """The model of this name at this address; nothing is sent yet. Raises `SettingsError` for a bad address."""
    return EndpointModel(Endpoint(base_url, model, api_key, timeout, retries, context))


class EndpointModel:
    """A `ChatModel` behind an OpenAI-compatible address. Safe to use from several threads at once."""

    def __init__(self, endpoint: Endpoint, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.name = endpoint.model
        self.context = endpoint.context
        self._peer = Peer(endpoint.base_url, endpoint.model, endpoint.timeout, endpoint.api_key)
        self._sleep = sleep
        self._left_out: set[str] = set()
        self._client: ChatOpenAI | None = None

    @property
    def takes_grammar(self) -> bool:
        """Whether grammars are sent: as configured, until the endpoint turns one down."""
        return self.endpoint.grammar and "grammar" not in self._left_out

    def stream(
        self, messages: Sequence[Message], options: Options | None = None, cancelled: Callable[[], bool] = never
    ) -> Iterator[Chunk]:
        """The answer, piece by piece; a failed attempt is tried again, its pieces voided by a `restart`."""
        wanted = options or Options()
        self._vendor()  # imported before the clock starts: it is not the model's time
        started, attempt = time.monotonic(), 0
        while True:
            begun, requests = False, attempt + 1
            try:
                for chunk in interruptible(lambda: self._attempt(messages, wanted), cancelled):
                    begun = begun or bool(chunk.text)
                    yield _timed(chunk, started, requests)
                return
            except Cancelled:
                raise
            except Exception as error:
                failure = failure_of(error, self._peer, begun=begun)
                if failure is None:
                    raise
                if self._adapt(failure, wanted):
                    continue
                attempt += 1
                if not failure.again or attempt > self.endpoint.retries:
                    raise failure.error from error
                if begun:
                    yield Chunk(restart=True)
                self._wait(failure, attempt, cancelled)

    def close(self) -> None:
        """Close the connections; the next question opens new ones."""
        client, self._client = self._client, None
        if client is not None and client.http_client is not None:
            client.http_client.close()

    # --- One attempt -------------------------------------------------------------------------

    def _attempt(self, messages: Sequence[Message], options: Options) -> Iterator[Chunk]:
        from langsmith import tracing_context

        cutter, text = ThoughtCutter(), False
        total: AIMessageChunk | None = None
        # LangChain would send every prompt to a tracing service if the environment asked for it.
        with tracing_context(enabled=False):
            for piece in self._chain(options).stream(list(messages)):
                total = piece if total is None else total + piece
                for chunk in cutter.feed(_text_of(piece)):
                    text = (text or bool(chunk.text.strip())) and not chunk.restart
                    yield chunk
        for chunk in cutter.finish():
            text = text or bool(chunk.text.strip())
            yield chunk
        usage = _usage_of(total, self.name)
        if not text:
            raise EmptyAnswer(usage.finish, thought=cutter.thought)
        if not usage.finish:  # the connection ended in good order, the answer did not
            raise CutShort
        yield Chunk(usage=usage)

    def _chain(self, options: Options) -> Runnable[list[Message], AIMessageChunk]:
        from langchain_core.runnables import RunnableLambda

        chain = RunnableLambda(_vendor_messages) | self._vendor().bind(**self._arguments(options))
        return cast("Runnable[list[Message], AIMessageChunk]", chain)  # streaming yields chunks

    def _vendor(self) -> ChatOpenAI:
        """The LangChain model, made at the first question: its import takes over a second."""
        if self._client is None:
            import openai
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            local = urlsplit(self.endpoint.base_url).hostname in _LOOPBACK
            self._client = ChatOpenAI(
                model=self.endpoint.model,
                base_url=self.endpoint.base_url,
                api_key=SecretStr(self.endpoint.api_key or "none"),
                timeout=self.endpoint.timeout,
                max_retries=0,  # ours also cover broken streams, and can be stopped
                use_responses_api=False,
                http_client=openai.DefaultHttpxClient(trust_env=not local, timeout=self.endpoint.timeout),
            )
        return self._client

    def _arguments(self, options: Options) -> dict[str, object]:
        official = (urlsplit(self.endpoint.base_url).hostname or "").endswith("api.openai.com")
        length = "max_completion_tokens" if official else "max_tokens"  # most others know the older name only
        body: dict[str, object] = {**self.endpoint.extra_body}
        if "max_tokens" not in self._left_out:
            body.setdefault(length, options.max_tokens)
        if options.grammar and self.takes_grammar:
            body["grammar"] = options.grammar
        arguments: dict[str, object] = {"extra_body": body, "stream_usage": "stream_options" not in self._left_out}
        for name in ("temperature", "seed", "stop"):
            value = getattr(options, name)
            if value not in (None, ()) and name not in self._left_out:
                arguments[name] = list(value) if name == "stop" else value
        return arguments

    # --- After a failure ---------------------------------------------------------------------

    def _adapt(self, failure: Failure, options: Options) -> bool:
        """Whether the endpoint turned down a parameter that is not needed, which is then left out."""
        sent = {"stream_options", "temperature", "max_tokens"}
        sent |= {name for name in ("grammar", "seed", "stop") if getattr(options, name)}
        for name in _OPTIONAL:
            if not failure.again and name in failure.said and name in sent - self._left_out:
                self._left_out.add(name)
                return True
        return False

    def _wait(self, failure: Failure, attempt: int, cancelled: Callable[[], bool]) -> None:
        wait = failure.wait if failure.wait is not None else _FIRST_WAIT * 2 ** (attempt - 1)
        left = min(wait, _LONGEST_WAIT)
        while left > 0:
            if cancelled():
                raise Cancelled("已按要求停止，停止前写好的内容都已保留。")
            self._sleep(min(left, 0.1))
            left -= 0.1


def _vendor_messages(messages: list[Message]) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in messages]


def _text_of(piece: AIMessageChunk) -> str:
    return piece.content if isinstance(piece.content, str) else str(piece.text)


def _usage_of(total: AIMessageChunk | None, name: str) -> Usage:
    usage: Mapping[str, Any] = (total.usage_metadata if total else None) or {}
    answer: Mapping[str, Any] = total.response_metadata if total else {}
    return Usage(
        model=str(answer.get("model_name") or name),
        prompt_tokens=int(usage.get("input_tokens", 0)),
        cached_tokens=int((usage.get("input_token_details") or {}).get("cache_read", 0)),
        completion_tokens=int(usage.get("output_tokens", 0)),
        finish=str(answer.get("finish_reason") or ""),
    )


def _timed(chunk: Chunk, started: float, requests: int) -> Chunk:
    if chunk.usage is None:
        return chunk
    seconds = Decimal(str(round(time.monotonic() - started, 3)))
    return replace(chunk, usage=replace(chunk.usage, seconds=seconds, requests=requests))
