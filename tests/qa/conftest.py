"""Our own town, imported once, and a small library of made-up rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.factcheck.check import check
from assistant.ledger.facts import facts_for, ranking
from assistant.ledger.importing import import_files
from assistant.periods import year_of
from assistant.qa.desk import Desk
from assistant.records import Hit, Passage, SourceKind
from assistant.registry.registry import shipped_registry
from assistant.store.database import open_database

CORPUS = Path(__file__).parent.parent.parent / "corpus"


def rule(number: str, title: str, article: str, text: str, path: tuple[str, ...] = ()) -> Passage:
    """An article of a made-up law."""
    return Passage(
        number, SourceKind.LAW, f"{title}.md", title, path, text, 0, len(text), article=article, version="2021-01-01"
    )


RULES = (
    rule("1-0", "粮油仓库防火条例", "3", "第三条 仓库保管员应当每日巡查电气线路，发现破损立即停用并报告仓库负责人。"),
    rule("1-1", "粮油仓库防火条例", "5", "第五条 仓库内不得使用明火取暖。"),
    rule("1-2", "粮油仓库防火条例", "9", "第九条 违反本条例使用明火的，处五百元以上二千元以下的罚款。", ("法律责任",)),
    rule("2-0", "渡口安全管理办法", "4", "第四条 渡船载客不得超过核定人数；遇大雾应当停航。"),
)
SUMMARY = Passage(
    "3-0",
    SourceKind.SUMMARY,
    "2023年总结.docx",
    "2023年安全生产工作总结",
    ("二、隐患排查",),
    "全年共排查安全隐患999处，下发整改通知书37份。",
    0,
    24,
    period=year_of(2023),
    topic="检查执法",
)


class Shelf:
    """Finds by shared pairs of characters, as a library would by words."""

    def search(
        self, query: str, *, kind: SourceKind | None = None, law: str | None = None, limit: int = 10
    ) -> Sequence[Hit]:
        pairs = {query[at : at + 2] for at in range(len(query) - 1)}
        found = [
            Hit(each, min(990, 100 * sum(pair in each.title + each.text for pair in pairs)))
            for each in (*RULES, SUMMARY)
            if kind in (None, each.kind) and (law is None or law == each.title)
        ]
        return sorted((hit for hit in found if hit.score), key=lambda hit: -hit.score)[:limit]

    def find_article(self, text: str) -> list[Passage]:
        number = re.search(r"第([三四五九])条", text)
        wanted = {"三": "3", "四": "4", "五": "5", "九": "9"}[number[1]] if number else ""
        return [each for each in RULES if each.article == wanted and each.title in text]


@pytest.fixture(scope="session")
def ledger_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of our own town, without a library."""
    registry = shipped_registry()
    engine = open_database(tmp_path_factory.mktemp("town"))
    import_files(engine, [CORPUS / "ledger"], registry)
    places = {
        fact.place
        for name in ("hazard.found", "house.surveyed")
        for fact in ranking(engine, name, year_of(2024), registry)
    }
    yield Desk(
        registry,
        lambda period: facts_for(engine, period, registry, comparisons=False),
        lambda indicator, period, by: ranking(engine, indicator, period, registry, by=by),
        (2024, 2023, 2022),
        date(2025, 1, 10),
        town="青梧镇",
        places=tuple(sorted(places)),
        check=lambda text, period: check(text, facts_for(engine, period, registry), period, registry=registry),
    )
    engine.dispose()


@pytest.fixture
def desk(ledger_desk: Desk) -> Desk:
    """The desk of our own town with a few made-up rules and a past summary."""
    shelf = Shelf()
    return replace(ledger_desk, search=shelf.search, find_article=shelf.find_article)
