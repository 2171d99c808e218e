"""Whole drafts: put together, resumed, left-out sections, and what may not be in them."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.draft import assemble, context_for
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import SectionSpec
from assistant.errors import ModelError
from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.quantities.extract import extract
from assistant.records import Document, Draft, Fact, Kind, ReportKind, SectionText, VerdictKind
from assistant.retrieval.loaders import load_document
from tests.drafting.report_town import document, facts, shipped_registry

PAST = """云岭镇2023年安全生产工作总结及2024年工作打算
县安委会办公室：
2023年，云岭镇认真落实上级部署，全镇形势总体平稳。现将工作情况报告如下：
一、压实责任
党委会专题研究安全生产4次，召开安委会会议12次。
二、狠抓整治
（一）企业安全
检查企业205家次，排查隐患96处，整改93处，整改率96.9%。
（二）食品安全
检查食品经营单位305家次。
三、存在的问题
一是监管力量不足；二是群众意识不强。
四、2024年工作打算
一是压实责任；二是整改率达到98%以上；三是加强检查。
云岭镇人民政府
2024年1月8日"""
KINDS = [(ReportKind.ANNUAL, "2024"), (ReportKind.HALF_YEAR, "2024H1")]


def text_of(draft: Draft) -> str:
    parts = [draft.title, draft.addressee]
    for section in draft.sections:
        parts += [section.heading, section.text]
    return "\n".join(part for part in (*parts, draft.signature) if part)


def written(
    kind: ReportKind = ReportKind.ANNUAL,
    period: str = "2024",
    past: str = PAST,
    given: list[Fact] | None = None,
    **options: object,
) -> Draft:
    documents = [document(past)] if past else []
    of = parse_period(period)
    about = context_for(kind, of, shipped_registry(), documents, unit_name="云岭镇")
    return assemble(kind, of, facts(period) if given is None else given, documents, about, **options)  # type: ignore[arg-type]


def test_the_frame_follows_last_years() -> None:
    draft = written()
    assert draft.title == "云岭镇2024年安全生产工作总结及2025年工作打算"
    assert (draft.addressee, draft.signature) == ("县安委会办公室：", "云岭镇人民政府")


def test_the_half_years_frame() -> None:
    assert written(ReportKind.HALF_YEAR, "2024H1").title == "云岭镇2024年上半年安全生产工作总结及下半年工作打算"


def test_headings_are_numbered_without_gaps() -> None:
    headings = [section.heading for section in written().sections if section.heading]
    assert headings[:4] == ["一、压实责任", "二、狠抓整治", "（一）企业安全", "（二）食品安全"]
    assert [heading[:2] for heading in headings if heading[1] == "、"] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]


def test_a_section_with_nothing_to_say_is_left_out_with_a_line() -> None:
    draft = written(past="")
    assert not any("食品" in section.heading for section in draft.sections)
    assert any("食品安全" in notice.message for notice in draft.notices if notice.kind == "section_left_out")


def test_no_section_is_empty_but_a_heading_over_others() -> None:
    for kind, period in KINDS:
        sections = written(kind, period).sections
        for section, following in zip(sections, (*sections[1:], None), strict=True):
            assert section.text or (following is not None and following.level > section.level)


def test_every_section_is_called_back_as_it_is_written() -> None:
    seen: list[SectionText] = []
    draft = written(on_section=seen.append)
    assert tuple(seen) == draft.sections


def test_a_draft_that_was_cut_off_is_gone_on_with() -> None:
    whole = written()
    kept = [replace(whole.sections[0], text="人工改过的开头。"), *whole.sections[1:3]]
    calls: list[str] = []

    def write(spec, given, past, about):  # type: ignore[no-untyped-def]
        from assistant.drafting.rollforward import write_section

        calls.append(spec.key)
        return write_section(spec, given, past, about)

    resumed = written(done=kept, write=write)
    assert resumed.sections[0].text == "人工改过的开头。"
    assert not set(calls) & {section.key for section in kept if section.text}
    assert [section.heading for section in resumed.sections] == [section.heading for section in whole.sections]


def test_what_follows_does_not_repeat_a_section_that_was_done() -> None:
    whole = written()
    first, later = [section for section in whole.sections if len(section.text) > 40][:2]
    sentence = later.text.split("。")[0] + "。"
    kept = [
        replace(first, text=f"{first.text}\n{sentence}") if section is first else section for section in whole.sections
    ]
    resumed = written(done=kept[: kept.index(next(each for each in kept if each.key == first.key)) + 1])
    assert text_of(resumed).count(sentence) == 1


def test_facts_the_registry_does_not_know_are_reported() -> None:
    own = facts_from_rows(
        [{"topic": "道路交通", "indicator": "发放头盔", "period": "2024", "value": 320, "unit": "顶"}]
    )
    assert "发放头盔320顶" in text_of(written(given=facts() + own))


def test_must_report_facts_are_all_in() -> None:
    for kind, period in KINDS:
        for past in (PAST, ""):
            known = {fact.indicator for fact in facts(period)}
            assert not [
                name for section in written(kind, period, past).sections for name in section.missing if name in known
            ]


def test_what_last_year_gave_and_the_ledger_does_not_is_missing() -> None:
    food = next(section for section in written().sections if "食品" in section.heading)
    assert food.missing == ("food.checked",)
    assert [notice.kind for notice in food.notices] == ["no_fact"]


def test_every_fact_a_section_uses_is_in_the_draft() -> None:
    bare = [fact for fact in facts() if fact.unit != "%"]  # ratios and comparisons are worked out here
    for past in (PAST, ""):
        draft = written(past=past, given=bare)
        known = {fact.id for fact in draft.facts}
        assert len(known) > len(bare)
        assert known >= {fact_id for section in draft.sections for fact_id in section.slots}


def test_several_sections_at_a_time_give_the_same_draft_in_the_same_order() -> None:
    seen: list[SectionText] = []
    assert written(workers=4, on_section=seen.append).sections == written().sections == tuple(seen)


@pytest.mark.parametrize("failing", ["压实责任", "企业安全", "食品安全"])
def test_sections_finished_ahead_of_one_that_fails_are_kept_with_their_numbers(failing: str) -> None:
    asked: list[str] = []
    broken = True

    def write(spec: SectionSpec, *given: object) -> SectionText:
        asked.append(spec.key)
        if broken and spec.heading == failing:
            time.sleep(0.05)  # the others are ahead
            raise ModelError("模型没有应答。")
        return write_section(spec, *given)  # type: ignore[arg-type]

    saved: list[SectionText] = []
    with pytest.raises(ModelError, match="没有应答"):
        written(workers=4, write=write, on_section=saved.append)
    assert len([section for section in saved if section.text]) == len(asked) - 1
    broken, asked = False, []
    assert text_of(written(workers=4, write=write, done=saved)) == text_of(written())
    assert not {section.key for section in saved} & set(asked)


def test_a_sentence_of_an_earlier_section_is_not_said_again() -> None:
    again = PAST.replace("检查企业205家次", "全镇上下凝心聚力抓安全促发展。检查企业205家次").replace(
        "党委会专题", "全镇上下凝心聚力抓安全促发展。党委会专题"
    )
    assert text_of(written(past=again)).count("凝心聚力抓安全") == 1


def test_worn_phrases_are_told() -> None:
    worn = PAST.replace("检查企业", "高度重视，高度重视，高度重视，检查企业")
    assert any("高度重视" in notice.message for notice in written(past=worn).notices)


def test_no_sentence_is_said_twice() -> None:
    for kind, period in KINDS:
        sentences = [part for part in text_of(written(kind, period)).replace("\n", "。").split("。") if len(part) > 8]
        assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(("kind", "period"), KINDS)
@pytest.mark.parametrize("past", [PAST, ""])
def test_every_figure_is_supported(kind: ReportKind, period: str, past: str) -> None:
    given = facts(period)
    report = check(text_of(written(kind, period, past)), given, parse_period(period))
    assert len(report.verdicts) > 20
    assert {verdict.verdict for verdict in report.verdicts} == {VerdictKind.SUPPORTED}


def test_a_report_of_our_own_rolls_on_without_growing() -> None:
    first = text_of(written(past=""))
    last_year = re.sub(r"20\d\d(?=年)", lambda year: str(int(year.group()) - 1), first)
    assert text_of(written(past=last_year)) == first


def example_facts(path: Path) -> list[Fact]:
    import json

    truth = json.loads(path.read_text(encoding="utf-8"))
    names = ("indicator", "period", "value", "unit")
    return facts_from_rows({name: row[name] for name in names} for row in truth["facts"])


def seeds(shared) -> list[Document]:  # type: ignore[no-untyped-def]
    return [load_document(path) for path in sorted(shared("seeds").glob("*.txt"))]


@pytest.mark.parametrize(("kind", "period"), KINDS)
@pytest.mark.parametrize("which", [0, 1])
def test_a_real_report_as_past_summary_leaves_no_figure_behind(
    shared, kind: ReportKind, period: str, which: int
) -> None:  # type: ignore[no-untyped-def]
    past = seeds(shared)[which]
    given = example_facts(shared("towns/example/truth.json"))
    of = parse_period(period)
    about = context_for(kind, of, shipped_registry(), [past], unit_name="禾丰镇")
    draft = assemble(kind, of, given, [past], about)
    text = text_of(draft)
    report = check(text, given, of)
    assert {verdict.verdict for verdict in report.verdicts} == {VerdictKind.SUPPORTED}

    known = {fact.value for fact in given}
    counted = {Kind.COUNT, Kind.MONEY, Kind.PERCENT}
    old = {each.value for each in extract(past.text) if each.kind in counted and each.is_claim} - known
    new = {each.value for each in extract(text) if each.kind in counted and each.is_claim}
    assert not old & new
    assert not any(mark in text for mark in ("paid", "XX", "**", "下黎", "茅塘", "嘉利家", "广东", "*次"))
    assert "2023年" not in text
