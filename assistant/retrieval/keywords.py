"""Search by words: BM25 over characters and pairs of characters, which for Chinese beats word segmentation."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_K1, _B = 1.5, 0.75
_RUN = re.compile(r"[\u3400-\u9fff〇]+|[a-z0-9]+(?:\.[0-9]+)?")
_FULL_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_IDS = "ids.txt"


def tokens(text: str) -> list[str]:
    """The characters and pairs of characters of a text; Latin words and numbers whole."""
    found: list[str] = []
    for run in _RUN.findall(text.translate(_FULL_WIDTH).lower()):
        if run[0] < "\u3000":
            found.append(run)
        else:
            found += run
            found += [run[start : start + 2] for start in range(len(run) - 1)]
    return found


class KeywordIndex:
    """A BM25 index of passages, held in memory."""

    def __init__(self, ids: list[str], engine: Any) -> None:  # noqa: ANN401 - vendor's object, imported lazily
        self.ids = ids
        self._engine = engine

    @classmethod
    def build(cls, ids: list[str], texts: Sequence[Sequence[str]]) -> KeywordIndex:
        """Index passages, each given as its fields; a field that counts more is given more than once."""
        vocabulary: dict[str, int] = {}
        rows = [
            [vocabulary.setdefault(token, len(vocabulary)) for field in fields for token in tokens(field)]
            for fields in texts
        ]
        if not vocabulary:
            return cls([], None)
        engine = _bm25s().BM25(k1=_K1, b=_B)
        engine.index((rows, vocabulary), show_progress=False)
        return cls(ids, engine)

    def scores(self, query: str) -> Any:  # noqa: ANN401 - numpy array of float32
        """A score for every passage in the order of `ids`; None where no word of the query is known."""
        if self._engine is None:
            return None
        known = [token for token in tokens(query) if token in self._engine.vocab_dict]
        return self._engine.get_scores(known) if known else None

    def save(self, folder: Path) -> None:
        """Write the index to a folder, whole or not at all."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
        if self._engine is not None:
            self._engine.save(str(made), show_progress=False)
        (made / _IDS).write_text("\n".join(self.ids), encoding="utf-8")
        try:
            made.replace(folder)
        except OSError:  # another process wrote the same index first
            shutil.rmtree(made, ignore_errors=True)

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex | None:
        """The index a folder holds; None where it holds none that can be read."""
        try:
            ids = (folder / _IDS).read_text(encoding="utf-8").split()
            return cls(ids, _bm25s().BM25.load(str(folder), show_progress=False) if ids else None)
        except (OSError, ValueError, KeyError):
            return None


def _bm25s() -> Any:  # noqa: ANN401 - the module
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return import_module("bm25s")
