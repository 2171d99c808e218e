"""A model that gives prepared answers in order: for tests and for trying the program without an endpoint."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.errors import Cancelled, ModelNonsense
from assistant.llm.chat import Chunk, Message, Options, Usage, never

Answer = str | Exception | Callable[[Sequence[Message]], str]


class QueuedModel:
    """Answers each request with the next of `answers`: a text, an error to raise, or a function of the messages.

    `asked` keeps what it was asked, `options` how. A queue that has run empty is a `ModelNonsense`,
    unless `repeat` says to give the last answer again and again.
    """

    def __init__(
        self,
        answers: Iterable[Answer],
        *,
        name: str = "queued",
        context: int = 0,
        grammar: bool = False,
        repeat: bool = False,
    ) -> None:
        self.name = name
        self.context = context
        self.takes_grammar = grammar
        self.asked: list[tuple[Message, ...]] = []
        self.options: list[Options] = []
        self._answers = deque(answers)
        self._repeat = repeat

    def stream(
        self, messages: Sequence[Message], options: Options | None = None, cancelled: Callable[[], bool] = never
    ) -> Iterator[Chunk]:
        """The next answer in pieces of eight characters."""
        self.asked.append(tuple(messages))
        self.options.append(options or Options())
        text = self._next(messages)
        for start in range(0, len(text), 8):
            if cancelled():
                raise Cancelled("已停止。")
            yield Chunk(text[start : start + 8])
        prompt = sum(len(message.content) for message in messages)
        yield Chunk(usage=Usage(self.name, prompt, 0, len(text), Decimal(0), 1, "stop"))

    def _next(self, messages: Sequence[Message]) -> str:
        if not self._answers:
            raise ModelNonsense("预备的回答已经用完。")
        last = self._repeat and len(self._answers) == 1
        answer = self._answers[0] if last else self._answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, str) else answer(messages)

    def close(self) -> None:
        """Nothing is held."""
