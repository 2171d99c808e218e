"""Saved layouts: how the columns of a kind of sheet are to be read, as YAML files a person can correct."""

from __future__ import annotations

from pathlib import Path

from assistant.registry.registry import Registry


class Layouts:
    """The saved layouts of a workspace."""

    def __init__(self, folder: Path | None, registry: Registry) -> None:
        self.folder, self.registry = folder, registry

    def save(self) -> None:
        """Write the layouts met for the first time."""
