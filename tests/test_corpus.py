"""The sample town: remade to the byte, true in itself, fictional, and read by the importer as it is meant."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

ROOT = Path(__file__).resolve().parent.parent
CORPUS, SECOND = ROOT / "corpus", ROOT / "evals" / "towns" / "shuangqiao"
PAST = ("past/2022年总结.docx", "past/2023年总结.docx", "past/2023年上半年总结.docx")


def read(name):
    return json.loads((CORPUS / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def truth():
    return read("truth.json")


@pytest.fixture(scope="module")
def values(truth):
    return {(fact["indicator"], fact["period"]): Decimal(fact["value"]) for fact in truth["facts"]}


def text_of(name):
    return "\n".join(paragraph.text for paragraph in Document(str(CORPUS / name)).paragraphs)


@pytest.mark.parametrize("town", [CORPUS, SECOND], ids=["sample", "second"])
def test_building_again_gives_the_same_bytes(town, tmp_path):
    build = [sys.executable, str(CORPUS / "build.py"), "--town", str(town), "--out", str(tmp_path)]
    subprocess.run(build, check=True)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) >= 6
    for path in made:
        assert path.read_bytes() == (town / path.relative_to(tmp_path)).read_bytes(), path.name


def test_a_figure_that_the_ledger_does_not_bear_out_stops_the_build(tmp_path):
    source = tmp_path / "town"
    for name in ("source/ledger", "source/past"):
        (source / name).mkdir(parents=True)
        for file in (CORPUS / name).iterdir():
            (source / name / file.name).write_bytes(file.read_bytes())
    for suffix in ("md", "csv"):
        file = source / f"source/past/2022年总结.{suffix}"
        file.write_text(file.read_text(encoding="utf-8").replace("219家次", "291家次"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(CORPUS / "build.py"), "--town", str(source)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "291家次" in done.stderr


def test_the_ledger_covers_every_topic_and_no_indicator_twice(truth):
    from assistant.registry.registry import shipped_registry

    known = {fact["indicator"] for fact in truth["facts"] if fact["period"] == "2024"}
    registry = {entry.id: entry for entry in shipped_registry()}
    assert known <= set(registry)
    assert {registry[indicator].topic for indicator in known} == {entry.topic for entry in registry.values()}
    assert len(truth["sheets"]) >= 8
    seen = [(fact["indicator"], fact["period"]) for fact in truth["facts"]]
    assert len(seen) == len(set(seen))


def test_halves_and_quarters_add_up_to_the_year(truth, values):
    from assistant.records import Aggregation
    from assistant.registry.registry import shipped_registry

    for entry in shipped_registry():
        if entry.aggregation is not Aggregation.SUM or (entry.id, "2024H1") not in values:
            continue
        year = values[entry.id, "2024"]
        assert values[entry.id, "2024H1"] + values[entry.id, "2024H2"] == year, entry.id
        assert sum(values[entry.id, f"2024Q{quarter}"] for quarter in (1, 2, 3, 4)) == year, entry.id


def test_parts_never_exceed_their_whole(values):
    pairs = (
        ("hazard.rectified", "hazard.found"),
        ("hazard.major_found", "hazard.found"),
        ("fire.hazards_fixed", "fire.hazards_found"),
        ("house.treated", "house.dangerous"),
        ("house.commercial", "house.surveyed"),
        ("food.qualified", "food.samples"),
        ("road.overload", "road.violations"),
        ("pledge.signed", "pledge.due"),
    )
    for part, whole in pairs:
        for indicator, period in list(values):
            if indicator == part and values.get((whole, period)):
                assert values[part, period] <= values[whole, period], (part, period)


def test_changes_from_year_to_year_are_plausible_and_go_both_ways(values):
    changes = [
        values[indicator, "2024"] / value
        for (indicator, period), value in values.items()
        if period == "2023" and value >= 20 and not indicator.startswith("accident.")
    ]
    assert all(Decimal("0.6") < change < Decimal("1.6") for change in changes)
    assert sum(change > 1 for change in changes) >= 10
    assert sum(change < 1 for change in changes) >= 5


def test_villages_add_up_to_the_town(truth, values):
    for indicator, places in truth["by_place"].items():
        assert sum(map(Decimal, places.values())) == values[indicator, "2024"], indicator
    assert len(truth["by_place"]["house.surveyed"]) == values["town.villages", "2024"]


@pytest.mark.parametrize("name", PAST)
def test_summaries_have_the_listed_figures_where_the_truth_says(truth, name):
    text = text_of(name)
    claims = [claim for claim in truth["claims"] if claim["file"] == name]
    assert 40 <= len(claims) <= 90
    assert 2400 <= len(text) <= 4000
    for claim in claims:
        assert text[claim["start"] :].startswith(claim["surface"]), claim


def test_planted_errors_are_of_different_kinds_and_all_in_the_annual_summary(truth):
    planted = read("planted.json")
    assert {entry["file"] for entry in planted} == {"past/2023年总结.docx"}
    assert len(planted) == len({entry["reason"] for entry in planted}) == 6
    wrong = [claim for claim in truth["claims"] if claim["verdict"] == "contradicted"]
    assert [entry["context"] for entry in planted] == [claim["context"] for claim in wrong]


@pytest.mark.parametrize("name", PAST)
def test_summaries_are_set_as_official_documents(name):
    document = Document(str(CORPUS / name))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert [heading[0] for heading in headings] == list("一二三四五六七八")[: len(headings)]
    fonts = {part for style in document.styles for part in re.findall(r'w:eastAsia="([^"]+)"', style.element.xml)}
    assert {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"} <= fonts


def test_no_sentence_stands_twice_in_a_summary_or_in_two_of_them():
    sentences = [sentence for name in PAST for sentence in re.split("[。\n]", text_of(name)) if len(sentence) >= 20]
    assert len(sentences) == len(set(sentences))


def test_digests_say_that_they_are_digests_and_number_their_articles():
    digests = sorted((CORPUS / "regulations").glob("*.md"))
    assert len(digests) >= 12
    for digest in digests:
        text = digest.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert "（摘要）\n" in text
        assert "非法条原文" in text
        assert re.search(r"^版本：\d{4}年", text, re.M)
        assert len(re.findall(r"^第[一二三四五六七八九十百零]+条 \S", text, re.M)) >= 8


def test_digests_copy_no_sentence_of_a_statute(shared):
    own = {
        digest.name: re.sub(r"\s", "", digest.read_text(encoding="utf-8"))
        for digest in (CORPUS / "regulations").glob("*.md")
    }
    for statute in shared("laws").rglob("*.md"):
        for clause in re.split(r"[，。；：\n]", statute.read_text(encoding="utf-8")):
            clause = re.sub(r"[\s*#　]", "", clause)
            if len(clause) >= 15 and not clause.endswith(("法", "条例")):
                assert not [name for name, text in own.items() if clause in text], clause


def test_digest_articles_exist_in_the_statutes(shared):
    statutes = {path.name.split("(")[0]: path for path in sorted(shared("laws").glob("*.md"))}
    for digest in (CORPUS / "regulations").glob("*.md"):
        statute = statutes[digest.name.removesuffix("（摘要）.md")].read_text(encoding="utf-8")
        for article in re.findall(r"^(第\S+条) ", digest.read_text(encoding="utf-8"), re.M):
            assert re.search(rf"^{article}[ 　]", statute, re.M), (digest.name, article)


def test_sources_are_fictional_and_say_so():
    assert "虚构" in (CORPUS / "README.md").read_text(encoding="utf-8")
    assert "虚构" in (SECOND.parent / "README.md").read_text(encoding="utf-8")
    for name in PAST:
        assert "青梧镇" in text_of(name)
        assert "XX" not in text_of(name)


@pytest.mark.parametrize("town", [CORPUS, SECOND], ids=["sample", "second"])
def test_the_importer_reads_the_ledger_as_it_is_meant(town, tmp_path):
    from sqlalchemy import create_engine

    from assistant.ledger.facts import facts_for
    from assistant.ledger.importing import import_files
    from assistant.periods import parse_period
    from assistant.registry.registry import shipped_registry

    truth = json.loads((town / "truth.json").read_text(encoding="utf-8"))
    engine, registry = create_engine(f"sqlite:///{tmp_path}/ledger.db"), shipped_registry()
    report = import_files(engine, [town / file for file in truth["files"]], registry)

    found = {(notice.kind, notice.cell.sheet, notice.cell.cell) for notice in report.notices if notice.cell}
    for warning in truth["warnings"]:
        place = (warning["kind"], warning["sheet"])
        assert any(place == (kind, sheet) and cell.endswith(str(warning["row"])) for kind, sheet, cell in found), place

    for period in sorted({fact["period"] for fact in truth["facts"]}):
        got = {
            fact.indicator: fact.value
            for fact in facts_for(engine, parse_period(period), registry)
            if fact.measure == "value" and not fact.place and fact.indicator in {entry.id for entry in registry}
        }
        meant = {fact["indicator"]: fact for fact in truth["facts"] if fact["period"] == period}
        assert set(got) <= set(meant), period
        for indicator, fact in meant.items():
            if fact.get("optional") and indicator not in got:
                continue
            gap = abs(got[indicator] - Decimal(fact["value"]))
            assert gap <= Decimal(fact.get("tolerance", "0")), (indicator, period, got[indicator], fact["value"])
