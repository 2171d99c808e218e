"""One figure of an old sentence: this year's value in its place, a mark, or its clause taken out."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.drafting.clauses import Span
from assistant.drafting.factbook import wording
from assistant.drafting.figures import COUNTED, Figure, Relation
from assistant.drafting.outcomes import Standing, judge_zero
from assistant.drafting.phrases import facts_sentences
from assistant.drafting.sections import Role
from assistant.drafting.sheet import Edit, Sheet, clause_bounds, drop_clause, shortened
from assistant.drafting.slots import is_stand_in
from assistant.quantities.render import plain
from assistant.records import Kind, Severity

_LONGEST_LABEL = 12
_RULE_IDIOM = re.compile(r"24\s*小时|7[×x*]24|[^0-9０-９]+")  # 24小时值班, and whatever is in words: 每半年一次
_DIRECTION = re.compile(r"(?P<word>上升|增长|增加|提高|上涨|下降|减少|降低|回落|下滑)(?:了)?$")
_UP = {"上升": "上升", "增长": "增长", "增加": "增加", "提高": "提高", "上涨": "上升"}
_DOWN = {"下降": "下降", "减少": "减少", "降低": "下降", "回落": "下降", "下滑": "下降"}
_TURNED = {
    "上升": "下降",
    "增长": "下降",
    "增加": "减少",
    "提高": "下降",
    "上涨": "下降",
    "下降": "上升",
    "减少": "增加",
    "降低": "上升",
    "回落": "上升",
    "下滑": "上升",
}
_CHANGED_TO = re.compile(r"(?:上?升|增长?|增加|提高|下?降|减少?|回落|压减)(?P<to>至|到|为)了?$")
_COMPARISON = re.compile(
    r"[，、（(]?(?:同比|环比|(?:较|比|与)(?:上年|去年|上一?年度|\d{4}年)(?:同期)?(?:相比)?)[^，。；（）()]{0,10}$"
)
_LEVEL = re.compile(r"[较比与](?P<base>(?:上年|去年|上一?年度|\d{4}年)(?:同期)?)(?:相比)?[^，。；（）()]{0,6}$")
_ARABIC = re.compile(r"[0-9０-９]")
_LISTED_AIM = re.compile(r"[0-9０-９]+(?:大|项|个)")
_SHORT_NOUN = re.compile(r"[\u4e00-\u9fa5（）]{2,8}?(?=[的，。、；：和及]|以及|安装|进行|实行|开展|$)")
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(【]20\d{2}|号$")


def edit_figure(span: Span, figure: Figure, sheet: Sheet) -> Edit | None:
    """The change to a sentence that one of its figures needs; None where it may stay as it is."""
    claim = figure.claim
    start, end = claim.start - span.start, claim.end - span.start
    if claim.kind is Kind.ZERO and claim.denies:
        return _zero_edit(span.text, start, end, claim.denies, sheet)
    if claim.kind is Kind.DOCNO and _DOCUMENT_NUMBER.search(claim.surface):
        return Edit(start, end, sheet.unverified("文号", "去年的文号不能照搬"))
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return _aim_edit(span.text, start, end, figure, sheet)
    if claim.kind not in COUNTED and claim.kind not in (Kind.PLACEHOLDER, Kind.ZERO):
        return _duration_edit(figure, start, end, sheet)
    return _figure_edit(span.text, start, end, figure, sheet)


def _figure_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> Edit | None:
    claim = figure.claim
    if not claim.is_claim and claim.kind is not Kind.PLACEHOLDER:
        if _RULE_IDIOM.fullmatch(claim.surface):
            return None
        return Edit(start, end, sheet.unverified("数量", "去年的要求不能照搬"))
    if figure.relation is Relation.CHANGE:
        return _change_edit(sentence, start, end, figure, sheet)
    return _value_edit(sentence, start, end, figure, sheet)


def _aim_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> Edit | None:
    """Last year's aims had last year's figures: the figure goes, or its clause; 每半年至少一次 stays, being a rule."""
    claim = figure.claim
    if claim.kind is Kind.PLACEHOLDER and claim.surface.endswith("年"):
        return None
    listed = claim.kind is Kind.POLICY and _LISTED_AIM.match(claim.surface)
    if claim.kind not in COUNTED and claim.kind is not Kind.PLACEHOLDER and not listed:
        return None
    if not claim.is_claim and not _ARABIC.search(claim.surface) and claim.kind is not Kind.PLACEHOLDER:
        return None
    bounded = re.search(r"(?:至少|不[少低]于|不超过|最多|达到)[^，。；]{0,6}$", sentence[:start])
    if claim.kind is Kind.COUNT and _noun_behind(sentence, end) and not listed and not bounded:
        sheet.note("aim_left_out", f"去年打算中的数字“{claim.surface}”不能照搬，已略去。")
        return Edit(start, end, "")
    return drop_clause(sentence, start, sheet, "去年打算中的数字不能照搬，新目标请在“目标”中设定")


def _noun_behind(sentence: str, end: int) -> bool:
    """Whether the figure only says how many of something: 3家规模企业."""
    return re.match(r"[\u4e00-\u9fa5]{2}", sentence[end:]) is not None and not re.match(
        r"以[上内下]|左右", sentence[end:]
    )


def _duration_edit(figure: Figure, start: int, end: int, sheet: Sheet) -> Edit | None:
    claim = figure.claim
    if claim.kind is Kind.DURATION and claim.is_claim and not _RULE_IDIOM.fullmatch(claim.surface):
        return Edit(start, end, sheet.unverified("时长", "台账无此项"))
    return None


def _value_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> Edit | None:
    claim, fact = figure.claim, figure.fact
    if fact is not None and fact.value == 0 and fact.indicator == "accident.count":
        verb = max(sentence.rfind("发生", 0, start), clause_bounds(sentence, start)[0])
        return Edit(verb, end, sheet.slots.put(fact, "未发生生产安全事故"))
    if fact is not None and (fact.value != 0 or claim.kind is Kind.ZERO):
        return _with_direction(
            sentence, start, Edit(start, end, sheet.slots.put(fact, _written(figure, sheet))), figure, sheet
        )
    if fact is not None or figure.relation in (Relation.REST, Relation.OTHER):
        return drop_clause(sentence, start, sheet, f"今年“{_name(figure, sheet)}”为0或无法得出")
    if _is_article(figure, sentence, end):
        return Edit(start, end, "")
    if figure.indicator and figure.indicator not in sheet.unanswered:
        sheet.unanswered.append(figure.indicator)
    return Edit(start, end, sheet.unverified(_counted(figure, sentence, start, end, sheet), "台账无数据"))


def _with_direction(sentence: str, start: int, edit: Edit, figure: Figure, sheet: Sheet) -> Edit:
    """由12次增至14次: the word goes the way the facts went."""
    found = _CHANGED_TO.search(sentence[:start])
    difference = sheet.book.difference(figure.indicator) if found else None
    if not found or difference is None or difference.value == 0:
        return edit
    way = ("增" if difference.value > 0 else "降") + found["to"]
    return Edit(found.start(), edit.end, way + edit.text)


def _written(figure: Figure, sheet: Sheet) -> str:
    """The value as written in this place: with the text's own classifier where it is an equal one."""
    claim, fact = figure.claim, figure.fact
    assert fact is not None
    entry = sheet.book.registry.find(fact.indicator)
    unit = claim.unit if entry and claim.unit in entry.equal_units and claim.kind is Kind.COUNT else ""
    written = wording(fact, approximate=sheet.context.style.approximate, unit=unit)
    shared = claim.unit and claim.kind is Kind.COUNT and not claim.surface.rstrip("以上左右内 ").endswith(claim.unit)
    return plain(fact.value) if shared and claim.value is not None and fact.unit != "%" else written


def _is_article(figure: Figure, sentence: str, end: int) -> bool:
    """Whether 一名 is no count but an article: 明确一名副职 reads as well without it."""
    claim = figure.claim
    single = claim.value == Decimal(1) and claim.surface.startswith("一")
    return single and not figure.indicator and end < len(sentence) and sentence[end] not in "，。；、）"


def _name(figure: Figure, sheet: Sheet) -> str:
    entry = sheet.book.registry.find(figure.indicator) if figure.indicator else None
    if entry:
        return entry.name
    return f"{figure.claim.unit}数" if figure.claim.unit else "数量"


def _counted(figure: Figure, sentence: str, start: int, end: int, sheet: Sheet) -> str:
    """What the figure counts, for the mark: the indicator's name, else the noun behind it with its classifier."""
    noun = _SHORT_NOUN.match(sentence[end:])
    clause = re.split("[，。；：、]", sentence[:start])[-1]
    entry = sheet.book.registry.find(figure.indicator) if figure.indicator else None
    if entry and any(name in clause or sentence.startswith(name, end) for name in entry.names):
        return entry.name
    if noun and figure.claim.unit and figure.claim.kind is Kind.COUNT:
        return f"{noun.group()}{figure.claim.unit}数"
    words = re.sub(r"(?:[共达为计约]|达到|累计|合计|总计|分别)+$", "", clause)
    label = re.sub(r".*[0-9０-９%％【】]", "", words)[-_LONGEST_LABEL:]  # no old figure gets into a mark
    return label if len(label) >= 2 and not any(map(is_stand_in, label)) else _name(figure, sheet)


def _change_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> Edit:
    """A comparison recomputed, its direction word with it; taken out where last year's fact is missing."""
    opens, closes = clause_bounds(sentence, start)
    if "分别" in sentence[opens:closes]:
        return drop_clause(sentence, start, sheet, "分别对比的说法无法逐一重算")
    compared = _COMPARISON.search(sentence[:start])
    opening = compared.start() if compared else start
    fact = figure.fact
    closing = end + 1 if sentence[opening : opening + 1] in "（(" and sentence[end : end + 1] in "）)" else end
    if fact is None:
        sheet.note("comparison_left_out", f"台账没有“{_name(figure, sheet)}”两年的数据，原文的同比说法已略去。")
        return Edit(opening, closing, "")
    direction = _DIRECTION.search(sentence[:start])
    if fact.value == 0:
        compared = _LEVEL.search(sentence[:start])
        since = compared.start() if compared else direction.start() if direction else start
        base = f"与{compared['base']}" if compared else ""
        return Edit(since, end, base + sheet.slots.put(fact, "持平"))
    value = sheet.slots.put(fact, wording(fact))
    if direction is None:
        return Edit(start, end, value)
    word = direction["word"]
    right = (_UP if fact.value > 0 else _DOWN).get(word) or _TURNED[word]
    return Edit(direction.start(), end, right + value)


def _zero_edit(sentence: str, start: int, end: int, denied: str, sheet: Sheet) -> Edit | None:
    """A statement that something did not happen: kept with its fact, corrected, or marked."""
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return None
    denied = re.sub(r"的?(?:发生|出现)$", "", denied)
    judged = judge_zero(denied, sheet.book)
    count = sheet.book.fact("accident.count")
    if judged.standing is Standing.HOLDS and "accident.count" in sheet.slots.said and count and count.value == 0:
        return Edit(*clause_bounds(sentence, start), "")  # no accident at all has been said already
    if judged.standing is Standing.HOLDS:
        return Edit(start, end, sheet.slots.put(judged.facts[0], sentence[start:end]))
    left, right = clause_bounds(sentence, start)
    if judged.standing is Standing.UNKNOWN:
        return Edit(left, right, sheet.unverified(f"有无{denied}", "台账没有记录"))
    sheet.note(
        "contradicted", f"原文“{shortened(sentence[left:right])}”与今年台账不符，已按台账改写。", Severity.WARNING
    )
    said = "accident.count" in sheet.slots.said
    new = (
        ""
        if said
        else "".join(facts_sentences(("accident.count",), sheet.book, sheet.context, sheet.slots)).rstrip("。")
    )
    return Edit(left, right, new)
