"""What is costly to make, made once for everybody who asks at the same time, and kept until forgotten."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Keeping(Generic[Value]):
    """Values by key. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Hashable, Value] = {}
        self._making: dict[Hashable, Lock] = {}
        self._age = 0

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under the key, else what `make` gives; others who ask meanwhile wait for it."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]
            turn = self._making.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
                age = self._age
            made = make()
            with self._lock:
                if age == self._age:  # else it was made of what has been forgotten since
                    self._kept[key] = made
            return made

    def forget(self) -> None:
        """Keep nothing of what has been made so far."""
        with self._lock:
            self._age += 1
            self._kept.clear()
            self._making.clear()
