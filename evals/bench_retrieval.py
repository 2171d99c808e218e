"""What retrieval costs: ``python -m evals bench_retrieval``.

Articles made by code, so that any number of them can be had; their vectors by a stand-in of the engine's width, since
the engine's own rate is measured beside it. Questions are real ones (``evals/regulations.csv``), their vectors made by
the engine itself. Printed for each size: import, first answer by words, filling, whole queries, memory.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy

from assistant.retrieval.embedding import open_embeddings
from assistant.retrieval.library import open_library

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

SIZES = (1_000, 5_000, 20_000, 100_000)
WIDTH = 384
ARTICLES_A_LAW = 500
RULES = Path(__file__).with_name("regulations.csv")
_WORDS = "安全生产经营单位应当建立健全责任制度加强监督管理消防设施检查隐患排查治理报告处罚期限燃气道路交通食品森林防火汛期演练培训档案"


class StandIn:
    """Vectors of the right width: at no cost for passages, by the engine that is here for questions."""

    name = "stand-in"
    batch = 256

    def __init__(self) -> None:
        self._engine = open_embeddings()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """A row for each text."""
        rows = numpy.stack([numpy.random.default_rng(hash(text) & 0xFFFFFFFF).normal(size=WIDTH) for text in texts])
        made: Vectors = (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype(numpy.float32)
        return made

    def embed_query(self, text: str) -> Vectors:
        """The row of a question."""
        row: Vectors = self._engine.embed_query(text) if self._engine else self.embed_passages([text])[0]
        return row


def made_laws(folder: Path, articles: int) -> list[Path]:
    """Laws of made-up sentences, 60 to 120 characters an article."""
    chance = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for law in range(0, articles, ARTICLES_A_LAW):
        count = min(ARTICLES_A_LAW, articles - law)
        lines = [f"# 第{law}号测试管理规定", "2020年1月1日 公布"]
        for number in range(1, count + 1):
            words = "".join(chance.choice(_WORDS) for _ in range(chance.randint(60, 120)))
            lines.append(f"第{number}条 {words}。")
        paths.append(folder / f"{law}.md")
        paths[-1].write_text("\n\n".join(lines), encoding="utf-8")
    return paths


def measure(articles: int) -> None:
    """One size, in this process."""
    with tempfile.TemporaryDirectory() as name, open_library(Path(name) / "kept", embeddings=StandIn()) as library:
        paths = made_laws(Path(name) / "files", articles)
        began = time.monotonic()
        library.add(paths)
        added = time.monotonic() - began
        library.search("隐患排查")
        ready = time.monotonic() - began
        began = time.monotonic()
        library.fill_vectors()
        filled = time.monotonic() - began
        library.search("隐患排查治理")
        times = sorted(_timed(partial(library.search, question)) for question in _questions())
        began = time.monotonic()
        library.add(paths)
        again = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{articles:>8,}{added:>9.1f}{ready:>9.1f}{articles / filled:>11.0f}{statistics.median(times):>9.1f}"
        f"{times[len(times) * 95 // 100]:>9.1f}{again:>9.2f}{memory:>9.0f}",
        flush=True,
    )


def _questions() -> list[str]:
    with RULES.open(encoding="utf-8", newline="") as file:
        return [row["question"] for row in csv.DictReader(file)]


def measure_engine() -> None:
    """The engine's own times, and the share of them that filling reaches."""
    embeddings = open_embeddings()
    if embeddings is None:
        print("no embedding engine here")
        return
    with tempfile.TemporaryDirectory() as name, open_library(Path(name) / "kept", embeddings=embeddings) as library:
        library.add(made_laws(Path(name) / "files", 96))
        embeddings.embed_query("暖一下")
        texts = ["".join(random.Random(n).choice(_WORDS) for _ in range(100)) for n in range(48)]
        began = time.process_time()
        embeddings.embed_passages(texts)
        alone = len(texts) / (time.process_time() - began)
        steps: list[tuple[float, int]] = []
        library.fill_vectors(lambda progress: steps.append((time.process_time(), progress.done)))
        (start, none), (end, done) = steps[1], steps[-1]
        asked = sorted(_timed(partial(embeddings.embed_query, text)) for text in _questions())
        print(
            f"{embeddings.name}: {alone:.1f} passages a CPU second alone, {(done - none) / (end - start):.1f} in the library"
        )
        print(
            f"a question's own vector: p50 {asked[len(asked) // 2]:.0f} ms, p95 {asked[len(asked) * 95 // 100]:.0f} ms"
        )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Every size in a process of its own, so that memory is its own."""
    sizes = [int(each) for each in os.environ.get("JUSHI_BENCH_SIZES", "").split(",") if each] or SIZES
    print(
        f"{'passages':>8}{'add s':>9}{'ready s':>9}{'vectors/s':>11}{'p50 ms':>9}{'p95 ms':>9}{'again s':>9}{'MB':>9}"
    )
    for size in sizes:
        subprocess.run([sys.executable, "-m", "evals.bench_retrieval", str(size)], check=True)
    measure_engine()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        main()
