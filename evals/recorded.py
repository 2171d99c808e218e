"""A model's answers kept in a folder, so that a measurement that was cut off goes on and no question is asked twice."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from pydantic import TypeAdapter

from assistant.llm.chat import ChatModel, Chunk, Message, Options, Reply, Usage, gather, never

_ANSWER = TypeAdapter(Reply)
_QUESTION = TypeAdapter(tuple[str, tuple[Message, ...], Options])


class RecordedModel:
    """A `ChatModel` whose answers are kept, with what they cost; the same question is answered from the folder.

    `replayed` counts the model's seconds that answers from the folder stand for.
    """

    def __init__(self, model: ChatModel, folder: Path) -> None:
        self._model = model
        self._folder = folder
        self.name = model.name
        self.context = model.context
        self.takes_grammar = model.takes_grammar
        self.replayed = Decimal(0)
        folder.mkdir(parents=True, exist_ok=True)

    def stream(
        self, messages: Sequence[Message], options: Options | None = None, cancelled: Callable[[], bool] = never
    ) -> Iterator[Chunk]:
        """The answer, in one piece where it was kept; see `ChatModel.stream`."""
        asked = options or Options()
        question = _QUESTION.dump_json((self.name, tuple(messages), asked))
        kept = self._folder / f"{hashlib.sha256(question).hexdigest()[:24]}.json"
        if kept.is_file():
            reply = _ANSWER.validate_json(kept.read_bytes())
            self.replayed += reply.usage.seconds
            yield Chunk(reply.text, usage=reply.usage)
        else:
            yield from self._heard(messages, asked, cancelled, kept)

    def _heard(
        self, messages: Sequence[Message], options: Options, cancelled: Callable[[], bool], kept: Path
    ) -> Iterator[Chunk]:
        """The model's answer as it comes; kept as far as it was listened to."""
        chunks: list[Chunk] = []
        began = time.monotonic()
        try:
            for chunk in self._model.stream(messages, options, cancelled):
                chunks.append(chunk)
                yield chunk
        except GeneratorExit:
            seconds = Decimal(str(round(time.monotonic() - began, 3)))
            cost = Usage(self.name, completion_tokens=len(chunks), seconds=seconds, requests=1, finish="length")
            kept.write_bytes(_ANSWER.dump_json(gather([*chunks, Chunk(usage=cost)])))
            raise
        kept.write_bytes(_ANSWER.dump_json(gather(chunks)))

    def close(self) -> None:
        """Release the model; the answers stay."""
        self._model.close()
