"""One sentence of last year's report, written again on this year's facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.drafting.clauses import Clause, Span, end_of, join_clauses, split_clauses
from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook, wording
from assistant.drafting.figures import COUNTED, Figure, Relation, is_dated_event
from assistant.drafting.outcomes import (
    Standing,
    claims_all,
    completeness_of,
    denied_trend,
    has_no_remainder,
    judge_zero,
    tells_of_accident,
    zero_word,
)
from assistant.drafting.phrases import facts_sentences
from assistant.drafting.places import settle_places
from assistant.drafting.sections import Role
from assistant.drafting.slots import Slots, is_stand_in
from assistant.drafting.timewords import move_on
from assistant.quantities.render import plain
from assistant.records import Kind, Notice, Severity

_AHEAD = re.compile(r"(?:下一步|下一阶段|下步|今后|明年|来年|接下来)，?|20\d\d年，?(?:[^，。]{0,6})?(?:计划|将|要)")
_LONGEST_LABEL = 12
_FULL = 100
_RULE_IDIOM = re.compile(r"24\s*小时|7[×x*]24|[一二两三四五六七八九十半百]")
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
_ARABIC = re.compile(r"[0-9０-９]")
_LISTED_AIM = re.compile(r"[0-9０-９]+(?:大|项|个)")
_SHORT_NOUN = re.compile(r"[\u4e00-\u9fa5（）]{2,8}?(?=[的，。、；：和及]|以及|安装|进行|实行|开展|$)")
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(【]20\d{2}|号$")


@dataclass(slots=True)
class Sheet:
    """What the writing of one section has at hand, and what it has to report at the end."""

    book: FactBook
    context: Context
    role: Role
    slots: Slots
    notices: list[Notice] = field(default_factory=list)

    def note(self, kind: str, message: str, severity: Severity = Severity.INFO) -> None:
        """Keep a notice for the person who reads the draft; the same one only once."""
        notice = Notice(severity, kind, message)
        if notice not in self.notices:
            self.notices.append(notice)

    def unverified(self, what: str, reason: str) -> str:
        """The mark of something the ledger does not answer, as a stand-in."""
        return self.slots.mark(f"【待核实：{what}，{reason}】")


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the sentence to be replaced; offsets in the sentence."""

    start: int
    end: int
    text: str


def rewrite(span: Span, figures: Sequence[Figure], sheet: Sheet) -> str:
    """The sentence with this year's figures, years and names; empty where nothing of it can stay.

    `figures` are those of the sentence, their offsets in the text the span was cut from. Values come
    back as stand-ins of the sheet's slots.
    """
    if is_dated_event(span, [figure.claim for figure in figures]):
        sheet.note("event_left_out", f"去年的具体事项不能照搬，已略去：“{_shortened(span.text)}”。如今年也有，请补写。")
        return ""
    if _AHEAD.match(span.text):
        sheet = replace(sheet, role=Role.PLAN)
    edits = [edit for figure in figures for edit in [_edit(span, figure, sheet)] if edit]
    text = _apply(span.text, edits)
    placed = settle_places(text, sheet.context)
    for piece in placed.cut:
        sheet.note("place_left_out", f"涉及具体地名、单位名的内容不能照搬，已略去：“{_shortened(piece)}”。")
    text = _judged_clauses(placed.text, sheet) if placed.text else ""
    return _tidy(move_on(text, sheet.context, sheet.role))


def _edit(span: Span, figure: Figure, sheet: Sheet) -> _Edit | None:
    claim = figure.claim
    start, end = claim.start - span.start, claim.end - span.start
    if claim.kind is Kind.ZERO and claim.denies:
        return _zero_edit(span.text, start, end, claim.denies, sheet)
    if claim.kind is Kind.DOCNO and _DOCUMENT_NUMBER.search(claim.surface):
        return _Edit(start, end, sheet.unverified("文号", "去年的文号不能照搬"))
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return _aim_edit(span.text, start, end, figure, sheet)
    if claim.kind not in COUNTED and claim.kind not in (Kind.PLACEHOLDER, Kind.ZERO):
        return _duration_edit(figure, start, end, sheet)
    return _figure_edit(span.text, start, end, figure, sheet)


def _figure_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> _Edit | None:
    claim = figure.claim
    if not claim.is_claim and claim.kind is not Kind.PLACEHOLDER:
        if _RULE_IDIOM.search(claim.surface):
            return None
        return _Edit(start, end, sheet.unverified("数量", "去年的要求不能照搬"))
    if figure.relation is Relation.CHANGE:
        return _change_edit(sentence, start, end, figure, sheet)
    return _value_edit(sentence, start, end, figure, sheet)


def _aim_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> _Edit | None:
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
        return _Edit(start, end, "")
    return _drop_clause(sentence, start, sheet, "去年打算中的数字不能照搬，新目标请在“目标”中设定")


def _noun_behind(sentence: str, end: int) -> bool:
    """Whether the figure only says how many of something: 3家规模企业."""
    return re.match(r"[\u4e00-\u9fa5]{2}", sentence[end:]) is not None and not re.match(
        r"以[上内下]|左右", sentence[end:]
    )


def _duration_edit(figure: Figure, start: int, end: int, sheet: Sheet) -> _Edit | None:
    claim = figure.claim
    if claim.kind is Kind.DURATION and claim.is_claim and not _RULE_IDIOM.search(claim.surface):
        return _Edit(start, end, sheet.unverified("时长", "台账无此项"))
    return None


def _value_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> _Edit | None:
    claim, fact = figure.claim, figure.fact
    if fact is not None and fact.value == 0 and fact.indicator == "accident.count":
        verb = max(sentence.rfind("发生", 0, start), _clause_bounds(sentence, start)[0])
        return _Edit(verb, end, sheet.slots.put(fact, "未发生生产安全事故"))
    if fact is not None and (fact.value != 0 or claim.kind is Kind.ZERO):
        return _with_direction(
            sentence, start, _Edit(start, end, sheet.slots.put(fact, _written(figure, sheet))), figure, sheet
        )
    if fact is not None or figure.relation in (Relation.REST, Relation.OTHER):
        return _drop_clause(sentence, start, sheet, f"今年“{_name(figure, sheet)}”为0或无法得出")
    if _is_article(figure, sentence, end):
        return _Edit(start, end, "")
    return _Edit(start, end, sheet.unverified(_counted(figure, sentence, start, end, sheet), "台账无数据"))


def _with_direction(sentence: str, start: int, edit: _Edit, figure: Figure, sheet: Sheet) -> _Edit:
    """由12次增至14次: the word goes the way the facts went."""
    found = _CHANGED_TO.search(sentence[:start])
    difference = sheet.book.difference(figure.indicator) if found else None
    if not found or difference is None or difference.value == 0:
        return edit
    way = ("增" if difference.value > 0 else "降") + found["to"]
    return _Edit(found.start(), edit.end, way + edit.text)


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
    label = re.sub(r"(?:[共达为计约]|达到|累计|合计|总计)+$", "", clause)[-_LONGEST_LABEL:]
    return label if len(label) >= 2 and not any(map(is_stand_in, label)) else _name(figure, sheet)


def _change_edit(sentence: str, start: int, end: int, figure: Figure, sheet: Sheet) -> _Edit:
    """A comparison recomputed, its direction word with it; taken out where last year's fact is missing."""
    opens, closes = _clause_bounds(sentence, start)
    if "分别" in sentence[opens:closes]:
        return _drop_clause(sentence, start, sheet, "分别对比的说法无法逐一重算")
    compared = _COMPARISON.search(sentence[:start])
    opening = compared.start() if compared else start
    fact = figure.fact
    closing = end + 1 if sentence[opening : opening + 1] in "（(" and sentence[end : end + 1] in "）)" else end
    if fact is None:
        sheet.note("comparison_left_out", f"台账没有“{_name(figure, sheet)}”两年的数据，原文的同比说法已略去。")
        return _Edit(opening, closing, "")
    direction = _DIRECTION.search(sentence[:start])
    if fact.value == 0:
        return _Edit(direction.start() if direction else start, end, sheet.slots.put(fact, "持平"))
    value = sheet.slots.put(fact, wording(fact))
    if direction is None:
        return _Edit(start, end, value)
    word = direction["word"]
    right = (_UP if fact.value > 0 else _DOWN).get(word) or _TURNED[word]
    return _Edit(direction.start(), end, right + value)


def _zero_edit(sentence: str, start: int, end: int, denied: str, sheet: Sheet) -> _Edit | None:
    """A statement that something did not happen: kept with its fact, corrected, or marked."""
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return None
    denied = re.sub(r"的?(?:发生|出现)$", "", denied)
    judged = judge_zero(denied, sheet.book)
    count = sheet.book.fact("accident.count")
    if judged.standing is Standing.HOLDS and "accident.count" in sheet.slots.said and count and count.value == 0:
        return _Edit(*_clause_bounds(sentence, start), "")  # no accident at all has been said already
    if judged.standing is Standing.HOLDS:
        return _Edit(start, end, sheet.slots.put(judged.facts[0], sentence[start:end]))
    left, right = _clause_bounds(sentence, start)
    if judged.standing is Standing.UNKNOWN:
        return _Edit(left, right, sheet.unverified(f"有无{denied}", "台账没有记录"))
    sheet.note(
        "contradicted", f"原文“{_shortened(sentence[left:right])}”与今年台账不符，已按台账改写。", Severity.WARNING
    )
    said = "accident.count" in sheet.slots.said
    new = (
        ""
        if said
        else "".join(facts_sentences(("accident.count",), sheet.book, sheet.context, sheet.slots)).rstrip("。")
    )
    return _Edit(left, right, new)


def _judged_clauses(text: str, sheet: Sheet) -> str:
    """Clauses without figures held against the facts: 零溺亡, 应签尽签, 其余隐患正在整改."""
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return text
    kept: list[Clause | None] = []
    gone = False
    for clause in split_clauses(text):
        gone = (gone and not any(map(is_stand_in, clause.text))) or _is_past(clause.text, sheet)
        kept.append(None if gone else _judged(clause, text, sheet))
    return join_clauses(kept, end_of(text))


def _is_past(clause: str, sheet: Sheet) -> bool:
    """Whether a clause, and what hangs on it, is over with last year: nothing is left over, no accident to tell of."""
    if has_no_remainder(clause, sheet.book):
        return True
    if not tells_of_accident(clause):
        return False
    count = sheet.book.fact("accident.count")
    where = "事故发生在" in clause
    if where or (count is not None and count.value == 0):
        sheet.note("event_left_out", f"去年事故的具体情况不能照搬，已略去：“{_shortened(clause)}”。")
        return True
    sheet.note("accident_narrative", f"事故处置的叙述沿用自去年，请核对：“{_shortened(clause)}”。", Severity.WARNING)
    return False


def _judged(clause: Clause, text: str, sheet: Sheet) -> Clause | None:
    if not clause.text:
        return None
    word = zero_word(clause.text)
    if word and judge_zero(word, sheet.book).standing is not Standing.HOLDS:
        return Clause(sheet.unverified(f"有无{word}情况", "台账没有记录"), clause.mark)
    if denied_trend(clause.text, sheet.book):
        sheet.note("contradicted", f"台账不能证明“{_shortened(clause.text)}”，已略去。", Severity.WARNING)
        return None
    if _says_all_wrongly(clause.text, text, sheet):
        sheet.note("contradicted", f"原文“{_shortened(clause.text)}”与今年台账不符，已略去。", Severity.WARNING)
        return None
    return clause


def _says_all_wrongly(clause: str, sentence: str, sheet: Sheet) -> bool:
    """Whether a clause says that all is done (应签尽签, 全覆盖) where a ratio short of the whole, or none, speaks of it."""
    if claims_all(clause) and any(fact.unit == "%" and fact.value < _FULL for fact in sheet.slots.facts_in(sentence)):
        return True
    indicator = completeness_of(clause)
    if not indicator or any(map(is_stand_in, clause)):
        return False
    rate = sheet.book.fact(indicator)
    return rate is None or rate.value < _FULL


def _drop_clause(sentence: str, start: int, sheet: Sheet, why: str) -> _Edit:
    left, right = _clause_bounds(sentence, start)
    sheet.note("clause_left_out", f"{why}，原文这半句已略去：“{_shortened(sentence[left:right])}”。")
    return _Edit(left, right, "")


def _clause_bounds(sentence: str, at: int) -> tuple[int, int]:
    """Start and end of the clause around an offset, its mark left out."""
    position = 0
    for clause in split_clauses(sentence):
        end = position + len(clause.text)
        if position <= at <= end:
            return position, end
        position = end + len(clause.mark)
    return 0, len(sentence)


def _apply(sentence: str, edits: Sequence[_Edit]) -> str:
    """The sentence with the edits made; an edit inside a wider one gives way to it."""
    kept: list[_Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -(edit.end - edit.start))):
        if kept and edit.start < kept[-1].end:
            continue
        kept.append(edit)
    for edit in reversed(kept):
        sentence = sentence[: edit.start] + edit.text + sentence[edit.end :]
    return sentence


def _tidy(text: str) -> str:
    """Marks mended after cutting: ，， and ，。 and empty brackets."""
    text = re.sub(r"[（(]\s*[）)]", "", text)
    text = re.sub(r"[，、；：]+(?=[。；！])", "", text)
    text = re.sub(r"([，；、])[，；、]+", r"\1", text)
    text = re.sub(r"^[，；、。：]+|[，、]+$", "", text)
    return text if re.search(r"\w", text) or any(map(is_stand_in, text)) else ""


def _shortened(text: str) -> str:
    bare = "".join("…" if is_stand_in(char) else char for char in text)
    return bare if len(bare) <= 40 else bare[:40] + "…"
