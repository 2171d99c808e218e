"""The shape of an answer as JSON, and the file of questions that is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.cli.shapes import Shape, cell_shape, notice_shape
from assistant.errors import UnreadableFile
from assistant.periods import period_id
from assistant.records import Answer, Citation, Fact, Hit


def answer_shape(answer: Answer) -> Shape:
    """An answer; figures and citations in order, those asked for first."""
    return {
        "answer": answer.text,
        "figures": [figure_shape(fact) for fact in answer.figures],
        "citations": [citation_shape(citation) for citation in answer.citations],
        "declined": answer.declined,
        "reason": answer.reason,
        "notices": [notice_shape(notice) for notice in answer.notices],
        "tokens": answer.tokens,
        "seconds": str(answer.seconds),
    }


def figure_shape(fact: Fact) -> Shape:
    """A figure with its formula and cells; `place` only where it is one village's."""
    shape = {
        "value": f"{fact.value:f}",
        "unit": fact.unit,
        "period": period_id(fact.period),
        "indicator": fact.indicator,
        "name": fact.name,
        "measure": fact.measure,
        "formula": fact.formula,
        "evidence": [cell_shape(cell) for cell in fact.evidence],
    }
    return {**shape, "place": fact.place} if fact.place else shape


def citation_shape(citation: Citation) -> Shape:
    """A quote with its place."""
    return {
        "law": citation.law,
        "article": citation.article,
        "version": citation.version,
        "quote": citation.quote,
        "source": citation.source,
    }


def hit_shape(hit: Hit) -> Shape:
    """A passage found, with how it was found and what in it to mark."""
    passage = hit.passage
    return {
        "id": passage.id,
        "kind": str(passage.kind),
        "title": passage.title,
        "article": passage.article,
        "path": list(passage.path),
        "version": passage.version,
        "in_force": passage.in_force,
        "period": period_id(passage.period) if passage.period else None,
        "text": passage.text,
        "source": passage.source,
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
        "found_by": list(hit.found_by),
        "spans": [list(span) for span in hit.spans],
    }


def read_questions(path: Path) -> list[tuple[str, str]]:
    """(id, question) of each line; raises `UnreadableFile` naming every bad line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UnreadableFile(f"读不了 {path}（{error.strerror}）。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} 不是 UTF-8 编码。请另存为 UTF-8。") from error
    found: list[tuple[str, str]] = []
    bad: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = _item(line)
        if item is None:
            bad.append(str(number))
        else:
            found.append((str(item.get("id", number)), item["question"]))
    if bad:
        raise UnreadableFile(f'{path} 第{"、".join(bad[:10])}行不是 {{"id","question"}} 形式的 JSON。请改正后重试。')
    return found


def _item(line: str) -> dict[str, Any] | None:
    try:
        item = json.loads(line)
    except json.JSONDecodeError:
        return None
    good = isinstance(item, dict) and isinstance(item.get("question"), str) and item["question"].strip()
    return item if good else None
