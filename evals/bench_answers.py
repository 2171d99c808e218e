"""The retrieval table of `evals.bench`: quality and speed, ours beside BM25 over words cut by jieba."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from evals import peers
from evals.bench_tables import table
from evals.retrieval import (
    DATA,
    Asked,
    Collection,
    Find,
    Scores,
    lay_questions,
    score,
    statute_articles,
    town_questions,
)


def retrieval(quick: bool) -> str:
    """Laws of a township's work; without --quick the statute articles too."""
    from assistant.retrieval.embedding import open_embeddings

    if not (DATA / "retrieval").is_dir():
        return "## Retrieval\n\nNot measured here: needs the laws and questions that JUSHI_EVAL_DATA names."
    embeddings = None if quick else open_embeddings()
    laws = Collection("laws", embeddings)
    laws.library.add(sorted((DATA / "laws").glob("*.md")))
    parts = [_measured("Laws of a township's work", laws, town_questions(DATA / "devset" / "questions.jsonl"))]
    if not quick:
        statutes = Collection("statutes", embeddings)
        statutes.put(statute_articles(DATA / "retrieval" / "stard_corpus.jsonl"))
        parts.append(
            _measured(
                "Statute articles, lay questions", statutes, lay_questions(DATA / "retrieval" / "stard_queries.jsonl")
            )
        )
    note = "\n\nVectors were not measured with --quick." if quick else ""
    return "## Retrieval\n\n" + "\n\n".join(parts) + note


def _measured(name: str, collection: Collection, asked: Sequence[Asked]) -> str:
    if collection.embeddings is not None:
        collection.fill()
    finds: dict[str, Find] = {"据实, words alone": collection.by_words, "据实 as shipped": collection.fused}
    if collection.embeddings is not None:
        finds["vectors alone"] = collection.by_vectors
    rows = []
    for method, find in finds.items():
        find(asked[0].question)
        began = time.process_time()
        got = score(asked, find)
        rows.append(_row(method, got, (time.process_time() - began) / len(asked)))
    snapshot, known = collection._snapshot, collection._rows
    passages = [known[identity] for identity in snapshot.ids if known[identity].state == "current"]
    given = {"passages": [row.text for row in passages], "questions": [each.question for each in asked]}
    found = peers.run("retrieval", given).get("rank-bm25", {"error": "no answer"})
    if "error" in found:
        rows.append(("BM25 + jieba", "—", "—", "—", f"not measured: {found['error']}"))
    else:
        rows.append(_peer_row(found, asked, passages))
    head = ("method", "R@5", "R@10", "MRR@10", "milliseconds a question")
    return f"### {name}\n\n{len(snapshot.ids):,} passages, {len(asked):,} questions.\n\n" + table(head, rows)


def _row(name: str, got: Scores, seconds: float) -> tuple[str, ...]:
    return (
        name,
        f"{got.recall_5:.3f}",
        f"{got.recall_10:.3f}",
        f"{got.reciprocal_rank_10:.3f}",
        f"{seconds * 1000:.1f}",
    )


def _peer_row(found: dict[str, Any], asked: Sequence[Asked], passages: Sequence[Any]) -> tuple[str, ...]:
    by_question = {
        each.question: [(passages[number].short, passages[number].article) for number in order]
        for each, order in zip(asked, found["found"], strict=True)
    }
    return _row(f"BM25 + jieba (rank-bm25 {found['version']})", score(asked, by_question.__getitem__), found["each"])
