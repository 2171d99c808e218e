"""What the program asks of a language model: messages in, pieces of text out, with what it cost.

Everything above this package sees `ChatModel` only; which vendor answers is decided when it is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


def never() -> bool:
    """The answer of somebody who does not want to stop: the default for every `cancelled`."""
    return False


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What answers cost. Tokens are 0 where the endpoint does not say; add two to get their sum."""

    model: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0  # of the prompt tokens, those the endpoint had from an earlier request
    completion_tokens: int = 0
    seconds: Decimal = Decimal(0)  # from sending the request to the last piece, retries and waits included
    requests: int = 0
    finish: str = ""  # stop | length | whatever the endpoint says

    @property
    def tokens(self) -> int:
        """Tokens in and out."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            model=other.model or self.model,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            seconds=self.seconds + other.seconds,
            requests=self.requests + other.requests,
            finish=other.finish or self.finish,
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer. `restart` means that everything before it is void (the answer begins anew).

    The last chunk of an answer carries its `usage`.
    """

    text: str = ""
    restart: bool = False
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How an answer is to be made.

    `grammar` is a GBNF grammar (llama.cpp); it is sent only where the model's `takes_grammar` is true.
    """

    max_tokens: int = 800
    temperature: float = 0.3
    seed: int | None = None
    grammar: str = ""
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    text: str
    usage: Usage = Usage()


class ChatModel(Protocol):
    """A language model that continues a conversation."""

    @property
    def name(self) -> str:
        """The model's name, as a person would know it."""

    @property
    def context(self) -> int:
        """How many tokens question and answer may have together; 0 where that is not known."""

    @property
    def takes_grammar(self) -> bool:
        """Whether answers can be held to a GBNF grammar."""

    def stream(
        self, messages: Sequence[Message], options: Options = ..., cancelled: Callable[[], bool] = ...
    ) -> Iterator[Chunk]:
        """The answer, piece by piece.

        Raises `ModelUnreachable`, `ModelRefused` or `ModelNonsense`, and `Cancelled` soon after
        `cancelled()` becomes true, even while the endpoint is silent.
        """

    def close(self) -> None:
        """Release what the model holds; it may be asked again, which opens it again."""


def complete(
    model: ChatModel,
    messages: Sequence[Message],
    options: Options | None = None,
    *,
    on_text: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> Reply:
    """The whole answer; `on_text` is given the text so far each time it grows. Raises what `stream` raises."""
    return gather(model.stream(messages, options or Options(), cancelled), on_text)


def gather(chunks: Iterable[Chunk], on_text: Callable[[str], None] | None = None) -> Reply:
    """The reply that a stream of chunks makes."""
    text, usage = "", Usage()
    for chunk in chunks:
        if chunk.restart:
            text = ""
        text += chunk.text
        usage = usage + chunk.usage if chunk.usage else usage
        if on_text and (chunk.text or chunk.restart):
            on_text(text)
    return Reply(text.strip(), replace(usage, requests=max(usage.requests, 1)))
