"""Several endpoints with the same model as one `ChatModel`: each question goes to the least busy one that works.

An endpoint that fails for a reason of its own (gone, stalled, overloaded, wrong key) rests a while, and the
question goes to another one; pieces that had come are voided by a `restart`, so that no answer is cut short or
put together from two. Only when all have failed once are they asked again with patience (waits, further attempts).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.errors import ContextExceeded, ModelError
from assistant.llm.chat import ChatModel, Chunk, Message, Options, never

REST_SECONDS = 30.0


@dataclass(slots=True)
class _Load:
    """How many questions an endpoint is at and has had, how long (seconds) the last ones took, until when it rests."""

    busy: int = 0
    asked: int = 0
    usual: float = 0.0
    rests_until: float = 0.0


@dataclass(slots=True)
class Traffic:
    """The load of every address. One for the whole process, for drafts under way at once share the endpoints."""

    rest: float = REST_SECONDS
    clock: Callable[[], float] = time.monotonic
    _loads: dict[str, _Load] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, address: str) -> int:
        """How many questions an address has been asked."""
        return self._loads[address].asked if address in self._loads else 0

    def take(self, addresses: Sequence[str]) -> str:
        """The address with the fewest questions under way; of equals the quicker one; resting ones last."""
        with self._lock:
            now = self.clock()
            for address in addresses:
                self._loads.setdefault(address, _Load())

            def load_of(address: str) -> tuple[bool, int, float]:
                load = self._loads[address]
                return load.rests_until > now, load.busy, load.usual

            chosen = min(addresses, key=load_of)
            self._loads[chosen].busy += 1
            self._loads[chosen].asked += 1
            return chosen

    def give_back(self, address: str, seconds: float, *, failed: bool) -> None:
        """A question is over after so long; an address that failed it rests."""
        with self._lock:
            load = self._loads[address]
            load.busy -= 1
            load.usual = (load.usual + seconds) / 2 if load.usual else seconds
            load.rests_until = self.clock() + self.rest if failed else 0.0


SHARED = Traffic()


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint: asked once without waiting (`quick`), and with its own further attempts (`patient`)."""

    address: str
    quick: ChatModel
    patient: ChatModel


class RoutedModel:
    """A `ChatModel` over several endpoints. Safe to use from several threads at once."""

    def __init__(self, routes: Sequence[Route], traffic: Traffic = SHARED) -> None:
        self._routes = {route.address: route for route in routes}
        self._traffic = traffic
        first = routes[0].quick
        self.name = first.name
        self.context = first.context

    @property
    def takes_grammar(self) -> bool:
        """Whether answers can be held to a grammar wherever the question goes."""
        return all(route.quick.takes_grammar for route in self._routes.values())

    def stream(
        self, messages: Sequence[Message], options: Options | None = None, cancelled: Callable[[], bool] = never
    ) -> Iterator[Chunk]:
        """The answer of the least busy endpoint, or of the next where it fails; see `ChatModel.stream`.

        Raises what the last endpoint raised where none answered.
        """
        started, failures, wanted = self._traffic.clock(), 0, options or Options()
        attempts = [False] * len(self._routes) + [True] * len(self._routes)
        left: list[str] = []
        for patient in attempts:
            left = left or list(self._routes)
            begun = False
            try:
                with self._one_of(left) as route:
                    model = route.patient if patient else route.quick
                    for chunk in model.stream(messages, wanted, cancelled):
                        begun = begun or bool(chunk.text)
                        yield self._costed(chunk, started, failures)
                return
            except ContextExceeded:
                raise
            except ModelError:
                failures += 1
                if failures == len(attempts):
                    raise
                if begun:
                    yield Chunk(restart=True)

    def close(self) -> None:
        """Close every endpoint's connections; the next question opens new ones."""
        for route in self._routes.values():
            route.quick.close()
            route.patient.close()

    @contextmanager
    def _one_of(self, left: list[str]) -> Iterator[Route]:
        """The least busy of the addresses left, which is taken from them; it rests if it fails."""
        address, began, failed = self._traffic.take(left), self._traffic.clock(), False
        left.remove(address)
        try:
            yield self._routes[address]
        except ContextExceeded:
            raise
        except ModelError:
            failed = True
            raise
        finally:
            self._traffic.give_back(address, self._traffic.clock() - began, failed=failed)

    def _costed(self, chunk: Chunk, started: float, failures: int) -> Chunk:
        """What an answer cost counts from the first question, with those that failed."""
        if chunk.usage is None or not failures:
            return chunk
        seconds = Decimal(str(round(self._traffic.clock() - started, 3)))
        return replace(chunk, usage=replace(chunk.usage, seconds=seconds, requests=chunk.usage.requests + failures))
