"""What a county's report says, section by section; every figure in it comes through a slot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.county import rankings
from assistant.drafting.context import Context
from assistant.drafting.factbook import book_of, wording
from assistant.drafting.headings import numbered
from assistant.drafting.phrases import facts_sentences
from assistant.drafting.slots import Slots
from assistant.ledger.rollup import DUE, GIVEN, MISSING, Rollup
from assistant.periods import chinese_name, short_name
from assistant.records import Aggregation, Fact, SectionText

COMPARED = ("inspection.enterprises", "hazard.found", "training.people", "publicity.leaflets", "emergency.drills")
RATES = ("hazard.rate", "house.treated_rate", "pledge.rate", "food.rate")
WANTED = ("inspection.enterprises", "hazard.found", "hazard.rectified", "training.people", "accident.count")
_BACKGROUND = "基本情况"
_NAMES_SHOWN = 10
_RATES_SHOWN = 5
_TOPICS = {
    "责任落实": "安全责任落实",
    "检查执法": "检查执法和隐患治理",
    "道路交通": "道路交通安全",
    "房屋安全": "自建房安全",
    "学校安全": "校园安全和防溺水",
    "消防安全": "消防安全",
    "食品安全": "食品安全",
    "烟花爆竹": "烟花爆竹安全",
    "危化燃气": "危化品和燃气安全",
    "宣传培训": "宣传教育培训",
    "应急救援": "应急准备",
    "事故情况": "事故情况",
}
# The words of a town's sentences, as a county says them of all its towns.
_OF_COUNTY = (("镇党委会专题研究", "各乡镇党委会共专题研究"),)


@dataclass(frozen=True, slots=True)
class Material:
    """What the report is written from."""

    context: Context
    facts: Sequence[Fact]  # roster, totals and their comparisons
    now: Rollup
    before: Rollup
    missing: Sequence[str]  # towns that have not reported
    used: dict[str, Fact] = field(default_factory=dict)  # what the sections say, as they are written

    @property
    def whole(self) -> str:
        """全县, 全市 or 全区."""
        last = self.context.unit_name[-1:]
        return f"全{last if last in '县市区旗州' else '县'}"

    def fact(self, indicator: str) -> Fact | None:
        """The county's own figure of an indicator."""
        wanted = (fact for fact in self.facts if fact.indicator == indicator and fact.measure == "value")
        return next(wanted, None)


@dataclass(slots=True)
class _Pen:
    """A section being written: sentences with values behind stand-ins."""

    material: Material
    slots: Slots = field(default_factory=Slots)

    def value(self, fact: Fact) -> str:
        """The fact's value, as the report writes it."""
        self.material.used[fact.id] = fact
        return self.slots.put(fact, wording(fact))

    def listed(self, facts: Iterable[Fact]) -> str:
        """云溪镇（410家次）、石门乡（310家次）."""
        return "、".join(f"{fact.place}（{self.value(fact)}）" for fact in facts)

    def moved(self, changes: Iterable[rankings.Change], how: str) -> str:
        """云溪镇（410家次，同比上升25.3%）."""
        return "、".join(
            f"{each.now.place}（{self.value(each.now)}，同比{how}{self.value(each.percent)}）" for each in changes
        )

    def section(self, key: str, heading: str, level: int, text: str) -> SectionText:
        """The section with its values in."""
        filled, used = self.slots.fill(text)
        return SectionText(key, heading, level, filled, used)


def sections_of(material: Material) -> list[SectionText]:
    """The whole report, numbered."""
    parts = [_reported(material), *_totals(material), *_standing(material), *_changed(material)]
    parts += [_problems(material), _plan(material)]
    numbers = [0, 0, 0]
    done = [SectionText("00", "", 0, _opening(material))]
    for part in parts:
        if part.level == 1 or part.text:
            numbers[part.level] += 1
            numbers[part.level + 1 :] = [0] * (len(numbers) - part.level - 1)
            sample = "一、" if part.level == 1 else "（一）"
            key = f"{numbers[1]:02}" + (f".{numbers[2]:02}" if part.level == 2 else "")
            heading = numbered(sample, numbers[part.level]) + part.heading
            done.append(SectionText(key, heading, part.level, part.text, part.slots))
    return done


def _opening(material: Material) -> str:
    name = chinese_name(material.context.period)
    return (
        f"现将{material.context.unit_name}{name}安全生产工作情况汇总如下。"
        "本汇总的数字由各乡镇（街道）报送的台账加总得出，整改率等比率按加总后的数字重新计算。"
    )


def _reported(material: Material) -> SectionText:
    pen = _Pen(material)
    due, given, missing = (material.fact(name) for name in (DUE, GIVEN, MISSING))
    text = ""
    if due and given and missing:
        text = f"应报送台账的乡镇（街道）共{pen.value(due)}，已报送{pen.value(given)}"
        if not missing.value:
            text += "，全部按要求报送。"
        else:
            text += f"，未报送{pen.value(missing)}，为{_names(material.missing)}。未报送的乡镇（街道）不在以下各项数字之内。"
    lacking = rankings.incomplete(material.now, WANTED)
    if lacking:
        registry = material.context.registry
        said = [
            f"{town}缺{'、'.join(entry.name for each in names if (entry := registry.find(each)))}"
            for town, names in list(lacking.items())[:_NAMES_SHOWN]
        ]
        more = "等" if len(lacking) > _NAMES_SHOWN else ""
        text += f"已报送的台账中，有的缺少主要指标：{'；'.join(said)}{more}。"
    return pen.section("", "台账报送情况", 1, text)


def _totals(material: Material) -> list[SectionText]:
    """The county's figures by topic, in the registry's order."""
    book = book_of(material.facts, material.context.period, material.context.registry)
    topics: dict[str, list[str]] = {}
    for entry in material.context.registry:
        if entry.topic != _BACKGROUND:
            topics.setdefault(entry.topic, []).append(entry.id)
    found = []
    for topic, indicators in topics.items():
        pen = _Pen(material)
        text = "".join(facts_sentences(indicators, book, material.context, pen.slots))
        for words, own in (*_OF_COUNTY, ("全镇", material.whole)):
            text = text.replace(words, own)
        if text:
            found.append(pen.section("", _TOPICS.get(topic, topic), 2, text))
    return [SectionText("", "总体情况", 1, ""), *found] if found else []


def _standing(material: Material) -> list[SectionText]:
    """The towns side by side."""
    registry, sentences, pen = material.context.registry, [], _Pen(material)
    for indicator in (*COMPARED, *RATES):
        entry = registry.find(indicator)
        if entry is None:
            continue
        order = rankings.standing(material.now, indicator)
        rate = entry.aggregation is Aggregation.RATIO
        if len(order.top) > 1 and order.top == order.facts:
            sentences.append(f"{entry.name}依次为{pen.listed(order.top)}。")
            continue
        clauses = []
        if order.top and order.top[0].value:
            clauses.append(f"{'较高' if rate else '居前'}的有{pen.listed(order.top)}")
        if order.bottom:
            clauses.append(f"较{'低' if rate else '少'}的有{pen.listed(order.bottom)}")
        if clauses:
            sentences.append(f"{entry.name}{'，'.join(clauses)}。")
    accidents = [fact for fact in rankings.standing(material.now, "accident.count").facts if fact.value]
    if accidents:
        sentences.append(f"发生生产安全事故的有{pen.listed(accidents[:_NAMES_SHOWN])}。")
    if not sentences:
        return []
    return [pen.section("", "各乡镇（街道）情况", 1, "\n".join(sentences))]


def _changed(material: Material) -> list[SectionText]:
    """The towns that changed most against last year."""
    registry, sentences, pen = material.context.registry, [], _Pen(material)
    for indicator in COMPARED:
        entry = registry.find(indicator)
        rose, fell = rankings.changes(material.now, material.before, indicator, registry)
        clauses = []
        if rose:
            clauses.append(f"上升较多的有{pen.moved(rose, '上升')}")
        if fell:
            clauses.append(f"下降较多的有{pen.moved(fell, '下降')}")
        if entry and clauses:
            sentences.append(f"{entry.name}{'，'.join(clauses)}。")
    if not sentences:
        return []
    return [pen.section("", "变化较大的乡镇（街道）", 1, "\n".join(["与上年同期相比：", *sentences]))]


def _problems(material: Material) -> SectionText:
    pen, items = _Pen(material), []
    if material.missing:
        items.append(f"部分乡镇（街道）没有按时报送台账，{_names(material.missing)}的情况尚不掌握")
    for rate, matter in (("hazard.rate", "隐患整改不够及时"), ("house.treated_rate", "危房整治进度不一")):
        total, low = material.fact(rate), rankings.below(material.now, rate)
        if total and low and total.value < 100:
            shown = [fact for fact in low if fact.value <= 100][:_RATES_SHOWN]
            items.append(
                f"{matter}，{material.whole}{total.name}为{pen.value(total)}，低于这一水平的有{pen.listed(shown)}{_more(low, shown)}"
            )
    accidents = material.fact("accident.count")
    if accidents and accidents.value:
        items.append(
            f"事故防范仍有薄弱环节，{short_name(material.context.period)}发生生产安全事故{pen.value(accidents)}"
        )
    efforts = (
        (name, rankings.changes(material.now, material.before, name, material.context.registry)[1]) for name in COMPARED
    )
    fallen = [each.now.place for name, found in efforts if name != "hazard.found" for each in found]
    if fallen:
        items.append(f"部分乡镇（街道）工作力度有所减弱，{_names(dict.fromkeys(fallen))}的部分工作量较上年同期明显下降")
    if doubtful := rankings.beyond_the_whole(material.now, RATES):
        named = list(dict.fromkeys(f"{fact.place}{fact.name}" for fact in doubtful))
        items.append(f"部分台账数据需要核实，{_names(named)}超出合理范围")
    if rankings.incomplete(material.now, WANTED):
        items.append("部分乡镇（街道）台账项目不全，影响汇总的完整性")
    text = (
        f"从汇总情况看，还存在以下问题：{_enumerated(items)}" if items else "从汇总情况看，没有发现需要专门说明的问题。"
    )
    return pen.section("", "存在的问题", 1, text)


def _plan(material: Material) -> SectionText:
    items = []
    if material.missing:
        items.append(f"督促{_names(material.missing)}尽快报送台账，报送后补充汇总")
    if rankings.below(material.now, "hazard.rate"):
        items.append(
            f"对隐患整改率低于{material.whole}水平的乡镇（街道）逐一督办，逐项明确责任人和整改时限，整改一处、销号一处"
        )
    if rankings.below(material.now, "house.treated_rate"):
        items.append("加快剩余危房整治，整治到位前落实警示、巡查和人员撤离措施")
    accidents = material.fact("accident.count")
    if accidents and accidents.value:
        items.append("督促发生事故的乡镇（街道）深刻吸取教训，举一反三开展同类风险排查")
    if rankings.beyond_the_whole(material.now, RATES) or rankings.incomplete(material.now, WANTED):
        items.append("退回有疑问或项目不全的台账，由乡镇（街道）核实补报")
    items.append("推广工作扎实的乡镇（街道）的做法，继续抓好检查执法、隐患治理、宣传培训和应急演练")
    return SectionText("", "下一步工作", 1, f"下一步，重点抓好以下工作：{_enumerated(items)}")


def _enumerated(items: Sequence[str]) -> str:
    marks = "一二三四五六七八九十"
    return "；".join(f"{marks[number]}是{item}" for number, item in enumerate(items)) + "。"


def _names(names: Iterable[str]) -> str:
    listed = list(names)
    return "、".join(listed[:_NAMES_SHOWN]) + ("等" if len(listed) > _NAMES_SHOWN else "")


def _more(all_of: Sequence[Fact], shown: Sequence[Fact]) -> str:
    return "等" if len(all_of) > len(shown) else ""
