"""Runs other people's tools in their own environment: ``python peer_runs.py TASK given.json`` prints one line of JSON.

It imports nothing of ours, since our packages are not installed there.
"""

from __future__ import annotations

import contextlib
import csv
import importlib.metadata
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_ROUNDS = 3


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The quickest of some rounds, in seconds of processor time, and what came of it."""
    quickest, result = 10.0**9, None
    for _ in range(_ROUNDS):
        began = time.process_time()
        result = work()
        quickest = min(quickest, time.process_time() - began)
        if quickest > 20:
            break
    return quickest, result


def quantities(given: dict[str, Any]) -> dict[str, Any]:
    """Each reader over a text: seconds, and the figures it gives with their places where it tells them."""
    text: str = given["text"]
    return {
        "recognizers-text-suite": _try("recognizers-text-suite", lambda: _recognizers(text)),
        "cn2an": _try("cn2an", lambda: _cn2an(text)),
        "jionlp": _try("jionlp", lambda: _jionlp(text)),
    }


def _recognizers(text: str) -> dict[str, Any]:
    from recognizers_number import NumberRecognizer  # type: ignore[import-not-found]

    model = NumberRecognizer("zh-cn").get_number_model()

    def read() -> list[tuple[int, int, str]]:
        found, start = [], 0
        for line in text.split("\n"):
            found += [
                (start + one.start, start + one.end + 1, one.resolution.get("value", "")) for one in model.parse(line)
            ]
            start += len(line) + 1
        return found

    seconds, found = best(read)
    return {"seconds": seconds, "found": found}


def _cn2an(text: str) -> dict[str, Any]:
    import cn2an

    seconds, _ = best(lambda: [cn2an.transform(line, "cn2an") for line in text.split("\n")])
    return {"seconds": seconds}


def _jionlp(text: str) -> dict[str, Any]:
    import jionlp  # type: ignore[import-not-found]

    money = jionlp.ner.extract_money
    seconds, found = best(lambda: [money(line) for line in text.split("\n")])
    return {"seconds": seconds, "money": sum(len(each) for each in found)}


def report(given: dict[str, Any]) -> dict[str, Any]:
    """Each checker over a report and a table of facts: seconds, figures checked, figures it objects to."""
    return {
        "figured": _try("figured", lambda: _figured(given)),
        "numaudit": _try("numaudit", lambda: _numaudit(given)),
    }


def _figured(given: dict[str, Any]) -> dict[str, Any]:
    import figured  # type: ignore[import-not-found]

    seconds, got = best(lambda: figured.trace(given["text"], given["facts"]))
    wrong = [(one.figure.start, one.figure.end) for one in got.results if one.status == "ungrounded"]
    return {"seconds": seconds, "checked": got.checked, "objected": wrong}


def _numaudit(given: dict[str, Any]) -> dict[str, Any]:
    from numaudit.cli import main  # type: ignore[import-not-found]

    with Path("facts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["name", "value"])
        writer.writeheader()
        writer.writerows(given["facts"])
    Path("report.md").write_text(given["text"], encoding="utf-8")

    def read() -> str:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            main(["report.md", "--data", "facts.csv", "--json"])
        return said.getvalue()

    seconds, said = best(read)
    findings = json.loads(said)["documents"][0]["findings"]
    wrong = [(one["line"], one["text"]) for one in findings if one["status"] == "unsourced"]
    return {"seconds": seconds, "checked": len(findings), "objected_lines": wrong}


def retrieval(given: dict[str, Any]) -> dict[str, Any]:
    """BM25 over words cut by jieba: seconds to build, milliseconds a question, the order found."""

    def run() -> dict[str, Any]:
        import jieba  # type: ignore[import-not-found]
        from rank_bm25 import BM25Okapi  # type: ignore[import-not-found]

        jieba.setLogLevel(60)
        jieba.initialize()
        began = time.process_time()
        index = BM25Okapi([jieba.lcut(text) for text in given["passages"]])
        built = time.process_time() - began
        began = time.process_time()
        found = []
        for question in given["questions"]:
            scores = index.get_scores(jieba.lcut(question))
            found.append([int(number) for number in scores.argsort()[::-1][:30]])
        return {"seconds": built, "each": (time.process_time() - began) / len(given["questions"]), "found": found}

    return {"rank-bm25": _try("rank-bm25", run)}


def _try(name: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # some of them greet
            found = work()
        found["version"] = importlib.metadata.version(name)
    except Exception as error:  # noqa: BLE001 - whatever ails a peer is told, not raised
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    return found


if __name__ == "__main__":
    tasks = {"quantities": quantities, "report": report, "retrieval": retrieval}
    print(json.dumps(tasks[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))), ensure_ascii=False))
